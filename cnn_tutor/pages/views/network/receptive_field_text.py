"""What one cell reads of the input, in words."""

from __future__ import annotations

import functools

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.engine.network import INPUT, Network
from cnn_tutor.engine.region import Region
from cnn_tutor.pages.state import layer_names
from cnn_tutor.study import words

_AXES = ("rows", "columns", "channels")


def extent(region: Region) -> Shape:
    """Return how many places a box has along each axis."""
    return tuple(part.stop - part.start for part in region)


def sentences(
    network: Network, name: str, at: Index, value: float, field: Region
) -> tuple[str, ...]:
    """Say what a cell of a node holds, and which box of the input it reads."""
    cell = layer_names.cell(at)
    if name == INPUT:
        return (words.say("layers.input_is", cell=cell, value=value),)
    layer = layer_names.label(network, name)
    said = words.say("layers.cell_is", layer=layer, cell=cell, value=value)
    if not regions.size(field):
        return said, words.say("layers.reads_nothing")
    axes = _AXES if len(field) > 1 else ("places",)
    spans = [_span(axis, part) for axis, part in zip(axes, field, strict=False)]
    where = functools.reduce(_joined, spans)
    size = layer_names.size(extent(field))
    return said, words.say("layers.reads_box", size=size, where=where)


def text(said: tuple[str, ...]) -> str:
    """Write sentences one after the other."""
    return functools.reduce(
        lambda first, second: words.say("layers.two_sentences", first=first, second=second), said
    )


def _joined(first: str, second: str) -> str:
    return words.say("layers.two_parts", first=first, second=second)


def _span(axis: str, part: slice) -> str:
    """Write one axis of a box, as in rows 3–11; a single place is not written as a span."""
    if part.stop - part.start == 1:
        return words.say(f"layers.one_of_{axis}", place=part.start)
    return words.say(f"layers.span_of_{axis}", first=part.start, last=part.stop - 1)
