"""Where the things are that a lesson points at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from cnn_tutor.engine.region import Region
from cnn_tutor.pages.panels.inspector import Inspector
from cnn_tutor.pages.panels.layer_row import LayerRow
from cnn_tutor.pages.views.view_tabs import ViewTabs
from cnn_tutor.study.lessons.language.target import CELLS, Target
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.grids.tensor_model import TensorModel

_USUAL, _IN_GRID, _IN_ROWS, _TABS = (4, 4), (3, 3), (4, 2), (0, 2)
"""How far outside of a thing its frame is, across and down: so that its neighbours stay clear."""

_SMALL = 10
"""A frame is no further from a cell than its side divided by this."""

_ROOM = 12
"""Around what is scrolled into sight, in pixels."""

_LEAST = 6
"""Of what is cut off, so many pixels have to be in sight for it to be seen at all."""


@dataclass(frozen=True)
class Spot:
    """One thing to draw a frame around: parts of widgets, which may be out of sight."""

    parts: tuple[tuple[QWidget, QRect], ...]
    outset: tuple[int, int] = _USUAL
    """How far outside of it the frame is, across and down."""

    def place(self, lab: QWidget) -> QRect:
        """Return the place in the lab of what is in sight; an empty one if nothing is."""
        place = QRect()
        for widget, rect in self.parts:
            place = place.united(_in_sight(widget, rect, lab))
        return place


class TargetPlaces:
    """Finds what a target means now. What is not there, now or ever, is found nowhere."""

    def __init__(
        self, views: ViewTabs, inspector: Inspector, layer_row: LayerRow, player: QWidget
    ) -> None:
        self._views, self._inspector, self._layer_row = views, inspector, layer_row
        self._found: Mapping[str, Callable[[Target], Iterator[Spot]]] = {
            CELLS: self._cells,
            "settings": self._settings,
            "views": self._tabs,
            "chain": lambda target: iter([_around(*layer_row.parts(target.name))]),
            "products": lambda target: map(_all_of, self._grids("products")),
            "formula": lambda target: iter([_around(inspector.formula)]),
            "size": lambda target: iter([_around(inspector.size_card)]),
            "player": lambda target: iter([_around(player)]),
            "code": lambda target: iter([_around(inspector.code)]),
        }

    def spots(self, target: Target) -> list[Spot]:
        """Return what a target means, hidden or not."""
        find = self._found.get(target.part)
        return list(find(target)) if find is not None else []

    def bring_into_sight(self, target: Target) -> None:
        """Scroll to a target: the inspector to a setting, a grid to its cells, a row to a layer."""
        if target.part == CELLS:
            for grid in self._tensor_grids(target.name):
                block = _block(grid.tensor_model, target.box) if target.box is not None else None
                if block is not None and grid.isVisibleTo(self._views):
                    for cell in (block[2:], block[:2]):  # the first one above all
                        grid.scrollTo(grid.tensor_model.index(*cell))
            return
        if target.part == "chain":
            self._layer_row.row.look_at(target.name)
        for spot in reversed(self.spots(target)):
            for widget, _ in reversed(spot.parts):
                if self._inspector.isAncestorOf(widget) and widget.isVisibleTo(self._inspector):
                    self._inspector.ensureWidgetVisible(widget, 0, _ROOM)

    # --- inside ----------------------------------------------------------------------------------

    def _cells(self, target: Target) -> Iterator[Spot]:
        for grid in self._tensor_grids(target.name):
            if target.box is None or grid.isHidden():  # of many planes only a few are seen
                yield _all_of(grid)
                continue
            block = _block(grid.tensor_model, target.box)
            if block is not None:
                rect = grid.cell_rect(*block[:2]).united(grid.cell_rect(*block[2:]))
                seen = rect.intersected(grid.viewport().geometry())
                out = min(*_IN_GRID, max(1, min(grid.cell_size()) // _SMALL))
                yield Spot(((grid, seen),), (out, out))

    def _settings(self, target: Target) -> Iterator[Spot]:
        if not target.name:
            yield _around(self._inspector.form)
        for run in self._inspector.rows_about(target.name):
            yield replace(_around(*run), outset=_IN_ROWS)

    def _tabs(self, target: Target) -> Iterator[Spot]:
        tabs = self._views.tabs
        if not target.name:
            yield _around(tabs)
        for place in range(tabs.count()):
            if tabs.tabData(place) == target.name:
                yield Spot(((tabs, tabs.tabRect(place)),), _TABS)

    def _grids(self, name: str) -> list[GridView]:
        """The grids of a port or of the products: one by this name, or ``name[0]``, ``name[1]``."""
        near = Qt.FindChildOption.FindDirectChildrenOnly
        grids = self._views.board.findChildren(GridView, options=near)
        return [grid for grid in grids if name and grid.objectName().partition("[")[0] == name]

    def _tensor_grids(self, port: str) -> list[TensorGrid]:
        return [grid for grid in self._grids(port) if isinstance(grid, TensorGrid)]


def _around(*widgets: QWidget) -> Spot:
    return Spot(tuple((widget, widget.rect()) for widget in widgets))


def _all_of(grid: GridView) -> Spot:
    model = grid.model()
    if grid.isHidden() or not model.rowCount() or not model.columnCount():
        return Spot(((grid, QRect()),))
    cells = grid.cell_rect(0, 0).united(
        grid.cell_rect(model.rowCount() - 1, model.columnCount() - 1)
    )
    return Spot(((grid, cells.intersected(grid.viewport().geometry())),), _IN_GRID)


def _block(model: TensorModel, box: Region) -> tuple[int, int, int, int] | None:
    """Return the first row and column of a box's cells in a plane, and the last; None if none."""
    origin = model.tensor_index(0, 0)
    if len(box) != len(origin):
        return None
    axes = [range(part.start, part.stop, part.step or 1) for part in box]
    if any(place not in axis for place, axis in zip(origin[2:], axes[2:], strict=True)):
        return None
    block = []
    for first, axis, count in zip(
        (*origin[:2], 0), (*axes[:2], range(1)), (model.rowCount(), model.columnCount()),
        strict=False,
    ):  # fmt: skip
        inside = [place - first for place in axis if 0 <= place - first < count]
        if not inside:
            return None
        block.append((inside[0], inside[-1]))
    (top, bottom), (left, right) = block
    return top, left, bottom, right


def _in_sight(widget: QWidget, rect: QRect, lab: QWidget) -> QRect:
    """Return the place in the lab of a part of a widget, without what is cut off or hidden."""
    if not widget.isVisibleTo(lab):
        return QRect()
    place, above = QRect(rect), widget
    while above is not lab:
        place = place.intersected(above.rect()).translated(above.pos())
        parent = above.parentWidget()
        if parent is None:
            return QRect()
        above = parent
    least = min(_LEAST, rect.width(), rect.height())
    return place if min(place.width(), place.height()) >= least else QRect()
