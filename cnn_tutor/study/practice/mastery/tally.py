"""How a learner's answers went, counted: the one way of counting for every place that tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cnn_tutor.study.practice.record.answer import Answer


@dataclass(frozen=True)
class Tally:
    """What some answers come to; only the first ones to an exercise that was not shown count.

    Of ``answers`` exercises ``correct`` were right altogether, of ``of`` cells ``right``.
    ``mistake`` is the id of the likeliest mistake of most answers, of several that are equal the
    latest; empty for none.
    """

    answers: int
    correct: int
    right: int
    of: int
    mistake: str

    @property
    def accuracy(self) -> float | None:
        """How many cells in a hundred were right; None before there are any."""
        return 100 * self.right / self.of if self.of else None


def tally(answers: Iterable[Answer]) -> Tally:
    """Count answers."""
    given = list(answers)
    first = [answer for answer in given if answer.first and not answer.shown]
    seen = [answer.mistakes[0] for answer in given if answer.mistakes]
    usual = Counter(reversed(seen)).most_common(1)
    return Tally(
        len(first),
        sum(answer.correct for answer in first),
        sum(answer.right for answer in first),
        sum(answer.of for answer in first),
        usual[0][0] if usual else "",
    )
