"""How the terms of one step become one number, and how that number moves with each term."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Fold:
    """One way of making a number of several, such as adding them up, and its slopes.

    ``value`` takes the terms' values, at least one; ``slopes`` takes the same and returns how
    fast the result grows with each of them (its partial derivatives).
    """

    value: Callable[[Sequence[float]], float]
    slopes: Callable[[Sequence[float]], list[float]]


def _sum_slopes(values: Sequence[float]) -> list[float]:
    return [1.0] * len(values)


def _winner(values: Sequence[float]) -> int:
    """Return the place of the first of the largest values; a NaN wins, as in NumPy."""
    return max(range(len(values)), key=lambda n: (math.isnan(values[n]), values[n]))


def _max(values: Sequence[float]) -> float:
    return values[_winner(values)]


def _max_slopes(values: Sequence[float]) -> list[float]:
    winner = _winner(values)
    return [float(n == winner) for n in range(len(values))]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _mean_slopes(values: Sequence[float]) -> list[float]:
    return [1.0 / len(values)] * len(values)


def _exp(values: Sequence[float]) -> float:
    try:
        return math.exp(sum(values))
    except OverflowError:  # only half of a step's terms, or numbers that no layer puts in one
        return math.inf


def _exp_slopes(values: Sequence[float]) -> list[float]:
    return [_exp(values)] * len(values)


def _ratio(values: Sequence[float]) -> float:
    first, *others = values
    return first / math.prod(others)


def _ratio_slopes(values: Sequence[float]) -> list[float]:
    first, *others = values
    over = math.prod(others)
    return [1.0 / over, *(-first / over / other for other in others)]


FOLDS: Mapping[str, Fold] = MappingProxyType(
    {
        "sum": Fold(sum, _sum_slopes),
        "max": Fold(_max, _max_slopes),
        "mean": Fold(_mean, _mean_slopes),
        "exp": Fold(_exp, _exp_slopes),
        "ratio": Fold(_ratio, _ratio_slopes),
    }
)
"""Each fold by the name that a :class:`~cnn_tutor.engine.explanation.Step` gives it.

``exp`` is e to the sum of the terms, ``ratio`` the first term divided by those after it.
"""
