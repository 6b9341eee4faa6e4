"""What moves on a board while it is played: the window slides, products come, and are added up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEasingCurve, QObject, QPoint, QPointF, QRect, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.playback import BASE_INTERVAL
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.views.cells.pane_set import PaneSet
from cnn_tutor.pages.views.cells.tables import Table
from cnn_tutor.pages.views.cells.workings import Workings
from cnn_tutor.widgets.grids.cell_delegate import written_ground
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.overlays.connectors import Connector, Connectors, between
from cnn_tutor.widgets.overlays.motion_sheet import Flying, MotionSheet, Veil
from cnn_tutor.widgets.style import colours, motion
from cnn_tutor.widgets.style.states import set_opacity

SLIDE = 180
"""Milliseconds in which the window slides to its next place."""

_FASTEST, _SLOWEST = BASE_INTERVAL // 2, BASE_INTERVAL * 3 // 2
"""Milliseconds between steps: with less, nothing moves; with more, it is over sooner."""

_SHARE = 0.85
"""How much of the time between two steps something moves."""

_COMING, _FADE, _FLIGHT = 0.4, 0.2, 0.25
"""What is left after the slide is divided up: in which part of it the products begin to come, one
by one, and how long each of them takes to appear and to fly."""

_SUMMED, _WRITTEN = (0.55, 0.8), (0.7, 1.0)
"""From when to when the sum appears, and the output."""

_FLYING_LIMIT = 32
"""Products of which each flies to its sum; of more, they would be a swarm."""


@dataclass(frozen=True)
class Before:
    """What was to be seen before a step: the corner of the window in each grid, and the lines."""

    corners: dict[TensorGrid, tuple[int, int]]
    lines: tuple[Connector, ...]


@dataclass(frozen=True)
class _Fade:
    """A place whose content appears; ``start`` and ``end`` are milliseconds."""

    rect: QRect
    ground: QColor
    start: float
    end: float


@dataclass(frozen=True)
class _Flight:
    """A number that flies from one point to another, in milliseconds from ``start`` to ``end``."""

    text: str
    font: QFont
    way: tuple[QPointF, QPointF]
    start: float
    end: float


@dataclass
class _Scene:
    """All that moves between two steps, and where it goes."""

    slides: list[tuple[TensorGrid, QPoint]] = field(default_factory=list)
    lines: tuple[Sequence[Connector], Sequence[Connector]] = ((), ())
    fades: list[_Fade] = field(default_factory=list)
    flights: list[_Flight] = field(default_factory=list)
    labels: list[tuple[QWidget, float, float]] = field(default_factory=list)


class Motion(QObject):
    """Moves what is different after a step from how it was, on one clock.

    The board shows everything as it is to be at the end; what moves is painted over it, or put off
    its place, until it is there. So without motion, and at its end, the picture is the same.
    """

    def __init__(self, board: QWidget, state: LabState, connectors: Connectors) -> None:
        super().__init__(board)
        self._board, self._state, self._connectors = board, state, connectors
        self.sheet = MotionSheet(board)
        self._scene: _Scene | None = None
        self._slow = QEasingCurve(QEasingCurve.Type.OutCubic)
        self._fly = QEasingCurve(QEasingCurve.Type.InOutQuad)
        self._clock = QVariantAnimation(self)
        self._clock.valueChanged.connect(self._show)
        self._clock.finished.connect(self.finish)
        self._waits = False
        self.sheet.painted.connect(self._begin, Qt.ConnectionType.QueuedConnection)

    def before(self, panes: PaneSet) -> Before | None:
        """Take note of what is to be seen before a step; None if nothing is to move after it."""
        self.finish()
        playback = self._state.playback
        slowly = playback.playing and playback.interval >= _FASTEST
        if not (slowly and motion.may_move(self._board)):
            return None
        grids = [pane.grid for pane in panes.panes["x"].made.values()]
        corners = {grid: grid.corner for grid in grids if grid.reads and grid.isVisible()}
        return Before(corners, self._connectors.lines)

    def start(
        self, before: Before, panes: PaneSet, workings: Workings, old: Highlight, new: Highlight
    ) -> None:
        """Have everything come from where it was to where it is shown."""
        whole = _SHARE * min(self._state.playback.interval, _SLOWEST)
        scene = self._scene = _Scene(lines=(before.lines, self._connectors.lines))
        for grid, (row, column) in before.corners.items():
            if grid.reads and grid.corner != (row, column):
                (to_row, to_column), (wide, high) = grid.corner, grid.cell_size()
                way = QPoint((column - to_column) * wide, (row - to_row) * high)
                scene.slides.append((grid, way))
        begin = SLIDE if scene.slides else 0

        def at(share: float) -> float:
            return begin + share * (whole - begin)

        same = old.port == new.port and old.explanation.output == new.explanation.output
        added = range(old.shown if same else 0, new.shown)
        self._add_products(scene, workings, added, at)
        if new.complete and not (same and old.complete):
            self._add_output(scene, panes, new, at)
        self.sheet.setGeometry(self._board.rect())
        self.sheet.raise_()
        self.sheet.show()
        self._clock.setStartValue(0.0)
        self._clock.setEndValue(float(whole))
        self._clock.setDuration(round(whole))
        self._show(0.0)
        self._waits = True

    def _begin(self) -> None:
        """Start the clock once the first frame has been painted, with all that has changed."""
        if self._waits:
            self._waits = False
            self._clock.start()

    def finish(self) -> None:
        """Have everything where it is shown, at once."""
        self._waits = False
        self._clock.stop()
        if self._scene is not None:
            self._show(self._clock.endValue())
            self._scene = None
            self.sheet.draw((), ())

    # --- what moves ------------------------------------------------------------------------------

    def _add_products(
        self, scene: _Scene, workings: Workings, added: range, at: Callable[[float], float]
    ) -> None:
        cells = list(self._products(workings, added))
        apart = _COMING / max(1, len(cells) - 1)
        for n, (table, row, column) in enumerate(cells):
            pane, label = workings.pane(table), workings.sum_of(table)
            rect, grid = pane.cell_rect(row, column), pane.grid
            inset = 3 if grid.mark(row, column) else 1  # a ring stays where it is
            inner = rect.adjusted(inset, inset, -inset, -inset)
            start = n * apart
            fade = _Fade(inner, grid.ground(row, column), at(start), at(start + _FADE))
            scene.fades.append(fade)
            written = grid.number_in(row, column)
            if written and label.isVisible() and label.text() and len(cells) <= _FLYING_LIMIT:
                place, text, font = written
                begin = QPointF(place.translated(grid.pos()).center())
                end = QPointF(label.geometry().center())
                end.setX(label.x() + min(label.width(), label.sizeHint().width()) * 0.6)
                times = at(start + _FADE), at(start + _FADE + _FLIGHT)
                scene.flights.append(_Flight(text, font, (begin, end), *times))
        summed = at(_SUMMED[0]), at(_SUMMED[1])
        for table in workings.tables:
            places = range(table.before, table.before + len(table.step.terms))
            if workings.sum_of(table).isVisible() and set(places) & set(added):
                scene.labels.append((workings.sum_of(table), *summed))
        if added and workings.total.isVisible():
            scene.labels.append((workings.total, *summed))

    def _products(self, workings: Workings, added: range) -> Iterator[tuple[Table, int, int]]:
        for table in workings.tables:
            pane = workings.pane(table)
            if not pane.grid.isVisible():
                continue
            for n in range(table.inside):
                row, column = divmod(n, table.columns)
                if table.before + n in added and pane.cell_rect(row, column).isValid():
                    yield table, row, column

    def _add_output(
        self, scene: _Scene, panes: PaneSet, new: Highlight, at: Callable[[float], float]
    ) -> None:
        pane = panes.pane_of(OUTPUT, new.at)
        cell = pane.grid.tensor_model.cell_of(new.at)
        if cell is None or not pane.grid.isVisible() or not self._state.shows(new.at):
            return
        rect = pane.cell_rect(*cell)
        if rect.isValid():
            ring = rect.adjusted(3, 3, -3, -3)
            ground = written_ground(colours.current())
            scene.fades.append(_Fade(ring, ground, at(_WRITTEN[0]), at(_WRITTEN[1])))

    # --- moving ----------------------------------------------------------------------------------

    def _show(self, now: float) -> None:
        scene = self._scene
        if scene is None:
            return
        share = self._slow.valueForProgress(min(1.0, now / SLIDE))
        for grid, way in scene.slides:
            grid.set_slide(way * (1.0 - share))
        old, new = scene.lines
        self._connectors.set_lines(between(old, new, share) if share < 1 else new)
        veils = [
            Veil(fade.rect, fade.ground, 1 - done)
            for fade in scene.fades
            if (done := _done(now, fade.start, fade.end)) < 1
        ]
        self.sheet.draw(veils, list(self._flying(scene, now)))
        for label, start, end in scene.labels:
            set_opacity(label, _done(now, start, end))

    def _flying(self, scene: _Scene, now: float) -> Iterator[Flying]:
        ink = colours.colour(colours.current().text)
        for flight in scene.flights:
            done = _done(now, flight.start, flight.end)
            if 0 < done < 1:
                start, end = flight.way
                centre = start + (end - start) * self._fly.valueForProgress(done)
                yield Flying(flight.text, flight.font, ink, centre, 1 - done**3)


def _done(now: float, start: float, end: float) -> float:
    """Return how far something has come by now, from 0 to 1."""
    return max(0.0, min(1.0, (now - start) / (end - start)))
