"""Mistakes about how the weights are laid on: turned, mirrored, transposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnn_tutor.engine.arrays import Array, Tensors
from cnn_tutor.engine.explanation import Explanation
from cnn_tutor.study import words
from cnn_tutor.study.mistakes.case import Case, Products, Way

_OTHERS_LIMIT = 3
"""Filters or units after the right one whose weights may have been taken."""


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes that lay the weights on another way round."""
    if case.products is None:
        return
    port = case.products.port
    kernel = case.tensors[port]
    for mistake, how, turned in _turned(case, kernel):
        tensors = {**case.tensors, port: turned}
        numbers = case.products.laid(turned)
        values = {"way": words.table("directions")[how]} if how else {}
        explain = _explainer(case, tensors)
        yield Way(mistake, numbers, how, explain, worked=True, values=values, lit=case.weighing)


def rarer(case: Case) -> Iterator[Way]:
    """Go through the mistakes that take other weights, in another order, or only some."""
    if case.products is not None:
        yield from _of_others(case, case.products)
        if case.windows:
            yield from _of_part(case, case.products)
        else:
            yield from _row_by_row(case, case.products)


def _turned(case: Case, kernel: Array) -> Iterator[tuple[str, str, Array]]:
    """Go through the mistakes, the direction if a mistake has some, and the weights as laid on."""
    square = kernel.shape[0] == kernel.shape[1] > 1 if kernel.ndim > 1 else False
    if not case.windows:
        if square and kernel.ndim == 2:
            yield "dense_transposed", "", kernel.T
        return
    if kernel.shape[:2] != tuple(window.size for window in case.windows):
        return
    if max(kernel.shape[:2]) > 1:
        yield "flipped_kernel", "", kernel[::-1, ::-1]
    if square:
        yield "transposed_kernel", "", np.swapaxes(kernel, 0, 1)
    if min(kernel.shape[:2]) > 1:  # else it is the turned one
        yield "mirrored_kernel", "across", kernel[:, ::-1]
        yield "mirrored_kernel", "over", kernel[::-1]


def _of_others(case: Case, products: Products) -> Iterator[Way]:
    """Go through the mistakes that take the weights of another output, or what all put out."""
    kernel = case.tensors[products.port]
    for by in range(1, min(kernel.shape[-1], _OTHERS_LIMIT + 1)):
        rolled = np.roll(kernel, -by, -1)
        explain = _explainer(case, {**case.tensors, products.port: rolled})
        yield Way(
            "other_filter", products.laid(rolled), str(by), explain, worked=True, lit=case.weighing
        )
    if case.windows and kernel.shape[-1] > 1:
        yield Way(
            "maps_added",
            case.picked(case.output.sum(-1, keepdims=True).repeat(kernel.shape[-1], -1)),
        )


def _row_by_row(case: Case, products: Products) -> Iterator[Way]:
    kernel = case.tensors[products.port]
    # A square one would be the transposed.
    if kernel.ndim == 2 and min(kernel.shape) > 1 and kernel.shape[0] != kernel.shape[1]:
        read = kernel.reshape(kernel.shape[::-1]).T
        explain = _explainer(case, {**case.tensors, products.port: read})
        yield Way(
            "weights_row_by_row", products.laid(read), "", explain, worked=True, lit=case.weighing
        )


def _of_part(case: Case, products: Products) -> Iterator[Way]:
    """Go through the mistakes that take the weights of a window in another order, or but some."""
    kernel = case.tensors[products.port]
    height, width = kernel.shape[:2]
    if (height, width) != tuple(window.size for window in case.windows):
        return
    if kernel.ndim == 4 and kernel.shape[2] > 1:
        turned = kernel[:, :, ::-1]
        explain = _explainer(case, {**case.tensors, products.port: turned})
        yield Way(
            "channels_reversed", products.laid(turned), "", explain, worked=True, lit=case.weighing
        )
    if height > 1:
        first = kernel.copy()
        first[1:] = 0
        yield Way("first_row_only", products.laid(first), lit=case.weighing)
    if max(height, width) > 1 and products.bias.any():
        flipped = products.laid(kernel[::-1, ::-1]) - products.bias
        yield Way("flipped_and_bias_forgotten", flipped, lit=case.weighing)
    if height == width > 1 and products.taps == height * width:
        read, weights = (
            products.by_channel(v).reshape(len(v), -1, height, width)
            for v in (products.inputs, products.weights)
        )
        yield Way("matrix_product", (read @ weights).sum((1, 2, 3)) + products.bias)


def _explainer(case: Case, tensors: Tensors) -> Callable[[int], Explanation | None]:
    return lambda place: case.layer.explain(tensors, case.cells[place])
