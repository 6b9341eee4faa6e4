"""The settings on the disk: one typed value, written a moment after it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

import msgspec
from PySide6.QtCore import QDateTime, QDir, QFileInfo, QTimer

from cnn_tutor.app.style.appearance import Theme
from cnn_tutor.document.writing import write
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError
from cnn_tutor.project.lock import Lock, Taken
from cnn_tutor.project.plain_text import encodable
from cnn_tutor.project.private import private
from cnn_tutor.project.reading import content
from cnn_tutor.study.loading import cause

NAME = "settings.json"

DELAY_MS = 500
"""How long after a change it is on the disk at the latest, with all changes until then."""

_PATIENCE = 0.5
"""Seconds that other programs may take to write them."""

_Path = Annotated[str, msgspec.Meta(pattern=r"^[^\0]*$")]


class FigureLook(msgspec.Struct, frozen=True, omit_defaults=True):
    """How figures are made: into which kind of file, and what they look like."""

    kind: Literal["png", "svg", "pdf", "gif", "webp", "series"] = "png"
    scale: Annotated[int, msgspec.Meta(ge=1, le=4)] = 2
    theme: Literal["light", "dark"] = "light"
    transparent: bool = False
    captioned: bool = False


class Settings(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that is remembered from one start to the next; see :class:`Preferences`."""

    language: Literal["ja", "en"] | None = None
    theme: Theme = "system"
    shaded: bool = False
    zoom: Annotated[int, msgspec.Meta(ge=limits.MIN_ZOOM, le=limits.MAX_ZOOM)] = 100
    folded: tuple[Literal["chapters", "panel"], ...] = ()
    folded_groups: tuple[Literal["learn", "practice", "boards"], ...] | None = None
    motion: bool = True
    paper: str = ""
    figure: FigureLook = FigureLook()
    geometry: bytes = b""
    recent: tuple[_Path, ...] = ()
    open_path: _Path = ""
    chapter: str = ""
    lesson_paths: dict[str, _Path] = {}
    lessons: dict[str, str] = {}
    learner: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] = 0


class SettingsFile:
    """The settings of the user, and their file, into which several programs may write.

    One that is damaged is set aside, and nobody's program is kept from starting: where there can
    be no file at all, they are remembered until the program ends.
    """

    def __init__(self, folder: str) -> None:
        with private():
            QDir().mkpath(folder)
        self._folder, self._path = folder, f"{folder}/{NAME}"
        self.settings = Settings()
        self.notices: tuple[Refusal, ...] = ()
        """What had to be done at the start, to be reported to the learner."""
        self.report: Callable[[Refusal], object] = self._note
        """Is called when they can't be written; again only after it has worked."""
        self._changes: dict[tuple[str, str], object] = {}
        """What is not on the disk yet, by field and key."""
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.flush)
        fault = self._begin()
        self._failing = fault is not None
        if fault is not None:
            self._note(fault)

    def set(self, field: str, value: object, key: str = "") -> None:
        """Remember a value; if ``key`` is given, only what that field has there, None for none."""
        value = encodable(value) if isinstance(value, str) else value
        self._changes[field, encodable(key)] = value
        self.settings = _changed(self.settings, self._changes)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Write everything to the disk now."""
        self._timer.stop()
        fault: Refusal | None = None
        try:
            self._write()
        except FileError as error:
            fault = error if error.reason == "settings_unreadable" else self._not_saved()
        if fault is not None and not self._failing:
            self.report(fault)
        self._failing = fault is not None

    def _write(self) -> None:
        """Put what has changed into the file; the rest of it may be another program's.

        Raises:
            FileError: if that can't be done.
        """
        with private():
            QDir().mkpath(self._folder)
        try:
            lock = Lock(f"{self._path}.lock", _PATIENCE)
        except (Taken, OSError):  # without it changes would wait for whoever stands still
            lock = None
        try:
            there = self._read()
            settings = _changed(there or self.settings, self._changes)
            if settings != (there or Settings()):
                write(self._path, msgspec.json.encode(settings), own=True)
        finally:
            if lock is not None:
                lock.release()
        self.settings = settings
        self._changes.clear()

    def _begin(self) -> Refusal | None:
        """Read what there is; return what will keep it from being written, if that is known."""
        try:
            self.settings = self._read() or Settings()
        except FileError as error:
            return error
        file, folder = QFileInfo(self._path), QFileInfo(self._folder)
        there = folder.isDir() and folder.isWritable()
        return None if there and (file.isWritable() or not file.exists()) else self._not_saved()

    def _read(self) -> Settings | None:
        """Return what the file holds, or None if there is none; one that is damaged is set aside.

        Raises:
            FileError: if it can't be read; it may be sound, and must stay.
        """
        try:
            data = content(self._path, limits.MAX_SETTINGS_BYTES)
        except OSError as error:
            gone = isinstance(error, FileNotFoundError | NotADirectoryError)
            if gone and not QFileInfo(self._path).isSymbolicLink():
                return None
            shown = QDir.toNativeSeparators(self._path)
            raise FileError("settings_unreadable", file=shown, detail=cause(error)) from error
        try:
            return msgspec.json.decode(data or b"", type=Settings)
        except (ValueError, RecursionError):
            self.report(self._set_aside())
            return None

    def _set_aside(self) -> Refusal:
        """Give a damaged file another name, and return what to report of it.

        Raises:
            FileError: if it stays where it is.
        """
        now = QDateTime.currentDateTimeUtc().toString("yyyyMMddTHHmmsszzz")
        aside = f"{self._path}.damaged-{now}"
        if not QDir().rename(self._path, aside):
            raise self._not_saved()
        return FileError("settings_set_aside", file=QDir.toNativeSeparators(aside))

    def _not_saved(self) -> FileError:
        return FileError("settings_not_saved", folder=QDir.toNativeSeparators(self._folder))

    def _note(self, refusal: Refusal) -> None:
        self.notices += (refusal,)


def _changed(settings: Settings, changes: Mapping[tuple[str, str], object]) -> Settings:
    fields: dict[str, Any] = {}
    for (field, key), value in changes.items():
        if not key:
            fields[field] = value
            continue
        entries = fields.setdefault(field, dict(getattr(settings, field)))
        if value is None:
            entries.pop(key, None)
        else:
            entries[key] = value
    return msgspec.structs.replace(settings, **fields)
