"""Which steps of an explanation stand in a grid of products, and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import STEP, Explanation, Index, Step, Term

_PICKS = ("max", "mean")
"""The folds that say something of a window even where it holds a single number."""


@dataclass(frozen=True)
class Table:
    """One step whose terms a learner would write into a grid, as the products of one channel.

    ``place`` is the step's in its explanation and ``before`` how many terms the steps before it
    have. The first ``inside`` of its terms stand in the grid, in rows of ``columns``; what comes
    after them, such as the bias, is added to their sum. ``plane`` is the place of the cells of
    ``x`` on the axes after rows and columns, such as their channel; of the first of them, where
    the step ``spans`` several channels.
    """

    step: Step
    place: int
    before: int
    inside: int
    columns: int
    plane: Index
    spans: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that stand in the grid."""
        return self.step.terms[: self.inside]

    @property
    def products(self) -> Array:
        """The values of the terms that stand in the grid."""
        return np.array([term.value for term in self.terms])

    @property
    def ports(self) -> tuple[str, ...]:
        """The ports whose cells are multiplied, in the order in which they are written."""
        return tuple(cell.port for cell in self.step.terms[0].factors)

    def added(self, shown: int) -> int:
        """Return how many of the step's terms are among the first ``shown`` of all steps."""
        return max(0, min(shown - self.before, len(self.step.terms)))


def tables(explanation: Explanation) -> tuple[Table, ...]:
    """Return the steps that are worth a grid: products of two cells, or several numbers at once.

    A step that goes on with results of earlier ones is a line of text instead.
    """
    return tuple(_found(explanation))


def _found(explanation: Explanation) -> Iterator[Table]:
    before = 0
    for place, step in enumerate(explanation.steps):
        inside = _inside(step)
        picks = step.fold in _PICKS
        if inside > 1 or (inside and (picks or len(step.terms[0].factors) > 1)):
            read = [_read(term) for term in step.terms[:inside]]
            columns = len({index[1:2] for index in read})
            spans = len({index[2:] for index in read}) > 1
            yield Table(step, place, before, inside, columns, read[0][2:], spans)
        before += len(step.terms)


def _read(term: Term) -> Index:
    """The index of the cell of ``x`` in a term, or of its first cell if it reads none."""
    return next((c.index for c in term.factors if c.port == "x"), term.factors[0].index)


def _inside(step: Step) -> int:
    """How many terms from the first on multiply the same ports; none where they are results."""
    ports = [tuple(cell.port for cell in term.factors) for term in step.terms]
    if not ports[0] or STEP in ports[0]:
        return 0
    return next((n for n, other in enumerate(ports) if other != ports[0]), len(ports))
