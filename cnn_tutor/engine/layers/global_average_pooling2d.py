"""Average pooling of whole maps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.layer import gradient_of
from cnn_tutor.engine.layers._global_pooling import GlobalPooling
from cnn_tutor.engine.part import Part, simple


@dataclass(frozen=True)
class GlobalAveragePooling2D(GlobalPooling):
    """Each whole map becomes the mean of its numbers.

    Shapes: ``x`` (..., H, W, C), output (..., C). It has no settings; its meaning is that of
    Keras' ``GlobalAveragePooling2D``
    (https://keras.io/api/layers/pooling_layers/global_average_pooling2d/).
    """

    kind: ClassVar[str] = "global_average_pooling2d"
    fold: ClassVar[str] = "mean"

    def forward(self, tensors: Mapping[str, Array]) -> Array:
        self.output_shape(shapes_of(tensors))
        mean: Array = as_floats(tensors["x"]).mean((-3, -2))
        return mean

    def backward(self, tensors: Mapping[str, Array], grad: Array) -> dict[str, Array]:
        """Return the gradient of ``x``: each map shares its own out evenly to its cells."""
        x = as_floats(tensors["x"])
        height, width = x.shape[-3:-1]
        grad = gradient_of(self.output_shape({"x": x.shape}), grad)
        share = grad[..., None, None, :] / (height * width)
        return {"x": np.broadcast_to(share, x.shape).astype(x.dtype)}

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        return simple(
            "keras.layers.GlobalAveragePooling2D()",
            "nn.AdaptiveAvgPool2d(1)",
            "nn.Flatten()",
            numpy="y = x.mean((0, 1))",
        )
