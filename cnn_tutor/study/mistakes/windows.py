"""Mistakes about the window: moved, swapped, without its stride or padding, or with the edge's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnn_tutor.engine.explanation import Explanation, Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.region import has
from cnn_tutor.engine.window import Pair
from cnn_tutor.study import words
from cnn_tutor.study.mistakes import places, pooling
from cnn_tutor.study.mistakes.case import Case
from cnn_tutor.study.mistakes.way import Way


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes about where the window lies, and what it reads over the edge."""
    if not case.windows:
        return
    found: dict[tuple[str, str], dict[int, Pair]] = {}
    for n, at in enumerate(case.cells):
        for mistake, how, start in places.moved(case.layer, case.windows, (at[-3], at[-2])):
            found.setdefault((mistake, how), {})[n] = start
    layer = places.loose(case.layer, case.windows)
    strides = (1, 1) if layer else tuple(window.stride for window in case.windows)
    layer = layer or case.layer
    output = layer.forward(case.tensors)
    lit = {"x": _read(case)} if case.single else {}
    taken: list[dict[int, Pair]] = []
    for (mistake, how), starts in found.items():
        # A window that is moved diagonally may be that of a mistake with a better name.
        aside = how in places.DIAGONAL and starts in taken
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
        yield Way(mistake, numbers, how, explain, worked=True, aside=aside, values=values, lit=lit)
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
    counts = case.layer.padding_counts and "padding" in places.settings(case.layer)
    if not (counts and any(map(any, pads))):
        return
    x = case.tensors["x"]
    layer = places.changed(case.layer, padding="valid")
    copied = np.pad(x, [(0, 0)] * (x.ndim - 3) + [*pads, (0, 0)], mode="edge")
    tensors = {**case.tensors, "x": copied}

    def explain(place: int) -> Explanation:
        return layer.explain(tensors, case.cells[place])

    beyond = (at for at in _read(case) if not has(at, case.shapes["x"])) if case.single else ()
    lit = {"x": tuple(beyond)}
    numbers = case.forward(layer, changed={"x": copied})
    yield Way("edge_copied", numbers, explain=explain, worked=True, lit=lit)


def _read(case: Case) -> tuple[Index, ...]:
    """Return the cells that the window of the one asked cell reads, with those of the padding."""
    return tuple(cell.index for cell in case.explanations[0].cells("x"))
