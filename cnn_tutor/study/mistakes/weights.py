"""Mistakes about how the weights are laid on: turned, mirrored, transposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnn_tutor.engine.arrays import Array, Tensors
from cnn_tutor.engine.explanation import Explanation
from cnn_tutor.study import words
from cnn_tutor.study.mistakes.case import Case
from cnn_tutor.study.mistakes.way import Way


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
        yield Way(mistake, numbers, how, _explainer(case, tensors), worked=True, values=values)


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


def _explainer(case: Case, tensors: Tensors) -> Callable[[int], Explanation | None]:
    return lambda place: case.layer.explain(tensors, case.cells[place])
