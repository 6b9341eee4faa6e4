"""Convolution over the rows and columns of an image."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Self

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.errors import SettingError, ShapeError
from cnn_tutor.engine.explanation import STEP, Cell, Explanation, Index, Shape, Step, Term
from cnn_tutor.engine.layer import Layer, gradient_of
from cnn_tutor.engine.layers import _sliding_code
from cnn_tutor.engine.layers._correlation import Correlation
from cnn_tutor.engine.matrices import Matrices
from cnn_tutor.engine.part import Part
from cnn_tutor.engine.region import Grid, Region
from cnn_tutor.engine.window import (
    Padding,
    Pair,
    Window,
    as_slice,
    check_padding,
    check_pair,
    image_windows,
    reached_box,
    read_grid,
)


@dataclass(frozen=True)
class Conv2D(Layer):
    """A filter slides over the input; each output is the sum of products where they overlap.

    As in every deep-learning library this is cross-correlation: the filter is not turned round.

    >>> x, kernel, bias = np.arange(50.0).reshape(5, 5, 2), np.ones((3, 3, 2, 4)), np.arange(4.0)
    >>> y = np.zeros((2, 2, 4))
    >>> for i, j, f in np.ndindex(y.shape):
    ...     window = x[2 * i : 2 * i + 3, 2 * j : 2 * j + 3]  # strides of 2, a 3×3 filter
    ...     y[i, j, f] = np.sum(window * kernel[..., f]) + bias[f]
    >>> layer = Conv2D(strides=(2, 2))
    >>> np.array_equal(y, layer.forward({"x": x, "kernel": kernel, "bias": bias}))
    True

    That is all there is to it; what stands behind ``forward`` gives the same in less time.

    Shapes: ``x`` (..., H, W, C), ``kernel`` (kh, kw, C / groups, filters), ``bias`` (filters,),
    output (..., H', W', filters). A missing ``bias`` counts as zeros.

    Settings and their meaning are those of Keras' ``Conv2D``
    (https://keras.io/api/layers/convolution_layers/convolution2d/); ``padding`` may also be
    ``((top, bottom), (left, right))`` in cells.

    Raises:
        SettingError: for a setting that no input could fit.
    """

    kind: ClassVar[str] = "conv2d"
    inputs: ClassVar[tuple[str, ...]] = ("x", "kernel", "bias")
    weights: ClassVar[tuple[str, ...]] = ("kernel", "bias")

    strides: Pair = (1, 1)
    padding: Padding = "valid"
    dilation_rate: Pair = (1, 1)
    groups: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "strides", check_pair("strides", self.strides))
        object.__setattr__(self, "padding", check_padding(self.padding))
        object.__setattr__(self, "dilation_rate", check_pair("dilation_rate", self.dilation_rate))
        if check_pair("groups", self.groups)[0] != self.groups:
            raise SettingError("not_positive", setting="groups", value=self.groups)

    def windows(self, shapes: Mapping[str, Shape]) -> tuple[Window, ...]:
        x, kernel = shapes["x"], shapes["kernel"]
        if len(kernel) != 4:
            raise ShapeError("kernel_rank", shape=kernel)
        return image_windows(x, kernel[:2], self.strides, self.padding, self.dilation_rate)

    def output_shape(self, shapes: Mapping[str, Shape]) -> Shape:
        """Return (..., H', W', filters); the filter's depth must be the input's / groups."""
        rows, columns = self.windows(shapes)
        x, (_, _, depth, filters) = shapes["x"], shapes["kernel"]
        if depth < 1:
            raise ShapeError("empty_axis", input=x[-1], kernel=depth)
        if depth * self.groups != x[-1]:
            reason = "depth_differs" if self.groups == 1 else "group_depth_differs"
            raise ShapeError(reason, channels=x[-1], depth=depth, groups=self.groups)
        if filters < 1 or filters % self.groups:
            raise ShapeError("filters_not_in_groups", filters=filters, groups=self.groups)
        if shapes.get("bias", (filters,)) != (filters,):
            raise ShapeError("bias_shape", shape=shapes["bias"], filters=filters)
        return (*x[:-3], rows.positions, columns.positions, filters)

    def forward(self, tensors: Mapping[str, Array]) -> Array:
        """Compute the map of every filter, all places at once."""
        x, kernel, bias = self._arrays(tensors)
        return self._planned(x, kernel, bias).forward(x, kernel, bias)

    def forward_region(self, tensors: Mapping[str, Array], region: Region) -> Array:
        if not regions.size(region):
            return super().forward_region(tensors, region)
        x, kernel, bias = self._arrays(tensors)
        return self._planned(x, kernel, bias).forward_region(x, kernel, bias, region)

    def reached(self, port: str, region: Region, shapes: Mapping[str, Shape]) -> Region:
        if port != "x":  # all places: where it meets padding, an infinite weight makes NaN of 0
            return (*regions.whole(self.output_shape(shapes)[:-1]), region[-1])
        *batch, at_rows, at_columns, channels = region
        _, _, depth, filters = shapes["kernel"]
        return (
            *batch,
            *reached_box(self.windows(shapes), (at_rows, at_columns)),
            _same_groups(channels, depth, filters // self.groups),
        )

    def read(self, cells: Grid, shapes: Mapping[str, Shape]) -> Iterator[Grid]:
        """Yield the cells under the filters of some outputs, in the channels of their groups."""
        *batch, rows, columns, written = cells
        _, _, depth, filters = shapes["kernel"]
        groups = np.unique(written // (filters // self.groups))
        channels = np.add.outer(groups * depth, np.arange(depth)).ravel()
        yield (*batch, *read_grid(self.windows(shapes), (rows, columns)), channels)

    def fit(self, shapes: Mapping[str, Shape]) -> dict[str, Shape]:
        """Return a filter as deep as a group of channels; the first is one 3×3 or smaller."""
        x = shapes["x"]
        height, width, channels = x[-3:] if len(x) > 2 else (1, 1, 1)
        start = (max(1, min(height, 3)), max(1, min(width, 3)), 1, self.groups)
        kernel = shapes.get("kernel", start)
        if len(kernel) != 4:  # no depth to speak of; output_shape says so
            return super().fit(shapes)
        filters = kernel[3]
        return {
            "kernel": (*kernel[:2], max(1, channels // self.groups), filters),
            "bias": (filters,),
        }

    def matrices(self, shapes: Mapping[str, Shape]) -> Matrices | None:
        """Return the patches under the filter as rows and the filters as columns (im2col).

        Row (i, j) of the output is row i·W' + j; along it go the rows, columns and channels of
        the filter, the last fastest, as in ``kernel.reshape(-1, filters)``. None for a batch and
        for several groups, which are several products.
        """
        *batch, height, width, filters = self.output_shape(shapes)
        if batch or self.groups > 1:
            return None
        rows, columns = self.windows(shapes)
        kernel = shapes["kernel"]
        taps = np.indices(kernel).reshape(4, -1, filters).transpose(1, 2, 0)
        outputs = np.indices((height, width, filters)).reshape(3, -1, filters).transpose(1, 2, 0)
        read = [
            (outputs[:, :1, axis] * window.stride + taps[:, 0, axis] * window.dilation)
            - window.before
            for axis, window in enumerate((rows, columns))
        ]
        channels = np.broadcast_to(taps[:, 0, 2], read[0].shape)
        return Matrices(np.stack([*read, channels], axis=-1), taps, outputs)

    def explain(self, tensors: Mapping[str, Array], at: Index) -> Explanation:
        """Say which products make one output cell.

        One input channel is one step, its products and the bias; with several, each channel's
        products are a step and a last one adds the channels and the bias.
        """
        x, kernel = tensors["x"], tensors["kernel"]
        regions.check_index(at, self.output_shape(shapes_of(tensors)))
        *batch, row, column, written = at
        rows, columns = self.windows(shapes_of(tensors))
        depth, filters = kernel.shape[2:]
        first = written // (filters // self.groups) * depth

        def products(c: int) -> Iterator[Term]:
            for i, r in enumerate(rows.reads(row)):
                for j, q in enumerate(columns.reads(column)):
                    inside = 0 <= r < rows.length and 0 <= q < columns.length
                    read = (*batch, r, q, first + c)
                    weight = (i, j, c, written)
                    yield Term(
                        (
                            Cell("x", read, float(x[read]) if inside else 0.0),
                            Cell("kernel", weight, float(kernel[weight])),
                        )
                    )

        bias: tuple[Term, ...] = ()
        if "bias" in tensors:
            bias = (Term((Cell("bias", (written,), float(tensors["bias"][written])),)),)
        if depth == 1:
            return Explanation(at, (Step("products", "sum", (*products(0), *bias)),))
        steps = [Step("products", "sum", tuple(products(c))) for c in range(depth)]
        sums = tuple(Term((Cell(STEP, (n,), step.value),)) for n, step in enumerate(steps))
        return Explanation(at, (*steps, Step("total", "sum", (*sums, *bias))))

    def backward(self, tensors: Mapping[str, Array], grad: Array) -> dict[str, Array]:
        x, kernel, bias = self._arrays(tensors)
        x = x.astype(kernel.dtype, copy=False)
        plan = self._planned(x, kernel, bias)
        grad = gradient_of(plan.shape, grad).astype(x.dtype, copy=False)
        over_x, over_kernel = plan.backward(x, kernel, grad)
        grads = {"x": over_x, "kernel": over_kernel}
        if bias is not None:
            grads["bias"] = grad.reshape(-1, grad.shape[-1]).sum(0)
        return grads

    def affected(self, port: str, at: Index, shapes: Mapping[str, Shape]) -> Region:
        """Return the outputs that read one cell: a strided region where the layer strides."""
        *batch, height, width, filters = self.output_shape(shapes)
        whole = [slice(0, n) for n in batch]
        everywhere = (slice(0, height), slice(0, width))
        rows, columns = self.windows(shapes)
        if port == "x":
            *items, row, column, channel = at
            group = channel // (shapes["x"][-1] // self.groups)
            share = filters // self.groups
            return (
                *(slice(item, item + 1) for item in items),
                as_slice(rows.readers(row)),
                as_slice(columns.readers(column)),
                slice(group * share, (group + 1) * share),
            )
        written = slice(at[-1], at[-1] + 1)
        if port == "kernel":
            i, j = at[:2]
            return (*whole, as_slice(rows.through(i)), as_slice(columns.through(j)), written)
        return (*whole, *everywhere, written)

    @classmethod
    def sample(cls, rng: np.random.Generator, level: int) -> tuple[Self, dict[str, Array]]:
        """Make up an exercise: from one cell of a 3×3 to groups with stride, padding and bias.

        RGB comes alone first: with one filter, no stride or padding, and small numbers. At the
        last level it has all of that in half of the draws; the others have groups and gaps.
        """
        level = max(0, min(level, 5))
        if level == 5 and rng.random() < 0.5:
            layer, sides, kernel = cls((2, 2), "same"), (5, 5, 3), (3, 3, 3, 2)
        elif level == 5:
            layer = cls((2, 1), ((1, 0), (0, 2)), (1, 2), groups=2)
            sides, kernel = (6, 6, 4), (3, 2, 2, 4)
        else:
            side, channels = (3, 5, 5, 5, 4)[level], 3 if level == 4 else 1
            layer = cls((2, 2) if level == 3 else (1, 1), "same" if level in (2, 3) else "valid")
            sides, kernel = (side, side, channels), (3, 3, channels, 1)
        largest = 3 if layer.groups > 1 else 2
        biased = level >= 3
        return layer, {
            "x": rng.integers(0, 10 if level != 4 else 6, sides).astype(np.float64),
            "kernel": rng.integers(-largest, largest + 1, kernel).astype(np.float64),
            # Where there is one it is never 0: leaving it out would then go unnoticed.
            "bias": rng.choice((-3.0, -2.0, -1.0, 1.0, 2.0, 3.0) if biased else (0.0,), kernel[-1]),
        }

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        windows = self.windows(shapes_of(tensors))
        settings = _sliding_code.Convolution(
            self.strides, self.padding, self.dilation_rate, self.groups, windows
        )
        return _sliding_code.conv_parts(settings, tensors, name)

    def _arrays(self, tensors: Mapping[str, Array]) -> tuple[Array, Array, Array | None]:
        """Return ``x``, ``kernel`` and, where there is one, ``bias``, as floats.

        The last two are in the type of the output; of a large ``x`` only a part may be needed.
        """
        x, *weights = (as_floats(tensors[port]) for port in self.inputs if port in tensors)
        if any(array.dtype is not x.dtype for array in weights):
            common = np.result_type(x, *weights)
            weights = [array.astype(common, copy=False) for array in weights]
        kernel, *bias = weights
        return x, kernel, bias[0] if bias else None

    def _planned(self, x: Array, kernel: Array, bias: Array | None) -> Correlation:
        return _planned(self, x.shape, kernel.shape, None if bias is None else bias.shape)


@lru_cache(maxsize=64)
def _planned(layer: Conv2D, x: Shape, kernel: Shape, bias: Shape | None) -> Correlation:
    shapes = {"x": x, "kernel": kernel, **({} if bias is None else {"bias": bias})}
    layer.output_shape(shapes)
    return Correlation(x, kernel, layer.windows(shapes), layer.groups)


def _same_groups(part: slice, share: int, other: int) -> slice:
    """Return the channels or filters, ``other`` a group, of the groups that ``part`` lies in."""
    return slice(part.start // share * other, ((part.stop - 1) // share + 1) * other)
