"""The shapes on the way through a small network."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Array, Tensors, shapes_of
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.network import Evaluation, Network, Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.engine.window import Padding
from cnn_tutor.project import rebuilt
from cnn_tutor.study import naming, words
from cnn_tutor.study.exercise import Blank, Exercise, ExerciseShape, Outcome, Text
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.levers import Wanted
from cnn_tutor.study.exercises.shapes._texts import joined, moves_text
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


_FILTER, _POOL, _CELLWISE, _LAYOUT, _WHOLE, _JOINED, _SHARED = "CPAFGDS"
"""What a kind of layer can be in a network.

A filter with weights, a window without, each cell by itself, maps laid out as they are, whole maps
made one number each, every input joined to every unit, numbers that depend on all others.
"""

_CHAINS: tuple[tuple[str, ...], ...] = (
    ("CP", "CA", "PF", "GD", "FD", "DS"),
    ("CAP", "CPF", "PAF", "CGD", "FDS"),
    ("CAP", "CPF", "PAF", "CAG", "FDS", "PFD"),
    ("CAPF", "CPFD", "CAGD", "CFDS"),
    ("CAPFD", "CPCFD", "CAPGD", "CPFDS"),
    ("CAPFD", "CPCFD", "CPAGD", "CPFDS"),
)
"""What the networks of each level are made of."""

_log = logging.getLogger(__name__)

_MAPS, _VECTOR = (8, 8, 2), (6,)
_STRIDING, _POOLING, _COLOURED = 2, 3, 4
"""The levels from which filters have strides and padding, pools other windows, inputs colours."""


class ShapeChain(ExerciseShape):
    """Layers in a row: how large is what each of them puts out?"""

    key: ClassVar[str] = "shape_chain"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether a kind has a place in a network of maps and vectors."""
        return bool(_role(kind))

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        try:
            x, nodes = _chain(kind, level, rng)
            return self._of(x, nodes, kind.kind)
        except Refusal:
            return None

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        own = {port: tensor for port, tensor in tensors.items() if port != "x"}
        return self._of(tensors["x"], [Node(f"{layer.kind}_1", layer, own)], layer.kind)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the sizes that come out if a mistake is made at every window.

        Rounding up is a mistake only where there is something to round.
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
                numbers = dict(_carried(network, mistake))
                same = all(numbers[name] == right[name] for name in numbers)
                if not (same and mistake == "size_ceiling"):
                    yield Outcome(mistake, exercise.differing(numbers))

    def _of(self, x: Array, nodes: list[Node], kind: str) -> Exercise:
        network = Network(np.shape(x), tuple(nodes))
        names = self._names(nodes)
        blanks = []
        for node in nodes:
            shape = network.shape(node.name)
            for axis, length in enumerate(shape):
                label = self._label(names[node.name], axis, len(shape))
                blanks.append(Blank(_blank_name(node, axis), length, label=label))
        texts = [self._layer_text(network, node, names[node.name]) for node in nodes]
        chain = joined(self.text("joint"), texts)
        lines = (
            self.text("worked", name=names[node.name], shape=network.shape(node.name))
            for node in nodes
        )
        prompt = self.text("prompt", x=np.shape(x), chain=chain)
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
            worked=joined(dict.fromkeys(words.LANGUAGES, "\n"), lines),
        )

    def _names(self, nodes: list[Node]) -> dict[str, Text]:
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

    def _layer_text(self, network: Network, node: Node, name: Text) -> Text:
        layer, shapes = node.layer, network.shapes(node.name)
        windows = layer.windows(shapes)
        tables = [shapes[p] for p in type(layer).weights if len(shapes.get(p, ())) > 1]
        count = tables[0][-1] if tables else 0
        if not windows:
            return self.text("units" if tables else "plain", name=name, count=count)
        k = tuple(window.size for window in windows)
        moves = moves_text(layer, windows)
        entry = "filters" if tables else "sliding"
        return self.text(entry, name=name, k=k, moves=moves, count=count)


def _blank_name(node: Node, axis: int) -> str:
    return f"{node.name}[{axis}]"


def _carried(network: Network, mistake: str) -> Iterator[tuple[str, float]]:
    """Go through the sizes as far as there is a layer that can take what comes out."""
    shape = network.input_shape
    for node in network.nodes:
        try:
            shape = _put_out(network, node, shape, mistake)
        except Refusal:
            return
        yield from ((_blank_name(node, axis), float(length)) for axis, length in enumerate(shape))
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


# --- networks that end sensibly, made of whatever kinds there are ---------------------------------


@cache
def _role(kind: type[Layer]) -> str:
    """Return what a kind can be in a network; nothing for one that fits in none."""
    try:
        return _on_vectors(kind) or _on_maps(kind)
    except Exception:  # a strange kind may fail at anything
        _log.warning("No place in a network for %s", kind.kind, exc_info=True)
        return ""


def _chain(kind: type[Layer], level: int, rng: Generator) -> tuple[Array, list[Node]]:
    """Make up an input and layers in a row, one of which is of a kind.

    Raises:
        Refusal: if what was drawn does not fit; other draws may.
        ValueError: if the kind fits in no network of the level.
    """
    own = _role(kind)
    plans = [plan for plan in _CHAINS[level] if own and own in plan]
    if not plans:
        raise ValueError(kind.kind)
    plan = plans[int(rng.integers(len(plans)))]
    places = [n for n, what in enumerate(plan) if what == own]
    place = places[int(rng.integers(len(places)))]
    maps = plan[0] not in (_JOINED, _SHARED)
    side = int(rng.integers(6 + level // 2, 9 + level // 2))
    other = side if level < _STRIDING else int(rng.integers(6 + level // 2, 9 + level // 2))
    depth = 3 if level >= _COLOURED else 1
    shape: Shape = (side, other, depth) if maps else (side,)
    x = rng.integers(0, 10, shape).astype(np.float64)
    nodes: list[Node] = []
    for n, what in enumerate(plan):
        drawn = kind if n == place else _kind_for(what, rng)
        count = sum(node.layer.kind == drawn.kind for node in nodes) + 1
        node = _node(drawn, f"{drawn.kind}_{count}", shape, level, rng)
        nodes.append(node)
        shape = node.layer.output_shape({**shapes_of(node.tensors), "x": shape})
    return x, nodes


def _node(kind: type[Layer], name: str, x: Shape, level: int, rng: Generator) -> Node:
    node = rebuilt.completed(Node(name, rebuilt.started(name, kind, x)), x, rng)
    shapes: Mapping[str, Shape] = {**shapes_of(node.tensors), "x": x}
    found = levers.turned(node.layer, shapes, _wanted(node.layer, shapes, level, rng))
    if not found:
        return node
    layer, shapes = found
    tensors = levers.filled(layer, shapes, node.tensors, rng)
    return Node(name, layer, {port: own for port, own in tensors.items() if port != "x"})


def _wanted(layer: Layer, shapes: Mapping[str, Shape], level: int, rng: Generator) -> Wanted:
    def among(least: int, most: int) -> int:
        return int(rng.integers(least, most + 1))

    weighed = bool(type(layer).weights)
    wanted = Wanted(filters=among(2, 4 + level)) if weighed else Wanted()
    if not layer.windows(shapes):
        return wanted
    if not weighed:
        size = among(2, 3) if level >= _POOLING else 2
        return replace(wanted, sizes=(size, size), strides=(2, 2))
    size, stride, pad = among(2, 3), 1, 0
    if level >= _STRIDING:
        stride, pad = among(1, 2), among(0, 2)
    pads: Padding = "same" if pad > 1 else ((pad, pad), (pad, pad))
    return replace(wanted, sizes=(size, size), strides=(stride, stride), pads=pads)


def _kind_for(what: str, rng: Generator) -> type[Layer]:
    kinds = [kind for kind in layer_kinds().values() if _role(kind) == what]
    return kinds[int(rng.integers(len(kinds)))]


def _on_vectors(kind: type[Layer]) -> str:
    """Return what a kind is that takes a vector and is more than each number by itself."""
    try:
        layer, shapes, output = _tried(kind, _VECTOR)
    except Refusal:
        return ""
    if any(len(shapes[port]) > 1 for port in type(layer).weights):
        return _JOINED
    several = _reads(layer, shapes, output) > 1
    return _SHARED if several and output == _VECTOR else ""


def _on_maps(kind: type[Layer]) -> str:
    layer, shapes, output = _tried(kind, _MAPS)
    if layer.windows(shapes):
        return _FILTER if type(layer).weights else _POOL
    reads = _reads(layer, shapes, output)
    if output == _MAPS and reads == 1:
        return _CELLWISE
    if len(output) != 1:
        return ""
    return _LAYOUT if reads == 1 else _WHOLE


def _tried(kind: type[Layer], x: Shape) -> tuple[Layer, dict[str, Shape], Shape]:
    node = rebuilt.completed(
        Node(kind.kind, rebuilt.started(kind.kind, kind, x)), x, np.random.default_rng(0)
    )
    shapes = {**shapes_of(node.tensors), "x": x}
    return node.layer, shapes, node.layer.output_shape(shapes)


def _reads(layer: Layer, shapes: Mapping[str, Shape], output: Shape) -> int:
    tensors = {port: np.ones(shape) for port, shape in shapes.items()}
    return len(layer.explain(tensors, (0,) * len(output)).cells("x"))
