"""Which exercises count: those that keep the main mistakes apart and are not met by chance."""

from __future__ import annotations

from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.mistakes.catalogue import catalogue

FEWEST_CHOICES = 9
"""Answers to choose from. Of fewer, the right one is met by chance too often to count."""


def apart(exercise: Exercise) -> bool:
    """Say whether each main mistake leads to numbers of its own, none of them right.

    Mistakes whose way does not exist here, such as a forgotten padding where there is none, have
    no outcome and are not looked at.
    """
    return clashes(exercise, 0) == 0


def clashes(exercise: Exercise, most: int) -> int:
    """Return how many ways of main mistakes lead to what is right, or to what another leads to.

    Ways that are aside only must not be right. More than ``most`` are not counted.
    """
    known, count = catalogue(), 0
    answers = {blank.name: blank.answer for blank in exercise.blanks}
    seen: dict[tuple[tuple[str, float], ...], str] = {}
    # Not those that the exercise keeps: most drafts go no further than the first clash.
    for outcome in exercise.source.outcomes(exercise):
        if count > most:
            break
        if not known[outcome.mistake].main:
            continue
        wrong = {
            name: number
            for name, number in outcome.entries.items()
            if not numbers.agree(number, answers[name])
        }
        if not wrong:
            count += 1
        elif not outcome.aside:
            key = tuple(sorted((name, round(number, 6)) for name, number in wrong.items()))
            count += seen.setdefault(key, outcome.mistake) != outcome.mistake
    return count
