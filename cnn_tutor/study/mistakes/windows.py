"""Where the window of an output lies, and where mistakes lay it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import Any

import numpy as np

from cnn_tutor.engine.explanation import Explanation, Index
from cnn_tutor.engine.layer import Layer, settings_of
from cnn_tutor.engine.region import has
from cnn_tutor.engine.window import Pair, Window
from cnn_tutor.study import words
from cnn_tutor.study.mistakes import pooling
from cnn_tutor.study.mistakes.case import Case, Way

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
        faults[at] = clashes + missing / 2
    least = min(faults.values())
    return tuple(at for at, fault in faults.items() if fault == least)


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


# --- the mistakes ------------------------------------------------------------------------------


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes about where the window lies, and what it reads over the edge."""
    if not case.windows:
        return
    found: dict[tuple[str, str], dict[int, Pair]] = {}
    for n, at in enumerate(case.cells):
        for mistake, how, start in moved(case.layer, case.windows, (at[-3], at[-2])):
            found.setdefault((mistake, how), {})[n] = start
    layer = loose(case.layer, case.windows)
    strides = (1, 1) if layer else tuple(window.stride for window in case.windows)
    layer = layer or case.layer
    output = layer.forward(case.tensors)
    lit = {"x": _read(case)} if case.single else {}
    taken: list[dict[int, Pair]] = []
    for (mistake, how), starts in found.items():
        # A window that is moved diagonally may be that of a mistake with a better name.
        aside = how in DIAGONAL and starts in taken
        taken.append(starts)
        where = {
            n: (*at[:-3], start[0] // strides[0], start[1] // strides[1], at[-1])
            for n, start in starts.items()
            for at in (case.cells[n],)
        }
        numbers = np.full(len(case.cells), np.nan)
        numbers[list(where)] = [output[at] for at in where.values()]
        values = {"way": words.table("directions")[how]} if how else {}
        explain = _explainer(case, layer, where)
        if how and case.single and pooling.of_map(case) == numbers[0]:
            aside = True  # it holds the largest number of the map, which has a name of its own
        yield Way(mistake, numbers, explain, worked=True, aside=aside, values=values, lit=lit)
    yield from _edges(case)


def _explainer(
    case: Case, layer: Layer, where: dict[int, Index]
) -> Callable[[int], Explanation | None]:
    def explain(place: int) -> Explanation | None:
        at = where.get(place)
        return None if at is None else layer.explain(case.tensors, at)

    return explain


def _edges(case: Case) -> Iterator[Way]:
    """Go through the one mistake about what the padding holds: the edge once more, not zeros."""
    pads = [window.pads for window in case.windows]
    counts = case.layer.padding_counts and "padding" in settings(case.layer)
    if not (counts and any(map(any, pads))):
        return
    x = case.tensors["x"]
    layer = changed(case.layer, padding="valid")
    copied = np.pad(x, [(0, 0)] * (x.ndim - 3) + [*pads, (0, 0)], mode="edge")
    tensors = {**case.tensors, "x": copied}

    def explain(place: int) -> Explanation:
        return layer.explain(tensors, case.cells[place])

    beyond = (at for at in _read(case) if not has(at, case.shapes["x"])) if case.single else ()
    lit = {"x": tuple(beyond)}
    yield Way(
        "edge_copied", case.forward(layer, changed={"x": copied}), explain, worked=True, lit=lit
    )


def _read(case: Case) -> tuple[Index, ...]:
    return tuple(cell.index for cell in case.explanations[0].cells("x"))
