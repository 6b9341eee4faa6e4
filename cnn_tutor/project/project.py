"""The open project as one frozen value: an input and the network it goes through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import NamedTuple

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal, naming
from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.network import INPUT, Evaluation, Network, Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import limits, rebuilt


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
        """Make a project of a single layer, named after its kind; raises as :meth:`chain` does."""
        return cls.chain(x, [Node(f"{layer.kind}_1", layer, tensors)], origin)

    @classmethod
    def chain(cls, x: Array, nodes: Iterable[Node], origin: str = "") -> Project:
        """Make a project of layers in a row.

        Raises:
            Refusal: if the shapes do not fit or something is larger than the limits.
        """
        own = [
            replace(node, tensors={p: rebuilt.frozen(t) for p, t in node.tensors.items()})
            for node in nodes
        ]
        return cls(rebuilt.frozen(x), Network(np.shape(x), tuple(own)), origin).checked()

    def checked(self) -> Project:
        """Return the project itself, or raise LimitError for what is too large in it.

        Its values name the ``node``, if it is about one.
        """
        limits.check_shape("x", self.x.shape)
        limits.check_numbers(self.x)
        if len(self.network.nodes) > limits.MAX_NODES:
            raise limits.LimitError("nodes_limit", most=limits.MAX_NODES)
        limits.check_total(self.shapes())
        for node in self.network.nodes:
            with naming(node.name):
                limits.check_settings(node.layer)
                limits.check_output(self.network.shape(node.name))
                for port, tensor in node.tensors.items():
                    limits.check_shape(port, tensor.shape)
                    limits.check_numbers(tensor)
                    if port in node.layer.switches:
                        limits.check_switches(tensor)
        return self

    def evaluated(self) -> Evaluation:
        """Return all numbers of the project.

        Raises:
            Refusal: if a layer fails, or gives what is no finite number; it names the ``node``.
        """
        with np.errstate(all="ignore"):  # what is no number is said below
            evaluation = Evaluation(self.network, self.x)
        for node in self.network.nodes:
            if not np.isfinite(evaluation.value(node.name)).all():
                raise Refusal("not_finite_result", node=node.name)
        return evaluation

    def shapes(self) -> Iterator[Shape]:
        """Go through the shapes of the input and of every tensor."""
        yield self.x.shape
        for node in self.network.nodes:
            yield from (tensor.shape for tensor in node.tensors.values())

    @property
    def structure(self) -> tuple[object, ...]:
        """What the work is made of without its numbers: equal for layers and shapes that are."""
        nodes = self.network.nodes
        layers = tuple((node.name, node.layer, self.network.shape(node.name)) for node in nodes)
        return (self.x.shape, layers)

    def equals(self, other: Project) -> bool:
        """Say whether another project has the same layers and the same numbers."""
        if self is other:
            return True
        if self.structure != other.structure:
            return False
        pairs = [(self.x, other.x)]
        for mine, its in zip(self.network.nodes, other.network.nodes, strict=True):
            pairs += [(tensor, its.tensors[port]) for port, tensor in mine.tensors.items()]
        return all(a is b or np.array_equal(a, b) for a, b in pairs)

    def address(self, node: str, port: str) -> Address:
        """Return where the tensor that a node reads at a port can be changed."""
        if port == "x" and self.network.before(node) == INPUT:
            return Address(INPUT, "x")
        return Address(node, port)

    def tensor(self, at: Address) -> Array:
        """Return one of the tensors that can be changed."""
        return self.x if at.node == INPUT else self.network.node(at.node).tensors[at.port]

    def check_cells(self, at: Address, cells: Mapping[Index, float]) -> None:
        """Raise what :meth:`with_cells` would raise for these numbers, and change nothing."""
        shape = self.tensor(at).shape
        for index, value in cells.items():
            limits.check_number(value)
            regions.check_index(index, shape)
        if at.node != INPUT and at.port in self.network.node(at.node).layer.switches:
            limits.check_switches(list(cells.values()))

    def with_cells(self, at: Address, cells: Mapping[Index, float]) -> Project:
        """Return the project with other numbers in some cells; the shapes stay.

        Raises:
            LimitError: if a number is too large, or neither 1 nor 0 where only these can stand.
            IndexError: for what is no cell of the tensor.
        """
        self.check_cells(at, cells)
        tensor = np.array(self.tensor(at))
        for index, value in cells.items():
            tensor[index] = value
        if at.node == INPUT:
            return replace(self, x=rebuilt.frozen(tensor))
        nodes = self._exchanged(self._holding(at, tensor))
        return replace(self, network=replace(self.network, nodes=nodes))

    def with_layer(self, name: str, layer: Layer) -> Project:
        """Return the project with another layer in a node; its tensors and later ones follow.

        What is random is drawn anew if it depends on a setting that changed.

        Raises:
            Refusal: if it does not fit or is beyond the limits.
        """
        node = rebuilt.redrawn(self.network.node(name), layer, _random())
        return self._followed(self._exchanged(node))

    def resized(self, at: Address, shape: Shape) -> Project:
        """Return the project with a tensor cut or filled up with zeros at its far ends.

        The other tensors follow: a filter's depth the channels, a mask what it lies over.

        Raises:
            Refusal: if the new shape is beyond the limits or can't be had.
        """
        limits.check_shape(at.port, shape)
        old = self.tensor(at)
        if len(shape) != old.ndim:
            raise limits.LimitError("rank_limit", value=len(shape))
        tensor = rebuilt.resized(old, shape)
        if at.node == INPUT:
            return replace(self, x=tensor)._followed(self.network.nodes)
        return self._followed(self._exchanged(self._holding(at, tensor)), at)

    def inserted(self, place: int, kind: str, rng: np.random.Generator | None = None) -> Project:
        """Return the project with a new layer of a kind at a place, counted from 0.

        Its weights are drawn with ``rng``, the same ones each time unless one is given. It is
        named after its kind with a number, and later layers follow.

        Raises:
            Refusal: if no such layer can stand there, or the later ones no longer can.
        """
        nodes = self.network.nodes
        rng = rng or _random()
        names = {node.name for node in nodes}
        name = next(name for n in count(1) if (name := f"{kind}_{n}") not in names)
        before = nodes[place - 1].name if place else INPUT
        shape = self.network.shape(before)
        layer = rebuilt.started(name, layer_kinds()[kind], shape)
        node = rebuilt.completed(Node(name, layer), shape, rng, before)
        return self._followed((*nodes[:place], node, *nodes[place:]))

    def removed(self, name: str) -> Project:
        """Return the project without a layer; later ones follow.

        Raises:
            Refusal: if it is the last one, or later ones can't stand without it.
        """
        if len(self.network.nodes) == 1:
            raise Refusal("last_layer")
        return self._followed(node for node in self.network.nodes if node.name != name)

    def moved(self, name: str, place: int) -> Project:
        """Return the project with a layer at another place among all, counted from 0.

        Raises:
            Refusal: if the layers can't stand in that order.
        """
        others = [node for node in self.network.nodes if node.name != name]
        return self._followed((*others[:place], self.network.node(name), *others[place:]))

    def _followed(self, nodes: Iterable[Node], kept: tuple[str, str] = ("", "")) -> Project:
        shape = self.x.shape
        fitted = rebuilt.following(shape, nodes, _random(), kept)
        return replace(self, network=Network(shape, fitted)).checked()

    def _holding(self, at: Address, tensor: Array) -> Node:
        node = self.network.node(at.node)
        return replace(node, tensors={**node.tensors, at.port: rebuilt.frozen(tensor)})

    def _exchanged(self, node: Node) -> tuple[Node, ...]:
        return tuple(node if old.name == node.name else old for old in self.network.nodes)


def _random() -> np.random.Generator:
    """Return the numbers that are drawn where nobody asks for others: the same each time."""
    return np.random.default_rng(0)
