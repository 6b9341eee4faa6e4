"""The whole network at once: every value as maps, and what one cell reads back to the input."""

from __future__ import annotations

import functools
from typing import ClassVar

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QScrollArea, QWidget

from cnn_tutor.document.document import Change, Document
from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import OUTPUT, Index, Shape
from cnn_tutor.engine.network import INPUT, Network
from cnn_tutor.engine.region import Region
from cnn_tutor.pages.state import layer_names
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.pages.views.network.summary_table import SummaryTable
from cnn_tutor.pages.views.view import View
from cnn_tutor.study import words
from cnn_tutor.study.boards.views import CELLS, NETWORK
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.maps.map_columns import MapColumn, MapColumns, Place
from cnn_tutor.widgets.style.legend import Legend
from cnn_tutor.widgets.style.sizes import measured, px

_LEAST = 560
"""The least width of the view, in pixels."""

_TALL = 110
"""For every so many pixels of height the table may have a row."""

_APART = 24
"""What is free between table and legend, in pixels."""

_SHARED_KEY = "S"

_ROOMY = 560
"""From this height on there is room for a hint under the legend."""

_AXES = ("rows", "columns", "channels")


class NetworkView(View):
    """Follows a cell of any layer back through all layers to its receptive field in the input.

    Pointing at a cell shows what it reads, a click keeps it; a double click or Enter goes to
    its layer.
    """

    key: ClassVar[str] = NETWORK

    def __init__(self, document: Document, state: LabState, parent: QWidget | None = None) -> None:
        super().__init__(document, state, parent)
        self._pinned: Place | None = None
        self._pointing = False
        self._said: tuple[str, ...] = ()
        self.maps = named(MapColumns(), "maps")
        self.table = SummaryTable(document, state)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.maps)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._sentence = named(QLabel(), "reads")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)  # it has names of layers in it
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._legend = Legend()
        self._shared = named(QCheckBox(), "shared_scale")
        self._about = WrappedLabel()
        self._hint = WrappedLabel()
        for label in (self._about, self._hint):
            measured(
                label, lambda label: label.setContentsMargins(px(12), 0, 0, 0)
            )  # in line with the legend's bar
        switch = row(self._shared, 1, margins=(12, 0, 0, 0))
        beside = column(self._legend, self._about, switch, self._hint, 1, spacing=4)
        below = row((self.table, 0, Qt.AlignmentFlag.AlignTop), (beside, 1), spacing=_APART)
        column((self._scroll, 1), self._sentence, below, on=self, spacing=6)
        self.maps.hovered.connect(self._point_at)
        self.maps.selected.connect(self._select)
        self.maps.activated.connect(self._go_to)
        self._shared.toggled.connect(self._share_scale)
        self._label()

    @property
    def first_part(self) -> QWidget:
        return self.maps

    def match(self, other: NetworkView) -> None:
        self._shared.setChecked(other._shared.isChecked())
        if other.maps.cursor_place is not None:
            self._choose(other.maps.cursor_place)

    def pose(self) -> None:
        self.maps.posing = True
        self.table.hide()
        self._shared.hide()
        self._hint.setText("")

    def retranslate(self) -> None:
        self._label()
        super().retranslate()

    # --- building --------------------------------------------------------------------------------

    def _label(self) -> None:
        self._legend.set_caption("")
        scale = "layer_shades" if self._shared.isChecked() else "map_shades"
        self._legend.setAccessibleName(words.say(f"layers.{scale}"))
        self._about.setText(words.say(f"layers.{scale}"))
        self._shared.setText(self.tr("One scale for a layer"))
        self._shared.setShortcut(_SHARED_KEY)  # which a new text takes away
        does = self.tr("Colour equal numbers alike in all maps of a layer")
        self._shared.setToolTip(f"{does} ({_SHARED_KEY})")
        self._hint.setText(words.say("layers.map_hint"))
        self.table.retranslate()

    def minimumSizeHint(self) -> QSize:
        """Return less than the table takes now: with less room, it takes less."""
        return QSize(px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self._legend.width() - px(_APART)
        self.table.set_room(room, max(3, min(self.height() // px(_TALL), 6)))
        self._hint.setVisible(self.height() > px(_ROOMY))
        self._sentence.setMinimumHeight(0)
        self._write(self._said)

    def _write(self, sentences: tuple[str, ...]) -> None:
        """Say something under the picture, which does not jump when the text gets shorter."""
        self._said = sentences
        line = joined(sentences) if sentences else ""
        fits = self._sentence.fontMetrics().horizontalAdvance(line) < self.width() - 8
        self._sentence.setText(line if fits else "\n".join(sentences))
        lines = 1 if self.width() > px(1100) else 2
        least = lines * self._sentence.fontMetrics().lineSpacing() + 2
        needed = self._sentence.heightForWidth(self.width())
        self._sentence.setMinimumHeight(max(self._sentence.minimumHeight(), least, needed))

    def _share_scale(self, shared: bool) -> None:
        self.maps.share_scale(shared)
        self._label()

    # --- following -------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Show the network as it is now, and the place that the playback is at."""
        before = self.maps.cursor_place
        self._fill()
        pinned, place = self._pinned_place(), self.maps.cursor_place
        if place is None or place != before or pinned != self._pinned:
            place = pinned
        self._pinned = pinned
        self._choose(place)
        self.write()
        # The columns are where they belong only when the layout has been made.
        QTimer.singleShot(0, self, self._bring_into_sight)

    def write(self) -> None:
        """Write every word in the language that is on, unless it is already."""
        place, names = self.maps.cursor_place, [title for _, title in self._titles()]
        if place is not None and names != [column.title for column in self.maps.columns]:
            self._fill()
            self._choose(place)

    def follow(self, old: Snapshot, new: Snapshot, change: Change | None) -> None:
        super().follow(old, new, change)
        if old.hidden != new.hidden:
            self._fill()
            if self.maps.cursor_place is not None:
                self._choose(self.maps.cursor_place)

    def repaint_change(self, change: Change) -> None:
        """Paint the values again that an edit of cells reached."""
        if self.state.hidden.asked:  # what is painted is a copy with gaps
            self._fill()
        if change.outputs:
            self.maps.refresh()
        if self.maps.cursor_place is not None:
            self._choose(self.maps.cursor_place)

    def show_highlight(self, found: Highlight) -> None:
        """Go along with the playback. What is pointed at elsewhere makes no difference here."""
        pinned = self._pinned_place()
        if pinned != self._pinned:
            self._pinned = pinned
            self._choose(pinned)

    def _fill(self) -> None:
        hidden = self.state.hidden
        columns = [
            MapColumn(name, title, layer_names.size(value.shape), value, self._filters(name))
            for name, title in self._titles()
            for value in [hidden.masked(name)]
        ]
        self.maps.show_columns(columns, self.shown.name)

    def _filters(self, name: str) -> Array | None:
        """Return the weights that a layer slides over its input, one filter for each map."""
        network = self._document.project.network
        if name == INPUT:
            return None
        node = network.node(name)
        maps = network.shape(name)[2:]
        ports = (port for port in node.layer.weights if network.shapes(name)[port][3:] == maps)
        port = next(ports, "") if maps else ""
        return self._document.evaluation.tensors(name)[port] if port else None

    def _titles(self) -> list[tuple[str, str]]:
        network = self._document.project.network
        names = [INPUT, *(node.name for node in network.nodes)]
        return [(name, layer_names.label(network, name)) for name in names]

    def _choose(self, place: Place) -> None:
        self.maps.choose(place)
        self._show(place)

    def _pinned_place(self) -> Place:
        return Place(self.shown.name, self.state.playback.at)

    # --- pointing --------------------------------------------------------------------------------

    def _point_at(self, place: Place | None) -> None:
        current = self.up_to_date  # else the maps are still those of other work
        place = place if current else None
        shown = place if place is not None else self.maps.cursor_place
        if shown is not None and current:
            self._show(shown)
        index = place.index if place is not None and place.key == self.shown.name else None
        if index is not None or self._pointing:
            self._pointing = index is not None
            self.state.point_at(OUTPUT, index)

    def _select(self, place: Place) -> None:
        if not self.up_to_date:
            return
        self._show(place)
        self._bring_into_sight()
        if place.key == self.shown.name:
            self._pinned = place
            self.state.pin(OUTPUT, place.index)

    def _go_to(self, place: Place) -> None:
        """Open the layer that a cell belongs to, at that cell."""
        if place.key != INPUT and self.up_to_date:
            self.state.select(place.key)
            self.state.pin(OUTPUT, place.index)
            self.state.show_view(CELLS)

    def _show(self, place: Place) -> None:
        network = self._document.project.network
        reads = network.reads(place.key, place.index)
        boxes: list[Region] = []
        notes: dict[str, str] = {}
        for drawn in self.maps.columns:
            region = reads[drawn.key]
            boxes.append(region)
            if drawn.key == place.key:
                notes[drawn.key] = layer_names.cell(place.index)
                break
            if regions.size(region):
                notes[drawn.key] = layer_names.size(extent(region))
        self.maps.highlight(boxes, notes)
        value = float(self.state.hidden.masked(place.key)[place.index])
        said = sentences(network, place.key, place.index, value, reads[INPUT])
        self.maps.setAccessibleDescription(joined(said))
        self._write(said)

    def _bring_into_sight(self) -> None:
        place = self.maps.cursor_place
        if place is not None:
            column = self.maps.column_rect(place.key)
            middle = round(column.center().x())
            self._scroll.ensureVisible(middle, 0, round(column.width() / 2) + 12, 0)


def extent(region: Region) -> Shape:
    """Return how many places a box has along each axis."""
    return tuple(part.stop - part.start for part in region)


def sentences(
    network: Network, name: str, at: Index, value: float, field: Region
) -> tuple[str, ...]:
    """Say what a cell of a node holds, and which box of the input it reads."""
    cell = layer_names.cell(at)
    if name == INPUT:
        return (words.say("layers.input_is", cell=cell, value=value),)
    layer = layer_names.label(network, name)
    said = words.say("layers.cell_is", layer=layer, cell=cell, value=value)
    if not regions.size(field):
        return said, words.say("layers.reads_nothing")
    axes = _AXES if len(field) > 1 else ("places",)
    spans = [_span(axis, part) for axis, part in zip(axes, field, strict=False)]
    where = functools.reduce(_with_and, spans)
    size = layer_names.size(extent(field))
    return said, words.say("layers.reads_box", size=size, where=where)


def joined(said: tuple[str, ...]) -> str:
    """Write sentences one after the other."""
    return functools.reduce(
        lambda first, second: words.say("layers.two_sentences", first=first, second=second), said
    )


def _with_and(first: str, second: str) -> str:
    return words.say("layers.two_parts", first=first, second=second)


def _span(axis: str, part: slice) -> str:
    """Write one axis of a box, as in rows 3–11; a single place is not written as a span."""
    if part.stop - part.start == 1:
        return words.say(f"layers.one_of_{axis}", place=part.start)
    return words.say(f"layers.span_of_{axis}", first=part.start, last=part.stop - 1)
