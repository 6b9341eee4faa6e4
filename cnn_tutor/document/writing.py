"""Writes files so that a power cut leaves the old one or the new one, and says why it can't."""

from __future__ import annotations

import os
import sys
import unicodedata
from contextlib import nullcontext

from PySide6.QtCore import QFile, QFileDevice, QFileInfo, QIODevice, QSaveFile, QStorageInfo

from cnn_tutor.document.own_files import is_own
from cnn_tutor.project.file import FileError
from cnn_tutor.project.private import private
from cnn_tutor.study import words

_ERRORS = QFileDevice.FileError


def write(path: str, data: bytes, *, own: bool = False) -> None:
    """Write a whole file or nothing: it is made beside the old one and then takes its place.

    It is on the disk when this returns. ``own`` files are the program's, which nobody else reads
    and nothing else is written over.

    Raises:
        FileError: if it can't be written; the old file is as it was.
    """
    file, info, short = QSaveFile(path), QFileInfo(path), False
    plain = has_plain_name(path)
    if plain and not own and is_own(path):
        raise FileError("file_save", detail=words.say("errors.cause_own"))
    regular = plain and (info.isFile() or not info.exists())  # a device or a pipe stays one
    with private() if own else nullcontext():
        opened = regular and file.open(QIODevice.OpenModeFlag.WriteOnly)
    if opened:
        short = file.write(data) != len(data)
        if not short and file.commit():
            return
    raise FileError("file_save", detail=_why_unwritten(path, file, len(data), short))


# --- why not ------------------------------------------------------------------------------------


def _why_unwritten(path: str, file: QFileDevice, size: int, short: bool) -> str:
    """Return the sentence that says why; of a ``short`` write some bytes were taken, not all."""
    if not has_plain_name(path):
        return words.say("errors.cause_name")
    info = QFileInfo(path)
    folder = QFileInfo(info.absolutePath())
    if not folder.isDir():
        return words.say("errors.cause_folder_gone")
    if info.isDir():
        return words.say("errors.cause_is_folder")
    if info.exists() and not info.isFile():
        return words.say("errors.cause_no_file")
    if not folder.isWritable() or (info.exists() and not info.isWritable()):
        return words.say("errors.cause_not_allowed")
    room = QStorageInfo(folder.filePath()).bytesAvailable()
    if short or file.error() in (_ERRORS.WriteError, _ERRORS.ResourceError) or 0 <= room < size:
        return words.say("errors.cause_no_room")
    if file.error() == _ERRORS.RenameError and info.exists():
        return words.say("errors.cause_in_use")
    return words.say("errors.cause_other", detail=file.errorString())


def has_plain_name(path: str) -> bool:
    """Return whether Qt and Python mean the same file by a path.

    They do not by names that are no text in the system's encoding: Qt leaves out what it can't
    read, and what is left can be the name of another file.
    """
    if "\0" in path or not QFileInfo(path).isNativePath():  # ":/" is a place in the program itself
        return False
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    if sys.platform == "win32":  # where both hand over the letters themselves
        return True
    its = os.fsdecode(bytes(QFile.encodeName(path).data()))
    return unicodedata.normalize("NFC", its) == unicodedata.normalize("NFC", path)
