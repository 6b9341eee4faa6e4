"""The contract that every shape of exercise keeps."""

from __future__ import annotations

import tomllib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, ClassVar

import numpy as np

from cnn_tutor.bundled import bundled
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study import words
from cnn_tutor.study.exercise import Exercise, Outcome, Text

FEWEST_CHOICES = 9
"""Of fewer answers to choose from, the right one is met by chance too often to count."""


class ExerciseShape(ABC):
    """Something that can be asked of a layer: one output cell, the output's size, a filter.

    What it says to the learner is in ``resources/exercises/<key>.toml``, Japanese and English
    side by side: ``name``, ``prompt`` and ``rule``, and more where it has more to say.
    """

    key: ClassVar[str]
    """The shape's name, which is also that of its module."""

    @abstractmethod
    def fits(self, kind: type[Layer]) -> bool:
        """Say whether a kind of layer has what it needs; no kind is asked for by name."""

    @abstractmethod
    def over(
        self, layer: Layer, tensors: Mapping[str, Array], level: int, rng: np.random.Generator
    ) -> Exercise | None:
        """Set the exercise over a layer and its numbers; None if it can't be set over these.

        ``rng`` picks what there is to pick, such as the cell that is asked for.
        """

    @abstractmethod
    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through what each mistake but slips leads to; see :class:`Outcome`."""

    def make(self, kind: type[Layer], level: int, rng: np.random.Generator) -> Exercise | None:
        """Make up a layer and its numbers, and set the exercise over them."""
        layer, tensors = kind.sample(rng, level)
        return self.over(layer, tensors, level, rng)

    def slips(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through what slips lead to; a shape without any leaves this as it is."""
        return ()

    def tells(self, exercise: Exercise) -> bool:
        """Say whether a right answer shows that the learner can do it.

        It does not where it is easily met by chance, or by who makes a mistake that happens not
        to show in these numbers; such an exercise is for practice only.
        """
        return True

    def accepts(self, exercise: Exercise, numbers: Mapping[str, float]) -> bool:
        """Say whether other numbers than the answers are right too, as a filter may be."""
        return False

    @property
    def name(self) -> str:
        """What the shape is called, in the language that is on."""
        return words.pick(self.said()["name"])

    def said(self) -> Mapping[str, Any]:
        """Return everything that its file says."""
        return _said(self.key)

    def text(self, entry: str, **values: object) -> Text:
        """Return an entry of its file in both languages, with these values in it.

        A value that is itself a text in both languages is put in each in its own.
        """
        return words.both(self.said()[entry], **values)


@cache
def _said(key: str) -> dict[str, Any]:
    return tomllib.loads(bundled("exercises", f"{key}.toml").read_text("utf-8"))
