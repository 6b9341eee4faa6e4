"""The layers once more, from Keras' documentation and in plain Python: slow, short, unlike ours.

https://keras.io/api/layers/ and, for the padding,
https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
"""

from __future__ import annotations

import math
from itertools import product

import numpy as np


def same_pads(n: int, k: int, stride: int, dilation: int) -> tuple[int, int]:
    """Return the zeros before and after an axis, by the formula that TensorFlow publishes."""
    effective = (k - 1) * dilation + 1
    total = max(effective - (stride if n % stride == 0 else n % stride), 0)
    return total // 2, total - total // 2


def output_length(n: int, k: int, stride: int, dilation: int, padding: object) -> int:
    """Return the length of the output as Keras documents it."""
    if padding == "same":
        return math.ceil(n / stride)
    before, after = (0, 0) if padding == "valid" else padding
    return math.ceil((n + before + after - (k - 1) * dilation) / stride)


def conv2d(x, kernel, bias, strides, padding, dilation_rate, groups):
    """Return the output of one image, or of each in a batch, one multiplication at a time."""
    if x.ndim > 3:
        return np.stack(
            [conv2d(item, kernel, bias, strides, padding, dilation_rate, groups) for item in x]
        )
    height, width, _ = x.shape
    kh, kw, depth, filters = kernel.shape
    axes = [
        (n, k, s, d, padding if isinstance(padding, str) else padding[a])
        for a, n, k, s, d in zip(
            (0, 1), (height, width), (kh, kw), strides, dilation_rate, strict=True
        )
    ]
    top, left = (
        same_pads(n, k, s, d) if p == "same" else (0, 0) if p == "valid" else p
        for n, k, s, d, p in axes
    )
    rows, columns = (output_length(*axis) for axis in axes)
    output = np.zeros((rows, columns, filters), object)
    for r in range(rows):
        for c in range(columns):
            for f in range(filters):
                group = f // (filters // groups)
                total = bias[f].item()
                for i in range(kh):
                    for j in range(kw):
                        down = r * strides[0] + i * dilation_rate[0] - top[0]
                        across = c * strides[1] + j * dilation_rate[1] - left[0]
                        if not (0 <= down < height and 0 <= across < width):
                            continue
                        for d in range(depth):
                            read = x[down, across, group * depth + d].item()
                            total += read * kernel[i, j, d, f].item()
                output[r, c, f] = total
    return output.astype(np.float64)


def pool2d(x, pool_size, strides, padding, how, grad=None):
    """Return the maps pooled by "max" or "mean"; with ``grad``, the gradient of ``x`` instead.

    https://keras.io/api/layers/pooling_layers/: padding is no number, so it neither wins nor
    counts, and of several largest ones TensorFlow and PyTorch give the gradient to the first.
    """
    if x.ndim > 3:
        grads = [None] * len(x) if grad is None else grad
        return np.stack(
            [
                pool2d(item, pool_size, strides, padding, how, g)
                for item, g in zip(x, grads, strict=True)
            ]
        )
    height, width, channels = x.shape
    axes = [
        (n, k, s, padding if isinstance(padding, str) else padding[a])
        for a, n, k, s in zip((0, 1), (height, width), pool_size, strides, strict=True)
    ]
    top, left = (
        same_pads(n, k, s, 1)[0] if p == "same" else 0 if p == "valid" else p[0]
        for n, k, s, p in axes
    )
    rows, columns = (output_length(n, k, s, 1, p) for n, k, s, p in axes)
    output, over_x = np.zeros((rows, columns, channels)), np.zeros(x.shape)
    for r, c, d in product(range(rows), range(columns), range(channels)):
        cells = []
        for i, j in product(range(pool_size[0]), range(pool_size[1])):
            down, across = r * strides[0] + i - top, c * strides[1] + j - left
            if 0 <= down < height and 0 <= across < width:
                cells.append((down, across, d))
        numbers = [x[cell].item() for cell in cells]
        if how == "max":
            output[r, c, d] = max(numbers)
            if grad is not None:
                over_x[cells[numbers.index(max(numbers))]] += grad[r, c, d]
        else:
            output[r, c, d] = sum(numbers) / len(numbers)
            if grad is not None:
                for cell in cells:
                    over_x[cell] += grad[r, c, d] / len(cells)
    return output if grad is None else over_x


def global_pool2d(x, how):
    """Return each whole map as one number."""
    size = x.shape[-3:-1]
    return pool2d(x, size, size, "valid", how)[..., 0, 0, :]


def flatten(x):
    """Return one image as a list: rows, in them columns, in them channels."""
    return [number for row in x.tolist() for place in row for number in place]


def dense(x, kernel, bias):
    """Return the units for one row of inputs.

    https://keras.io/api/layers/core_layers/dense/
    """
    inputs, units = kernel.shape
    return np.array(
        [bias[u] + math.fsum(x[n] * kernel[n, u] for n in range(inputs)) for u in range(units)]
    )


def softmax(x):
    """Return the shares of one row of scores.

    https://keras.io/api/layers/activation_layers/softmax/
    """
    powers = [math.exp(score - max(x.tolist())) for score in x.tolist()]
    return np.array([power / math.fsum(powers) for power in powers])


FUNCTIONS = {
    "relu": (lambda x: x if x > 0 else 0.0, lambda x: 1.0 if x > 0 else 0.0),
    "sigmoid": (
        lambda x: math.exp(x / 2) / math.cosh(x / 2) / 2 if abs(x) < 700 else float(x > 0),
        lambda x: 1 / (2 + math.exp(x) + math.exp(-x)) if abs(x) < 700 else 0.0,
    ),
    "tanh": (math.tanh, lambda x: 1 / math.cosh(x) ** 2 if abs(x) < 350 else 0.0),
}
"""The functions of one number and their derivatives, in other forms than ours.

https://keras.io/api/layers/activations/
"""
