"""What a layer of a network is called on the screen."""

from __future__ import annotations

from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.engine.network import INPUT, Network
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study import words


def label(network: Network, name: str) -> str:
    """Return what a node or the input is called: its kind, told apart from others of that kind."""
    if name == INPUT:
        return words.name("layers.x")
    kind = network.node(name).layer.kind
    called = words.name(f"kinds.{kind}")
    if sum(node.layer.kind == kind for node in network.nodes) == 1:
        return called
    return f"{called} {name.removeprefix(f'{kind}_')}"


def kinds() -> list[str]:
    """Return every kind in the order in which they are taught; those without a word last."""
    told = list(words.table("kinds"))
    found = list(layer_kinds())
    return sorted(found, key=lambda kind: told.index(kind) if kind in told else len(told))


def size(shape: Shape) -> str:
    """Write a shape, as in 28×28×6."""
    return "×".join(map(str, shape))


def cell(at: Index) -> str:
    """Write the place of a cell, as in [3, 4, 2]."""
    return f"[{', '.join(map(str, at))}]"
