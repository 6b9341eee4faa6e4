"""The shapes on the way through a small network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.network import Evaluation, Network, Node
from cnn_tutor.study import words
from cnn_tutor.study.exercise import Blank, Exercise, Outcome, Text
from cnn_tutor.study.exercises.shape import ExerciseShape
from cnn_tutor.study.exercises.shapes import _chains
from cnn_tutor.study.exercises.shapes._texts import joined, kind_text, moves_text
from cnn_tutor.study.mistakes import chained as mistakes


class ShapeChain(ExerciseShape):
    """Layers in a row: how large is what each of them puts out?"""

    key: ClassVar[str] = "shape_chain"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether a kind has a place in a network of maps and vectors."""
        return bool(_chains.role(kind))

    def make(self, kind: type[Layer], level: int, rng: np.random.Generator) -> Exercise | None:
        """Make up a network with a layer of the kind in it."""
        try:
            x, nodes = _chains.chain(kind, level, rng)
            return self._of(x, nodes, kind.kind)
        except Refusal:
            return None

    def over(
        self, layer: Layer, tensors: Mapping[str, Array], level: int, rng: np.random.Generator
    ) -> Exercise | None:
        """Set the exercise over a single layer, a network of one."""
        own = {port: tensor for port, tensor in tensors.items() if port != "x"}
        return self._of(tensors["x"], [Node(f"{layer.kind}_1", layer, own)], layer.kind)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the sizes that come out if a mistake is made at every window."""
        return mistakes.outcomes(exercise, exercise.network) if exercise.network else ()

    def _of(self, x: Array, nodes: list[Node], kind: str) -> Exercise:
        network = Network(np.shape(x), tuple(nodes))
        names = self._names(nodes)
        blanks = []
        for node in nodes:
            shape = network.shape(node.name)
            for axis, length in enumerate(shape):
                label = self._label(names[node.name], axis, len(shape))
                blanks.append(Blank(mistakes.blank(node, axis), length, label=label))
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
        """Return what each layer is called, with a number where there are several of a kind."""
        kinds = [node.layer.kind for node in nodes]
        found: dict[str, Text] = {}
        for n, node in enumerate(nodes):
            name: Text = kind_text(node.layer.kind)
            if kinds.count(node.layer.kind) > 1:
                number = kinds[: n + 1].count(node.layer.kind)
                name = self.text("numbered", name=name, number=number)
            found[node.name] = name
        return found

    def _label(self, name: Text, axis: int, rank: int) -> Text:
        axes = {1: ("length",), 3: ("rows", "columns", "channels")}.get(rank, ("axis",) * rank)
        return words.both(self.said()["labels"][axes[axis]], name=name, axis=axis + 1)

    def _layer_text(self, network: Network, node: Node, name: Text) -> Text:
        """Return a layer with the settings and sizes that its output's shape hangs on."""
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
