"""What the program remembers from one start to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QDir, QFileInfo

from cnn_tutor.app.settings.settings_file import SettingsFile
from cnn_tutor.app.style.appearance import THEMES, Theme
from cnn_tutor.document.own_files import config_folder, data_folder
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project.private import make_private, private
from cnn_tutor.study.words import LANGUAGES

_MOST_RECENT = 8


class Preferences:
    """Language, theme, window and recent files; whatever can't be read counts as not there."""

    def __init__(self) -> None:
        config, data = config_folder(), data_folder()
        with private():
            QDir().mkpath(data)
        for folder in (config, data):
            make_private(Path(folder))  # what earlier versions have made
        self._settings = SettingsFile(config)
        self.work_folder = f"{data}/work"
        """Where work that is in no file waits for the next start."""
        self.practice_path = f"{data}/practice.sqlite"
        """The database of what everybody has answered in practice."""

    @property
    def notices(self) -> tuple[Refusal, ...]:
        """What had to be done to read them, for the learner to be told."""
        return self._settings.notices

    def on_failure(self, tell: Callable[[Refusal], object]) -> None:
        """Let it be told when they can't be written; once, until it has worked again."""
        self._settings.failed = tell

    @property
    def language(self) -> str | None:
        """The language that was chosen last, None if none was."""
        value = self._settings.text("language")
        return value if value in LANGUAGES else None

    @language.setter
    def language(self, value: str) -> None:
        self._settings.set("language", value)

    @property
    def theme(self) -> Theme:
        """The theme that was chosen last."""
        value = self._settings.text("theme")
        return value if value in THEMES else "system"

    @theme.setter
    def theme(self, value: Theme) -> None:
        self._settings.set("theme", value)

    @property
    def shaded(self) -> bool:
        """Whether cells were coloured by their numbers."""
        return self._settings.text("shaded") == "yes"

    @shaded.setter
    def shaded(self, value: bool) -> None:
        self._settings.set("shaded", "yes" if value else "no")

    @property
    def geometry(self) -> QByteArray:
        """Where the window was, for ``restoreGeometry``."""
        return QByteArray(self._settings.data("geometry"))

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.set("geometry", bytes(value.data()).hex())

    @property
    def recent_files(self) -> list[str]:
        """The files that were opened or saved last and still exist, the newest first."""
        paths = self._settings.texts("recent")[: 2 * _MOST_RECENT]
        return [path for path in paths if QFileInfo.exists(path)][:_MOST_RECENT]

    def add_recent(self, path: str) -> None:
        """Put a file at the top of the recent ones."""
        others = [p for p in self.recent_files if p != path]
        self._settings.set("recent", [path, *others][:_MOST_RECENT])

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._settings.remove("recent")

    @property
    def open_path(self) -> str:
        """The file that was open when the program was closed; empty for none."""
        return self._settings.text("open_path")

    @open_path.setter
    def open_path(self, value: str) -> None:
        self._settings.set("open_path", value)

    @property
    def chapter(self) -> str:
        """The chapter that was open then; empty for none."""
        return self._settings.text("chapter")

    @chapter.setter
    def chapter(self, value: str) -> None:
        self._settings.set("chapter", value)

    @property
    def lesson_paths(self) -> dict[str, str]:
        """The files of the lessons that were opened and not closed again, by their keys."""
        pairs = (line.partition(" ") for line in self._settings.texts("lesson_files"))
        return {key: path for key, _, path in pairs if key and path}

    @lesson_paths.setter
    def lesson_paths(self, value: dict[str, str]) -> None:
        self._settings.set("lesson_files", [f"{key} {path}" for key, path in value.items()])

    @property
    def lessons(self) -> MutableMapping[str, str]:
        """A line of text for every lesson that was begun; written to disk as it changes."""
        return _Group(self._settings, "lessons")

    @property
    def learner(self) -> int:
        """The id of the learner who practised last; 0 for none."""
        value = self._settings.text("learner")
        return int(value) if value.isdecimal() and len(value) < 10 else 0

    @learner.setter
    def learner(self, value: int) -> None:
        self._settings.set("learner", str(value))

    def flush(self) -> None:
        """Write everything to disk now."""
        self._settings.flush()


class _Group(MutableMapping[str, str]):
    """Texts under one heading of the settings."""

    def __init__(self, settings: SettingsFile, name: str) -> None:
        self._settings, self._name = settings, name

    def __getitem__(self, key: str) -> str:
        text = self._settings.text(f"{self._name}/{key}")
        if not text:
            raise KeyError(key)
        return text

    def __setitem__(self, key: str, value: str) -> None:
        self._settings.set(f"{self._name}/{key}", value)

    def __delitem__(self, key: str) -> None:
        self._settings.remove(f"{self._name}/{key}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._settings.keys(self._name))

    def __len__(self) -> int:
        return sum(1 for _ in self)
