"""What is wrong with a lesson file, and where in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import words


class LessonError(Refusal):
    """A lesson file that can't be used: why, the ``key`` it is about, and its ``line`` from 1.

    Of the file as a whole, ``line`` is 0 and ``key`` empty.
    """

    def __init__(self, reason: str, key: str = "", line: int = 0, **values: object) -> None:
        super().__init__(reason, **values)
        self.key, self.line = key, line

    @property
    def where(self) -> str:
        """The line and the key, in the language that is spoken now."""
        if not self.line:
            return self.key
        return words.say("errors.lesson_place", line=self.line, place=self.key)

    def __str__(self) -> str:
        return f"line {self.line}, {self.key}: {super().__str__()}"


@contextmanager
def at(key: str) -> Iterator[None]:
    """Say of any refusal which key of a lesson it is about; the innermost one counts."""
    try:
        yield
    except LessonError as error:
        error.key = error.key or key
        raise
    except Refusal as error:
        fault = LessonError(error.reason, key)
        fault.values = dict(error.values)
        raise fault from error
