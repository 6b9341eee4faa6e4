"""Where one output number comes from, as data: cells, terms, steps."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cnn_tutor.engine.fold import FOLDS

Index = tuple[int, ...]
Shape = tuple[int, ...]

OUTPUT = "output"
"""The port that what a layer puts out goes by, beside those of its inputs."""

STEP = "step"
"""The port of a cell whose value is the result of an earlier step; its index is the step's."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number that is read: its port, its place in that tensor and its value.

    An index outside the tensor is padding, and its value is what the padding holds.
    """

    port: str
    index: Index
    value: float


@dataclass(frozen=True, slots=True)
class Term:
    """A product of cells, such as one input number times one weight."""

    factors: tuple[Cell, ...]
    scale: float = 1.0

    @property
    def value(self) -> float:
        """The product of the factors and the scale."""
        return self.scale * math.prod(cell.value for cell in self.factors)


@dataclass(frozen=True, slots=True)
class Step:
    """What a person would write on one line: terms that a fold makes into one number."""

    name: str
    fold: str
    terms: tuple[Term, ...]

    @property
    def value(self) -> float:
        """The folded number."""
        return float(FOLDS[self.fold].value([term.value for term in self.terms]))

    def partial(self, count: int) -> float:
        """The folded number of the first ``count`` terms; 0 before the first."""
        values = [term.value for term in self.terms[:count]]
        return float(FOLDS[self.fold].value(values)) if values else 0.0


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole way to one output number; its last step's value is that number."""

    output: Index
    steps: tuple[Step, ...]

    @property
    def value(self) -> float:
        """The output's value as the steps give it."""
        return self.steps[-1].value

    def cells(self, port: str) -> tuple[Cell, ...]:
        """Every cell of one port that is read, in reading order, each once."""
        found: dict[Index, Cell] = {}
        for step in self.steps:
            for term in step.terms:
                for cell in term.factors:
                    if cell.port == port:
                        found.setdefault(cell.index, cell)
        return tuple(found.values())
