"""The layer of the document that a lab shows: the one owner of which one that is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Explanation, Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.network import INPUT
from cnn_tutor.engine.window import Window
from cnn_tutor.project.project import Address

OUTPUT = "output"
"""The port under which a layer's output is addressed on a board."""


class ShownLayer(QObject):
    """Answers what a lab's views ask about the layer that is shown, always as it is now.

    At first that is the last layer. A layer that has gone gives its place to the one that now
    stands there.
    """

    leaving = Signal()
    """Another layer is about to be shown: what has been typed for this one has to be taken now."""

    changed = Signal()
    """Another layer of the same work is shown."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._name, self._place = "", -1
        self.locked = False
        """Whether nothing can be changed, as in an exercise."""
        self.shown: Mapping[str, Array] = {}
        """What is shown in place of the real numbers, by port: an output with a mistake in it."""
        self.concealed: frozenset[str] = frozenset()
        """The ports that nothing is shown of, not even how large they are."""
        self.blank: frozenset[str] = frozenset()
        """The ports whose numbers are not shown."""
        document.replaced.connect(self._follow)
        self._follow(other_work=True)

    @property
    def name(self) -> str:
        """The name of the layer's node."""
        return self._name

    def select(self, name: str) -> None:
        """Show the layer of that name; KeyError if there is none."""
        self._document.project.network.position(name)
        if name != self._name:
            self.leaving.emit()
            self._name, self._place = name, self._document.project.network.position(name)
            self.changed.emit()

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
    def input_shapes(self) -> dict[str, Shape]:
        """The shapes of every port, without that of the output."""
        return {port: shape for port, shape in self.shapes.items() if port != OUTPUT}

    @property
    def tensors(self) -> dict[str, Array]:
        """The numbers of every port and of the output; arrays that stay current."""
        evaluation = self._document.evaluation
        tensors = {**evaluation.tensors(self.name), OUTPUT: evaluation.value(self.name)}
        return {**tensors, **self.shown}

    @property
    def windows(self) -> tuple[Window, ...]:
        """The windows that slide over the rows and columns of the input, if any do."""
        return self.layer.windows(self._document.project.network.shapes(self.name))

    @property
    def before(self) -> str:
        """The name of what the layer reads: another layer, or the network's input."""
        return self._document.project.network.before(self.name)

    @property
    def reads_pixels(self) -> bool:
        """Whether it reads red, green and blue: a network's own input, where it is weighed.

        What is pooled or laid out at once are maps of something already.
        """
        weighed = bool(type(self.layer).weights)
        return weighed and self.before == INPUT and self.shapes["x"][2:] == (3,)

    def uncover(self) -> None:
        """Show what was concealed so far."""
        if self.concealed or self.blank or self.shown:
            self.concealed = self.blank = frozenset()
            self.changed.emit()

    def explain(self, at: Index) -> Explanation:
        """Say where one output cell comes from."""
        return self._document.evaluation.explain(self.name, at)

    def address(self, port: str) -> Address | None:
        """Return where the tensor at a port can be changed; None for what another layer makes."""
        if self.locked or port == OUTPUT or (port == "x" and self.before != INPUT):
            return None
        return self._document.project.address(self.name, port)

    def _follow(self, other_work: bool) -> None:
        nodes = self._document.project.network.nodes
        names = [node.name for node in nodes]
        if other_work:
            self._place = len(nodes) - 1
        elif self._name in names:
            self._place = names.index(self._name)
        self._place = min(self._place, len(nodes) - 1)
        self._name = names[self._place]
