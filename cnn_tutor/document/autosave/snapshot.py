"""Unsaved work as it waits for the next start: one file, and a line about it at its beginning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from PySide6.QtCore import QDateTime

from cnn_tutor.project.file import FileError, decode, encode
from cnn_tutor.project.project import Project

SUFFIX = ".work"

HEAD_BYTES = 2**17
"""The line before the project; the longest path of any system has room in it."""

_VERSION = 1


class Head(msgspec.Struct, frozen=True):
    """The file and the chapter that work belongs to, and how the program left it.

    ``stamp`` tells the file's version. ``closed`` says that the program was closed after it, and
    did not just end; ``aside`` that the learner went on to something else and left it. The larger
    the ``number``, the newer: a clock can be wrong.
    """

    version: int = _VERSION
    path: str = ""
    stamp: str = ""
    closed: bool = False
    number: Annotated[int, msgspec.Meta(ge=0, le=2**53)] = 0
    aside: bool = False
    origin: str = ""

    @classmethod
    def decode(cls, line: bytes) -> Head:
        """Return what a line says.

        Raises:
            FileError: for anything that is not a head of a version this program knows.
        """
        try:
            head = msgspec.json.decode(line[:HEAD_BYTES], type=cls)
        except (ValueError, RecursionError) as error:
            raise FileError("file_not_project") from error
        if head.version != _VERSION:
            raise FileError("file_newer", "version", version=head.version, known=_VERSION)
        return head


@dataclass(frozen=True)
class Snapshot:
    """Unsaved work, what its head says of it, and ``when`` it was kept."""

    project: Project
    head: Head
    when: QDateTime = field(default_factory=QDateTime.currentDateTime, compare=False)

    def encode(self) -> bytes:
        """Return the bytes of a file: the head in a line, then the project's own."""
        return msgspec.json.encode(self.head) + b"\n" + encode(self.project)

    @classmethod
    def decode(cls, data: bytes, when: QDateTime) -> Snapshot:
        """Return what the bytes of a file hold that was written at that time.

        Raises:
            FileError: for anything that is not a whole snapshot of a version this program knows.
        """
        line, _, project = data.partition(b"\n")
        head = Head.decode(line)
        return cls(decode(project), head, when)


@dataclass(frozen=True)
class Waiting:
    """Work in the folder: its name, when it was kept, and its head; None if it can't be read."""

    name: str
    when: QDateTime
    head: Head | None
