"""All mistakes that lead to another number in an output cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from cnn_tutor.study.exercise import Outcome
from cnn_tutor.study.mistakes import (
    activations,
    biases,
    channels,
    curves,
    pooling,
    sums,
    switched,
    weights,
    windows,
)
from cnn_tutor.study.mistakes.case import Case, Told, Way

_SAME = 1e-9
"""What a computer leaves over makes no other number."""

_FAMILIES = (sums, channels, biases, weights, activations, curves, pooling, switched, windows)


def ways(case: Case) -> Iterator[Way]:
    """Go through every way of every mistake that there is for a layer and its numbers."""
    for family in _FAMILIES:
        yield from family.ways(case)


def slips(case: Case) -> Iterator[Way]:
    """Go through the slips of each asked cell by itself; nobody makes the same in all of them."""
    products = case.products
    if products is None:
        return
    for n, right in enumerate(case.right):
        places = {t: k for k, t in reversed(list(enumerate(products.values[n].tolist())))}
        for t, k in places.items():
            if t:
                weight = tuple(products.places[n, k].tolist())
                for mistake, wrong in (
                    ("term_omitted", right - t),
                    ("sign_slipped", right - 2 * t),
                ):
                    numbers = np.full(len(case.cells), np.nan)
                    numbers[n] = wrong
                    yield Way(mistake, numbers, lit={products.port: (weight,)})


def mute(case: Case) -> bool:
    """Say whether a mistake that a kind of layer is about can't show in these outputs.

    Who forgets a ReLU is right of every positive number, and who forgets a scale of every 0.
    """
    return activations.mute(case) or switched.mute(case)


def outcomes(case: Case, found: Iterable[Way], blanks: Sequence[str]) -> Iterator[Outcome]:
    """Go through what ways of making mistakes leave in the blanks of the asked cells.

    A number is left out where it is the right one, unless it is that in all blanks.
    """
    for way in found:
        exists = ~np.isnan(way.numbers)
        differs = exists & (np.abs(way.numbers - case.right) > _SAME)
        kept = differs if differs.any() else exists
        if kept.any():
            entries = {name: float(way.numbers[n]) for n, name in enumerate(blanks) if kept[n]}
            yield Outcome(
                way.mistake,
                entries,
                way=way.how,
                aside=way.aside,
                values=Told(way, case.single),
                lit=way.lit,
            )
