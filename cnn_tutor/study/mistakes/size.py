"""Mistakes about how large an output is, each through all the steps on the way to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cnn_tutor.engine.window import Window
from cnn_tutor.study.exercise import Exercise, Outcome
from cnn_tutor.study.mistakes.case import in_brackets
from cnn_tutor.study.numbers import brief


@dataclass(frozen=True)
class Steps:
    """One side of an output, step by step.

    ``padded`` is the input's length with its padding, ``room`` how far the window can move in
    it, ``strides`` how many strides that makes, and ``size`` how many places it stops at;
    ``work`` is how some of them come about, from what is given.
    """

    padded: float
    room: float
    strides: float
    size: float
    work: Mapping[str, str] = field(default_factory=dict)

    @property
    def numbers(self) -> dict[str, float]:
        """The steps by their names."""
        names = ("padded", "room", "strides", "size")
        return {name: getattr(self, name) for name in names}

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
    whole = _sum(n, before, after)
    far, by = f"{whole} − {k}", f"({whole} − {k}) ÷ {s}"

    def ended(size: float, work: str = "", strides: float = strides) -> tuple[Steps, ...]:
        """Return the right steps up to the room, and what is made of them."""
        return (Steps(padded, room, strides, size, {"size": work} if work else {}),)

    def begun(text: str, length: int, extent: int = k, stride: int = s) -> Steps:
        """Return the steps from another length, which ``text`` comes to, or with another window."""
        room = f"{text} − {extent}" if extent else text
        work = {"padded": text, "room": room, "size": f"⌊({room}) ÷ {stride}⌋ + 1"}
        return replace(Steps.of(length, extent, stride), work=work)

    found = {
        "size_no_plus_one": ended(strides, f"⌊{by}⌋"),
        "size_input_copied": ended(n),
        "size_kernel_copied": ended(window.size),
        "size_kernel_kept": (begun(whole, window.padded, 0),),
        "size_minus_one": ended(strides - 1, f"⌊{by}⌋ − 1"),
        "size_stride_plus_one": ended(
            room // (s + 1) + 1, f"⌊({far}) ÷ {s + 1}⌋ + 1", room // (s + 1)
        ),
    }
    if s != k:
        found["size_kernel_stride_swapped"] = (begun(whole, window.padded, s, k),)
    if window.extent > window.size and n + before + after >= window.size:
        found["size_dilation_ignored"] = (begun(whole, window.padded, window.size),)
    if before + after:
        four = _sum(n, 2 * before, 2 * after)
        found["size_padding_four_times"] = (begun(four, n + 2 * (before + after)),)
        if n - before - after >= k:
            less = _sum(n, -before, -after)
            found["size_padding_subtracted"] = (begun(less, n - before - after),)
        found["size_padding_ignored"] = (begun(str(n), n),)
    if before and after:
        once = (before,) if before == after else (before, after)
        found["size_padding_once"] = tuple(begun(_sum(n, pad), n + pad) for pad in once)
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
        numbers = first.numbers
        for other in others:
            numbers["other_size"] = other.size
        works = {
            name: in_brackets(f"{work} = {brief(numbers[name])}")
            for name, work in first.work.items()
            if all(one.work == first.work for one in others)
        }
        yield Outcome(mistake, exercise.differing(numbers), way, works=works)
