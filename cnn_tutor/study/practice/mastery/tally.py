"""How a learner's answers went, counted: the one way of counting for every place that tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from cnn_tutor.study.practice.record.answer import Answer


@dataclass
class Tally:
    """What some answers come to.

    ``asked`` exercises were answered, ``at_once`` of them right at the first try and without
    help; ``of`` cells were judged, ``right`` of them right. See :attr:`Answer.outcome` and
    :attr:`Answer.cells` for what counts.
    """

    asked: int = 0
    at_once: int = 0
    right: int = 0
    of: int = 0

    @property
    def accuracy(self) -> float | None:
        """How many cells in a hundred were right; None before there are any."""
        return 100 * self.right / self.of if self.of else None

    def __bool__(self) -> bool:
        """Say whether anything counts."""
        return bool(self.asked or self.of)

    def add(self, answer: Answer) -> None:
        """Count another answer."""
        right, of = answer.cells
        self.asked += answer.outcome is not None
        self.at_once += bool(answer.outcome)
        self.right += right
        self.of += of

    def __iadd__(self, other: Tally) -> Self:
        self.asked += other.asked
        self.at_once += other.at_once
        self.right += other.right
        self.of += other.of
        return self


def tally(answers: Iterable[Answer]) -> Tally:
    """Count answers."""
    found = Tally()
    for answer in answers:
        found.add(answer)
    return found


def usual_mistake(answers: Iterable[Answer]) -> str:
    """Return the id of the likeliest mistake of most answers; empty for none.

    Of several that are equal it is the latest.
    """
    seen = [answer.mistakes[0] for answer in answers if answer.mistakes]
    usual = Counter(reversed(seen)).most_common(1)
    return usual[0][0] if usual else ""
