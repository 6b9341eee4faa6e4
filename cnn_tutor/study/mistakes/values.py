"""All mistakes that lead to another number in an output cell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from cnn_tutor.study.exercise import Outcome
from cnn_tutor.study.mistakes import (
    activations,
    biases,
    channels,
    curves,
    laid_out,
    pooling,
    sums,
    switched,
    weights,
    windows,
)
from cnn_tutor.study.mistakes.case import Case, Told, Way

_SAME = 1e-9
"""What a computer leaves over makes no other number."""

_UNTOLD = {"work": ""}

_FAMILIES = (
    *(sums, channels, biases, weights, activations, curves, pooling, switched, windows, laid_out),
)
_RARER = (sums, weights, curves, pooling, switched, windows)


def ways(case: Case) -> Iterator[Way]:
    """Go through every way of the main mistakes that there are for a layer and its numbers."""
    for family in _FAMILIES:
        yield from family.ways(case)


def rarer(case: Case) -> Iterator[Way]:
    """Go through every way of the mistakes that exercises need not keep apart."""
    for family in _RARER:
        yield from family.rarer(case)


def slips(case: Case, blanks: Sequence[str]) -> Iterator[Outcome]:
    """Go through the slips of each asked cell by itself; nobody makes the same in all of them.

    ``blanks`` are the names of the cells' blanks.
    """
    products = case.products
    if products is None:
        return
    for n, (name, right) in enumerate(zip(blanks, case.right.tolist(), strict=True)):
        places = {t: k for k, t in reversed(list(enumerate(products.values[n].tolist())))}
        for t, k in places.items():
            if t:
                lit = {products.port: (tuple(products.places[n, k].tolist()),)}
                yield Outcome("term_omitted", {name: right - t}, values=_UNTOLD, lit=lit)
                yield Outcome("sign_slipped", {name: right - 2 * t}, values=_UNTOLD, lit=lit)


def mute(case: Case) -> bool:
    """Say whether a mistake that a kind of layer is about can't show in these outputs.

    Who forgets a ReLU is right of every positive number, who forgets a scale of every 0, and who
    begins with 0 of every largest number above it.
    """
    return activations.mute(case) or switched.mute(case) or pooling.mute(case)


def outcomes(case: Case, found: Iterable[Way], blanks: Sequence[str]) -> Iterator[Outcome]:
    """Go through what ways of making mistakes leave in the blanks of the asked cells.

    A number is left out where it is the right one, unless it is that in all blanks.
    """
    right = case.right.tolist()
    for way in found:
        exists = [
            (name, number, answer)
            for name, number, answer in zip(blanks, way.numbers.tolist(), right, strict=True)
            if not math.isnan(number)
        ]
        differs = {name: number for name, number, answer in exists if abs(number - answer) > _SAME}
        entries = differs or {name: number for name, number, _ in exists}
        if entries:
            yield Outcome(
                way.mistake,
                entries,
                way=way.how,
                aside=way.aside,
                values=Told(way, case.single),
                lit=way.lit or case.read,
            )
