"""Mistakes about the number that stands for all those in a window."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median
from typing import Any

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Explanation, Index
from cnn_tutor.study.mistakes.case import Case, Way


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes about which number of a window is taken, or what is made of it."""
    fold, numbers = _read(case)
    if not fold:
        return
    yield _way("pool_sum", numbers, sum)
    if max(map(len, numbers)) > 2:  # of two, the first is the right one or the other
        yield _way("pool_top_left", numbers, lambda row: row[0])
    yield _way("pool_smallest", numbers, min)
    if fold == "mean":
        yield _way("pool_largest", numbers, max)
        return
    yield _way("pool_mean", numbers, _mean)
    for first in (0, 1):
        position = partial(_position, first)
        yield _way("pool_position", numbers, position, str(first), first=first)
    whole = [_map(case, at) for at in case.cells] if case.windows else []
    if any(len(row) < cells.size for row, cells in zip(numbers, whole, strict=False)):
        yield Way("pool_global", np.array([cells.max() for cells in whole]))
    yield from _where_it_differs(case, "pool_absolute", [max(map(abs, row)) for row in numbers])
    yield from _where_it_differs(case, "pool_clamped", [max(0.0, *row) for row in numbers])


def mute(case: Case) -> bool:
    """Say whether nobody who takes 0 for the largest, or a number without its sign, is wrong."""
    fold, _ = _read(case)
    below = (case.tensors["x"] < 0).any() if fold == "max" else False
    return bool(below and (case.right >= 0).all())


def rarer(case: Case) -> Iterator[Way]:
    """Go through the mistakes that read other maps, or make a number of the window that few do."""
    fold, numbers = _read(case)
    if not fold:
        return
    yield from _other_maps(case, max if fold == "max" else _mean)
    if fold == "mean":
        yield _way("pool_median", numbers, median)
        yield _way("pool_rounded", numbers, lambda row: math.floor(_mean(row) + 0.5))
        yield from _averaged(case, numbers)
    elif max(map(len, numbers)) > 2:
        yield _way(
            "pool_second", numbers, lambda row: sorted(row)[-2] if len(row) > 1 else math.nan
        )


def _read(case: Case) -> tuple[str, list[list[float]]]:
    """Return what is made of the window of each asked cell, and its numbers; "" if other things."""
    folds = {folded(explanation) for explanation in case.explanations}
    if len(folds) != 1:
        return "", []
    read = (explanation.cells("x") for explanation in case.explanations)
    return folds.pop(), [[cell.value for cell in cells] for cells in read]


def _way(
    mistake: str,
    numbers: Sequence[Sequence[float]],
    number: Callable[[Sequence[float]], float],
    how: str = "",
    **values: object,
) -> Way:
    return Way(mistake, np.array([number(row) for row in numbers]), how, values=values)


def _mean(row: Sequence[float]) -> float:
    return sum(row) / len(row)


def _other_maps(case: Case, fold: Callable[[Sequence[float]], float]) -> Iterator[Way]:
    """Go through the mistakes that read other maps than the output's own."""
    x = case.tensors["x"]
    depth = x.shape[-1]
    if not case.windows or depth == 1:
        return
    output = case.layer.forward(case.tensors)
    for by in range(1, depth):
        yield Way("pool_other_map", case.picked(np.roll(output, -by, -1)), str(by))
    largest = [fold(output[at[:-1]].tolist()) for at in case.cells]
    yield Way("pool_all_maps", np.array(largest))


def _averaged(case: Case, numbers: Sequence[Sequence[float]]) -> Iterator[Way]:
    """Go through the mistakes about what a sum is divided by, and what it is taken over."""
    if not case.windows:
        return
    rows, columns = case.windows
    cells = rows.size * columns.size
    sums = np.array([sum(row) for row in numbers])
    if cells > 1:
        for side in dict.fromkeys((rows.size, columns.size)):
            if 1 < side < cells:
                yield Way("pool_by_side", sums / side, str(side))
    if any(len(row) < cells for row in numbers):
        yield Way("pool_padding_counted", sums / cells)
    whole = [_map(case, at) for at in case.cells]
    if any(len(row) < cells.size for row, cells in zip(numbers, whole, strict=True)):
        yield Way("pool_mean_of_map", np.array([cells.mean() for cells in whole]))


def _position(first: int, row: Sequence[float]) -> float:
    """Return where the largest number stands, counted from ``first``."""
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
    """Return the map that an output is made of."""
    map_of: tuple[Any, ...] = (*at[:-3], ..., at[-1])
    whole: Array = case.tensors["x"][map_of]
    return whole


def _where_it_differs(case: Case, mistake: str, wrong: Sequence[float]) -> Iterator[Way]:
    """Go through the one way of a mistake that only negative numbers tell from what is right."""
    numbers = np.where(np.array(wrong) == case.right, np.nan, wrong)
    if not np.isnan(numbers).all():
        yield Way(mistake, numbers)
