"""All mistakes that lead to another number in an output cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Cell, Explanation
from cnn_tutor.study.exercise import Outcome
from cnn_tutor.study.mistakes import pooling, sums, windows
from cnn_tutor.study.mistakes.case import Case, Told, Way

_SAME = 1e-9
"""What a computer leaves over makes no other number."""


def ways(case: Case) -> Iterator[Way]:
    """Go through every way of every mistake that there is for a layer and its numbers."""
    yield from sums.ways(case)
    read = [_negated(explanation) for explanation in case.explanations]
    if read and None not in read:
        yield from _of_negative(np.array(read, np.float64))
    yield from pooling.ways(case)
    yield from _of_switches(case)
    yield from windows.ways(case)


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
    read = [_negated(explanation) for explanation in case.explanations]
    if read and None not in read and all(number >= 0 for number in read if number):
        return True
    return len(type(case.layer).switches) == 1 and not case.right.any()


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
                aside=way.aside,
                values=Told(way, case.single),
                lit=way.lit,
            )


# --- a ReLU, and numbers that are switched off ---------------------------------------------------


def after_relu(case: Case) -> Iterator[Way]:
    """Go through the mistakes of a ReLU that comes after a layer of sums."""
    yield from _of_negative(case.right)
    products = case.products
    if products is None:
        return
    each = np.maximum(products.values, 0).sum(1) + products.bias
    yield Way("relu_per_product", each)
    if products.bias.any():
        before = np.maximum(products.sums, 0) + products.bias
        yield Way("relu_before_bias", before)


def _of_negative(numbers: Array) -> Iterator[Way]:
    """Go through the mistakes about ReLU: they show only in the negative ones of its numbers."""
    negative = np.where(numbers < 0, numbers, np.nan)
    if not np.isnan(negative).all():
        yield Way("relu_forgotten", negative)
        yield Way("absolute_value", -negative)


def _negated(explanation: Explanation) -> float | None:
    """Return the number that is held against 0; None where it is not just that."""
    if len(explanation.steps) != 1 or explanation.steps[0].fold != "max":
        return None
    bounds = [t for t in explanation.steps[0].terms if not t.factors and t.scale == 0]
    cells: list[Cell] = [c for t in explanation.steps[0].terms for c in t.factors if c.port == "x"]
    known = len(bounds) == len(cells) == 1 and len(explanation.steps[0].terms) == 2
    return cells[0].value if known else None


def _of_switches(case: Case) -> Iterator[Way]:
    switches = type(case.layer).switches
    known = windows.settings(case.layer)
    if len(switches) != 1 or not known.keys() >= {"rate", "training"}:
        return
    rate, training = float(known["rate"]), bool(known["training"])
    if not 0 < rate < 1:
        return
    values = {"rate": rate, "keep": round(1 - rate, 12)}
    if not training:
        x = case.picked(case.tensors["x"])
        yield Way("dropout_at_inference", x / (1 - rate), values=values)
        return
    kept = case.right * (1 - rate)
    # What is dropped is 0 by whatever it is scaled.
    scaled = np.where(kept == 0, np.nan, kept) if case.single else kept
    if not np.isnan(scaled).all():
        yield Way("dropout_unscaled", scaled, values=values)
        yield Way("dropout_times_keep", scaled * (1 - rate), values=values)
        yield Way("dropout_by_rate", scaled / rate, values=values)
    (port,) = switches
    inverted = case.forward(changed={port: 1 - case.tensors[port]})
    yield Way("dropout_mask_inverted", inverted, values=values)
