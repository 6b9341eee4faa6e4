"""How the terms of one step become one number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


FOLDS: Mapping[str, Callable[[Sequence[float]], float]] = MappingProxyType(
    {"sum": sum, "max": max, "mean": _mean}
)
"""Each fold by the name that a :class:`~cnn_tutor.engine.explanation.Step` gives it."""
