"""Average pooling over the rows and columns of an image."""

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
class AveragePooling2D(Pooling):
    """Each window becomes the mean of its numbers, in every map by itself.

    >>> x = np.arange(75.0).reshape(5, 5, 3)
    >>> y = np.zeros((2, 2, 3))
    >>> for i, j, c in np.ndindex(y.shape):
    ...     y[i, j, c] = np.mean(x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2, c])  # windows of 2×2
    >>> np.array_equal(y, AveragePooling2D(pool_size=(2, 2)).forward({"x": x}))
    True

    Shapes: ``x`` (..., H, W, C), output (..., H', W', C).

    Settings and their meaning are those of Keras' ``AveragePooling2D``
    (https://keras.io/api/layers/pooling_layers/average_pooling2d/); ``padding`` may also be
    ``((top, bottom), (left, right))`` in cells, each side smaller than the window. As in
    TensorFlow, a window over the edge is divided by its cells inside the input, not by its size.

    Raises:
        SettingError: for a setting that no input could fit.
    """

    kind: ClassVar[str] = "average_pooling2d"
    fold: ClassVar[str] = "mean"

    def forward(self, tensors: Mapping[str, Array]) -> Array:
        """Compute every map, all windows at once."""
        x = as_floats(tensors["x"])
        plan = self._planned(x)
        output = plan.fold(x, np.add, -0.0)
        output /= plan.counts
        return output

    def backward(self, tensors: Mapping[str, Array], grad: Array) -> dict[str, Array]:
        """Return the gradient of ``x``: each window shares its own out evenly to its cells."""
        x = as_floats(tensors["x"])
        plan = self._planned(x)
        share = (gradient_of(plan.shape, grad) / plan.counts).astype(x.dtype, copy=False)
        over_x = np.zeros(x.shape, x.dtype)
        for outputs, inputs in plan.meetings:
            if plan.apart:
                over_x[inputs] = share[outputs]
            else:
                over_x[inputs] += share[outputs]
        return {"x": over_x}

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        windows = self.windows(shapes_of(tensors))
        return _sliding_code.average_parts(windows, self.padding, tensors, name)
