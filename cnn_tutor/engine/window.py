"""The window that slides over one axis: the one owner of padding, stride and dilation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
import numpy.typing as npt

from cnn_tutor.engine.errors import SettingError, ShapeError
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.region import Grid, Region

Indices = npt.NDArray[np.intp]
Pair = tuple[int, int]
Padding = Literal["valid", "same"] | tuple[Pair, Pair]


@dataclass(frozen=True, slots=True)
class Window:
    """One axis of a sliding window: which input cells each output position reads.

    ``length`` is the input's, ``size`` the kernel's number of taps, both in cells.
    ``padding`` is ``"valid"``, ``"same"`` or ``(before, after)`` in cells of zeros. ``"same"``
    is the rule of Keras and TensorFlow: ⌈length / stride⌉ positions, the odd cell at the end
    (https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2).

    Raises:
        ShapeError: if the window is longer than the padded input.
    """

    length: int
    size: int
    stride: int = 1
    dilation: int = 1
    padding: Literal["valid", "same"] | Pair = "valid"

    def __post_init__(self) -> None:
        if self.size < 1 or self.length < 1:
            raise ShapeError("empty_axis", input=self.length, kernel=self.size)
        if self.extent > self.padded:
            raise ShapeError("kernel_too_large", kernel=self.extent, input=self.padded)

    @property
    def extent(self) -> int:
        """How many cells the window spans, the gaps of the dilation included."""
        return self.dilation * (self.size - 1) + 1

    @property
    def pads(self) -> Pair:
        """The zeros before and after the input."""
        if self.padding == "valid":
            return (0, 0)
        if self.padding == "same":
            positions = -(-self.length // self.stride)
            total = max((positions - 1) * self.stride + self.extent - self.length, 0)
            return (total // 2, total - total // 2)
        return self.padding

    @property
    def before(self) -> int:
        """The zeros before the input."""
        return self.pads[0]

    @property
    def padded(self) -> int:
        """The input's length with its zeros."""
        return self.length + sum(self.pads)

    @property
    def positions(self) -> int:
        """The output's length: ⌊(n + p − d(k − 1) − 1) / s⌋ + 1."""
        return (self.padded - self.extent) // self.stride + 1

    def reads(self, position: int) -> range:
        """The input cells that one output position reads; those outside the input are padding."""
        start = position * self.stride - self.before
        return range(start, start + self.extent, self.dilation)

    def nearest(self, start: float) -> int:
        """The output position whose window begins nearest to a place of the input."""
        return max(0, min(round((start + self.before) / self.stride), self.positions - 1))

    def readers(self, cell: int) -> range:
        """The output positions that read one input cell: an arithmetic progression, maybe empty."""
        offset = cell + self.before
        found = [
            (offset - tap * self.dilation) // self.stride
            for tap in reversed(range(self.size))
            if (offset - tap * self.dilation) % self.stride == 0
        ]
        return _progression([p for p in found if 0 <= p < self.positions])

    def reached(self, cells: range) -> range:
        """The output positions from the first to the last that read any of some input cells."""
        first = -(-(cells.start + self.before - self.extent + 1) // self.stride)
        last = (cells.stop - 1 + self.before) // self.stride
        first, last = max(first, 0), min(last, self.positions - 1)
        return range(first, max(first, last + 1))

    def read(self, positions: Indices) -> Indices:
        """The input cells that any of some positions reads, without the padding; both rising."""
        starts = positions * self.stride - self.before
        cells = np.unique(np.add.outer(starts, np.arange(self.size) * self.dilation))
        return cells[(cells >= 0) & (cells < self.length)]

    def through(self, tap: int) -> range:
        """The output positions at which one tap of the kernel meets a cell of the input."""
        shift = self.before - tap * self.dilation
        first = max(0, -(-shift // self.stride))
        last = min(self.positions - 1, (self.length - 1 + shift) // self.stride)
        return range(first, max(first, last + 1))

    def met(self, tap: int) -> range:
        """The input cells that one tap meets at the positions of :meth:`through`."""
        positions = self.through(tap)
        shift = tap * self.dilation - self.before
        start, stop = (p * self.stride + shift for p in (positions.start, positions.stop))
        return range(start, stop, self.stride) if positions else range(0)

    def crop(self, positions: range) -> tuple[range, Pair]:
        """The input cells that suffice for some positions, and the zeros that then frame them.

        A window over these cells alone, with this padding, has just these positions (those of a
        range with gaps and all between them). The cells are none if only padding is read.
        """
        first, stop = self.reads(positions.start).start, self.reads(positions.stop - 1).stop
        part = range(max(first, 0), min(stop, self.length))
        return part, (part.start - first, stop - part.stop)

    def tap(self, tap: int) -> slice:
        """The slice of the padded input that one tap meets over all positions."""
        start = tap * self.dilation
        return slice(start, start + (self.positions - 1) * self.stride + 1, self.stride)


def _progression(values: Sequence[int]) -> range:
    if not values:
        return range(0)
    step = values[1] - values[0] if len(values) > 1 else 1
    return range(values[0], values[-1] + 1, step)


def as_slice(positions: range) -> slice:
    """Return the slice that picks the same positions as a rising range."""
    step = positions.step if positions.step > 1 else None
    return slice(positions.start, positions.stop, step)


def image_windows(
    x: Shape, size: Sequence[int], strides: Pair, padding: Padding, dilation: Pair = (1, 1)
) -> tuple[Window, Window]:
    """Return the window over the rows of an image and the one over its columns."""
    if len(x) < 3:
        raise ShapeError("x_rank", shape=x)
    rows, columns = (
        Window(
            x[axis - 3],
            size[axis],
            strides[axis],
            dilation[axis],
            padding if isinstance(padding, str) else padding[axis],
        )
        for axis in (0, 1)
    )
    return rows, columns


def reached_box(windows: Sequence[Window], box: Region) -> Region:
    """Return the rows and columns of the output that read any of some rows and columns of x."""
    return tuple(
        as_slice(window.reached(range(part.start, part.stop)))
        for window, part in zip(windows, box, strict=True)
    )


def read_grid(windows: Sequence[Window], places: Grid) -> Grid:
    """Return the rows and columns of x that some rows and columns of the output read."""
    return tuple(window.read(axis) for window, axis in zip(windows, places, strict=True))


def check_pair(name: str, value: int | Sequence[int]) -> Pair:
    """Return a setting of one or two whole numbers of at least 1 as (rows, columns).

    Raises:
        SettingError: if it is anything else.
    """
    pair = tuple(value) if isinstance(value, Sequence) else (value, value)
    if len(pair) != 2 or not all(_whole(n) and n >= 1 for n in pair):
        raise SettingError("not_positive", setting=name, value=value)
    return (int(pair[0]), int(pair[1]))


def check_padding(value: Padding | Sequence[Sequence[int]]) -> Padding:
    """Return a padding setting in its one form: a word, or ((top, bottom), (left, right)).

    Raises:
        SettingError: if it is neither, or a side is negative.
    """
    if isinstance(value, str):
        if value not in ("valid", "same"):
            raise SettingError("unknown_padding", value=value)
        return value
    try:
        sides = tuple(tuple(axis) for axis in value)
    except TypeError:
        sides = ()
    if [len(axis) for axis in sides] != [2, 2]:
        raise SettingError("unknown_padding", value=value)
    if not all(_whole(n) and n >= 0 for axis in sides for n in axis):
        raise SettingError("negative_padding", value=value)
    return cast(Padding, sides)


def _whole(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)
