"""The settings on the disk: read with suspicion, written at once."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QDateTime, QDir, QFileInfo, QSettings, QTemporaryDir

from cnn_tutor.document.lock import locked
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError
from cnn_tutor.study.loading import load

NAME = "settings.ini"
_PATIENCE_MS = 1000
"""How long another program may take to write them."""

_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f]")
_LINE = re.compile(r"(?:;.*|\[[^\[\]]*\]|[^=\[]+=.*)?")
_ESCAPE = re.compile(r"\"|\\(?:x([0-9A-Fa-f]+)|([0-7]+)|([abfnrtv\"?'\\])|(.?))", re.DOTALL)
_PROGRAM = re.compile(r"@(?:Variant|DateTime)\(")
"""What is read as objects of any kind, and can run any program while it is."""


class SettingsFile:
    """Texts, and lists of them, by their keys; whatever is something else counts as not there.

    A file that is damaged is set aside, and nobody's program is kept from starting: where there
    can be no file at all, it is remembered until the program ends.
    """

    def __init__(self, folder: str) -> None:
        QDir().mkpath(folder)
        self._folder, self._path = folder, f"{folder}/{NAME}"
        self.notices: tuple[Refusal, ...] = ()
        """What had to be done at the start, for the learner to be told."""
        self.failed: Callable[[Refusal], object] = lambda refusal: None
        """Is told when they can't be written; again only after it has worked."""
        aside = _set_aside(self._path)
        if aside:
            self.notices = (FileError("settings_set_aside", file=QDir.toNativeSeparators(aside)),)
        self._elsewhere: QTemporaryDir | None = None
        if aside is None or _is_locked(self._path):
            self._elsewhere = QTemporaryDir()
            self._path = self._elsewhere.filePath(NAME)
        self._settings = QSettings(self._path, QSettings.Format.IniFormat)
        self._failing = self._elsewhere is not None or not self._settings.isWritable()
        if self._failing:
            self.notices += (self._fault(),)

    def text(self, key: str) -> str:
        """Return a text; empty for none."""
        value = self._settings.value(key)
        return value if _is_text(value) else ""

    def texts(self, key: str) -> list[str]:
        """Return a list of texts; empty for none."""
        value = self._settings.value(key)
        found = value if isinstance(value, list) else [value]
        return [text for text in found if _is_text(text) and text]

    def data(self, key: str) -> bytes:
        """Return bytes that are kept as text; none where there is something else."""
        value = self._settings.value(key)
        if isinstance(value, QByteArray):  # as they were written at first
            return bytes(value.data())
        try:
            return bytes.fromhex(value) if isinstance(value, str) else b""
        except ValueError:
            return b""

    def set(self, key: str, value: str | list[str]) -> None:
        """Write a text or a list of them to the disk."""
        if self._settings.value(key) != value:
            self._settings.setValue(key, value)
        self.flush()

    def remove(self, key: str) -> None:
        """Forget what is there."""
        self._settings.remove(key)
        self.flush()

    def keys(self, group: str) -> list[str]:
        """Return the keys under a heading."""
        self._settings.beginGroup(group)
        keys = self._settings.childKeys()
        self._settings.endGroup()
        return keys

    def flush(self) -> None:
        """Write everything to the disk now."""
        if self._failing:
            # Once there was an error, the object says so for ever; the next shares what it knows.
            self._settings = QSettings(self._path, QSettings.Format.IniFormat)
        self._settings.sync()
        fails = self._settings.status() == QSettings.Status.AccessError
        if fails and not self._failing:
            self.failed(self._fault())
        self._failing = fails or self._elsewhere is not None

    def _fault(self) -> Refusal:
        return FileError("settings_not_saved", folder=QDir.toNativeSeparators(self._folder))


def _is_locked(path: str) -> bool:
    """Return whether a lock is in the way of writing settings; Qt would wait for it for ever."""
    name = f"{path}.lock"
    lock = locked(name, _PATIENCE_MS)
    if lock is not None:
        lock.unlock()
        return False
    return QFileInfo.exists(name)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value


def _set_aside(path: str) -> str | None:
    """Give a damaged file another name and return it; "" for a sound one, None if it stays."""
    info = QFileInfo(path)
    if not (info.exists() or info.isSymLink()):
        return ""
    try:
        if is_sound(load(path, limits.MAX_SETTINGS_BYTES)):
            return ""
    except FileError:  # a folder, a pipe, or somebody else's
        pass
    now = QDateTime.currentDateTimeUtc().toString("yyyyMMddTHHmmsszzz")
    aside = f"{path}.damaged-{now}"
    return aside if QDir().rename(path, aside) else None


def is_sound(data: bytes) -> bool:
    """Return whether settings are such as Qt can read them without being led astray."""
    if len(data) > limits.MAX_SETTINGS_BYTES:
        return False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    lines = (line.strip() for line in re.split("[\r\n]", text))
    if _CONTROL.search(text) or not all(map(_LINE.fullmatch, lines)):
        return False
    plain = _unescaped(text)
    return plain is not None and not _PROGRAM.search(plain)


def _unescaped(text: str) -> str | None:
    """Return what Qt makes of a text; None if it has escapes that Qt never writes."""
    odd = False

    def meant(match: re.Match[str]) -> str:
        nonlocal odd
        hexadecimal, octal, letter, other = match.groups()
        if hexadecimal or octal:
            return chr((int(hexadecimal, 16) if hexadecimal else int(octal, 8)) & 0xFFFF)
        odd = odd or other is not None
        return letter or ""

    plain = _ESCAPE.sub(meant, text)
    return None if odd else plain
