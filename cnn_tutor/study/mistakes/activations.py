"""Mistakes about an activation that lets no negative number through."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Cell, Explanation
from cnn_tutor.study.mistakes.case import Case, Way


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes of a layer that takes the larger of 0 and a number."""
    read = [_negated(explanation) for explanation in case.explanations]
    if None in read or not read:
        return
    yield from of(np.array(read, np.float64))


def mute(case: Case) -> bool:
    """Say whether nothing negative is held against 0, though that is what the layer does."""
    read = [_negated(explanation) for explanation in case.explanations]
    return bool(read) and None not in read and all(number >= 0 for number in read if number)


def after(case: Case) -> Iterator[Way]:
    """Go through the mistakes of a ReLU that comes after a layer of sums."""
    yield from of(case.right)
    products = case.products
    if products is None:
        return
    each = np.maximum(products.values, 0).sum(1) + products.bias
    yield Way("relu_per_product", each)
    if products.bias.any():
        before = np.maximum(products.sums, 0) + products.bias
        yield Way("relu_before_bias", before)


def of(numbers: Array) -> Iterator[Way]:
    """Go through the mistakes that show only in the negative ones of some numbers."""
    negative = np.where(numbers < 0, numbers, np.nan)
    if not np.isnan(negative).all():
        yield Way("relu_forgotten", negative)
        yield Way("absolute_value", -negative)


def _negated(explanation: Explanation) -> float | None:
    """Return the number that is held against 0; None where it is not just that."""
    if len(explanation.steps) != 1 or explanation.steps[0].fold != "max":
        return None
    bounds = [t for t in explanation.steps[0].terms if not t.factors and t.scale == 0]
    cells: list[Cell] = [c for t in explanation.steps[0].terms for c in t.factors if c.port == "x"]
    known = len(bounds) == len(cells) == 1 and len(explanation.steps[0].terms) == 2
    return cells[0].value if known else None
