"""Projects as they are written in ``resources``: layers with their settings and their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import numpy as np

from cnn_tutor.engine.layer import Array, Layer
from cnn_tutor.engine.network import Network, Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import limits, rebuilt
from cnn_tutor.project.project import Project
from cnn_tutor.study.tensors import tensor

Find = Callable[[str], Project]
"""Returns the project of a preset by its key."""


def project_of(
    content: Mapping[str, Any], origin: str, find: Find, rng: np.random.Generator | None = None
) -> Project:
    """Return the project that an entry describes.

    An entry is a single layer with its ``kind``, ``settings`` and ``tensors``, or several of them
    as ``nodes`` beside an ``x``. One with a ``level`` is drawn by lot: new each time unless
    ``rng`` is given.

    Raises:
        Refusal: if it can't be computed or is beyond the limits.
        KeyError: for an unknown kind or preset, or what is missing.
        ValueError: for numbers or settings that are none.
    """
    if "level" in content:
        kind = layer_kinds()[content["kind"]]
        layer, sample = kind.sample(rng or np.random.default_rng(), content["level"])
        return Project.of(sample.pop("x"), layer, sample, origin)
    if "nodes" in content:
        x, entries = _given("x", content["x"], find), content["nodes"]
    else:
        x, entries = _given("x", content["tensors"]["x"], find), [content]
    network = Network(x.shape, ())
    lots = None
    for entry in entries:
        node = _node(entry, network, find)
        if not set(type(node.layer).inputs[1:]) <= set(node.tensors):
            lots = lots or np.random.default_rng(0)  # which takes a while to be loaded
            node = rebuilt.completed(node, network.shape(network.last), lots)
        network = Network(x.shape, (*network.nodes, node))
    return Project.chain(x, network.nodes, origin)


def _given(port: str, entry: Mapping[str, Any], find: Find) -> Array:
    """Return a tensor; one ``of`` another preset is what that has first at the same port."""
    if "of" not in entry:
        if "shape" in entry:  # before any memory is taken for it
            limits.check_shape(port, tuple(entry["shape"]))
        return tensor(entry)
    other = find(entry["of"])
    return other.x if port == "x" else other.network.nodes[0].tensors[port]


def _node(entry: Mapping[str, Any], network: Network, find: Find) -> Node:
    """Return a layer with the tensors that its entry gives, named after its kind."""
    kind = layer_kinds()[entry["kind"]]
    layer: Layer = msgspec.convert(entry.get("settings", {}), kind)
    tensors = entry.get("tensors", {}).items()
    given = {port: _given(port, e, find) for port, e in tensors if port != "x"}
    number = 1 + sum(node.layer.kind == kind.kind for node in network.nodes)
    return Node(entry.get("name", f"{kind.kind}_{number}"), layer, given)
