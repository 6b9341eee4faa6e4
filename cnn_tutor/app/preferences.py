"""What the program remembers from one start to the next."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from PySide6.QtCore import QByteArray, QDir, QFileInfo, QSettings, QStandardPaths

from cnn_tutor.app.appearance import THEMES, Theme
from cnn_tutor.study.words import LANGUAGES

_MOST_RECENT = 8


class Preferences:
    """Language, theme, window and recent files; whatever can't be read counts as not there."""

    def __init__(self) -> None:
        paths = QStandardPaths
        config = paths.writableLocation(paths.StandardLocation.AppConfigLocation)
        data = paths.writableLocation(paths.StandardLocation.AppDataLocation)
        QDir().mkpath(config)
        QDir().mkpath(data)
        self._settings = QSettings(f"{config}/settings.ini", QSettings.Format.IniFormat)
        self.work_folder = f"{data}/work"
        """Where work that is in no file waits for the next start."""
        self.practice_path = f"{data}/practice.sqlite"
        """The database of what everybody has answered in practice."""

    @property
    def language(self) -> str | None:
        """The language that was chosen last, None if none was."""
        value = self._text("language")
        return value if value in LANGUAGES else None

    @language.setter
    def language(self, value: str) -> None:
        self._settings.setValue("language", value)

    @property
    def theme(self) -> Theme:
        """The theme that was chosen last."""
        value = self._text("theme")
        return value if value in THEMES else "system"

    @theme.setter
    def theme(self, value: Theme) -> None:
        self._settings.setValue("theme", value)

    @property
    def shaded(self) -> bool:
        """Whether cells were coloured by their numbers."""
        return self._text("shaded") == "yes"

    @shaded.setter
    def shaded(self, value: bool) -> None:
        self._settings.setValue("shaded", "yes" if value else "no")

    @property
    def geometry(self) -> QByteArray:
        """Where the window was, for ``restoreGeometry``."""
        value = self._settings.value("geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._settings.setValue("geometry", value)

    @property
    def recent_files(self) -> list[str]:
        """The files that were opened or saved last and still exist, the newest first."""
        value = self._settings.value("recent")
        paths = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [p for p in paths if isinstance(p, str) and QFileInfo.exists(p)][:_MOST_RECENT]

    def add_recent(self, path: str) -> None:
        """Put a file at the top of the recent ones."""
        others = [p for p in self.recent_files if p != path]
        self._settings.setValue("recent", [path, *others][:_MOST_RECENT])

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._settings.remove("recent")

    @property
    def open_path(self) -> str:
        """The file that was open when the program was closed; empty for none."""
        return self._text("open_path")

    @open_path.setter
    def open_path(self, value: str) -> None:
        self._settings.setValue("open_path", value)

    @property
    def chapter(self) -> str:
        """The chapter that was open then; empty for none."""
        return self._text("chapter")

    @chapter.setter
    def chapter(self, value: str) -> None:
        self._settings.setValue("chapter", value)

    @property
    def lesson_paths(self) -> dict[str, str]:
        """The files of the lessons that were opened and not closed again, by their keys."""
        value = self._settings.value("lesson_files")
        lines = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        pairs = (line.partition(" ") for line in lines if isinstance(line, str))
        return {key: path for key, _, path in pairs if key and path}

    @lesson_paths.setter
    def lesson_paths(self, value: dict[str, str]) -> None:
        self._settings.setValue("lesson_files", [f"{key} {path}" for key, path in value.items()])

    @property
    def lessons(self) -> MutableMapping[str, str]:
        """A line of text for every lesson that was begun; written to disk as it changes."""
        return _Group(self._settings, "lessons")

    @property
    def learner(self) -> int:
        """The id of the learner who practised last; 0 for none."""
        value = self._text("learner")
        return int(value) if value.isdecimal() and len(value) < 10 else 0

    @learner.setter
    def learner(self, value: int) -> None:
        self._settings.setValue("learner", str(value))

    def flush(self) -> None:
        """Write everything to disk now."""
        self._settings.sync()

    def _text(self, key: str) -> str:
        value = self._settings.value(key)
        return value if isinstance(value, str) else ""


class _Group(MutableMapping[str, str]):
    """Texts under one heading of the settings."""

    def __init__(self, settings: QSettings, name: str) -> None:
        self._settings, self._name = settings, name

    def __getitem__(self, key: str) -> str:
        value = self._settings.value(f"{self._name}/{key}")
        if not isinstance(value, str):
            raise KeyError(key)
        return value

    def __setitem__(self, key: str, value: str) -> None:
        self._settings.setValue(f"{self._name}/{key}", value)
        self._settings.sync()

    def __delitem__(self, key: str) -> None:
        self._settings.remove(f"{self._name}/{key}")

    def __iter__(self) -> Iterator[str]:
        self._settings.beginGroup(self._name)
        keys = self._settings.childKeys()
        self._settings.endGroup()
        return iter(keys)

    def __len__(self) -> int:
        return sum(1 for _ in self)
