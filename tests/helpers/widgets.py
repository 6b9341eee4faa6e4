"""What the tests of widgets share: a window around a part, and keys typed as a person does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.window import Pair
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.grids.tensor_model import NO_PADS
from cnn_tutor.widgets.style import colours

Key = Qt.Key
OFFSCREEN = pytest.mark.qt_log_ignore("This plugin does not support")
"""Qt without a screen says this of every window and menu that is shown."""

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


Window = TypeVar("Window", bound=QWidget)


def kept(qtbot: QtBot, window: Window) -> Window:
    """Return a window that lives to the end of the test; what stands in it would go with it."""
    qtbot.addWidget(window, before_close_func=lambda _, kept=window: None)  # which holds it
    return window


def in_window(qtbot: QtBot, *widgets: QWidget, size: tuple[int, int] = (400, 400)) -> QWidget:
    """Show widgets one under the other in an active window of their own."""
    window = kept(qtbot, QWidget())
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    window.resize(*size)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def focused() -> QWidget:
    """Return the widget that the keyboard is in."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(qtbot: QtBot, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press keys one after the other, each where the keyboard is then."""
    for key in keys:
        qtbot.keyClick(focused(), key, modifiers)


def type_text(qtbot: QtBot, text: str) -> None:
    """Type letters one after the other, each where the keyboard is then."""
    for letter in text:
        if letter.isascii():
            qtbot.keyClicks(focused(), letter)
        else:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(focused(), QKeyEvent(kind, Key.Key_unknown, NONE, letter))


def turn_wheel(
    widget: QWidget, at: QPoint, angle: int, held: Qt.KeyboardModifier = NONE
) -> QWheelEvent:
    """Turn the wheel over a place by an angle of which 120 is one click; return the event.

    With Alt held it goes sideways, as most systems have it.
    """
    sideways = bool(held & ALT)
    event = QWheelEvent(
        QPointF(at),
        QPointF(widget.mapToGlobal(at)),
        QPoint(),
        QPoint(angle, 0) if sideways else QPoint(0, angle),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event


def picture(widget: QWidget) -> QImage:
    """Return what a widget looks like now."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def pixels(image: QImage) -> Array:
    """Return an image's colours as rows of 32-bit numbers."""
    data = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    return data[:, : image.width()].copy()


def inks(image: QImage, *names: str) -> set[str]:
    """Return which of some colours of the theme are in a picture."""
    seen = set(pixels(image).flatten().tolist())
    return {name for name in names if QColor(getattr(colours.current(), name)).rgb() in seen}


def inked(widget: QWidget, name: str) -> Array:
    """Return the (x, y) of every pixel of a widget that is in a colour."""
    return np.argwhere(QColor(name).rgb() == pixels(picture(widget)).T)


def texts(model: QAbstractItemModel, role: int = Qt.ItemDataRole.DisplayRole) -> list[list[Any]]:
    """Return what stands in the rows of a model."""
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[model.index(row, column).data(role) for column in columns] for row in rows]


def contrast(one: str | QColor, other: str | QColor) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""

    def luminance(colour: QColor) -> float:
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(share * p for share, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (light + 0.05) / (dark + 0.05)


def cell_centre(grid: GridView, row: int, column: int) -> QPoint:
    """Return the middle of a cell on the grid's viewport."""
    return grid.visualRect(grid.model().index(row, column)).center()


@dataclass
class Hands:
    """Works a grid with the keyboard and the mouse."""

    qtbot: QtBot
    grid: GridView

    @property
    def at(self) -> tuple[int, int]:
        """The keyboard's cell."""
        index = self.grid.currentIndex()
        return index.row(), index.column()

    @property
    def editor(self) -> QLineEdit | None:
        """The line in which a cell is typed, while there is one."""
        widget = QApplication.focusWidget()
        return widget if isinstance(widget, QLineEdit) and self.grid.isAncestorOf(widget) else None

    @property
    def selected(self) -> set[tuple[int, int]]:
        return {(i.row(), i.column()) for i in self.grid.selectedIndexes()}

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press keys; those that end the typing take effect before this returns."""
        for key in keys:
            typing = self.editor
            press(self.qtbot, key, modifiers=modifiers)
            ends = (Key.Key_Return, Key.Key_Enter, Key.Key_Escape, Key.Key_Tab, Key.Key_Backtab)
            if typing is not None and key in ends:
                self.qtbot.waitUntil(lambda typing=typing: self.editor is not typing)

    def type(self, text: str) -> None:
        type_text(self.qtbot, text)

    def click(self, row: int, column: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        where = cell_centre(self.grid, row, column)
        self.qtbot.mouseClick(self.grid.viewport(), LEFT, modifiers, where)

    def drag(self, *cells: tuple[int, int]) -> None:
        """Press on the first cell, move over the others and let go on the last one."""
        ground = self.grid.viewport()
        first, *others = (cell_centre(self.grid, *cell) for cell in cells)
        self.qtbot.mousePress(ground, LEFT, pos=first)
        for place in others:
            self.qtbot.mouseMove(ground, place)
        self.qtbot.mouseRelease(ground, LEFT, pos=others[-1])

    def turn(
        self, row: int, column: int, angle: int, held: Qt.KeyboardModifier = NONE
    ) -> QWheelEvent:
        """Turn the wheel over a cell."""
        place = cell_centre(self.grid, row, column)
        return turn_wheel(self.grid.viewport(), place, angle, held)


@dataclass
class Sheet(Hands):
    """A grid whose edits are written into its tensor, as a document would."""

    grid: TensorGrid
    tensor: Array
    window: QWidget
    edits: list[tuple[dict[Index, float], int]] = field(default_factory=list)
    refusals: list[tuple[int, int, Refusal]] = field(default_factory=list)

    def write(self, cells: dict[Index, float], gesture: int) -> None:
        self.edits.append((dict(cells), gesture))
        for index, value in cells.items():
            self.tensor[index] = value
            self.grid.tensor_model.refresh(tuple(slice(i, i + 1) for i in index))

    def refuse(self, row: int, column: int, refusal: Refusal) -> None:
        self.refusals.append((row, column, refusal))

    @property
    def rows(self) -> list[list[float]]:
        """The numbers of the first plane."""
        return self.tensor.reshape(*self.tensor.shape[:2], -1)[..., 0].tolist()


def sheet(
    qtbot: QtBot,
    rows: object = ((1, 2, 3), (4, 5, 6), (7, 8, 9)),
    *,
    editable: bool = True,
    switches: bool = False,
    pads: tuple[Pair, Pair] = NO_PADS,
    cell: tuple[int, int] = (60, 40),
    size: tuple[int, int] = (400, 400),
) -> Sheet:
    """Show rows of numbers as a plane of a tensor, between two other things to tab to."""
    plane = np.array(rows, np.float64)
    tensor = plane[..., None] if plane.ndim == 2 else plane
    grid = TensorGrid("read", editable, switches)
    grid.set_cell_size(*cell)
    before, after = QLineEdit(), QLineEdit()
    before.setObjectName("before")
    after.setObjectName("after")
    window = in_window(qtbot, before, grid, after, size=size)
    grid.tensor_model.show(tensor, (0,) if plane.ndim == 2 else (), pads)
    made = Sheet(qtbot, grid, tensor, window)
    grid.cells_edited.connect(made.write)
    grid.refused.connect(made.refuse)
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    return made
