"""The open project as one frozen value: an input and the network it goes through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.engine.layer import Array, Layer, as_floats
from cnn_tutor.engine.network import INPUT, Network, Node
from cnn_tutor.project import limits


class Address(NamedTuple):
    """Which tensor: the node that owns it (or ``"input"``) and its port there."""

    node: str
    port: str


@dataclass(frozen=True, eq=False)
class Project:
    """An input, the layers it goes through, and the preset it came from.

    ``x`` has the network's input shape. Every change gives a new project that shares the arrays
    that stayed the same; the arrays themselves are never written to.
    """

    x: Array
    network: Network
    origin: str = ""

    @classmethod
    def of(cls, x: Array, layer: Layer, tensors: Mapping[str, Array], origin: str = "") -> Project:
        """Make a project of a single layer, named after its kind.

        Raises:
            Refusal: if the shapes do not fit or something is larger than the limits.
        """
        node = Node(f"{layer.kind}_1", layer, {p: _frozen(t) for p, t in tensors.items()})
        return cls(_frozen(x), Network(np.shape(x), (node,)), origin).checked()

    def checked(self) -> Project:
        """Return the project itself, or raise LimitError for what is too large in it."""
        limits.check_shape("x", self.x.shape)
        limits.check_numbers(self.x)
        if len(self.network.nodes) > limits.MAX_NODES:
            raise limits.LimitError("nodes_limit", most=limits.MAX_NODES)
        for node in self.network.nodes:
            limits.check_settings(node.layer)
            limits.check_cells(self.network.shape(node.name))
            for port, tensor in node.tensors.items():
                limits.check_shape(port, tensor.shape)
                limits.check_numbers(tensor)
        return self

    def shapes(self) -> Iterator[Shape]:
        """Go through the shapes of the input and of every tensor."""
        yield self.x.shape
        for node in self.network.nodes:
            yield from (tensor.shape for tensor in node.tensors.values())

    def address(self, node: str, port: str) -> Address:
        """Return where the tensor that a node reads at a port can be changed."""
        if port == "x" and self.network.before(node) == INPUT:
            return Address(INPUT, "x")
        return Address(node, port)

    def tensor(self, at: Address) -> Array:
        """Return one of the tensors that can be changed."""
        return self.x if at.node == INPUT else self.network.node(at.node).tensors[at.port]

    def with_cells(self, at: Address, cells: Mapping[Index, float]) -> Project:
        """Return the project with other numbers in some cells; the shapes stay.

        Raises:
            LimitError: if a number is too large.
            IndexError: for what is no cell of the tensor.
        """
        tensor = np.array(self.tensor(at))
        for index, value in cells.items():
            limits.check_number(value)
            regions.check_index(index, tensor.shape)
            tensor[index] = value
        return self._with_tensor(at, tensor)

    def with_layer(self, name: str, layer: Layer) -> Project:
        """Return the project with another layer in a node; raises Refusal if it does not fit."""
        node = replace(self.network.node(name), layer=layer)
        return self._with_node(node).checked()

    def resized(self, at: Address, shape: Shape) -> Project:
        """Return the project with a tensor cut or filled up with zeros at its far ends.

        Raises:
            Refusal: if the new shape is beyond the limits or does not fit.
        """
        limits.check_shape(at.port, shape)
        old = self.tensor(at)
        if len(shape) != old.ndim:
            raise limits.LimitError("rank_limit", value=len(shape))
        tensor = np.zeros(shape, old.dtype)
        kept = tuple(slice(0, min(a, b)) for a, b in zip(old.shape, shape, strict=True))
        tensor[kept] = old[kept]
        return self._with_tensor(at, tensor).checked()

    def _with_tensor(self, at: Address, tensor: Array) -> Project:
        if at.node == INPUT:
            same = tensor.shape == self.x.shape
            network = self.network if same else replace(self.network, input_shape=tensor.shape)
            return replace(self, x=_frozen(tensor), network=network)
        node = self.network.node(at.node)
        return self._with_node(replace(node, tensors={**node.tensors, at.port: _frozen(tensor)}))

    def _with_node(self, node: Node) -> Project:
        nodes = tuple(node if old.name == node.name else old for old in self.network.nodes)
        return replace(self, network=replace(self.network, nodes=nodes))


def _frozen(tensor: Array) -> Array:
    array = as_floats(tensor)
    if array.flags.writeable or array.base is not None:  # somebody else could still write to it
        array = array.copy()
        array.flags.writeable = False
    return array
