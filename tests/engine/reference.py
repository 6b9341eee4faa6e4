"""Convolution once more, from Keras' documentation and in plain Python: slow, short, unlike ours.

https://keras.io/api/layers/convolution_layers/convolution2d/ and, for the padding,
https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
"""

from __future__ import annotations

import math

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
