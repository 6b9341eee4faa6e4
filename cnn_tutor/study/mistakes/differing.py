"""What of a mistake's numbers shows: those that are not the answers."""

from __future__ import annotations

from collections.abc import Mapping

from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Exercise


def differing(exercise: Exercise, wrong: Mapping[str, float]) -> dict[str, float]:
    """Return the numbers that differ from the answers of their blanks.

    Names of no blank are left out. Where a mistake changes nothing at all, so that it can't be
    told from a right answer, all of its numbers stay: that is how an exercise is seen to hide it.
    """
    there = {b.name: b.answer for b in exercise.blanks if b.name in wrong}
    found = {n: wrong[n] for n, answer in there.items() if not numbers.agree(wrong[n], answer)}
    return found or {name: wrong[name] for name in there}
