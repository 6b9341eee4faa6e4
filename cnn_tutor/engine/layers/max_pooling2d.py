"""Max pooling over the rows and columns of an image."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.layer import gradient_of
from cnn_tutor.engine.layers import _sliding_code
from cnn_tutor.engine.layers._pooling import Pooling
from cnn_tutor.engine.part import Part


@dataclass(frozen=True)
class MaxPooling2D(Pooling):
    """Only the largest number of each window is kept, in every map by itself.

    >>> x = np.arange(75.0).reshape(5, 5, 3)
    >>> y = np.zeros((2, 2, 3))
    >>> for i, j, c in np.ndindex(y.shape):
    ...     y[i, j, c] = np.max(x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2, c])  # windows of 2×2
    >>> np.array_equal(y, MaxPooling2D(pool_size=(2, 2)).forward({"x": x}))
    True

    Shapes: ``x`` (..., H, W, C), output (..., H', W', C).

    Settings and their meaning are those of Keras' ``MaxPooling2D``
    (https://keras.io/api/layers/pooling_layers/max_pooling2d/); ``padding`` may also be
    ``((top, bottom), (left, right))`` in cells, each side smaller than the window. Padding never
    wins, not even over negative numbers.

    Raises:
        SettingError: for a setting that no input could fit.
    """

    kind: ClassVar[str] = "max_pooling2d"
    fold: ClassVar[str] = "max"

    def forward(self, tensors: Mapping[str, Array]) -> Array:
        """Compute every map, all windows at once."""
        x = as_floats(tensors["x"])
        return self._planned(x).fold(x, np.maximum, -np.inf)

    def backward(self, tensors: Mapping[str, Array], grad: Array) -> dict[str, Array]:
        """Return the gradient of ``x``: all of it goes to the cell that won its window.

        Where several are equally large it is the first in reading order, as in TensorFlow and
        PyTorch. A NaN is larger than any number.
        """
        x = as_floats(tensors["x"])
        plan, largest = self._planned(x), self.forward(tensors)
        grad = gradient_of(plan.shape, grad).astype(x.dtype, copy=False)
        with np.errstate(all="ignore"):
            finite = bool(np.isfinite(grad.sum()))
        odd = bool(np.isnan(largest).any())  # which equals nothing, not even itself
        over_x, open_yet = np.zeros(x.shape, x.dtype), np.ones(largest.shape, bool)
        for outputs, inputs in plan.meetings:
            still, share = open_yet[outputs], grad[outputs]
            won = x[inputs] == largest[outputs]
            if odd:
                won |= np.isnan(x[inputs])
            won &= still
            still ^= won
            if plan.apart and finite:  # the fastest way by far, but 0 times infinity is no 0
                np.multiply(share, won, out=over_x[inputs])
            else:
                over_x[inputs] += share * won if finite else np.where(won, share, 0)
        return {"x": over_x}

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        windows = self.windows(shapes_of(tensors))
        return _sliding_code.max_parts(windows, self.padding, tensors)
