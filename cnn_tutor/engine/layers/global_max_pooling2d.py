"""Max pooling of whole maps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.layer import gradient_of
from cnn_tutor.engine.layers._global_pooling import GlobalPooling
from cnn_tutor.engine.part import Part, simple
from cnn_tutor.engine.region import Region


@dataclass(frozen=True)
class GlobalMaxPooling2D(GlobalPooling):
    """Only the largest number of each whole map is kept.

    Shapes: ``x`` (..., H, W, C), output (..., C). It has no settings; its meaning is that of
    Keras' ``GlobalMaxPooling2D``
    (https://keras.io/api/layers/pooling_layers/global_max_pooling2d/).
    """

    kind: ClassVar[str] = "global_max_pooling2d"
    fold: ClassVar[str] = "max"

    def forward(self, tensors: Mapping[str, Array]) -> Array:
        self.output_shape(shapes_of(tensors))
        largest: Array = as_floats(tensors["x"]).max((-3, -2))
        return largest

    def backward(self, tensors: Mapping[str, Array], grad: Array) -> dict[str, Array]:
        """Return the gradient of ``x``: all of it goes to the first of a map's largest cells."""
        x = as_floats(tensors["x"])
        grad = gradient_of(self.output_shape({"x": x.shape}), grad)
        *batch, height, width, channels = x.shape
        flat = x.reshape(*batch, height * width, channels)
        over_x, winners = np.zeros_like(flat), flat.argmax(-2, keepdims=True)
        np.put_along_axis(over_x, winners, grad[..., None, :], -2)
        return {"x": over_x.reshape(x.shape)}

    def forward_region(self, tensors: Mapping[str, Array], region: Region) -> Array:
        *batch, channels = region
        whole = slice(None)
        return self.forward({"x": tensors["x"][(*batch, whole, whole, channels)]})

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        return simple(
            "keras.layers.GlobalMaxPooling2D()",
            "nn.AdaptiveMaxPool2d(1)",
            "nn.Flatten()",
            numpy="y = x.max((0, 1))",
        )
