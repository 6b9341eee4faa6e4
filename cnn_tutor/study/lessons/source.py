"""The files that a lesson is read from: its own, and those of boards beside it."""

from __future__ import annotations

import os
from pathlib import Path

from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError, decode
from cnn_tutor.project.project import Project
from cnn_tutor.project.reading import NO_LINK, NotAFile, content
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.loading import cause


def text_of(path: Path) -> str:
    """Return the text of a lesson's file, with lines that end alike on every system.

    Raises:
        LessonError: if it can't be opened, is no file, too large, or not in UTF-8.
    """
    try:
        data = content(path, limits.MAX_LESSON_BYTES)
    except OSError as error:
        raise LessonError("file_open", detail=cause(error)) from error
    if data is None:
        raise LessonError("lesson_too_large", most=limits.MAX_LESSON_BYTES // 1024)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LessonError("lesson_encoding", line=line) from error


class Projects:
    """The projects in the folder of a lesson; each file is read once, and none outside of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Path, Project] = {}

    def project(self, name: str) -> Project:
        """Return the project of a file; links that lead out of the folder count as out.

        Raises:
            LessonError: if there is no such project in the folder; it says where ``inside`` of
                the file something is wrong.
        """
        path = self._path(name)
        if path not in self._known:
            try:
                data = content(path, limits.MAX_FILE_BYTES, NO_LINK)
                if data is None:
                    raise LessonError("file_too_large", most=limits.MAX_FILE_BYTES // 2**20)
                self._known[path] = decode(data)
            except (FileNotFoundError, IsADirectoryError, NotAFile) as error:
                raise LessonError("lesson_no_file", text=name[:40]) from error
            except OSError as error:
                raise LessonError("file_open", detail=cause(error)) from error
            except FileError as error:
                fault = LessonError.of(error)
                fault.inside = error.where
                raise fault from error
        return self._known[path]

    def _path(self, name: str) -> Path:
        inside = Path(os.path.realpath(self._folder))
        try:
            path = Path(os.path.realpath(inside / name))
        except ValueError as error:  # no name at all
            raise LessonError("lesson_outside", text=name[:40]) from error
        if not path.is_relative_to(inside) or Path(name).is_absolute():
            raise LessonError("lesson_outside", text=name[:40])
        return path
