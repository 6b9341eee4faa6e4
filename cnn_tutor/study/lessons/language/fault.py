"""What is wrong with a lesson file, and where in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project.file import FileError
from cnn_tutor.study import words


class LessonError(Refusal):
    """A lesson file that can't be used: why, the ``key`` it is about, and its ``line`` from 1.

    Of the file as a whole, ``line`` is 0 and ``key`` empty. ``inside`` is the place within
    another file, where that is what is wrong.
    """

    def __init__(self, reason: str, key: str = "", line: int = 0, **values: object) -> None:
        super().__init__(reason, **values)
        self.key, self.line, self.inside = key, line, ""

    @classmethod
    def of(cls, refusal: Refusal, key: str = "") -> LessonError:
        """Return the same refusal as one of a lesson."""
        fault = cls(refusal.reason, key)
        fault.values = dict(refusal.values)
        return fault

    @property
    def where(self) -> str:
        """The line and the key, in the language that is spoken now."""
        place = f"{self.key} ({self.inside})" if self.inside else self.key
        if not self.line:
            return place
        return words.say("errors.lesson_place", line=self.line, place=place).rstrip(", ")

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
    except FileError as error:
        raise LessonError.of(error, ".".join(filter(None, (key, error.where)))) from error
    except Refusal as error:
        raise LessonError.of(error, key) from error
