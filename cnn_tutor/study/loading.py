"""Reads files, and says in a sentence why one can't be read; without Qt, which may not be there."""

from __future__ import annotations

from cnn_tutor.project.file import FileError
from cnn_tutor.project.reading import NotAFile, content
from cnn_tutor.study import words


def load(path: str, most: int) -> bytes:
    """Return what a file holds, of at most ``most`` bytes.

    Raises:
        FileError: if it can't be read, or is larger.
    """
    try:
        data = content(path, most)
    except OSError as error:
        raise FileError("file_open", detail=cause(error)) from error
    if data is None:
        raise FileError("file_too_large", most=most // 2**20)
    return data


def cause(error: OSError) -> str:
    """Return the sentence that says why a file could not be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return words.say("errors.cause_gone")
    if isinstance(error, PermissionError):
        return words.say("errors.cause_not_allowed")
    if isinstance(error, IsADirectoryError):
        return words.say("errors.cause_is_folder")
    if isinstance(error, NotAFile):
        return words.say("errors.cause_no_file")
    return words.say("errors.cause_other", detail=error.strerror or type(error).__name__)
