"""Mistakes about the window: moved, swapped, without its stride or padding, or with the edge's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from cnn_tutor.engine.arrays import Array, Tensors
from cnn_tutor.engine.explanation import Explanation, Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.region import has
from cnn_tutor.engine.window import Pair
from cnn_tutor.study import words
from cnn_tutor.study.mistakes import places, pooling
from cnn_tutor.study.mistakes.case import Case, Way
from cnn_tutor.study.mistakes.catalogue import catalogue


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
    yield from _edges(case, main=True)
    yield from _laid(case, main=True)


def rarer(case: Case) -> Iterator[Way]:
    """Go through the mistakes that lay the window, or fill the padding, as few people do."""
    if case.windows:
        yield from _edges(case, main=False)
        yield from _laid(case, main=False)


def _explainer(
    case: Case, layer: Layer, where: dict[int, Index]
) -> Callable[[int], Explanation | None]:
    def explain(place: int) -> Explanation | None:
        at = where.get(place)
        return None if at is None else layer.explain(case.tensors, at)

    return explain


_BORDERS: Mapping[str, Callable[[Array, Sequence[tuple[int, int]]], Array]] = {
    "edge_copied": lambda x, pads: np.pad(x, pads, mode="edge"),
    "padding_mirrored": lambda x, pads: np.pad(x, pads, mode="reflect"),
    "padding_of_ones": lambda x, pads: np.pad(x, pads, constant_values=1),
}
"""What the padding is taken to hold."""


def _edges(case: Case, main: bool) -> Iterator[Way]:
    """Go through the mistakes about what the padding holds: anything but zeros."""
    pads = [window.pads for window in case.windows]
    counts = case.layer.padding_counts and "padding" in places.settings(case.layer)
    if not (counts and any(map(any, pads))):
        return
    x = case.tensors["x"]
    layer = places.changed(case.layer, padding="valid")
    beyond = (at for at in _read(case) if not has(at, case.shapes["x"])) if case.single else ()
    lit = {"x": tuple(beyond)}
    deep = any(
        max(window.pads) >= window.length for window in case.windows
    )  # there is nothing to mirror
    for mistake, border in _BORDERS.items():
        if catalogue()[mistake].main != main or (mistake == "padding_mirrored" and deep):
            continue
        framed = border(x, [(0, 0)] * (x.ndim - 3) + [*pads, (0, 0)])
        explain = _framed(case, layer, {**case.tensors, "x": framed})
        numbers = case.forward(layer, changed={"x": framed})
        yield Way(mistake, numbers, explain=explain, worked=True, lit=lit)


def _framed(case: Case, layer: Layer, tensors: Tensors) -> Callable[[int], Explanation]:
    return lambda place: layer.explain(tensors, case.cells[place])


def _laid(case: Case, main: bool) -> Iterator[Way]:
    """Go through the mistakes that read other cells than those of a window beside.

    At a border they may lead to the number of a mistake about what the padding holds.
    """
    found = places.elsewhere(case.layer, case.windows)
    wanted = [one for one in found if catalogue()[one[0]].main == main]
    edges = [edge.numbers for edge in _edges(case, main=True)] if wanted else []
    for mistake, how, layer, start in wanted:
        strides = tuple(window.stride for window in layer.windows(case.shapes))
        output = layer.forward(case.tensors)
        numbers = np.full(len(case.cells), np.nan)
        where: dict[int, Index] = {}
        for n, at in enumerate(case.cells):
            place = start((at[-3], at[-2]))
            stop = (place[0] // strides[0], place[1] // strides[1])
            if all(0 <= i < size for i, size in zip(stop, output.shape[-3:-1], strict=True)):
                where[n] = (*at[:-3], *stop, at[-1])
                numbers[n] = output[where[n]]
        if where:
            explain = _explainer(case, layer, where)
            aside = any(np.array_equal(numbers, other) for other in edges)
            yield Way(mistake, numbers, how, explain, worked=True, aside=aside)


def _read(case: Case) -> tuple[Index, ...]:
    """Return the cells that the window of the one asked cell reads, with those of the padding."""
    return tuple(cell.index for cell in case.explanations[0].cells("x"))
