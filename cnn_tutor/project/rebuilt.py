"""Layers of a chain made to fit each other again after one of them has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, replace

import numpy as np

from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.errors import Refusal, naming
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer, settings_of
from cnn_tutor.engine.network import INPUT, Node, put_out, trying
from cnn_tutor.project import limits


def frozen(tensor: Array) -> Array:
    """Return a tensor of floats that nobody can write to: itself if it is one."""
    array = as_floats(tensor)
    if array.flags.writeable or array.base is not None:  # somebody else could still write to it
        array = array.copy()
        array.flags.writeable = False
    return array


def resized(tensor: Array, shape: Shape) -> Array:
    """Return a tensor cut, or filled up with zeros, at the far end of each axis."""
    new = np.zeros(shape, tensor.dtype)
    kept = tuple(slice(0, min(a, b)) for a, b in zip(tensor.shape, shape, strict=True))
    new[kept] = tensor[kept]
    new.flags.writeable = False
    return new


def started(name: str, kind: type[Layer], x: Shape) -> Layer:
    """Return a new layer of a kind for an ``x``: a sample's where settings have no default."""
    asked = any(s.default is MISSING and s.default_factory is MISSING for s in settings_of(kind))
    with trying(name, kind, x):
        return kind.sample(np.random.default_rng(0), 0)[0] if asked else kind()


def completed(node: Node, x: Shape, rng: np.random.Generator, before: str = INPUT) -> Node:
    """Return a node that has all of its ports: those it lacks are made new for an ``x``.

    ``before`` is the name of what it reads. Refused is what can't stand there, or is too large.
    """
    old, own = shapes_of(node.tensors), type(node.layer).inputs[1:]
    with trying(node.name, node.layer, x, before=before):
        shapes = {**node.layer.fit({**old, "x": x}), **old}
    # That it can't stand there comes first.
    put_out(node.name, node.layer, {**shapes, "x": x}, before)
    if not set(own) <= set(shapes):
        raise Refusal("ports", ports=", ".join(own), node=node.name)
    made = {p: _fresh(node, p, shape, rng) for p, shape in shapes.items() if p not in old}
    return replace(node, tensors={**node.tensors, **made})


def following(
    x: Shape, nodes: Iterable[Node], rng: np.random.Generator, kept: tuple[str, str] = ("", "")
) -> tuple[Node, ...]:
    """Return nodes whose tensors fit what comes to them, the first one reading an ``x``.

    A tensor that has to be of another shape is cut or filled up with zeros, or drawn anew if it
    is a random one; all others are shared. ``kept`` is a node and a port that stays
    as it is, so that it is the layer that says why it does not fit.
    """
    done, before = [], INPUT
    for node in nodes:
        old = shapes_of(node.tensors)
        stays = {kept[1]} if kept[0] == node.name else set()
        with trying(node.name, node.layer, x, before=before):
            fitting = node.layer.fit({**old, "x": x})
        wanted = {p: s for p, s in fitting.items() if p in old and p not in stays}
        output = put_out(node.name, node.layer, {**old, **wanted, "x": x}, before)
        done.append(_reshaped(node, wanted, rng))
        x, before = output, node.name
    return tuple(done)


def redrawn(node: Node, layer: Layer, rng: np.random.Generator) -> Node:
    """Return a node with another layer; what is random and depends on the change is drawn anew."""
    changed = replace(node, layer=layer)
    new = {
        port: _fresh(changed, port, node.tensors[port].shape, rng)
        for port, settings in layer.drawn.items()
        if port in node.tensors
        and any(getattr(layer, name) != getattr(node.layer, name, None) for name in settings)
    }
    return replace(changed, tensors={**node.tensors, **new})


def _reshaped(node: Node, shapes: Mapping[str, Shape], rng: np.random.Generator) -> Node:
    tensors = dict(node.tensors)
    for port, shape in shapes.items():
        old = tensors[port]
        if old.shape == shape:
            continue
        if port in node.layer.drawn or old.ndim != len(shape):
            tensors[port] = _fresh(node, port, shape, rng)
        else:
            with naming(node.name):
                limits.check_shape(port, shape)
            tensors[port] = resized(old, shape)
    same = all(tensors[port] is old for port, old in node.tensors.items())
    return node if same else replace(node, tensors=tensors)


def _fresh(node: Node, port: str, shape: Shape, rng: np.random.Generator) -> Array:
    with naming(node.name):
        limits.check_shape(port, shape)
    with trying(node.name, node.layer, shape):
        return frozen(node.layer.fresh(port, shape, rng))
