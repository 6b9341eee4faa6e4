"""Mistakes about numbers that are switched off, and what the others are scaled by."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnn_tutor.study.mistakes import places
from cnn_tutor.study.mistakes.case import Case, Way
from cnn_tutor.study.mistakes.catalogue import catalogue


def mute(case: Case) -> bool:
    """Say whether all of the numbers are dropped or 0, so that no scale shows."""
    switches = type(case.layer).switches
    return len(switches) == 1 and not case.right.any()


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes of a layer that switches numbers off at a rate while it learns."""
    return (way for way in _ways(case) if catalogue()[way.mistake].main)


def rarer(case: Case) -> Iterator[Way]:
    """Go through the mistakes that fewer people make of it."""
    return (way for way in _ways(case) if not catalogue()[way.mistake].main)


def _ways(case: Case) -> Iterator[Way]:
    switches = type(case.layer).switches
    known = places.settings(case.layer)
    if len(switches) != 1 or not known.keys() >= {"rate", "training"}:
        return
    rate, training = float(known["rate"]), bool(known["training"])
    if not 0 < rate < 1:
        return
    values = {"rate": rate, "keep": round(1 - rate, 12)}
    x = case.picked(case.tensors["x"])
    (port,) = switches
    lit = {port: case.cells} if case.single else {}
    mask = np.broadcast_to(case.tensors[port], case.tensors["x"].shape)
    if not training:
        yield Way("dropout_at_inference", x / (1 - rate), values=values)
        yield Way("dropout_inference_scaled", x * (1 - rate), values=values)
        masked = x * case.picked(mask)
        if not (case.single and masked.all()):
            yield Way("dropout_mask_at_inference", masked, values=values, lit=lit)
            yield Way(
                "dropout_mask_at_inference", masked / (1 - rate), "scaled", values=values, lit=lit
            )
        return
    # Of a single cell they can't be told from the mask inverted, and from the number not divided.
    if not case.single:
        yield Way("dropout_mask_ignored", x / (1 - rate), values=values, lit=lit)
    if not (case.single and case.picked(mask).all()):
        yield Way("dropout_left_out", x, values=values, lit=lit)
    kept = case.right * (1 - rate)
    # What is dropped is 0 by whatever it is scaled.
    scaled = np.where(kept == 0, np.nan, kept) if case.single else kept
    if not np.isnan(scaled).all():
        yield Way("dropout_unscaled", scaled, values=values)
        yield Way("dropout_times_keep", scaled * (1 - rate), values=values)
        yield Way("dropout_by_rate", scaled / rate, values=values)
        yield Way("dropout_times_rate", scaled * rate, values=values)
        yield Way("dropout_times_more", scaled * (1 + rate), values=values)
    inverted = case.forward(changed={port: 1 - case.tensors[port]})
    yield Way("dropout_mask_inverted", inverted, values=values, lit=lit)
