"""The ring around what has the keyboard: the same on everything, and nothing moves for it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.app.style.appearance import THEMES, Theme
from cnn_tutor.widgets.controls.chip_row import Chip, ChipRow
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.focus_ring import FocusRing
from tests.helpers.widgets import OFFSCREEN, Key, in_window, picture, pixels, press, sheet


def tabs() -> QTabBar:
    bar = QTabBar()
    bar.setObjectName("views")
    for name in ("Cells", "Units"):
        bar.addTab(name)
    return bar


def link() -> QLabel:
    label = QLabel('A <a href="x">link</a>')
    label.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByKeyboard)
    return label


def played() -> QToolButton:
    button = QToolButton()
    button.setObjectName("lesson_next")
    return button


MADE: dict[str, Callable[[], QWidget]] = {
    "check box": lambda: QCheckBox("text"),
    "radio button": lambda: QRadioButton("text"),
    "slider": lambda: QSlider(Qt.Orientation.Horizontal),
    "line edit": QLineEdit,
    "spin box": QSpinBox,
    "combo box": QComboBox,
    "push button": lambda: QPushButton("text"),
    "styled button": played,
    "tabs": tabs,
    "list": QListWidget,
    "link": link,
}

themes = pytest.mark.parametrize("theme", THEMES[1:])


def ringed(window: QWidget) -> np.ndarray:
    """Say of every pixel of a window whether it has the colour of the ring."""
    return pixels(picture(window)) == QColor(colours.current().focus).rgb()


def runs(line: np.ndarray) -> list[int]:
    """Return the lengths of what is true in a row."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], line.astype(int), [0]))))
    return [int(n) for n in edges[1::2] - edges[::2]]


@themes
@pytest.mark.parametrize("kind", MADE)
def test_a_ring_of_two_pixels_is_around_what_has_the_keyboard(
    qtbot: QtBot, theme: Theme, kind: str
) -> None:
    appearance.apply(theme)
    before, made = QPushButton("before"), MADE[kind]()
    window = in_window(qtbot, before, made)
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    places = [(part.geometry(), part.sizeHint()) for part in (before, made)]
    press(qtbot, Key.Key_Tab)
    assert made.hasFocus()
    assert [(part.geometry(), part.sizeHint()) for part in (before, made)] == places
    (ring,) = (found for found in window.findChildren(FocusRing) if found.isVisible())
    box = QRect(ring.mapTo(window, QPoint()), ring.size())
    seen = ringed(window)
    across = seen[:, box.x() : box.right() + 1]
    middle = box.x() + box.width() // 4 * 3
    for line in (seen[box.y() : box.bottom() + 1, middle], across[box.center().y()]):
        assert line[:2].all()
        assert line[-2:].all()
        assert runs(line)[0] == runs(line)[-1] == colours.RING
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    assert not ring.isVisible()


@themes
def test_a_cell_has_the_same_ring(qtbot: QtBot, theme: Theme) -> None:
    appearance.apply(theme)
    shown = sheet(qtbot)
    shown.grid.setFocus()
    qtbot.waitUntil(shown.grid.hasFocus)
    cell = shown.grid.cell_rect(1, 1)
    QTest.mouseClick(
        shown.grid.viewport(),
        Qt.MouseButton.LeftButton,
        pos=shown.grid.visualRect(shown.grid.model().index(1, 1)).center(),
    )
    seen = ringed(shown.grid)
    assert not shown.grid.findChildren(FocusRing)
    for line in (
        seen[cell.y() : cell.bottom() + 1, cell.x() + cell.width() // 4],
        seen[cell.y() + cell.height() // 5, cell.x() : cell.right() + 1],
    ):
        assert runs(line)[0] == runs(line)[-1] == colours.RING
        assert line[:2].all()
        assert line[-2:].all()


def test_what_rings_a_part_of_it_has_no_second_ring(qtbot: QtBot) -> None:
    row = ChipRow()
    row.show_chips([Chip("a", "one", ""), Chip("b", "two", "")], "a")
    window = in_window(qtbot, QPushButton("before"), row)
    row.setFocus()
    qtbot.waitUntil(row.hasFocus)
    assert not any(ring.isVisible() for ring in window.findChildren(FocusRing))
    assert ringed(row).any()


def visible(window: QWidget) -> list[FocusRing]:
    return [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]


@OFFSCREEN
def test_the_ring_is_there_while_a_menu_is_open_and_after_it(qtbot: QtBot) -> None:
    line = QLineEdit()
    window = in_window(qtbot, line)
    menu = QMenu(line)
    menu.addAction("Copy")
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    menu.popup(QPoint())
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Key.Key_Escape)
    qtbot.waitUntil(lambda: not menu.isVisible())
    assert line.hasFocus()
    assert len(visible(window)) == 1


def test_the_ring_follows_what_it_is_around(qtbot: QtBot) -> None:
    above, check = QPushButton("above"), QCheckBox("text")
    window = in_window(qtbot, above, check)
    check.setFocus()
    qtbot.waitUntil(check.hasFocus)
    (ring,) = visible(window)
    was = check.geometry()
    above.setFixedHeight(190)
    qtbot.waitUntil(lambda: check.geometry() != was)
    assert ring.geometry().contains(check.geometry())


def test_the_ring_goes_to_the_tab_that_is_on(qtbot: QtBot) -> None:
    bar = tabs()
    in_window(qtbot, bar)
    bar.setFocus()
    qtbot.waitUntil(bar.hasFocus)
    (ring,) = bar.findChildren(FocusRing)
    assert ring.geometry() == bar.tabRect(0)
    press(qtbot, Key.Key_Right)
    assert ring.geometry() == bar.tabRect(1)


@OFFSCREEN
def test_a_box_that_is_opened_again_and_again_keeps_one_ring(qtbot: QtBot) -> None:
    box = QComboBox()
    box.addItems(["same", "valid"])
    in_window(qtbot, box)
    box.setFocus()
    for _ in range(3):
        box.showPopup()
        qtbot.waitUntil(box.view().isVisible)
        box.hidePopup()
        qtbot.waitUntil(lambda: not box.view().isVisible())
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(box.window().findChildren(FocusRing)) == 1
    assert not box.view().findChildren(FocusRing)
