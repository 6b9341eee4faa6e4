"""Mistakes about how large an output is, each through all the steps on the way to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cnn_tutor.engine.window import Window
from cnn_tutor.study.exercise import Exercise, Outcome
from cnn_tutor.study.mistakes.case import in_brackets
from cnn_tutor.study.numbers import brief


@dataclass(frozen=True)
class Steps:
    """One side of an output, step by step.

    ``padded`` is the input's length with its padding, ``room`` how far the window can move in
    it, ``strides`` how many strides that makes, and ``size`` how many places it stops at;
    ``work`` is how the size comes about.
    """

    padded: float
    room: float
    strides: float
    size: float
    work: str = ""

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
    far = _sum(n, before, after) + f" − {k}"
    by = f"({far}) ÷ {s}"

    def ended(size: float, work: str = "", strides: float = strides) -> tuple[Steps, ...]:
        """Return the right steps up to the room, and what is made of them."""
        return (Steps(padded, room, strides, size, work),)

    def from_(length: int, extent: int, stride: int, work: str) -> Steps:
        return replace(Steps.of(length, extent, stride), work=f"⌊{work} ÷ {stride}⌋ + 1")

    found = {
        "size_no_plus_one": ended(strides, f"⌊{by}⌋"),
        "size_input_copied": ended(n),
        "size_kernel_copied": ended(window.size),
        "size_kernel_kept": (from_(window.padded, 0, s, f"({_sum(n, before, after)})"),),
        "size_minus_one": ended(strides - 1, f"⌊{by}⌋ − 1"),
        "size_stride_plus_one": ended(
            room // (s + 1) + 1, f"⌊({far}) ÷ {s + 1}⌋ + 1", room // (s + 1)
        ),
    }
    if s != k:
        swapped = f"({_sum(n, before, after)} − {s})"
        found["size_kernel_stride_swapped"] = (from_(window.padded, s, k, swapped),)
    if window.extent > window.size and n + before + after >= window.size:
        close = f"({_sum(n, before, after)} − {window.size})"
        found["size_dilation_ignored"] = (from_(window.padded, window.size, s, close),)
    if before + after:
        four = f"({_sum(n, 2 * before, 2 * after)} − {k})"
        found["size_padding_four_times"] = (from_(n + 2 * (before + after), k, s, four),)
        if n - before - after >= k:
            less = f"({_sum(n, -before, -after)} − {k})"
            found["size_padding_subtracted"] = (from_(n - before - after, k, s, less),)
        found["size_padding_ignored"] = (from_(n, k, s, f"({n} − {k})"),)
    if before and after:
        once = (before,) if before == after else (before, after)
        found["size_padding_once"] = tuple(
            from_(n + pad, k, s, f"({n} + {pad} − {k})") for pad in once
        )
    if s > 1:
        up = -(-room // s)
        found["size_input_divided"] = ended(n / s, f"{n} ÷ {s}")
        found["size_one_inside"] = ended((room + 1) // s, f"⌊({far} + 1) ÷ {s}⌋")
        found["size_stride_ignored"] = ended(room + 1, f"{far} + 1", room)
        found["size_ceiling"] = ended(up + 1, f"⌈{by}⌉ + 1", up)
        found["size_unrounded"] = ended(room / s + 1, f"{by} + 1", room / s)
    return found


def _sum(length: int, *pads: int) -> str:
    """Write a length and what is added to it or taken off, but for nothing."""
    return str(length) + "".join(f" {'+' if pad > 0 else '−'} {abs(pad)}" for pad in pads if pad)


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
        worked = first.work and not any(one.work != first.work for one in others)
        values = {"work": in_brackets(f"{first.work} = {brief(first.size)}") if worked else ""}
        yield Outcome(mistake, exercise.differing(numbers), way, values=values)
