"""How far a learner has come in each lesson."""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence


class Progress:
    """The steps that are done, and the one where the learner left off, of every lesson.

    ``kept`` holds a line of text for each lesson, such as ``sum 14 meet first_cell``: the step
    that was left off at, how many there are, and those that are done. What can't be read counts
    as nothing.
    """

    def __init__(self, kept: MutableMapping[str, str] | None = None) -> None:
        self._kept: MutableMapping[str, str] = {} if kept is None else kept

    def place(self, lesson: str) -> str:
        """Return the key of the step where the learner left off; empty for a lesson not begun."""
        return self._read(lesson)[0]

    def count(self, lesson: str) -> int:
        """Return how many steps the lesson has; 0 for one that has not been begun."""
        return self._read(lesson)[1]

    def done(self, lesson: str) -> tuple[str, ...]:
        """Return the keys of the steps that are done."""
        return self._read(lesson)[2]

    def finished(self, lesson: str) -> bool:
        """Say whether all steps of a lesson are done."""
        return 0 < self.count(lesson) <= len(self.done(lesson))

    def visit(self, lesson: str, step: str, steps: Sequence[str]) -> None:
        """Keep that the learner is at a step of a lesson that has these steps, and no others."""
        done = tuple(key for key in self.done(lesson) if key in steps)
        self._write(lesson, step, len(steps), done)

    def finish(self, lesson: str, step: str) -> None:
        """Keep that a step is done."""
        place, count, done = self._read(lesson)
        if step not in done:
            self._write(lesson, place or step, count, (*done, step))

    def _read(self, lesson: str) -> tuple[str, int, tuple[str, ...]]:
        place, count, *done = (*self._kept.get(lesson, "").split(), "", "")
        steps = tuple(dict.fromkeys(step for step in done if step))
        return place, int(count) if re.fullmatch("[0-9]{1,4}", count) else 0, steps

    def _write(self, lesson: str, place: str, count: int, done: tuple[str, ...]) -> None:
        self._kept[lesson] = " ".join((place, str(count), *done))
