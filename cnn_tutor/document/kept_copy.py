"""Work that is kept for the next start, and what has to be known of it, as one file."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
from PySide6.QtCore import QDateTime

from cnn_tutor.project.file import FileError, decode, encode
from cnn_tutor.project.project import Project

SUFFIX = ".work"
HEAD_BYTES = 2**17
"""The line before the project; the longest path of any system has room in it."""

_FORMAT = "cnn-tutor-work"
_VERSION = 1


class _Head(msgspec.Struct):
    format: str
    version: int
    path: str = ""
    stamp: str = ""
    closed: bool = False


@dataclass(frozen=True)
class KeptCopy:
    """Unsaved work and the file it belongs to, if any; ``stamp`` tells that file's version.

    ``closed`` says that the program was closed after it, and did not just end. ``when`` it was
    kept is not in the file but said by it.
    """

    project: Project
    path: str = ""
    stamp: str = ""
    closed: bool = True
    when: QDateTime = field(default_factory=QDateTime.currentDateTime, compare=False)

    def encode(self) -> bytes:
        """Return the bytes of a file: a line about the project, then the project's own."""
        path = self.path.encode("utf-8", "replace").decode()  # Windows has names that are no text
        head = _Head(_FORMAT, _VERSION, path, self.stamp, self.closed)
        return msgspec.json.encode(head) + b"\n" + encode(self.project)


def decode_copy(data: bytes, when: QDateTime) -> KeptCopy:
    """Return the copy that the bytes of a file hold, kept at that time.

    Raises:
        FileError: for anything that is not a whole copy of a version this program knows.
    """
    line, _, project = data.partition(b"\n")
    try:
        head = msgspec.json.decode(line[:HEAD_BYTES], type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FileError("file_not_project") from error
    if head.format != _FORMAT:
        raise FileError("file_not_project")
    if head.version != _VERSION:
        raise FileError("file_newer", "version", version=head.version, known=_VERSION)
    return KeptCopy(decode(project), head.path, head.stamp, head.closed, when)
