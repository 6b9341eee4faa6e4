"""The settings on the disk: plain texts and nothing else, read with suspicion, written later."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic

import msgspec
from PySide6.QtCore import QDateTime, QDir, QFileInfo, QLockFile, QThread, QTimer

from cnn_tutor.document.files import write
from cnn_tutor.document.lock import is_foreign, locked
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError
from cnn_tutor.project.private import private
from cnn_tutor.project.reading import NotAFile, content
from cnn_tutor.study.loading import cause

NAME = "settings.json"

DELAY_MS = 500
"""How long after a change it is on the disk at the latest, with all changes until then."""

_PATIENCE = 0.5
"""Seconds that other programs may take to write them."""

_PAUSE_MS = 2

Values = dict[str, str | list[str]]


class _Damaged(Exception):
    """What can't have been written by this program."""


class SettingsFile:
    """Texts, and lists of them, by their keys; whatever is something else counts as not there.

    A file that is damaged is set aside, and nobody's program is kept from starting: where there
    can be no file at all, it is remembered until the program ends.
    """

    def __init__(self, folder: str) -> None:
        with private():
            QDir().mkpath(folder)
        self._folder, self._path = folder, f"{folder}/{NAME}"
        self.notices: tuple[Refusal, ...] = ()
        """What had to be done at the start, for the learner to be told."""
        self.failed: Callable[[Refusal], object] = lambda refusal: self._note(refusal)
        """Is told when they can't be written; again only after it has worked."""
        self._values: Values = {}
        self._changed: dict[str, str | list[str] | None] = {}
        """What is not on the disk yet, None for what has to go."""
        self._patience = _PATIENCE
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.flush)
        fault = self._begin()
        self._failing = fault is not None
        if fault is not None:
            self._note(fault)

    def text(self, key: str) -> str:
        """Return a text; empty for none."""
        value = self._values.get(key)
        return value if isinstance(value, str) and _is_sound(value) else ""

    def texts(self, key: str) -> list[str]:
        """Return a list of texts; empty for none."""
        value = self._values.get(key, [])
        found = value if isinstance(value, list) else [value]
        return [text for text in found if text and _is_sound(text)]

    def data(self, key: str) -> bytes:
        """Return bytes that are kept as text; none where there is something else."""
        try:
            return bytes.fromhex(self.text(key))
        except ValueError:
            return b""

    def set(self, key: str, value: str | list[str]) -> None:
        """Remember a text or a list of them."""
        self._change(key, _plain(value) if isinstance(value, str) else [_plain(t) for t in value])

    def remove(self, key: str) -> None:
        """Forget what is there."""
        self._change(key, None)

    def keys(self, group: str) -> list[str]:
        """Return the keys under a heading."""
        start = f"{group}/"
        return sorted(key.removeprefix(start) for key in self._values if key.startswith(start))

    def flush(self) -> None:
        """Write everything to the disk now."""
        self._timer.stop()
        fault: Refusal | None = None
        try:
            self._write()
        except FileError as error:
            own = error.reason.startswith("settings_")
            fault = error if own else self._not_saved()
        if fault is not None and not self._failing:
            self.failed(fault)
        self._failing = fault is not None

    def _change(self, key: str, value: str | list[str] | None) -> None:
        self._changed[key] = value
        self._values = self._with_changes(self._values)
        if not self._timer.isActive():
            self._timer.start()

    def _with_changes(self, values: Mapping[str, str | list[str]]) -> Values:
        both = {**values, **self._changed}
        return {key: value for key, value in both.items() if value is not None}

    def _write(self) -> None:
        """Put what has changed into the file; the rest of it may be another program's.

        Raises:
            FileError: if that can't be done.
        """
        with private():
            QDir().mkpath(self._folder)
        lock = self._lock()
        try:
            try:
                there = _read(self._path)
            except _Damaged:
                there = None
                self.failed(self._set_aside())
            values = self._with_changes(self._values if there is None else there)
            if values != (there or {}):
                write(self._path, self._encoded(values), own=True)
        finally:
            if lock is not None:
                lock.unlock()
        self._values = values
        self._changed.clear()

    def _lock(self) -> QLockFile | None:
        """Return the lock that keeps two programs from writing at the very same moment.

        Whoever can't have it does without: what another machine has left on a disk that both
        share, or a program that stands still, would keep every change waiting for ever.
        """
        path = f"{self._path}.lock"
        hopeless = QFileInfo(path).isDir() or is_foreign(path) or not self._is_writable()
        until = monotonic() + (0 if hopeless else self._patience)
        lock = locked(path)
        while lock is None and monotonic() < until:
            QThread.msleep(_PAUSE_MS)  # Qt's own pauses are far longer than a writing takes
            lock = locked(path)
        self._patience = _PATIENCE if lock else 0
        return lock

    def _begin(self) -> Refusal | None:
        """Read what there is; return what will keep it from being written, if that is known."""
        try:
            self._values = _read(self._path, starting=True) or {}
        except _Damaged:
            try:
                self._note(self._set_aside())
            except FileError as error:
                return error
        except FileError as error:
            return error
        return None if self._is_writable() else self._not_saved()

    def _is_writable(self) -> bool:
        """Return whether nothing is known that keeps them from being written."""
        file, folder = QFileInfo(self._path), QFileInfo(self._folder)
        there = folder.isDir() and folder.isWritable()
        return there and (file.isWritable() or not file.exists())

    def _encoded(self, values: Values) -> bytes:
        data = msgspec.json.encode(values, order="sorted")
        if len(data) > limits.MAX_SETTINGS_BYTES:  # it could not be read again
            raise FileError("settings_too_large", file=QDir.toNativeSeparators(self._path))
        return data

    def _set_aside(self) -> Refusal:
        """Give a damaged file another name, and return what has to be said of it.

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


def _read(path: str, *, starting: bool = False) -> Values | None:
    """Return what a file holds; None if there is none.

    Raises:
        FileError: if it can't be read; it may be sound, and must stay.
        _Damaged: if it is not sound, or no file at all, which is for the start to do away with.
    """
    try:
        data = content(path, limits.MAX_SETTINGS_BYTES)
    except OSError as error:
        info, shown = QFileInfo(path), QDir.toNativeSeparators(path)
        link = info.isSymbolicLink()
        if not link and isinstance(error, FileNotFoundError | NotADirectoryError):
            return None
        if not link and starting and isinstance(error, IsADirectoryError | NotAFile):
            raise _Damaged from error
        if link and not info.isFile() and not isinstance(error, PermissionError):
            # Where it leads to may be there again at the next start, as a disk of the network.
            raise FileError("settings_link", file=shown) from error
        raise FileError("settings_unreadable", file=shown, detail=cause(error)) from error
    if data is None:
        raise _Damaged
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=Values)
    except (ValueError, RecursionError) as error:
        raise _Damaged from error


def _is_sound(text: str) -> bool:
    return "\0" not in text


def _plain(text: str) -> str:
    """Return what can be written of a text: there are names of files that are none."""
    return text.encode("utf-8", "replace").decode()
