"""What the program remembers from one start to the next."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QDir, QFileInfo

from cnn_tutor.app.settings.settings_file import FigureLook, SettingsFile
from cnn_tutor.app.style.appearance import Theme
from cnn_tutor.document.own_files import config_folder, data_folder
from cnn_tutor.project.plain_text import encodable
from cnn_tutor.project.private import private

RECENT_LIMIT = 8
"""Files that are offered to be opened again."""

_Value = TypeVar("_Value")


class _Remembered(Generic[_Value]):
    """A property that is the field of its name in the settings."""

    def __set_name__(self, owner: type[Preferences], name: str) -> None:
        self._name = name

    def __get__(self, preferences: Preferences, owner: type[Preferences]) -> _Value:
        value: _Value = getattr(preferences.settings, self._name)
        return value

    def __set__(self, preferences: Preferences, value: _Value) -> None:
        preferences.set(self._name, value)


class Preferences(SettingsFile):
    """Language, theme, window and recent files; what is set is on the disk a moment later."""

    language = _Remembered[str | None]()
    """The language that was chosen last, None if none was."""

    theme = _Remembered[Theme]()
    """The theme that was chosen last."""

    shaded = _Remembered[bool]()
    """Whether cells were coloured strongly by their numbers."""

    motion = _Remembered[bool]()
    """Whether what changes on a board moves while it is played."""

    zoom = _Remembered[int]()
    """How large everything was drawn, in percent."""

    folded = _Remembered[tuple[str, ...]]()
    """The panels that were folded away."""

    folded_groups = _Remembered[tuple[str, ...] | None]()
    """The groups of chapters that were folded away; None if none was ever folded or opened."""

    paper = _Remembered[str]()
    """The size of paper that was printed on last; empty for none."""

    figure = _Remembered[FigureLook]()
    """How the last figure was made."""

    open_path = _Remembered[str]()
    """The file that was open when the program was closed; empty for none."""

    chapter = _Remembered[str]()
    """The chapter that was open then; empty for none."""

    learner = _Remembered[int]()
    """The id of the learner who practised last; 0 for none."""

    def __init__(self) -> None:
        data = data_folder()
        with private():
            QDir().mkpath(data)
        super().__init__(config_folder())
        self.work_folder = f"{data}/work"
        """Where work that is in no file waits for the next start."""
        self.practice_path = f"{data}/practice.sqlite"
        """The database of what everybody has answered in practice."""
        self.lessons: MutableMapping[str, str] = _Lessons(self)
        """A line of text for every lesson that was begun."""

    @property
    def geometry(self) -> QByteArray:
        """Where the window was, for ``restoreGeometry``."""
        return QByteArray(self.settings.geometry)

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self.set("geometry", bytes(value.data()))

    @property
    def recent_files(self) -> list[str]:
        """The files that were opened or saved last and still exist, the newest first."""
        return [path for path in self.settings.recent if QFileInfo.exists(path)]

    def add_recent(self, path: str) -> None:
        """Put a file at the top of the recent ones."""
        path = encodable(path)
        others = [other for other in self.recent_files if other != path]
        self.set("recent", (path, *others)[:RECENT_LIMIT])

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self.set("recent", ())

    @property
    def lesson_paths(self) -> dict[str, str]:
        """The files of the lessons that were opened and not closed again, by their keys."""
        return dict(self.settings.lesson_paths)

    @lesson_paths.setter
    def lesson_paths(self, value: dict[str, str]) -> None:
        paths = {encodable(key): encodable(path) for key, path in value.items()}
        self.set("lesson_paths", paths)


class _Lessons(MutableMapping[str, str]):
    def __init__(self, file: SettingsFile) -> None:
        self._file = file

    def __getitem__(self, key: str) -> str:
        return self._file.settings.lessons[key]

    def __setitem__(self, key: str, value: str) -> None:
        self._file.set("lessons", value, key)

    def __delitem__(self, key: str) -> None:
        self._file.set("lessons", None, key)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._file.settings.lessons))

    def __len__(self) -> int:
        return len(self._file.settings.lessons)
