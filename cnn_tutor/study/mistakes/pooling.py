"""Mistakes about the number that stands for all those in a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Explanation, Index
from cnn_tutor.study.mistakes.case import Case, Way


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes about which number of a window is taken, or what is made of it."""
    folds = {folded(explanation) for explanation in case.explanations}
    if len(folds) != 1 or folds == {""}:
        return
    (fold,) = folds
    read = [explanation.cells("x") for explanation in case.explanations]
    numbers = [[cell.value for cell in cells] for cells in read]

    def way(mistake: str, number: Callable[[Sequence[float]], float], **values: object) -> Way:
        return Way(mistake, np.array([number(row) for row in numbers]), values=values)

    yield way("pool_sum", sum)
    if max(map(len, numbers)) > 2:  # of two, the first is the right one or the other
        yield way("pool_top_left", lambda row: row[0])
    if fold != "max":
        return
    yield way("pool_mean", lambda row: sum(row) / len(row))
    yield way("pool_smallest", min)
    for first in (0, 1):
        yield way("pool_position", partial(_position, first), first=first)
    whole = [_map(case, at) for at in case.cells] if case.windows else []
    if any(len(row) < cells.size for row, cells in zip(numbers, whole, strict=False)):
        yield Way("pool_global", np.array([cells.max() for cells in whole]))
    yield from _where_it_differs(case, "pool_absolute", [max(map(abs, row)) for row in numbers])
    yield from _where_it_differs(case, "pool_clamped", [max(0.0, *row) for row in numbers])


def _position(first: int, row: Sequence[float]) -> float:
    return row.index(max(row)) + first


def of_map(case: Case) -> float | None:
    """Return the largest number of the map of the one asked cell, if it is largest of a part."""
    largest = folded(case.explanations[0]) == "max"
    return float(_map(case, case.cells[0]).max()) if largest and case.windows else None


def folded(explanation: Explanation) -> str:
    """Return how several cells of x are made one number; empty if it isn't just that."""
    if len(explanation.steps) != 1:
        return ""
    (step,) = explanation.steps
    plain = all(
        len(term.factors) == 1 and term.scale == 1 and term.factors[0].port == "x"
        for term in step.terms
    )
    return step.fold if plain and step.fold in ("max", "mean") else ""


def _map(case: Case, at: Index) -> Array:
    map_of: tuple[Any, ...] = (*at[:-3], ..., at[-1])
    whole: Array = case.tensors["x"][map_of]
    return whole


def _where_it_differs(case: Case, mistake: str, wrong: Sequence[float]) -> Iterator[Way]:
    """Go through the one way of a mistake that only negative numbers tell from what is right."""
    numbers = np.where(np.array(wrong) == case.right, np.nan, wrong)
    if not np.isnan(numbers).all():
        yield Way(mistake, numbers)
