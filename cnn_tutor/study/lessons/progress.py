"""How far a learner has come in each lesson."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from contextlib import suppress

from cnn_tutor.engine.errors import Refusal

_SHOWN = "~"


class Progress:
    """The steps that are done, and the one where the learner left off, of every lesson.

    ``kept`` holds a line of text for each lesson, such as ``sum 14 meet first_cell ~sum``: the
    step that was left off at, how many there are, those that are done, and with ``~`` those that
    the lesson has only shown. What can't be read counts
    as nothing. What can't be kept is tried again with the next line; lessons go on without it.
    """

    def __init__(self, kept: MutableMapping[str, str] | None = None) -> None:
        self._kept: MutableMapping[str, str] = {} if kept is None else kept
        self._waiting: dict[str, str] = {}

    def place(self, lesson: str) -> str:
        """Return the key of the step where the learner left off; empty for a lesson not begun."""
        return self._read(lesson)[0]

    def count(self, lesson: str) -> int:
        """Return how many steps the lesson has; 0 for one that has not been begun."""
        return self._read(lesson)[1]

    def done(self, lesson: str) -> tuple[str, ...]:
        """Return the keys of the steps that are done."""
        return tuple(key for key in self._read(lesson)[2] if key[0] != _SHOWN)

    def shown(self, lesson: str) -> tuple[str, ...]:
        """Return the keys of the steps that the lesson did for the learner, who has not yet."""
        _, _, steps = self._read(lesson)
        return tuple(key[1:] for key in steps if key[0] == _SHOWN and key[1:] not in steps)

    def finished(self, lesson: str) -> bool:
        """Say whether all steps of a lesson are done."""
        return 0 < self.count(lesson) <= len(self.done(lesson))

    def visit(self, lesson: str, step: str, steps: Sequence[str]) -> None:
        """Keep that the learner is at a step of a lesson that has these steps, and no others."""
        _, _, before = self._read(lesson)
        done = tuple(key for key in before if key.removeprefix(_SHOWN) in steps)
        self._write(lesson, step, len(steps), done)

    def finish(self, lesson: str, step: str) -> None:
        """Keep that a step is done."""
        self._add(lesson, step, step)

    def show(self, lesson: str, step: str) -> None:
        """Keep that the lesson has done a step for the learner."""
        self._add(lesson, step, f"{_SHOWN}{step}")

    def _add(self, lesson: str, step: str, key: str) -> None:
        place, count, steps = self._read(lesson)
        if key not in steps:
            self._write(lesson, place or step, count, (*steps, key))

    def take_over(self, other: MutableMapping[str, str]) -> None:
        """Add the lines that were kept elsewhere; each is removed there once it is kept here."""
        for lesson, line in tuple(other.items()):
            place, count, done = _parsed(line)
            if place:
                _, _, own = self._read(lesson)
                self._write(lesson, place, count, tuple(dict.fromkeys((*own, *done))))
            if lesson not in self._waiting:
                del other[lesson]

    def keep_waiting(self) -> None:
        """Try once more to keep what could not be kept so far."""
        with suppress(Refusal):
            for lesson in tuple(self._waiting):
                self._kept[lesson] = self._waiting[lesson]
                del self._waiting[lesson]

    def _read(self, lesson: str) -> tuple[str, int, tuple[str, ...]]:
        return _parsed(self._waiting.get(lesson) or self._kept.get(lesson, ""))

    def _write(self, lesson: str, place: str, count: int, done: tuple[str, ...]) -> None:
        self._waiting[lesson] = " ".join((place, str(count), *done))
        self.keep_waiting()


def _parsed(line: str) -> tuple[str, int, tuple[str, ...]]:
    place, count, *done = (*line.split(), "", "")
    steps = tuple(dict.fromkeys(step for step in done if step))
    return place, int(count) if re.fullmatch("[0-9]{1,4}", count) else 0, steps
