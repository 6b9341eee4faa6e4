"""Projects as they are written in ``resources``: layers with their settings and their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.network import Network, Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import limits, rebuilt
from cnn_tutor.project.file import FileError, check_names, check_node_name, inside, layer_of
from cnn_tutor.project.project import Project

Find = Callable[[str], Project]
"""Returns the project of a preset by its key."""


def project_of(
    content: Mapping[str, Any], origin: str, find: Find, rng: Generator | None = None
) -> Project:
    """Return the project that an entry describes.

    An entry is a single layer with its ``kind``, ``settings`` and ``tensors``, or several of them
    as ``nodes`` beside an ``x``. One with a ``level`` is random: new each time unless
    ``rng`` is given.

    Raises:
        FileError: if it has settings, ports or numbers that are none, can't be computed or is
            beyond the limits; it says ``where`` in the entry.
        KeyError: for an unknown kind or preset, or what is missing.
    """
    if "level" in content:
        kind = layer_kinds()[content["kind"]]
        layer, sample = kind.sample(rng or np.random.default_rng(), content["level"])
        return Project.of(sample.pop("x"), layer, sample, origin)
    if "nodes" in content:
        x = _given("x", content["x"], find, "x")
        entries = {f"nodes[{n}]": entry for n, entry in enumerate(content["nodes"])}
    else:
        x = _given("x", content["tensors"]["x"], find, "tensors.x")
        own = {port: e for port, e in content["tensors"].items() if port != "x"}
        entries = {"": {**content, "tensors": own}}
    if len(entries) > limits.MAX_NODES:  # before each of them is looked at
        raise FileError("nodes_limit", "nodes", most=limits.MAX_NODES)
    network = Network(x.shape, ())
    rest = None
    for here, entry in entries.items():
        node = _node(entry, network, find, here and f"{here}.")
        with inside(here):
            if not set(type(node.layer).inputs[1:]) <= set(node.tensors):
                rest = rest or np.random.default_rng(0)  # which takes a while to be loaded
                node = rebuilt.completed(node, network.shape(network.last), rest)
            network = Network(x.shape, (*network.nodes, node))
    with inside("nodes", network.nodes) if "nodes" in content else inside(""):
        return Project.chain(x, network.nodes, origin)


def _given(port: str, entry: Mapping[str, Any], find: Find, where: str) -> Array:
    """Return a tensor; one ``of`` another preset is what that has first at the same port."""
    with inside(where), _counting():
        if "of" in entry:
            other = find(entry["of"])
            return other.x if port == "x" else other.network.nodes[0].tensors[port]
        if "shape" in entry:  # before any memory is taken for it
            limits.check_shape(port, tuple(entry["shape"]))
        found = tensor(entry)
        limits.check_shape(port, found.shape)
        limits.check_numbers(found)
        return found


@contextmanager
def _counting() -> Iterator[None]:
    """Refuse what are no numbers, or do not have the shape that is given."""
    try:
        yield
    except Refusal:
        raise
    except (LookupError, ValueError, TypeError, OverflowError) as error:
        raise Refusal("lesson_numbers", detail=str(error)[:60]) from error


def _node(entry: Mapping[str, Any], network: Network, find: Find, here: str) -> Node:
    kind = layer_kinds()[entry["kind"]]
    settings, tensors = entry.get("settings", {}), entry.get("tensors", {})
    try:
        check_names(kind, settings, tensors, here)
    except FileError as error:
        error.where += f".{error.values['name']}"
        raise
    with inside(f"{here}settings"):
        layer = layer_of(kind, settings)
    number = 1 + sum(node.layer.kind == kind.kind for node in network.nodes)
    name = entry.get("name", f"{kind.kind}_{number}")
    check_node_name(name, here)
    given = {p: _given(p, e, find, f"{here}tensors.{p}") for p, e in tensors.items()}
    return Node(name, layer, given)


# --- tensors -------------------------------------------------------------------------------------


def tensor(entry: Mapping[str, Any]) -> Array:
    """Return the numbers that an entry of a file gives, with the channels last as in Keras.

    An entry is one of these:

    - ``rows``: the numbers; a ``shape`` beside them puts them in another one;
    - ``planes``: the rows of every channel, (C, H, W), become (H, W, C);
    - ``filters``: the rows of every channel of every filter, (F, C, kh, kw), become
      (kh, kw, C, F); a filter that gives one plane has it for every channel of its ``shape``;
    - ``picture`` with ``colours``: a letter for every cell, and the channels of each letter;
    - ``lot``: random whole numbers from ``from`` to ``to`` in a ``shape``, with the lot as seed.

    Raises:
        ValueError: if the numbers do not have the shape that is given.
        KeyError: if it is none of these.
    """
    if "picture" in entry:
        colours = entry["colours"]
        return _floats([[colours[letter] for letter in row] for row in entry["picture"]])
    if "planes" in entry:
        return np.moveaxis(_floats(entry["planes"]), 0, -1)
    if "filters" in entry:
        return _filters(entry)
    if "rows" in entry:
        numbers = _floats(entry["rows"])
        return numbers.reshape(entry.get("shape", numbers.shape))
    rng = np.random.default_rng(entry["lot"])
    return _floats(rng.integers(entry["from"], entry["to"], entry["shape"], endpoint=True))


def _filters(entry: Mapping[str, Any]) -> Array:
    filters = [_floats(planes) for planes in entry["filters"]]
    if "shape" in entry:
        height, width, depth, count = entry["shape"]
        filters = [np.broadcast_to(planes, (depth, height, width)) for planes in filters]
        if len(filters) != count:
            raise ValueError(f"{len(filters)} filters, not {count}")
    return np.stack(filters).transpose(2, 3, 1, 0)


def _floats(numbers: Any) -> Array:
    return np.array(numbers, np.float64)
