"""What a learner has filled in, read: which blanks are right, and which say nothing yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Exercise

RIGHT, WRONG, NOT_A_NUMBER, EMPTY = "right", "wrong", "not_a_number", "empty"


@dataclass(frozen=True)
class Sheet:
    """An exercise with a learner's numbers in it.

    ``cells`` says of each blank how it stands, ``numbers`` are those that could be read, and
    ``doubts`` say why others could not.
    """

    exercise: Exercise
    cells: Mapping[str, str]
    numbers: Mapping[str, float]
    doubts: Mapping[str, Refusal]

    @property
    def wrong(self) -> tuple[str, ...]:
        """The blanks that have a wrong number."""
        return tuple(name for name, state in self.cells.items() if state == WRONG)


def read(exercise: Exercise, entries: Mapping[str, str]) -> Sheet:
    """Read what stands in the blanks of an exercise; entries for other names are left alone.

    What is no number, or could be two, is in doubt rather than wrong. As soon as one mark is set,
    those that are not count as left out.
    """
    found: dict[str, float] = {}
    doubts: dict[str, Refusal] = {}
    written = {blank.name: entries.get(blank.name, "") for blank in exercise.blanks}
    for name, text in written.items():
        if text.strip():
            try:
                found[name] = numbers.parse(text)
            except numbers.NotANumber as refusal:
                doubts[name] = refusal
            except numbers.AmbiguousNumber as refusal:
                doubts[name] = refusal  # asked about even if one of the two is right
    marks = [blank for blank in exercise.blanks if blank.mark]
    if any(blank.name in found for blank in marks):
        found |= {m.name: 0.0 for m in marks if m.name not in found and m.name not in doubts}
    cells = {
        blank.name: _state(blank.answer, found.get(blank.name), blank.name in doubts)
        for blank in exercise.blanks
    }
    if len(found) == len(cells) and WRONG in cells.values() and exercise.accepts(found):
        cells = dict.fromkeys(cells, RIGHT)
    return Sheet(exercise, cells, found, doubts)


def _state(answer: float, number: float | None, doubtful: bool) -> str:
    if doubtful:
        return NOT_A_NUMBER
    if number is None:
        return EMPTY
    return RIGHT if numbers.agree(number, answer) else WRONG
