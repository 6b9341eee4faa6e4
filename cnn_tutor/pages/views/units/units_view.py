"""The layer as units and the connections between them."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Change, Document
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.pages.state import planes
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.views.units import connections
from cnn_tutor.pages.views.units.connections import Connections
from cnn_tutor.pages.views.view import View
from cnn_tutor.study import formula, numbers, words
from cnn_tutor.study.boards.views import UNITS
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.style.formula_line import FormulaLine
from cnn_tutor.widgets.style.rich_text import marked
from cnn_tutor.widgets.units.unit_diagram import UnitDiagram
from cnn_tutor.widgets.units.units import LEFT, RIGHT, Caption, Edges, Unit


class UnitsView(View):
    """Draws every connection of a layer as a line, and counts them.

    A layer that joins only some of its units stands beside one that would join them all; one
    that joins them all stands beside its ``matrices``.
    """

    key: ClassVar[str] = UNITS

    def __init__(
        self, document: Document, state: LabState, matrices: View, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, state, parent)
        self._found: Connections | None = None
        self._many = 0
        self._diagram = named(UnitDiagram(parent=self), "units")
        self._all = named(UnitDiagram(plain=True, parent=self), "units_all")
        self._matrix = matrices
        self._matrix.edited.connect(self.edited)
        self._count, self._count_all, self._too_many = (WrappedLabel(self) for _ in range(3))
        for label in (self._count, self._count_all, self._too_many):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._formula = named(FormulaLine(self), "unit_sum")
        self._figures, here, self._joined = QWidget(self), QWidget(self), QWidget(self)
        column((self._diagram, 1), self._count, on=here, spacing=2)
        column((self._all, 1), self._count_all, on=self._joined, spacing=2)
        row((here, 1), (self._joined, 1), (self._matrix, 1), on=self._figures, spacing=16)
        parts = ((self._too_many, 1), (self._figures, 1), self._formula)
        column(*parts, on=self, margins=(0, 0, 0, 4), spacing=6)
        for drawn in (self._diagram, self._all):
            drawn.hovered.connect(self._point_at)
            drawn.pinned.connect(self._pin)

    @property
    def first_part(self) -> QWidget:
        return self._diagram

    def pose(self) -> None:
        self._diagram.posing = self._all.posing = True

    def retranslate(self) -> None:
        if self._found is not None and self.up_to_date:
            self._draw(self._found)
        super().retranslate()
        self._matrix.retranslate()

    # --- building and following ------------------------------------------------------------------

    def rebuild(self) -> None:
        # Showing and hiding parts moves the pointer off them, and the highlight with it: until all
        # is drawn there is nothing to highlight.
        self._found = None
        drawable = connections.drawable(self.shown)
        found = connections.connections(self.shown) if drawable else None
        if found is not None:
            self._draw(found)
        self._many = 0 if drawable else connections.count(self.shown)
        compared = found is not None and not found.full and self._weights > 0
        self._figures.setVisible(drawable)
        self._formula.setVisible(drawable)
        self._joined.setVisible(compared)
        self._matrix.setVisible(
            found is not None and found.full and self.shown.offers(self._matrix.key)
        )
        self._too_many.setVisible(not drawable)
        self._found = found
        self.write()

    def write(self) -> None:
        found = self._found
        if found is None:
            text = words.say("layers.too_many_edges", edges=self._many)
            self._too_many.setText(marked(text))
            return
        joined = len(found.inputs) * len(found.outputs)
        captions = [self._caption(port) for port in ("x", OUTPUT)]
        for drawn in (self._diagram, self._all):
            drawn.set_captions(captions[0], captions[1])
            drawn.setAccessibleName(words.say("layers.units"))
        self._diagram.set_legend(self._legend(found))
        here = "joined_here" if self._weights else "only_joined"
        self._count.setText(_two_lines(here, len(found.starts), self._weights))
        many = joined + len(found.outputs)
        self._count_all.setText(_two_lines("all_joined", joined, many))
        self.show_highlight(self.state.highlight)

    def repaint_change(self, change: Change) -> None:
        if self._found is None:
            return
        if change.address.node == self.shown.name:
            found = connections.connections(self.shown)
            self._draw_here(found)
            self._diagram.set_legend(self._legend(found))
            self._found = found

    def show_highlight(self, highlight: Highlight) -> None:
        found = self._found
        if found is None:
            return
        self._show_values()  # the playback may have reached others
        self._diagram.set_current(found.outputs.index(self.state.playback.at))
        left, right, lines = self._highlighted(found, highlight)
        self._diagram.highlight(left, right, lines)
        if highlight.port == OUTPUT:  # fully joined, it would read everything
            left = dict.fromkeys(range(len(found.inputs)), Mark.READ)
        elif highlight.port == "x":
            right = dict.fromkeys(range(len(found.outputs)), Mark.REACHED)
        count = len(found.outputs)
        lines = [start * count + end for start in left for end in right]
        self._all.highlight(left, right, lines if highlight.port in ("x", OUTPUT) else ())
        line = formula.lines(highlight.explanation, highlight.shown, (), highlight.hidden)[-1]
        self._formula.show_line(line)
        self._diagram.setAccessibleDescription(self._formula.plain)

    def _highlighted(
        self, found: Connections, highlight: Highlight
    ) -> tuple[dict[int, Mark], dict[int, Mark], list[int]]:
        read = highlight.marks.get("x", {})
        if highlight.port == OUTPUT:
            end = found.outputs.index(highlight.at)
            lines = np.flatnonzero(found.ends == end).tolist()
            left = {n: read[at] for n, at in enumerate(found.inputs) if at in read}
            return left, {end: Mark.WRITTEN}, lines
        if highlight.port == "x":
            start = found.inputs.index(highlight.at)
            lines = np.flatnonzero(found.starts == start).tolist()
            reached = dict.fromkeys(found.ends[lines].tolist(), Mark.REACHED)
            return {start: Mark.READ | Mark.ACTIVE}, reached, lines
        lines = found.lines_of((highlight.port, highlight.at))
        left = dict.fromkeys(found.starts[lines].tolist(), Mark.READ)
        ends = [*found.ends[lines].tolist(), *found.outputs_of((highlight.port, highlight.at))]
        return left, dict.fromkeys(ends, Mark.REACHED), lines

    # --- drawing ---------------------------------------------------------------------------------

    def _draw(self, found: Connections) -> None:
        self._draw_here(found)
        left = [self._unit("x", at) for at in found.inputs]
        right = [self._unit(OUTPUT, at) for at in found.outputs]
        starts, ends = np.indices((len(left), len(right))).reshape(2, -1)
        self._all.show_units(left, right, Edges(starts, ends, np.ones(len(starts))))

    def _draw_here(self, found: Connections) -> None:
        left = [self._unit("x", at) for at in found.inputs]
        right = [
            self._unit(OUTPUT, at, " ".join(_signed(cell.value) for cell in cells))
            for at, cells in zip(found.outputs, found.added, strict=True)
        ]
        self._diagram.show_units(left, right, Edges(found.starts, found.ends, found.weights))

    def _unit(self, port: str, at: Index, beside: str = "") -> Unit:
        place = ", ".join(map(str, at))
        tip = f"{words.port(self.shown.layer.kind, port)}[{place}]"
        if len(at) < 3:
            return Unit(",".join(map(str, at)), 0, at[0] if len(at) > 1 else 0, beside, tip)
        # The channels of an image stand beside each other, its rows parted by a gap.
        return Unit(",".join(map(str, at[:2])), at[2], at[0], beside, tip)

    def _show_values(self) -> None:
        found, tensors = self._found, self.shown.tensors
        if found is None:
            return
        reached = self.state.shows
        left = [float(tensors["x"][at]) for at in found.inputs]
        right = [float(tensors[OUTPUT][at]) if reached(at) else None for at in found.outputs]
        self._diagram.set_values(left, right)
        self._all.set_values(left, [None] * len(right))

    @property
    def _weights(self) -> int:
        return self.shown.layer.parameters(self.shown.shapes)

    def _caption(self, port: str) -> Caption:
        shape = self.shown.shapes[port]
        names: tuple[str, ...] = ()
        if len(shape) == 3 and shape[2] > 1:
            pixels = port == "x" and self.shown.reads_pixels
            names = tuple(planes.channel(n, pixels) for n in range(shape[2]))
        sides = shape[:2] if len(shape) == 3 and shape[2] == 1 else shape
        return Caption(words.port(self.shown.layer.kind, port), "×".join(map(str, sides)), names)

    @staticmethod
    def _legend(found: Connections) -> tuple[tuple[float, str], ...]:
        """The kinds of lines that there are, if there are several."""
        signs = sorted(set(np.sign(np.nan_to_num(found.weights)).tolist()), reverse=True)
        keys = {1.0: "positive_weight", 0.0: "zero_weight", -1.0: "negative_weight"}
        if len(signs) < 2:
            return ()
        return tuple((sign, words.say(f"layers.{keys[sign]}")) for sign in signs)

    # --- pointing --------------------------------------------------------------------------------

    def _point_at(self, at: tuple[str, int] | None) -> None:
        if at is None or self._found is None:
            self.state.point_at(OUTPUT, None)
        elif at[0] == LEFT:
            self.state.point_at("x", self._found.inputs[at[1]])
        else:
            self.state.point_at(OUTPUT, self._found.outputs[at[1]])

    def _pin(self, side: str, place: int) -> None:
        if self._found is None:
            return
        cells = self._found.outputs if side == RIGHT else self._found.inputs
        self.state.pin(OUTPUT if side == RIGHT else "x", cells[place])


def _two_lines(key: str, edges: int, weights: int) -> str:
    """Write how many connections and weights there are, each on a line of its own."""
    said = words.say(f"layers.{key}", edges=edges, weights=weights)
    return marked(said).replace("\n", "<br>")


def _signed(value: float) -> str:
    """Write what is added, such as a bias: + 1 or − 2."""
    sign = numbers.MINUS if value < 0 else "+"
    return f"{sign} {numbers.show(abs(value))}"
