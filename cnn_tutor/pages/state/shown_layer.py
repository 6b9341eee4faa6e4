"""The layer of the document that a page shows: the one owner of which one that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cnn_tutor.document.document import Document
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import OUTPUT, Explanation, Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.matrices import Matrices
from cnn_tutor.engine.network import INPUT
from cnn_tutor.engine.window import Window
from cnn_tutor.project.project import Address
from cnn_tutor.study.boards import views


@dataclass(frozen=True, eq=False)
class Cover:
    """What an exercise shows of a layer in place of what it is."""

    shown: Mapping[str, Array] = field(default_factory=dict)
    """Tensors that are shown instead of the real ones, by port: an output with a mistake in it."""

    hidden: frozenset[str] = frozenset()
    """The ports that nothing is shown of, not even how large they are."""

    blank: frozenset[str] = frozenset()
    """The ports whose numbers are not shown."""


class ShownLayer:
    """Answers what is asked about the layer that is shown, always as it is now.

    At first that is the last layer. A layer that has gone gives its place to the one that now
    stands there. ``locked`` says that nothing can be changed, as in an exercise.
    """

    def __init__(self, document: Document, locked: bool = False) -> None:
        self._document, self.locked = document, locked
        self.name = ""
        """The name of the layer's node."""
        self._place = -1
        self.cover = Cover()
        self.follow(other_work=True)

    def select(self, name: str) -> None:
        """Show the layer of that name; KeyError if there is none."""
        self._place = self._document.project.network.position(name)
        self.name = name

    def follow(self, other_work: bool) -> None:
        """See which layer is shown of the project, which is another one now."""
        nodes = self._document.project.network.nodes
        names = [node.name for node in nodes]
        if other_work:
            self._place = len(nodes) - 1
        elif self.name in names:
            self._place = names.index(self.name)
        self._place = min(self._place, len(nodes) - 1)
        self.name = names[self._place]

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
        return {**tensors, **self.cover.shown}

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

    @property
    def offered(self) -> tuple[str, ...]:
        """The keys of the views that have something to show of the layer, in their order."""
        return tuple(view for view in views.VIEWS if self.offers(view))

    def offers(self, view: str) -> bool:
        """Say whether a view has something to show of the layer."""
        return views.shows(view, self.layer, self.input_shapes, self.shapes[OUTPUT])

    @property
    def matrices(self) -> Matrices | None:
        """The layer as a product; None if it is not one, or far too large to be looked at."""
        return views.product(self.layer, self.input_shapes, self.shapes[OUTPUT])

    def explain(self, at: Index) -> Explanation:
        """Say where one output cell comes from."""
        return self._document.evaluation.explain(self.name, at)

    def address(self, port: str) -> Address | None:
        """Return where the tensor at a port can be changed; None for what another layer makes."""
        if self.locked or port == OUTPUT or (port == "x" and self.before != INPUT):
            return None
        return self._document.project.address(self.name, port)
