"""Mistakes about how large an output is, each through all the steps on the way to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cnn_tutor.engine.window import Window
from cnn_tutor.study.exercise import Exercise, Outcome


@dataclass(frozen=True)
class Steps:
    """One side of an output, step by step.

    ``padded`` is the input's length with its padding, ``room`` how far the window can move in
    it, ``strides`` how many strides that makes, and ``size`` how many places it stops at.
    """

    padded: float
    room: float
    strides: float
    size: float

    @classmethod
    def of(cls, padded: float, extent: int, stride: int) -> Steps:
        """Return the steps for a window that spans ``extent`` cells."""
        room = padded - extent
        return cls(padded, room, room // stride, room // stride + 1)


def right(window: Window) -> Steps:
    """Return the right steps along one axis."""
    return Steps.of(window.padded, window.extent, window.stride)


def wrong(window: Window) -> Mapping[str, tuple[Steps, ...]]:
    """Return the steps that each mistake leads to along one axis, where it can be made.

    More than one where there are several ways: padding on one side only may be either side's.
    """
    n, k, s = window.length, window.extent, window.stride
    before, after = window.pads
    true = right(window)
    padded, room, strides = true.padded, true.room, true.strides
    found: dict[str, tuple[Steps, ...]] = {
        "size_no_plus_one": (Steps(padded, room, strides, strides),),
        "size_input_copied": (Steps(padded, room, strides, n),),
        "size_kernel_copied": (Steps(padded, room, strides, window.size),),
        "size_kernel_kept": (Steps.of(window.padded, 0, s),),
    }
    found["size_minus_one"] = (Steps(padded, room, strides, strides - 1),)
    if s != k:
        found["size_kernel_stride_swapped"] = (Steps.of(padded, s, k),)
    if s > 1:
        found["size_input_divided"] = (Steps(padded, room, strides, n / s),)
        found["size_one_inside"] = (Steps(padded, room, strides, (room + 1) // s),)
    if window.extent > window.size and n + before + after >= window.size:
        found["size_dilation_ignored"] = (Steps.of(window.padded, window.size, s),)
    if before + after:
        found["size_padding_four_times"] = (Steps.of(n + 2 * (before + after), k, s),)
        if n - before - after >= k:
            found["size_padding_subtracted"] = (Steps.of(n - before - after, k, s),)
    found["size_stride_plus_one"] = (Steps(padded, room, room // (s + 1), room // (s + 1) + 1),)
    if before and after:
        once = (before,) if before == after else (before, after)
        found["size_padding_once"] = tuple(Steps.of(n + pad, k, s) for pad in once)
    if before or after:
        found["size_padding_ignored"] = (Steps.of(n, k, s),)
    if s > 1:
        up = -(-room // s)
        found["size_stride_ignored"] = (Steps(padded, room, room, room + 1),)
        found["size_ceiling"] = (Steps(padded, room, up, up + 1),)
        found["size_unrounded"] = (Steps(padded, room, room / s, room / s + 1),)
    return found


def ways(windows: Sequence[Window]) -> Iterator[tuple[str, str, tuple[Steps, ...]]]:
    """Go through the mistakes, each made along every axis where it can be.

    Gives its id, its way and the steps along each axis.
    """
    axes = [wrong(window) for window in windows]
    yield from _of_both(windows)
    true = [(right(window),) for window in windows]
    for mistake in dict.fromkeys(mistake for axis in axes for mistake in axis):
        steps = [axis.get(mistake, own) for axis, own in zip(axes, true, strict=True)]
        for way in range(max(map(len, steps))):
            yield mistake, str(way), tuple(axis[min(way, len(axis) - 1)] for axis in steps)


def _of_both(windows: Sequence[Window]) -> Iterator[tuple[str, str, tuple[Steps, ...]]]:
    """Go through the mistakes about both sides: multiplied, or taken for each other.

    Where only one is asked for, the other is as long.
    """
    steps = [right(window) for window in windows]
    if len({one.size for one in steps}) > 1:
        yield "size_sides_swapped", "", tuple(reversed(steps))
    area = steps[0].size * steps[-1].size
    yield "size_area", "", tuple(replace(one, size=area) for one in steps)


def values(window: Window) -> dict[str, object]:
    """Return the numbers that sentences about the steps along an axis speak of."""
    before, after = window.pads
    return {
        "length": window.length,
        "size": window.size,
        "extent": window.extent,
        "stride": window.stride,
        "before": before,
        "after": after,
    }


def outcomes(exercise: Exercise, windows: Sequence[Window]) -> Iterator[Outcome]:
    """Go through what each mistake leads to where the output's size is asked for.

    The steps of the first of the windows are the blanks ``padded``, ``room``, ``strides`` and
    ``size``; of the second only its ``other_size`` is asked.
    """
    for mistake, way, (first, *others) in ways(windows):
        numbers = {
            "padded": first.padded,
            "room": first.room,
            "strides": first.strides,
            "size": first.size,
        }
        for other in others:
            numbers["other_size"] = other.size
        yield Outcome(mistake, exercise.differing(numbers), way)
