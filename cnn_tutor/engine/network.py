"""A chain of layers: its numbers, what one changed cell reaches, what one output reads."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.errors import Refusal, ShapeError, naming
from cnn_tutor.engine.explanation import Explanation, Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.region import Region

_log = logging.getLogger(__name__)

INPUT = "input"
"""The name under which the network's own input is addressed."""


@dataclass(frozen=True, eq=False)
class Node:
    """One named layer of a network with its own tensors: every port but ``x``."""

    name: str
    layer: Layer
    tensors: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Network:
    """Layers in a row, each reading the output of the one before.

    ``input_shape`` is that of the input, such as (H, W, C), without a batch. A node may be given
    as a plain ``(name, layer, tensors)``.

    Raises:
        ShapeError: if a layer does not fit what it gets; its values name the ``node`` and the
            one ``before`` it.
    """

    input_shape: Shape
    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        nodes = tuple(n if isinstance(n, Node) else Node(*n) for n in self.nodes)
        object.__setattr__(self, "nodes", nodes)
        names = [INPUT, *(node.name for node in self.nodes)]
        if len(set(names)) < len(names):
            raise ShapeError("name_twice", names=", ".join(names))
        shapes = {INPUT: tuple(self.input_shape)}
        for before, node in zip(names, self.nodes, strict=False):
            given = {**shapes_of(node.tensors), "x": shapes[before]}
            shapes[node.name] = put_out(node.name, node.layer, given, before)
        object.__setattr__(self, "_shapes", shapes)

    @property
    def parameters(self) -> int:
        """How many numbers training would change, over all layers."""
        return sum(node.layer.parameters(self.shapes(node.name)) for node in self.nodes)

    def shape(self, name: str) -> Shape:
        """Return the shape of one node's output, or of the input."""
        shapes: dict[str, Shape] = self.__dict__["_shapes"]
        return shapes[name]

    @property
    def last(self) -> str:
        """The name of the last node, whose output is the network's; of the input without any."""
        return self.nodes[-1].name if self.nodes else INPUT

    def position(self, name: str) -> int:
        """Return a node's place in the chain, from 0; raises KeyError for an unknown name."""
        for place, node in enumerate(self.nodes):
            if node.name == name:
                return place
        raise KeyError(name)

    def node(self, name: str) -> Node:
        """Return the node of that name; raises KeyError for an unknown one."""
        return self.nodes[self.position(name)]

    def before(self, name: str) -> str:
        """Return the name of what a node reads: another node, or the input."""
        place = self.position(name)
        return self.nodes[place - 1].name if place else INPUT

    def shapes(self, name: str) -> dict[str, Shape]:
        """Return the shapes of everything that goes into a node, by port."""
        return {**shapes_of(self.node(name).tensors), "x": self.shape(self.before(name))}

    def receptive_field(self, name: str, at: Index) -> Region:
        """Return the box of the input that one output cell of a node reads, through all layers.

        It is the smallest one around the cells that the output hangs on, whatever the weights are:
        what lies in the gaps of a dilation or between windows is not read on the way.
        """
        return self.reads(name, at)[INPUT]

    def reads(self, name: str, at: Index) -> dict[str, Region]:
        """Return the box that one output cell reads of every earlier value, the cell itself too.

        The boxes go by the names of the nodes, that of the network's input by ``"input"``. They
        are empty from where on nothing but padding is read.
        """
        regions.check_index(at, self.shape(name))
        found = {name: regions.cell(at)}
        grids = [regions.grid(found[name])]
        start = 0 if name == INPUT else self.position(name) + 1
        for node in reversed(self.nodes[:start]):
            shapes = self.shapes(node.name)
            read = (part for grid in grids for part in node.layer.read(grid, shapes))
            grids = [grid for grid in read if all(axis.size for axis in grid)]
            found[self.before(node.name)] = regions.hull(map(regions.box, grids), len(shapes["x"]))
        return found


def put_out(name: str, layer: Layer, shapes: Mapping[str, Shape], before: str) -> Shape:
    """Return the shape of what a layer of some name puts out, given those of all its ports.

    ``before`` is the name of what it reads.

    Raises:
        ShapeError: if they do not fit; its values name the ``node`` and the one ``before`` it.
    """
    with trying(name, layer, shapes["x"], before=before):
        try:
            return layer.output_shape(shapes)
        except KeyError as error:
            own = type(layer).inputs[1:]
            if all(port in shapes for port in own):
                raise
            raise ShapeError("ports", ports=", ".join(own)) from error


@contextmanager
def trying(name: str, layer: Layer | type[Layer], x: Shape, **values: object) -> Iterator[None]:
    """Name the node in every refusal, and in the traceback of any other error of its layer.

    A refusal is an answer; anything else is a fault of the layer, and nobody's to catch on the
    way. ``x`` is the shape of what it reads; ``values`` are more that a refusal is to say.
    """
    with naming(name, **values):
        try:
            yield
        except Refusal:
            raise
        except Exception as error:
            error.add_note(f"In the layer {name} ({layer.kind}) over an input of shape {x}.")
            raise


class Evaluation:
    """All numbers of a network for one input, kept up to date cell by cell.

    ``x`` has the network's ``input_shape``. The arrays are copies: nothing outside changes.

    Raises:
        Refusal: if a layer refuses these numbers; its values name the ``node``.
    """

    def __init__(self, network: Network, x: Array) -> None:
        if np.shape(x) != tuple(network.input_shape):
            raise ShapeError("input_shape", shape=np.shape(x), expected=network.input_shape)
        self.network = network
        # All in the same order of memory: on that, too, the last bits of a result can hang.
        self._values: dict[str, Array] = {INPUT: np.array(as_floats(x), order="C")}
        self._tensors = {
            node.name: {port: np.array(as_floats(t), order="C") for port, t in node.tensors.items()}
            for node in network.nodes
        }
        for node in network.nodes:
            self._values[node.name] = self._computed(node)
        _log.debug("Computed %d layers over %s", len(network.nodes), network.input_shape)

    def _computed(self, node: Node) -> Array:
        tensors, shape = self.tensors(node.name), self.network.shape(node.name)
        with trying(node.name, node.layer, tensors["x"].shape):
            value = as_floats(node.layer.forward(tensors))
            if value.shape != shape:
                raise ValueError(f"promised {shape}, gave {value.shape}")
        # An output that is its input would change with it, and one that is a view can't change.
        own = value.base is None and not any(value is tensor for tensor in tensors.values())
        return value if own and value.flags.c_contiguous else value.copy()

    def value(self, name: str) -> Array:
        """Return a node's output, or with ``"input"`` the input; a view that stays current."""
        view = self._values[name].view()
        view.flags.writeable = False
        return view

    def tensors(self, name: str) -> dict[str, Array]:
        """Return everything that goes into a node, by port."""
        return {**self._tensors[name], "x": self._values[self.network.before(name)]}

    def explain(self, name: str, at: Index) -> Explanation:
        """Say where one output cell of a node comes from."""
        return self.network.node(name).layer.explain(self.tensors(name), at)

    def set_cell(self, name: str, port: str, index: Index, value: float) -> dict[str, Region]:
        """Change one number and recompute only what it reaches; see :meth:`set_cells`."""
        return self.set_cells(name, port, {index: value})

    def set_cells(self, name: str, port: str, cells: Mapping[Index, float]) -> dict[str, Region]:
        """Change numbers of one tensor and recompute only what the box around them reaches.

        To the last bit, all numbers are then those of a new evaluation.

        ``name`` is a node and ``port`` one of its own tensors, or ``"input"`` for the input.
        Returns the box of every node's output that was computed again, and of the input if it
        is what changed.

        Raises:
            IndexError: for what is no cell, such as one of the padding; nothing is changed then.
            Refusal: if a layer refuses these numbers.
        """
        changed: dict[str, Region] = {}
        tensor = self._values[INPUT] if name == INPUT else self._tensors[name][port]
        for index in cells:
            regions.check_index(index, tensor.shape)
        for index, value in cells.items():
            tensor[index] = value
        region = regions.hull(map(regions.cell, cells), tensor.ndim)
        if name == INPUT:
            changed[INPUT], port = region, "x"
        start = 0 if name == INPUT else self.network.position(name)
        for node in self.network.nodes[start:]:
            tensors = self.tensors(node.name)
            with trying(node.name, node.layer, tensors["x"].shape):
                region = node.layer.reached(port, region, self.network.shapes(node.name))
                if not regions.size(region):
                    break
                self._values[node.name][region] = node.layer.forward_region(tensors, region)
            changed[node.name], port = region, "x"
        return changed
