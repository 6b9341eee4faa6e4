"""Writes what is made for others to read, such as worksheets and tables of results."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QFileInfo, QIODevice
from PySide6.QtGui import QPixmap

from cnn_tutor.document import writing
from cnn_tutor.document.own_files import is_own
from cnn_tutor.project.file import FileError
from cnn_tutor.study import words


def export(path: str, data: bytes) -> None:
    """Write a whole file or nothing; an old one stays as it was if that fails.

    Raises:
        FileError: if it can't be written.
    """
    try:
        writing.write(path, data)
    except FileError as error:  # which speaks of the work that is open
        raise FileError("export_failed", detail=error.values["detail"]) from error


def check_place(path: str) -> None:
    """Refuse to export onto what is the program's own, before any of that is opened.

    Raises:
        FileError: if the path leads there.
    """
    if writing.has_plain_name(path) and is_own(path):
        raise FileError("export_failed", detail=words.say("errors.cause_own"))


def export_picture(path: str, picture: QPixmap) -> None:
    """Write a picture of the kind that the name's end says, whole or not at all.

    Raises:
        FileError: if it can't be written, or there is no such kind.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    kind = QFileInfo(path).suffix() or "png"
    if not picture.save(buffer, kind):
        raise FileError("image_save")
    export(path, bytes(buffer.data().data()))
