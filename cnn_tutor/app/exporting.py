"""Writes what is made for others to read, such as worksheets and tables of results."""

from __future__ import annotations

from cnn_tutor.document import files
from cnn_tutor.project.file import FileError


def export(path: str, data: bytes) -> None:
    """Write a whole file or nothing; an old one stays as it was if that fails.

    Raises:
        FileError: if it can't be written.
    """
    try:
        files.write(path, data)
    except FileError as error:  # which speaks of the work that is open
        raise FileError("export_failed", detail=error.values["detail"]) from error
