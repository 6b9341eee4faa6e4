"""Mistakes about a function of each number, or of all numbers of a row: another one is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study.mistakes.case import Case, Way
from cnn_tutor.study.mistakes.catalogue import catalogue

Curve = Callable[[Array], Array]

_PROBE = np.array([-1.5, -0.25, 0.0, 0.75, 2.0])
"""Numbers by whose outputs a function is known."""


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


def _relu(x: Array) -> Array:
    return np.asarray(np.maximum(x, 0))


def _shares(x: Array) -> Array:
    powers = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(powers / powers.sum(-1, keepdims=True))


def _over_sum(x: Array) -> Array:
    total = x.sum(-1, keepdims=True)
    return np.asarray(np.divide(x, total, out=np.full_like(x, np.nan), where=total != 0))


def _one_hot(x: Array) -> Array:
    return np.asarray(x == x.max(-1, keepdims=True), np.float64)


def _of_others(x: Array) -> Array:
    powers = np.exp(x)
    others = powers.sum(-1, keepdims=True) - powers
    shares = np.full_like(powers, np.nan)
    return np.asarray(np.divide(powers, others, out=shares, where=others != 0))


def _largest_off_above(x: Array) -> Array:
    powers = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(powers / np.exp(x).sum(-1, keepdims=True))


_OTHERS: Mapping[Curve, Mapping[str, Curve]] = {
    _relu: {
        "relu_step": lambda x: (x > 0).astype(np.float64),
        "relu_capped": lambda x: np.clip(x, 0, 1),
        "relu_wrong_half": lambda x: np.minimum(x, 0),
        "relu_negated": lambda x: -x,
    },
    _sigmoid: {
        "sigmoid_mirrored": lambda x: 1 / (1 + np.exp(x)),
        "tanh_for_sigmoid": np.tanh,
        "power_only": lambda x: np.exp(-x),
        "tanh_halved": lambda x: np.tanh(x / 2),
    },
    np.tanh: {
        "sigmoid_for_tanh": _sigmoid,
        "power_only": lambda x: np.exp(-x),
        "tanh_halved": lambda x: np.tanh(x / 2),
        "tanh_not_divided": np.sinh,
    },
    _shares: {
        "softmax_without_powers": _over_sum,
        "softmax_not_divided": np.exp,
        "softmax_one_hot": _one_hot,
        "softmax_each_alone": _sigmoid,
        "softmax_minus": lambda x: _shares(-x),
        "power_only": lambda x: np.exp(-x),
        "softmax_of_others": _of_others,
        "softmax_largest_off_above": _largest_off_above,
    },
}
"""What is taken for each function, by the mistake."""


def ways(case: Case) -> Iterator[Way]:
    """Go through the functions that are often taken for the one that a layer computes."""
    return _taken(case, main=True)


def rarer(case: Case) -> Iterator[Way]:
    """Go through the functions that are taken for it now and then."""
    return _taken(case, main=False)


def _taken(case: Case, main: bool) -> Iterator[Way]:
    right = computed(case.layer)
    if right is None:
        return
    x = np.asarray(case.tensors["x"], np.float64)
    lit: dict[str, tuple[Index, ...]] = {"x": case.cells} if case.single else {}
    for mistake, other in _OTHERS[right].items():
        if catalogue()[mistake].main != main:
            continue
        with np.errstate(over="ignore"):
            numbers = case.picked(other(x))
        yield Way(mistake, numbers, lit=lit)


@lru_cache(maxsize=64)
def computed(layer: Layer) -> Curve | None:
    """Return which of the known functions a layer computes of its input, if any."""
    if tuple(type(layer).inputs) != ("x",):
        return None
    try:
        found = layer.forward({"x": _PROBE})
    except Refusal:  # it takes maps
        return None
    if found.shape != _PROBE.shape:
        return None
    return next((curve for curve in _OTHERS if np.allclose(found, curve(_PROBE))), None)
