"""The layer of the document that a lab shows: the one owner of which one that is."""

from __future__ import annotations

from cnn_tutor.document.document import Document
from cnn_tutor.engine.explanation import Explanation, Index, Shape
from cnn_tutor.engine.layer import Array, Layer
from cnn_tutor.engine.window import Window
from cnn_tutor.project.project import Address

OUTPUT = "output"
"""The port under which a layer's output is addressed on a board."""


class ShownLayer:
    """Answers what a board and an inspector ask about the layer, always as it is now."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @property
    def name(self) -> str:
        """The name of the layer's node: the last of the network."""
        return self._document.project.network.nodes[-1].name

    @property
    def layer(self) -> Layer:
        """The layer itself."""
        return self._document.project.network.node(self.name).layer

    @property
    def shapes(self) -> dict[str, Shape]:
        """The shapes of every port, in the order of the layer's inputs, and of the output."""
        network = self._document.project.network
        shapes = network.shapes(self.name)
        ports = [port for port in type(self.layer).inputs if port in shapes]
        return {**{port: shapes[port] for port in ports}, OUTPUT: network.shape(self.name)}

    @property
    def tensors(self) -> dict[str, Array]:
        """The numbers of every port and of the output; arrays that stay current."""
        evaluation = self._document.evaluation
        return {**evaluation.tensors(self.name), OUTPUT: evaluation.value(self.name)}

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows that slide over the rows and columns of the input, if any do."""
        return self.layer.windows(self._document.project.network.shapes(self.name))

    def explain(self, at: Index) -> Explanation:
        """Say where one output cell comes from."""
        return self._document.evaluation.explain(self.name, at)

    def address(self, port: str) -> Address:
        """Return where the tensor that the layer reads at a port can be changed."""
        return self._document.project.address(self.name, port)
