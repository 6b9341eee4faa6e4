"""Where the window of an output lies, and where mistakes lay it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import Any

from cnn_tutor.engine.layer import Layer, settings_of
from cnn_tutor.engine.window import Pair, Window

STRAIGHT = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
DIAGONAL = {
    "up_left": (-1, -1),
    "up_right": (-1, 1),
    "down_left": (1, -1),
    "down_right": (1, 1),
}


def changed(layer: Layer, **settings: Any) -> Layer:
    """Return a layer with other settings; their names are known to be its own."""
    return replace(layer, **settings)  # type: ignore[type-var]


def settings(layer: Layer) -> dict[str, Any]:
    """Return a layer's settings by their names."""
    return {setting.name: getattr(layer, setting.name) for setting in settings_of(layer)}


def loose(layer: Layer, windows: Sequence[Window]) -> Layer | None:
    """Return the layer with a window at every place of P; None if its settings don't allow it."""
    if not settings(layer).keys() >= {"strides", "padding"}:
        return None
    return changed(layer, strides=(1, 1), padding=tuple(window.pads for window in windows))


@lru_cache(maxsize=1024)
def moved(layer: Layer, windows: tuple[Window, ...], at: Pair) -> tuple[tuple[str, str, Pair], ...]:
    """Return the mistakes that lay the window of the output at ``at`` somewhere in P.

    Of each its id, the direction if it has some, and the first row and column of its window,
    counted in P. The vaguest come last. What leads nowhere is left out.
    """
    return tuple(_moved(layer, windows, at))


def _moved(layer: Layer, windows: tuple[Window, ...], at: Pair) -> Iterator[tuple[str, str, Pair]]:
    i, j = at
    rows, columns = windows
    if min(rows.positions, columns.positions) > 1 and _holds(windows, (j, i)):
        yield "row_column_swapped", "", (j * rows.stride, i * columns.stride)
    if loose(layer, windows) is not None:
        start = _unpadded(windows, at)
        if start is not None:
            yield "padding_forgotten", "", start
        if max(rows.stride, columns.stride) > 1:
            yield "stride_ignored" if type(layer).weights else "pool_overlapped", "", at
    for how, (down, across) in (STRAIGHT | DIAGONAL).items():
        if _holds(windows, (i + down, j + across)):
            start = ((i + down) * rows.stride, (j + across) * columns.stride)
            yield "window_off_by_one", how, start


Start = Callable[[Pair], Pair]
"""Where the window of an output starts in P."""


@lru_cache(maxsize=256)
def elsewhere(
    layer: Layer, windows: tuple[Window, ...]
) -> tuple[tuple[str, str, Layer, Start], ...]:
    """Return the mistakes that read cells which no window beside the right one reads.

    Of each its id, its way, the layer whose windows these are, and where they start in its P.
    """
    return tuple(_elsewhere(layer, windows))


def _elsewhere(
    layer: Layer, windows: tuple[Window, ...]
) -> Iterator[tuple[str, str, Layer, Start]]:
    rows, columns = windows
    known = settings(layer)
    pads = (rows.pads, columns.pads)
    padded = any(map(any, pads))

    def on_strides(at: Pair) -> Pair:
        return at[0] * rows.stride, at[1] * columns.stride

    free = loose(layer, windows)
    if free is not None and max(rows.stride, columns.stride) > 1:
        down, across = int(rows.stride > 1), int(columns.stride > 1)
        for how, (r, c) in {
            "down": (down, 0),
            "right": (0, across),
            "both": (down, across),
        }.items():
            if (r, c) != (0, 0) and (how == "both") == bool(r and c):
                yield "window_one_cell_late", how, free, _added(on_strides, (r, c))
        if padded:
            yield (
                "padding_and_stride_forgotten",
                "",
                free,
                _added(lambda at: at, (rows.before, columns.before)),
            )
    if free is not None:
        yield (
            "stride_plus_one",
            "",
            free,
            lambda at: (at[0] * (rows.stride + 1), at[1] * (columns.stride + 1)),
        )
    if "dilation_rate" in known and any(window.extent > window.size for window in windows):
        yield "dilation_ignored", "", changed(layer, dilation_rate=(1, 1), padding=pads), on_strides
    if "padding" not in known:
        return
    if not padded and max(rows.size, columns.size) > 1:
        yield "valid_read_as_same", "", changed(layer, padding="same"), on_strides
    turned = tuple(pad[::-1] for pad in pads)
    if turned != pads:
        yield "same_odd_cell_first", "", changed(layer, padding=turned), on_strides


def _added(start: Start, by: Pair) -> Start:
    def moved(at: Pair) -> Pair:
        row, column = start(at)
        return row + by[0], column + by[1]

    return moved


@lru_cache(maxsize=64)
def telling(layer: Layer, windows: tuple[Window, ...], filled: bool) -> tuple[Pair, ...]:
    """Return the places in a map at which most of the mistakes about windows show.

    There they lay the window at places of their own, and it reads padding where there is some, if
    that counts; or it is ``filled`` by the input as far as can be, if padding is not read at all.
    """
    rows, columns = windows
    faults: dict[Pair, float] = {}
    for at in product(range(rows.positions), range(columns.positions)):
        start = (at[0] * rows.stride, at[1] * columns.stride)
        starts = [there for _, how, there in moved(layer, windows, at) if how not in DIAGONAL]
        clashes = len(starts) + 1 - len({start, *starts})
        outside = any(
            not 0 <= cell < window.length
            for window, place in zip(windows, at, strict=True)
            for cell in window.reads(place)
        )
        wanted = any(sum(window.pads) for window in windows)
        missing = outside if filled else wanted and not outside
        faults[at] = clashes + missing / 2 + _hides_gaps(windows, at)
    least = min(faults.values())
    return tuple(at for at, fault in faults.items() if fault == least)


def _hides_gaps(windows: Sequence[Window], at: Pair) -> bool:
    """Say whether a window with gaps reads the very cells here that one without would read."""
    gaps = [(w, place) for w, place in zip(windows, at, strict=True) if w.extent > w.size]
    return bool(gaps) and all(_inside(w, w.reads(i)) == _inside(w, _close(w, i)) for w, i in gaps)


def _inside(window: Window, cells: range) -> list[int]:
    return [cell for cell in cells if 0 <= cell < window.length]


def _close(window: Window, position: int) -> range:
    start = window.reads(position).start
    return range(start, start + window.size)


def _holds(windows: Sequence[Window], at: Pair) -> bool:
    return all(0 <= i < window.positions for i, window in zip(at, windows, strict=True))


def _unpadded(windows: Sequence[Window], at: Pair) -> Pair | None:
    """Return where the window lies if it is laid on X; None where it can't be, or isn't moved."""
    starts = [place * window.stride for window, place in zip(windows, at, strict=True)]
    for window, start in zip(windows, starts, strict=True):
        if start + window.extent > window.length:
            return None
    if not any(window.before for window in windows):
        return None
    rows, columns = windows
    return starts[0] + rows.before, starts[1] + columns.before
