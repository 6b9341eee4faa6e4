"""Outputs once more, by the plain loops that the engine is tested against."""

from __future__ import annotations

import numpy as np

from tests.unit.engine import reference


def output(exercise):
    """Return the output of an exercise's layer, one number at a time."""
    layer, tensors = exercise.layer, exercise.tensors
    x = tensors["x"]
    if exercise.kind == "conv2d":
        settings = layer.strides, layer.padding, layer.dilation_rate, layer.groups
        return reference.conv2d(x, tensors["kernel"], tensors["bias"], *settings)
    if exercise.kind in ("max_pooling2d", "average_pooling2d"):
        how = exercise.kind.removesuffix("_pooling2d").replace("average", "mean")
        return reference.pool2d(x, layer.pool_size, layer.strides, layer.padding, how)
    if exercise.kind in ("global_max_pooling2d", "global_average_pooling2d"):
        return reference.global_pool2d(x, "max" if "max" in exercise.kind else "mean")
    if exercise.kind == "dense":
        return reference.dense(x, tensors["kernel"], tensors["bias"])
    if exercise.kind == "flatten":
        return np.array(reference.flatten(x))
    if exercise.kind == "softmax":
        return reference.softmax(x)
    if exercise.kind == "dropout":
        kept = [
            (n if m else 0.0) / (1 - layer.rate)
            for n, m in zip(x.ravel().tolist(), tensors["mask"].ravel().tolist(), strict=True)
        ]
        return np.array(kept).reshape(x.shape) if layer.training else x
    function, _ = reference.FUNCTIONS[exercise.kind]
    return np.array([function(n) for n in x.ravel().tolist()]).reshape(x.shape)
