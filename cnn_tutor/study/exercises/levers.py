"""What can be turned on a layer to make an exercise of it, whatever kind it is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer, settings_of
from cnn_tutor.engine.window import Padding, Pair, Window

_log = logging.getLogger(__name__)

LEVELS = 6
"""So many levels every kind makes samples of."""


@dataclass(frozen=True)
class Wanted:
    """What a layer and its input are to be like; what is None stays as it is.

    ``lengths`` are the rows and columns of ``x`` and ``channels`` its last axis; ``sizes``,
    ``strides``, ``dilation`` and ``pads`` are those of the window over rows and columns;
    ``filters`` is how many of them there are, or units. ``pads`` may also be ``"same"``.
    """

    lengths: Pair | None = None
    channels: int | None = None
    sizes: Pair | None = None
    strides: Pair | None = None
    dilation: Pair | None = None
    pads: Padding | None = None
    filters: int | None = None

    def met(self, windows: tuple[Window, ...]) -> bool:
        """Say whether windows over rows and columns are as wanted."""
        if len(windows) != 2:
            return all(w is None for w in (self.sizes, self.strides, self.dilation, self.pads))
        pads = None if isinstance(self.pads, str) else self.pads
        asked: tuple[tuple[Any, Callable[[Window], object]], ...] = (
            (self.lengths, lambda window: window.length),
            (self.sizes, lambda window: window.size),
            (self.strides, lambda window: window.stride),
            (self.dilation, lambda window: window.dilation),
            (pads, lambda window: window.pads),
        )
        return all(pair is None or tuple(map(one, windows)) == tuple(pair) for pair, one in asked)


def turned(
    layer: Layer, shapes: Mapping[str, Shape], wanted: Wanted
) -> tuple[Layer, dict[str, Shape]] | None:
    """Return a layer and the shapes of its tensors as wanted; None if they can't be had."""
    settings, own = _sized(layer, shapes, wanted.sizes)
    names = {setting.name for setting in settings_of(layer)}
    padding = "valid" if wanted.pads == ((0, 0), (0, 0)) else wanted.pads
    for name, value in (
        ("strides", wanted.strides),
        ("dilation_rate", wanted.dilation),
        ("padding", padding),
    ):
        if value is not None and name in names:
            settings[name] = value
    x = shapes["x"]
    if wanted.lengths is not None and len(x) > 2:
        x = (*x[:-3], *wanted.lengths, x[-1])
    if wanted.channels is not None:
        x = (*x[:-1], wanted.channels)
    if wanted.filters is not None:
        for port in type(layer).weights:
            if len(own.get(port, ())) > 1:
                own[port] = (*own[port][:-1], wanted.filters)
    try:
        new = replace(layer, **settings) if settings else layer  # type: ignore[type-var]
        fitted = {**own, **new.fit({**own, "x": x}), "x": x}
        new.output_shape(fitted)
        return (new, fitted) if wanted.met(new.windows(fitted)) else None
    except (Refusal, TypeError):
        return None


def filled(
    layer: Layer,
    shapes: Mapping[str, Shape],
    tensors: Mapping[str, Array],
    rng: np.random.Generator,
) -> dict[str, Array]:
    """Return tensors of these shapes: digits in the input, small whole numbers for weights.

    What has its shape already stays, but for ``x``.
    """
    made: dict[str, Array] = {}
    for port in (port for port in type(layer).inputs if port in shapes):
        shape = shapes[port]
        if port == "x":
            made[port] = rng.integers(1, 10, shape).astype(np.float64)
        elif port in tensors and np.shape(tensors[port]) == shape:
            made[port] = tensors[port]
        elif port in type(layer).weights:
            made[port] = rng.integers(-2, 3, shape).astype(np.float64)
        else:
            made[port] = layer.fresh(port, shape, rng)
    return made


def made(
    kind: type[Layer], level: int, wanted: Wanted, rng: np.random.Generator
) -> tuple[Layer, dict[str, Array]] | None:
    """Make up a layer of a kind as wanted, from a sample of a level; None if it can't be had."""
    layer, tensors = kind.sample(rng, level)
    found = turned(layer, shapes_of(tensors), wanted)
    return (found[0], filled(*found, tensors, rng)) if found else None


@cache
def samples(kind: type[Layer]) -> tuple[tuple[Layer, Mapping[str, Array]], ...]:
    """Return one sample of every level, always the same; to see what a kind has to offer."""
    return tuple(kind.sample(np.random.default_rng(0), level) for level in range(LEVELS))


def offers(kind: type[Layer], what: Callable[[Layer, Mapping[str, Array]], bool]) -> bool:
    """Say whether any sample of a kind has something; what a strange kind fails at it has not."""
    try:
        return any(what(layer, tensors) for layer, tensors in samples(kind))
    except Exception:
        _log.warning("No exercises of %s", kind.kind, exc_info=True)
        return False


def windows_of(layer: Layer, tensors: Mapping[str, Array]) -> tuple[Window, ...]:
    """Return the windows over rows and columns, if a layer has both."""
    windows = layer.windows(shapes_of(tensors))
    return windows if len(windows) == 2 else ()


def _sized(
    layer: Layer, shapes: Mapping[str, Shape], sizes: Pair | None
) -> tuple[dict[str, Any], dict[str, Shape]]:
    """Return what makes windows of a size: a setting, or the shape of a weight port."""
    own = {port: tuple(shape) for port, shape in shapes.items() if port != "x"}
    current = tuple(window.size for window in layer.windows(shapes))
    if sizes is None or current == sizes:
        return {}, own
    for setting in settings_of(layer):
        # The strides of windows side by side are as large as these.
        others = ("strides", "dilation_rate", "padding")
        if setting.name not in others and getattr(layer, setting.name) == current:
            return {setting.name: sizes}, own
    for port in type(layer).weights:
        if own.get(port, ())[:2] == current:
            return {}, {**own, port: (*sizes, *own[port][2:])}
    return {}, own
