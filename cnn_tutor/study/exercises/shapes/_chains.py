"""Small networks that end sensibly, made of whatever kinds of layers there are."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.network import Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.engine.window import Padding
from cnn_tutor.project import rebuilt
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.levers import Wanted

FILTER, POOL, CELLWISE, LAYOUT, WHOLE, JOINED, SHARED = "CPAFGDS"
"""What a kind of layer can be in a network.

A filter with weights, a window without, each cell by itself, maps laid out as they are, whole maps
made one number each, every input joined to every unit, numbers that depend on all others.
"""

CHAINS: tuple[tuple[str, ...], ...] = (
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


@cache
def role(kind: type[Layer]) -> str:
    """Return what a kind can be in a network; nothing for one that fits in none."""
    try:
        return _on_vectors(kind) or _on_maps(kind)
    except Exception:  # a strange kind may fail at anything
        _log.warning("No place in a network for %s", kind.kind, exc_info=True)
        return ""


def chain(
    kind: type[Layer],
    level: int,
    rng: Generator,
    all_plans: tuple[tuple[str, ...], ...] = CHAINS,
) -> tuple[Array, list[Node]]:
    """Make up an input and layers in a row, one of which is of a kind.

    ``all_plans`` are what the networks of each level are made of.

    Raises:
        Refusal: if what was drawn does not fit; other draws may.
        ValueError: if the kind fits in no network of the level.
    """
    own = role(kind)
    plans = [plan for plan in all_plans[level] if own and own in plan]
    if not plans:
        raise ValueError(kind.kind)
    plan = plans[int(rng.integers(len(plans)))]
    places = [n for n, what in enumerate(plan) if what == own]
    place = places[int(rng.integers(len(places)))]
    maps = plan[0] not in (JOINED, SHARED)
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
    kinds = [kind for kind in layer_kinds().values() if role(kind) == what]
    return kinds[int(rng.integers(len(kinds)))]


def _on_vectors(kind: type[Layer]) -> str:
    """Return what a kind is that takes a vector and is more than each number by itself."""
    try:
        layer, shapes, output = _tried(kind, _VECTOR)
    except Refusal:
        return ""
    if any(len(shapes[port]) > 1 for port in type(layer).weights):
        return JOINED
    several = _reads(layer, shapes, output) > 1
    return SHARED if several and output == _VECTOR else ""


def _on_maps(kind: type[Layer]) -> str:
    layer, shapes, output = _tried(kind, _MAPS)
    if layer.windows(shapes):
        return FILTER if type(layer).weights else POOL
    reads = _reads(layer, shapes, output)
    if output == _MAPS and reads == 1:
        return CELLWISE
    if len(output) != 1:
        return ""
    return LAYOUT if reads == 1 else WHOLE


def _tried(kind: type[Layer], x: Shape) -> tuple[Layer, dict[str, Shape], Shape]:
    node = rebuilt.completed(
        Node(kind.kind, rebuilt.started(kind.kind, kind, x)), x, np.random.default_rng(0)
    )
    shapes = {**shapes_of(node.tensors), "x": x}
    return node.layer, shapes, node.layer.output_shape(shapes)


def _reads(layer: Layer, shapes: Mapping[str, Shape], output: Shape) -> int:
    tensors = {port: np.ones(shape) for port, shape in shapes.items()}
    return len(layer.explain(tensors, (0,) * len(output)).cells("x"))
