"""What the tests of boards share: what is read off them, and a convolution worked by hand."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QTableView, QWidget

from cnn_tutor.pages.panels.layer_settings import Key
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.overlays.notice import Notice
from tests.helpers.driver import settle

Grid = list[list[float]]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def number(text: str) -> float:
    """Return the number that is written in a cell; of a product, what it makes."""
    return float(text.rpartition(" = ")[2].replace("−", "-"))


def numbers_of(lab: Any, name: str) -> Grid:
    """Return the numbers of a grid, with the padding around them."""
    return [[number(text) for text in row] for row in lab.read(name)]


def names(lab: Any, port: str, visible: bool = True) -> list[str]:
    """Return the names of a port's grids, those that can be seen or all of them."""
    settle()
    grids = lab.lab.board.findChildren(QTableView)
    found = [grid.objectName() for grid in grids if grid.isVisible() or not visible]
    return sorted(name for name in found if name.partition("[")[0] == port)


def marked(lab: Any, name: str, mark: Mark) -> set[tuple[int, int]]:
    """Return the cells of a grid that have a mark."""
    grid, model = lab.grid(name), lab.grid(name).model()
    cells = itertools.product(range(model.rowCount()), range(model.columnCount()))
    return {cell for cell in cells if grid.mark(*cell) & mark}


def plain(label: QWidget) -> str:
    """Return what stands on a label or a button, without its markup."""
    assert isinstance(label, QLabel | QAbstractButton)
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


def enter(lab: Any, name: str, text: str) -> None:
    """Type a number into one of the settings' boxes."""
    box = lab.part(name)
    box.setFocus()
    box.selectAll()
    lab.type(text)


def setting(name: str) -> Key:
    """Return the key of a row in the settings, by the name of its box."""
    what, *rest = name.split(":")
    if what == "pads" and len(rest) == 1:
        rest.insert(0, "padding")
    return Key(what, rest[0], *map(int, rest[1:]))


def refusals(lab: Any) -> list[QLabel]:
    """Return the messages that stand under settings."""
    return [label for label in lab.lab.findChildren(QLabel, "refusal") if label.isVisible()]


def place(lab: Any, widget: QWidget) -> QRect:
    """Return where a widget is in the lab."""
    return QRect(widget.mapTo(lab.lab, widget.rect().topLeft()), widget.size())


def tab(bar: QWidget, wanted: str) -> None:
    """Click the tab that says this."""
    assert isinstance(bar, QTabBar)
    (at,) = (n for n in range(bar.count()) if bar.tabText(n) == wanted)
    QTest.mouseClick(bar, LEFT, NONE, bar.tabRect(at).center())


def by_terms(lab: Any) -> None:
    """Let a step be a term, and go to the first one, by key."""
    unit = lab.part("step_unit")
    unit.setFocus()
    QTest.keyClick(unit, Qt.Key.Key_Down)
    QTest.keyClick(lab.part("step_slider"), Qt.Key.Key_Home)


def convolved(
    channels: list[Grid], planes: list[Grid], bias: float, strides: tuple[int, int] = (1, 1)
) -> Grid:
    """Slide a filter over channels that have their padding: sums of products."""
    sides, (down, right) = np.shape(planes[0]), strides
    windows = sliding_window_view(np.array(channels), sides, axis=(1, 2))[:, ::down, ::right]
    return (np.einsum("crqij,cij->rq", windows, planes) + bias).tolist()


def said(lab: Any) -> list[str]:
    """Return the messages that can be seen over the lab."""
    return [notice.text() for notice in lab.lab.findChildren(Notice) if notice.isVisible()]
