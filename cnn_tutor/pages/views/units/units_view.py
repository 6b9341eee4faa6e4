"""The layer as units and the connections between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Change, Document
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.pages.state import layer_names, planes
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

_CHANNELS_APART = 3
"""Channels of fewer units stand in one column, each unit named with its channel."""


class UnitsView(View):
    """Draws every connection of a layer as a line, and counts them.

    A layer that joins only some of its units stands beside one that would join them all; one
    that joins them all stands beside its ``matrices``. Of a large layer it draws those of the
    output that the playback is at, and follows it.
    """

    key: ClassVar[str] = UNITS

    def __init__(
        self, document: Document, state: LabState, matrices: View, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, state, parent)
        self._found: Connections | None = None
        self._whole = True
        """Whether the whole layer is drawn."""
        self._many = 0
        """The connections of a layer that is not."""
        self._diagram = named(UnitDiagram(parent=self), "units")
        self._all = named(UnitDiagram(plain=True, parent=self), "units_all")
        self._matrix = matrices
        self._matrix.edited.connect(self.edited)
        self._count, self._count_all = WrappedLabel(self), WrappedLabel(self)
        for label in (self._count, self._count_all):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._formula = named(FormulaLine(self), "unit_sum")
        self._figures, here, self._joined = QWidget(self), QWidget(self), QWidget(self)
        column((self._diagram, 1), self._count, on=here, spacing=2)
        column((self._all, 1), self._count_all, on=self._joined, spacing=2)
        row((here, 1), (self._joined, 1), (self._matrix, 1), on=self._figures, spacing=16)
        parts = ((self._figures, 1), self._formula)
        column(*parts, on=self, margins=(0, 0, 0, 4), spacing=6)
        for drawn in (self._diagram, self._all):
            drawn.hovered.connect(self._point_at)
            drawn.pinned.connect(self._pin)
        self._diagram.passed.connect(self._go_on)

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
        self._whole = connections.drawable(self.shown)
        self._many = 0 if self._whole else connections.count(self.shown)
        found = self._connections()
        self._draw(found)
        compared = self._whole and not found.full and self._weights > 0
        self._joined.setVisible(compared)
        self._matrix.setVisible(self._whole and found.full and self.shown.offers(self._matrix.key))
        self._found = found
        self.write()

    def write(self) -> None:
        found = self._found
        if found is None:
            return
        captions = [self._caption(port, cells) for port, cells in self._sides(found)]
        for drawn in (self._diagram, self._all):
            drawn.set_captions(captions[0], captions[1])
            drawn.setAccessibleName(words.say("layers.units"))
        self._diagram.set_legend(self._legend(found))
        self._count.setText(self._counted(found))
        joined = len(found.inputs) * len(found.outputs)
        many = joined + len(found.outputs)
        self._count_all.setText(_two_lines("all_joined", edges=joined, weights=many))
        self.show_highlight(self.state.highlight)

    def _counted(self, found: Connections) -> str:
        """Say how many connections there are, and how many of them are not drawn."""
        drawn = len(found.starts)
        if self._whole:
            here = "joined_here" if self._weights else "only_joined"
            return _two_lines(here, edges=drawn, weights=self._weights)
        if found.left_out:
            output = f"{self._port(OUTPUT)}{layer_names.cell(found.outputs[0])}"
            counts = {"drawn": drawn, "more": found.left_out, "edges": self._many}
            return _two_lines("strongest_joined", output=output, **counts)
        return _two_lines("some_joined", drawn=drawn, edges=self._many)

    def repaint_change(self, change: Change) -> None:
        if self._found is None:
            return
        if change.address.node == self.shown.name:
            self._found = found = self._connections()
            self._draw_here(found)
            self.write()

    def show_highlight(self, highlight: Highlight) -> None:
        found = self._found
        if found is None:
            return
        if self.state.playback.at not in found.outputs:
            self._found = found = self._connections()
            self._draw_here(found)
            self.write()
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
        if highlight.port == OUTPUT and highlight.at in found.outputs:
            end = found.outputs.index(highlight.at)
            lines = np.flatnonzero(found.ends == end).tolist()
            left = {n: read[at] for n, at in enumerate(found.inputs) if at in read}
            return left, {end: Mark.WRITTEN}, lines
        if highlight.port == "x" and highlight.at in found.inputs:
            start = found.inputs.index(highlight.at)
            lines = np.flatnonzero(found.starts == start).tolist()
            reached = dict.fromkeys(found.ends[lines].tolist(), Mark.REACHED)
            return {start: Mark.READ | Mark.ACTIVE}, reached, lines
        lines = found.lines_of((highlight.port, highlight.at))
        left = dict.fromkeys(found.starts[lines].tolist(), Mark.READ)
        ends = [*found.ends[lines].tolist(), *found.outputs_of((highlight.port, highlight.at))]
        return left, dict.fromkeys(ends, Mark.REACHED), lines

    # --- drawing ---------------------------------------------------------------------------------

    def _connections(self) -> Connections:
        """Return what is drawn: all connections, or those of the playback's output."""
        if self._whole:
            return connections.connections(self.shown)
        return connections.around(self.shown, self.state.playback.at)

    def _draw(self, found: Connections) -> None:
        self._draw_here(found)
        left, right = self._units_of("x", found.inputs), self._units_of(OUTPUT, found.outputs)
        starts, ends = np.indices((len(left), len(right))).reshape(2, -1)
        self._all.show_units(left, right, Edges(starts, ends, np.ones(len(starts))))

    def _draw_here(self, found: Connections) -> None:
        left, right = self._units_of("x", found.inputs), self._units_of(OUTPUT, found.outputs)
        right = [
            replace(unit, beside=" ".join(_signed(cell.value) for cell in cells))
            for unit, cells in zip(right, found.added, strict=True)
        ]
        self._diagram.show_units(left, right, Edges(found.starts, found.ends, found.weights))

    def _units_of(self, port: str, cells: Sequence[Index]) -> list[Unit]:
        """Return the units of a side; the channels of an image stand beside each other."""
        name, channels = self._port(port), self._channels(cells)
        units = []
        for at in cells:
            tip = f"{name}[{', '.join(map(str, at))}]"
            label = ", ".join(map(str, at[:2] if channels else at))
            column = channels.index(at[2]) if channels else 0
            # A gap parts the rows of an image.
            units.append(Unit(label, column, at[0] if len(at) > 1 else 0, tip=tip))
        return units

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

    def _port(self, port: str) -> str:
        return words.port(self.shown.layer.kind, port)

    def _channels(self, cells: Sequence[Index]) -> list[int]:
        """Return the channels that stand beside each other; none of a part spread over many."""
        channels = sorted({at[2] for at in cells}) if len(cells[0]) > 2 else []
        few = self._whole or len(channels) * _CHANNELS_APART <= len(cells)
        return channels if few else []

    @staticmethod
    def _sides(found: Connections) -> tuple[tuple[str, tuple[Index, ...]], ...]:
        return ("x", found.inputs), (OUTPUT, found.outputs)

    def _caption(self, port: str, cells: Sequence[Index]) -> Caption:
        shape, channels = self.shown.shapes[port], self._channels(cells)
        names: tuple[str, ...] = ()
        if channels and shape[2] > 1:
            pixels = port == "x" and self.shown.reads_pixels
            names = tuple(planes.channel(n, pixels) for n in channels)
        sides = shape[:2] if len(shape) == 3 and shape[2] == 1 else shape
        return Caption(self._port(port), "×".join(map(str, sides)), names)

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

    def _go_on(self, by: int) -> None:
        """Go to the output after the last one that is drawn, or before the first."""
        shape = self.shown.shapes[OUTPUT]
        place = connections.place_of(self.state.playback.at, shape) + by
        if not self._whole and 0 <= place < math.prod(shape):
            self.state.pin(OUTPUT, connections.index_at(place, shape))


def _two_lines(key: str, **counts: object) -> str:
    """Write how many connections and weights there are, each on a line of its own."""
    return marked(words.say(f"layers.{key}", **counts)).replace("\n", "<br>")


def _signed(value: float) -> str:
    """Write what is added, such as a bias: + 1 or − 2."""
    sign = numbers.MINUS if value < 0 else "+"
    return f"{sign} {numbers.show(abs(value))}"
