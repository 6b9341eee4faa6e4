"""The wheel goes over every part of every page and dialog, and nothing is other than before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QScrollBar,
    QTabBar,
    QTreeWidget,
    QWidget,
)
from shiboken6 import isValid

from cnn_tutor.app.worksheet.worksheet_dialog import WorksheetDialog
from cnn_tutor.study.boards.views import VIEWS
from cnn_tutor.study.practice import PRACTICE, RESULTS
from tests.end_to_end.looks import window
from tests.helpers.widgets import ALT, CTRL, NONE, OFFSCREEN

__all__ = ["window"]
pytestmark = OFFSCREEN


def choices(window: QWidget) -> dict[str, object]:
    """Everything that somebody may have chosen, typed or gone to."""
    found: dict[str, object] = {"keyboard": QApplication.focusWidget()}
    for widget in window.findChildren(QWidget):
        value: object = None
        if isinstance(widget, QAbstractSpinBox | QLineEdit):
            value = widget.text()
        elif isinstance(widget, QComboBox | QTabBar):
            value = widget.currentIndex()
        elif isinstance(widget, QAbstractButton):
            value = widget.isChecked()
        elif isinstance(widget, QAbstractSlider) and not isinstance(widget, QScrollBar):
            value = widget.value()
        elif isinstance(widget, QListWidget | QTreeWidget):
            value = widget.currentIndex().data()
        if value is not None:
            name = f"{type(widget).__name__} {widget.objectName()}"
            found[f"{name} {sum(key.startswith(name) for key in found)}"] = value
    return found


def places(window: QWidget) -> Iterator[tuple[QWidget, QPoint]]:
    """Everything in sight, and where in the window it is."""
    for widget in window.findChildren(QWidget):
        if not isValid(widget):  # a ring goes when the keyboard does
            continue
        seen = widget.visibleRegion().boundingRect()
        if not seen.isEmpty():
            yield widget, widget.mapTo(window, seen.center())


def scrub_with_the_wheel(window: QWidget) -> None:
    """Turn the wheel over everything in sight."""
    handle = window.windowHandle()
    for _, at in places(window):
        for angle in (120, -120):
            QTest.wheelEvent(handle, at, QPoint(0, angle), QPoint(), NONE)
            QTest.wheelEvent(handle, at, QPoint(angle, 0), QPoint(), NONE)


@pytest.mark.parametrize(
    "chapter", ["convolution", "rgb", "dropout", "lesson_convolution", "practice", "results"]
)
def test_scrolling_changes_nothing(window, chapter: str) -> None:
    window.open_chapter(chapter)
    for view in VIEWS if chapter not in (PRACTICE, RESULTS) else [""]:
        if view:
            window.lab.state.show_view(view)
        QApplication.processEvents()
        project, before = window.document.project, choices(window)
        scrub_with_the_wheel(window)
        assert choices(window) == before, view
        assert window.document.project is project


def test_with_control_the_wheel_zooms_over_whatever_it_is_and_changes_nothing(window) -> None:
    window.open_chapter("convolution")
    QApplication.processEvents()
    before = choices(window)
    handle, kinds = window.windowHandle(), {type(w): at for w, at in places(window)}
    for kind, at in kinds.items():
        QTest.wheelEvent(handle, at, QPoint(0, -120), QPoint(), CTRL)
        assert window.framing.zoom == 90, kind
        QTest.wheelEvent(handle, at, QPoint(0, 120), QPoint(), CTRL)
        assert window.framing.zoom == 100, kind
    assert choices(window) == before


def test_scrolling_over_the_worksheet_changes_nothing(window, qtbot) -> None:
    dialog = WorksheetDialog(window)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    for holder in dialog.findChildren(QComboBox):
        holder.setFocus()
        before = choices(dialog)
        scrub_with_the_wheel(dialog)
        assert choices(dialog) == before
    dialog.close()


def test_alt_that_was_held_for_the_wheel_does_not_open_the_menu_bar(window) -> None:
    window.open_chapter("convolution")
    kernel = window.findChild(QWidget, "kernel")
    kernel.setFocus()
    kernel.go_to(1, 1)
    handle = window.windowHandle()
    at = kernel.viewport().mapTo(window, kernel.visualRect(kernel.currentIndex()).center())
    for turned, opened in ((False, True), (True, False)):
        QTest.keyPress(handle, Qt.Key.Key_Alt)
        if turned:
            QTest.wheelEvent(handle, at, QPoint(120, 0), QPoint(), ALT)
        QTest.keyRelease(handle, Qt.Key.Key_Alt)
        assert (window.menuBar().activeAction() is not None) is opened
        QTest.keyClick(handle, Qt.Key.Key_Escape)
        kernel.setFocus()
