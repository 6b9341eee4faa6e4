"""Exercises and mistakes that are made up, so that a test says all there is to know of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import count

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.study.exercise import Blank, Exercise, ExerciseShape, Outcome
from cnn_tutor.study.mistakes.catalogue import Mistake

_SEEDS = count()
TEXT = {"ja": "問", "en": "ask"}


class MadeUp(ExerciseShape):
    """A shape whose outcomes are given; it is asked of nothing."""

    key = "made_up"

    def __init__(
        self,
        outcomes: Iterable[Outcome],
        slips: Iterable[Outcome],
        accepts: Callable[[Mapping[str, float]], bool],
    ) -> None:
        self._outcomes, self._slips, self._accepts = tuple(outcomes), tuple(slips), accepts

    def fits(self, kind: type[Layer]) -> bool:
        return False

    def over(
        self, layer: Layer, tensors: Mapping[str, Array], level: int, rng: np.random.Generator
    ) -> Exercise | None:
        return None

    def outcomes(self, exercise: Exercise) -> tuple[Outcome, ...]:
        return self._outcomes

    def slips(self, exercise: Exercise) -> tuple[Outcome, ...]:
        return self._slips

    def accepts(self, exercise: Exercise, numbers: Mapping[str, float]) -> bool:
        return self._accepts(numbers)


def exercise(
    answers: Mapping[str, float] | Iterable[Blank],
    outcomes: Iterable[Outcome] = (),
    slips: Iterable[Outcome] = (),
    accepts: Callable[[Mapping[str, float]], bool] = lambda numbers: False,
) -> Exercise:
    """Return an exercise with these answers by blank, and what mistakes lead to in it."""
    blanks = (
        [
            Blank(name, answer, "output", (0, n, 0))
            for n, (name, answer) in enumerate(answers.items())
        ]
        if isinstance(answers, Mapping)
        else list(answers)
    )
    source = MadeUp(outcomes, slips, accepts)
    return Exercise(Conv2D(), {}, TEXT, tuple(blanks), TEXT, source, seed=next(_SEEDS))


def marks(wanted: str, others: str) -> list[Blank]:
    """Return blanks to mark, each named by a letter."""
    return [
        Blank(name, float(name in wanted), "x", (n, 0, 0), mark=True)
        for n, name in enumerate(wanted + others)
    ]


def mistakes(*ids: str, **priors: float) -> dict[str, Mistake]:
    """Return mistakes of these names; those that begin with "slip" are slips."""
    found = {}
    for key in (*ids, *priors):
        name = {"ja": f"誤り {key}", "en": f"mistake {key}"}
        says = {"ja": "{cell} は {written}", "en": "{cell} has {written}"}
        slip = key.startswith("slip")
        found[key] = Mistake(key, name, says, priors.get(key, 1.0), main=not slip, slip=slip)
    return found
