"""Work that is kept for the next start, and what has to be known of it, as one file."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QDateTime

from cnn_tutor.document.autosave.kept_head import KeptHead, decode_head
from cnn_tutor.project.file import decode, encode
from cnn_tutor.project.project import Project

SUFFIX = ".work"


@dataclass(frozen=True)
class KeptCopy:
    """Unsaved work and the file it belongs to, if any; the rest as in :class:`KeptHead`.

    ``when`` it was kept is not in the file but said by it.
    """

    project: Project
    path: str = ""
    stamp: str = ""
    closed: bool = True
    number: int = 0
    aside: bool = False
    when: QDateTime = field(default_factory=QDateTime.currentDateTime, compare=False)

    @property
    def head(self) -> KeptHead:
        """What can be told of it without reading all of it."""
        path = self.path.encode("utf-8", "replace").decode()  # Windows has names that are no text
        return KeptHead(
            path=path,
            stamp=self.stamp,
            closed=self.closed,
            number=self.number,
            aside=self.aside,
            origin=self.project.origin,
        )

    def encode(self) -> bytes:
        """Return the bytes of a file: a line about the project, then the project's own."""
        return self.head.encode() + encode(self.project)


def decode_copy(data: bytes, when: QDateTime) -> KeptCopy:
    """Return the copy that the bytes of a file hold, kept at that time.

    Raises:
        FileError: for anything that is not a whole copy of a version this program knows.
    """
    line, _, project = data.partition(b"\n")
    head = decode_head(line)
    return KeptCopy(
        decode(project), head.path, head.stamp, head.closed, head.order, head.aside, when
    )
