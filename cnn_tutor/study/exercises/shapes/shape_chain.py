"""The shapes on the way through a small network."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Array, Tensors
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.network import Evaluation, Network, Node
from cnn_tutor.study import naming, words
from cnn_tutor.study.exercise import Blank, Exercise, ExerciseShape, Link, Outcome, Text
from cnn_tutor.study.exercises.shapes import _chains
from cnn_tutor.study.exercises.shapes._texts import joined
from cnn_tutor.study.mistakes import size

_CARRIED = (
    "size_no_plus_one",
    "size_padding_once",
    "size_padding_ignored",
    "size_stride_ignored",
    "size_ceiling",
    "size_input_copied",
    "size_kernel_kept",
    "size_kernel_copied",
    "size_unrounded",
)
"""The mistakes at a window that are made at every window. Those behind a size that is no whole
number are left blank."""


class ShapeChain(ExerciseShape):
    """Layers in a row: how large is what each of them puts out?"""

    key: ClassVar[str] = "shape_chain"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether a kind has a place in a network of maps and vectors."""
        return bool(_chains.role(kind))

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        """Make up a network with a layer of the kind in it."""
        try:
            x, nodes = _chains.chain(kind, level, rng)
            return self._of(x, nodes, kind.kind)
        except Refusal:
            return None

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        """Set the exercise over a single layer, a network of one."""
        own = {port: tensor for port, tensor in tensors.items() if port != "x"}
        return self._of(tensors["x"], [Node(f"{layer.kind}_1", layer, own)], layer.kind)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the sizes that come out if a mistake is made at every window.

        Rounding is a mistake wherever strides are larger than 1; there has to be something to
        round.
        """
        network = exercise.network
        assert network is not None
        right = {
            _blank_name(node, axis): length
            for node in network.nodes
            for axis, length in enumerate(network.shape(node.name))
        }
        for mistake in _CARRIED:
            if any(
                mistake in size.wrong(window)
                for node in network.nodes
                for window in node.layer.windows(network.shapes(node.name))
            ):
                numbers = dict(_carried(network, partial(_at_windows, mistake)))
                yield Outcome(mistake, exercise.differing(numbers))
        for mistake, put_out in _SHAPES.items():
            numbers = dict(_carried(network, put_out))
            if any(numbers[name] != right[name] for name in numbers):
                yield Outcome(mistake, exercise.differing(numbers))

    def _of(self, x: Array, nodes: list[Node], kind: str) -> Exercise:
        network = Network(np.shape(x), tuple(nodes))
        names = self.names(nodes)
        blanks = []
        for node in nodes:
            shape = network.shape(node.name)
            for axis, (name, length) in enumerate(
                zip(_blank_names(network, node), shape, strict=True)
            ):
                label = self._label(names[node.name], axis, len(shape))
                blanks.append(Blank(name, length, label=label))
        lines = (
            self.text("worked", name=names[node.name], shape=network.shape(node.name))
            for node in nodes
        )
        prompt = self.text("prompt", x=np.shape(x))
        chain = tuple(
            Link(names[n.name], self.details(network, n), blanks=tuple(_blank_names(network, n)))
            for n in nodes
        )
        node = next(node for node in nodes if node.layer.kind == kind)
        with np.errstate(all="ignore"):
            tensors = Evaluation(network, x).tensors(node.name)
        return Exercise(
            node.layer,
            tensors,
            prompt,
            tuple(blanks),
            self.text("rule"),
            self,
            network=network,
            chain=chain,
            worked=joined(dict.fromkeys(words.LANGUAGES, "\n"), lines),
        )

    def names(self, nodes: Sequence[Node]) -> dict[str, Text]:
        """Return what each layer is called, with a number where there are several of a kind."""
        kinds = [node.layer.kind for node in nodes]
        found: dict[str, Text] = {}
        for n, node in enumerate(nodes):
            name: Text = naming.kind_name(node.layer.kind)
            if kinds.count(node.layer.kind) > 1:
                number = kinds[: n + 1].count(node.layer.kind)
                name = self.text("numbered", name=name, number=number)
            found[node.name] = name
        return found

    def _label(self, name: Text, axis: int, rank: int) -> Text:
        axes = {1: ("length",), 3: ("rows", "columns", "channels")}.get(rank, ("axis",) * rank)
        return words.both(self.said()["labels"][axes[axis]], name=name, axis=axis + 1)

    def details(self, network: Network, node: Node) -> tuple[Text, ...]:
        """Return the settings and sizes that the shape of a layer's output hangs on."""
        layer, shapes = node.layer, network.shapes(node.name)
        windows = layer.windows(shapes)
        tables = [shapes[p] for p in type(layer).weights if len(shapes.get(p, ())) > 1]
        count = tables[0][-1] if tables else 0
        if not windows:
            return (self.text("units", count=count),) if tables else ()
        k = tuple(window.size for window in windows)
        filters = "filter" if count == 1 else "filters"
        size = self.text(filters if tables else "sliding", k=k, count=count)
        return (size, *naming.short_moves(layer, windows))


def _blank_name(node: Node, axis: int) -> str:
    """Return the name of the blank for one axis of a layer's output."""
    return f"{node.name}[{axis}]"


def _blank_names(network: Network, node: Node) -> Iterator[str]:
    return (_blank_name(node, axis) for axis in range(len(network.shape(node.name))))


_Sizes = tuple[float, ...]
_PutOut = Callable[[Network, Node, Shape], _Sizes]
"""Gives what a layer is taken to put out of an input of a shape."""


def _carried(network: Network, put_out: _PutOut) -> Iterator[tuple[str, float]]:
    """Go through the sizes as far as there is a layer that can take what comes out."""
    shape = network.input_shape
    for node in network.nodes:
        try:
            sizes = put_out(network, node, shape)
        except Refusal:
            return
        yield from ((_blank_name(node, axis), float(size)) for axis, size in enumerate(sizes))
        if min(sizes, default=0) < 1 or not all(float(size).is_integer() for size in sizes):
            return
        shape = tuple(int(size) for size in sizes)


def _right(network: Network, node: Node, x: Shape) -> _Sizes:
    layer, shapes = node.layer, {**network.shapes(node.name), "x": x}
    return layer.output_shape({**shapes, **layer.fit(shapes)})


def _at_windows(mistake: str, network: Network, node: Node, x: Shape) -> _Sizes:
    windows = node.layer.windows(network.shapes(node.name))
    if not windows:
        return _right(network, node, x)
    sizes: list[float] = []
    for window, length in zip(windows, x, strict=False):
        here = replace(window, length=length)
        ways = size.wrong(here).get(mistake)
        sizes.append(ways[0].size if ways else here.positions)
    return (*sizes, *_right(network, node, x)[len(sizes) :])


def _slides(network: Network, node: Node) -> bool:
    return bool(node.layer.windows(network.shapes(node.name)))


def _channels_unchanged(network: Network, node: Node, x: Shape) -> _Sizes:
    *sizes, channels = _right(network, node, x)
    filters = _slides(network, node) and bool(type(node.layer).weights)
    return (*sizes, x[-1] if filters else channels)


def _channels_multiplied(network: Network, node: Node, x: Shape) -> _Sizes:
    *sizes, channels = _right(network, node, x)
    filters = _slides(network, node) and bool(type(node.layer).weights)
    return (*sizes, channels * x[-1] if filters else channels)


def _channels_pooled(network: Network, node: Node, x: Shape) -> _Sizes:
    *sizes, channels = _right(network, node, x)
    if not _slides(network, node) or type(node.layer).weights:
        return (*sizes, channels)
    return (*sizes, channels / node.layer.windows(network.shapes(node.name))[0].stride)


def _maps_flattened_alone(network: Network, node: Node, x: Shape) -> _Sizes:
    right = _right(network, node, x)
    laid_out = len(right) == 1 and len(x) > 1 and right[0] == math.prod(x)
    return (math.prod(x[:-1]),) if laid_out else right


def _units(network: Network, node: Node, x: Shape) -> bool:
    return len(x) == 1 and any(np.ndim(node.tensors.get(p, 0)) == 2 for p in node.layer.weights)


def _units_multiplied(network: Network, node: Node, x: Shape) -> _Sizes:
    (right, *_) = sizes = _right(network, node, x)
    return (x[0] * right,) if _units(network, node, x) else sizes


def _inputs_kept(network: Network, node: Node, x: Shape) -> _Sizes:
    return (x[0],) if _units(network, node, x) else _right(network, node, x)


_SHAPES: Mapping[str, _PutOut] = {
    "chain_channels_unchanged": _channels_unchanged,
    "chain_channels_multiplied": _channels_multiplied,
    "chain_channels_pooled": _channels_pooled,
    "chain_flattened_without_channels": _maps_flattened_alone,
    "chain_units_multiplied": _units_multiplied,
    "chain_inputs_kept": _inputs_kept,
}
"""What each mistake about a shape makes of a layer."""
