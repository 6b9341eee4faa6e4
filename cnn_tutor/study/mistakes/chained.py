"""Mistakes about sizes, carried on through all layers of a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.network import Network, Node
from cnn_tutor.study.exercise import Exercise, Outcome
from cnn_tutor.study.mistakes import size

_CARRIED = (
    "size_no_plus_one",
    "size_padding_once",
    "size_padding_ignored",
    "size_stride_ignored",
    "size_ceiling",
    "size_input_copied",
    "size_kernel_kept",
)
"""Those that lead to a size which the next layer can go on with."""


def outcomes(exercise: Exercise, network: Network) -> Iterator[Outcome]:
    """Go through the sizes that come out if a mistake is made at every window.

    The blanks are those that :func:`blank` names. Rounding up is a mistake only where there is
    something to round.
    """
    right = {
        blank(node, axis): length
        for node in network.nodes
        for axis, length in enumerate(network.shape(node.name))
    }
    for mistake in _CARRIED:
        if any(
            mistake in size.wrong(window)
            for node in network.nodes
            for window in node.layer.windows(network.shapes(node.name))
        ):
            numbers = dict(_carried(network, mistake))
            same = all(numbers[name] == right[name] for name in numbers)
            if not (same and mistake == "size_ceiling"):
                yield Outcome(mistake, exercise.differing(numbers))


def blank(node: Node, axis: int) -> str:
    """Return the name of the blank for one axis of a layer's output."""
    return f"{node.name}[{axis}]"


def _carried(network: Network, mistake: str) -> Iterator[tuple[str, float]]:
    """Go through the sizes as far as there is a layer that can take what comes out."""
    shape = network.input_shape
    for node in network.nodes:
        try:
            shape = _put_out(network, node, shape, mistake)
        except Refusal:
            return
        yield from ((blank(node, axis), float(length)) for axis, length in enumerate(shape))
        if min(shape, default=0) < 1:
            return


def _put_out(network: Network, node: Node, x: Shape, mistake: str) -> Shape:
    layer, own = node.layer, network.shapes(node.name)
    windows = layer.windows(own)
    if not windows:
        shapes = {**own, "x": x}
        return layer.output_shape({**shapes, **layer.fit(shapes)})
    sizes = []
    for window, length in zip(windows, x, strict=False):
        here = replace(window, length=length)
        ways = size.wrong(here).get(mistake)
        sizes.append(int(ways[0].size) if ways else here.positions)
    return (*sizes, *network.shape(node.name)[len(sizes) :])
