"""What stands before a project that is kept: enough to tell it from others without reading it."""

from __future__ import annotations

import msgspec

from cnn_tutor.project.file import FileError

HEAD_BYTES = 2**17
"""The line before the project; the longest path of any system has room in it."""

MAX_NUMBER = 2**53
"""What is kept once a second for all eternity does not come to it."""

_FORMAT = "cnn-tutor-work"
_VERSION = 1


class KeptHead(msgspec.Struct, frozen=True):
    """The file and the chapter that kept work belongs to, and when it was kept.

    ``stamp`` tells the file's version. ``closed`` says that the program was closed after it, and
    did not just end; ``aside`` that the learner went on to something else and left it. The larger
    the ``number``, the newer: a clock can be wrong. What has none is older than all that have.
    """

    format: str = _FORMAT
    version: int = _VERSION
    path: str = ""
    stamp: str = ""
    closed: bool = False
    number: int = 0
    aside: bool = False
    origin: str = ""

    @property
    def order(self) -> int:
        """The number, if it can be one."""
        return self.number if 0 <= self.number <= MAX_NUMBER else 0

    def encode(self) -> bytes:
        """Return the line that says it."""
        return msgspec.json.encode(self) + b"\n"


def decode_head(line: bytes) -> KeptHead:
    """Return what a line says.

    Raises:
        FileError: for anything that is not a head of a version this program knows.
    """
    try:
        head = msgspec.json.decode(line[:HEAD_BYTES], type=KeptHead)
    except (ValueError, RecursionError) as error:
        raise FileError("file_not_project") from error
    if head.format != _FORMAT:
        raise FileError("file_not_project")
    if head.version != _VERSION:
        raise FileError("file_newer", "version", version=head.version, known=_VERSION)
    return head
