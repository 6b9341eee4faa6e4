from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.project.limits import MAX_ZOOM, MIN_ZOOM
from cnn_tutor.widgets.controls.scrolling import ZoomArea
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.style.sizes import digits, letters
from tests.helpers.lesson_window import opened, part, press, settle
from tests.helpers.widgets import CTRL

SIDEBAR, PANEL = "sidebar", "inspector"


@pytest.fixture
def window(qtbot, preferences) -> MainWindow:
    return opened(qtbot, MainWindow(preferences), 1360, 800)


def do(window: MainWindow, keys: str) -> None:
    press(window, keys)
    settle()


def turn_wheel(window: MainWindow, over: QWidget, at: QPoint) -> None:
    place, angle = QPointF(over.mapTo(window, at)), QPoint(0, 120)
    QTest.wheelEvent(window.windowHandle(), place, angle, QPoint(), CTRL)
    settle()


def grid(window: MainWindow, name: str = "output") -> TensorGrid:
    found = part(window, name)
    assert isinstance(found, TensorGrid)
    return found


def seen(window: MainWindow, *names: str) -> list[bool]:
    return [part(window, name).isVisible() for name in names]


# --- zoom ----------------------------------------------------------------------------------------


def test_keys_zoom_board_and_text(window) -> None:
    high, cell = letters(), grid(window).cell_size()
    do(window, "Ctrl++")
    do(window, "Ctrl++")
    assert window.framing.zoom == 125
    assert letters() > high
    assert grid(window).cell_size() > cell
    do(window, "Ctrl+-")
    assert window.framing.zoom == 110
    do(window, "Ctrl+0")
    assert window.framing.zoom == 100
    assert letters() == high
    assert grid(window).cell_size() == cell


def test_plus_zooms_in_where_it_is_on_the_key_of_the_equals_sign(window) -> None:
    do(window, "Ctrl+=")
    assert window.framing.zoom == 110


def test_the_wheel_zooms_with_control_and_keeps_what_is_under_the_pointer(window) -> None:
    kernel = grid(window, "kernel")
    for _ in range(5):
        before = kernel.mapTo(window, kernel.rect().center())
        turn_wheel(window, kernel, kernel.rect().center())
    assert window.framing.zoom == 200
    now = kernel.mapTo(window, kernel.rect().center())
    assert (now - before).manhattanLength() < 8


def test_zoom_ends_at_its_limits(window) -> None:
    for _ in range(20):
        do(window, "Ctrl++")
    assert window.framing.zoom == MAX_ZOOM
    for _ in range(20):
        do(window, "Ctrl+-")
    assert window.framing.zoom == MIN_ZOOM


def test_zoom_is_remembered(window, qtbot) -> None:
    do(window, "Ctrl++")
    window.close()
    again = opened(qtbot, MainWindow(Preferences()), 1360, 800)
    assert again.framing.zoom == 110
    assert letters() > 14


# --- panels --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "button", "panel"),
    [("Ctrl+B", "fold_chapters", SIDEBAR), ("Ctrl+Shift+B", "fold_panel", PANEL)],
)
def test_a_panel_folds_by_its_key_and_by_its_button(window, keys, button, panel) -> None:
    wide = window.lab.views.width()
    do(window, keys)
    assert seen(window, panel) == [False]
    assert window.lab.views.width() > wide
    do(window, keys)
    assert seen(window, panel) == [True]
    assert window.lab.views.width() == wide
    for name in (button, f"{panel}_edge"):
        QTest.mouseClick(part(window, name), Qt.MouseButton.LeftButton)
        settle()
        assert seen(window, panel) == [name != button]


def test_folded_panels_are_remembered(window, qtbot) -> None:
    do(window, "Ctrl+Shift+B")
    window.close()
    again = opened(qtbot, MainWindow(Preferences()), 1360, 800)
    assert seen(again, SIDEBAR, PANEL) == [True, False]


def test_the_keyboard_goes_along_with_a_panel_and_round_without_it(window) -> None:
    window.findChild(QWidget, "chapters").setFocus()
    QTest.mouseClick(part(window, "fold_chapters"), Qt.MouseButton.LeftButton)
    settle()
    parts = set()
    for _ in range(8):
        do(window, "F6")
        focus = QApplication.focusWidget()
        assert focus.isVisible()
        parts.add(focus.objectName())
    assert "chapters" not in parts
    assert len(parts) > 2


def test_a_narrow_window_folds_them_by_itself_and_opens_one_at_a_time(window) -> None:
    window.resize(1200, 700)
    settle()
    assert seen(window, SIDEBAR, PANEL) == [False, False]
    do(window, "Ctrl+B")
    assert seen(window, SIDEBAR, PANEL) == [True, False]
    do(window, "Ctrl+Shift+B")
    assert seen(window, SIDEBAR, PANEL) == [False, True]
    window.resize(1360, 800)
    settle()
    assert seen(window, SIDEBAR, PANEL) == [True, True]


# --- presentation --------------------------------------------------------------------------------


def test_a_presentation_is_of_the_board_its_caption_and_its_player_alone(window) -> None:
    high = letters()
    do(window, "F11")
    assert seen(window, SIDEBAR, PANEL) == [False, False]
    assert not window.menuBar().isVisible()
    assert seen(window, "caption_card", "player", "output") == [True, True, True]
    assert letters() > high
    edges = [w for w in window.findChildren(QToolButton) if w.objectName().endswith("_edge")]
    assert not any(edge.isVisible() for edge in edges)
    do(window, "F11")
    assert seen(window, SIDEBAR, PANEL) == [True, True]
    assert window.menuBar().isVisible()
    assert letters() == high


def test_escape_ends_a_presentation(window) -> None:
    do(window, "F11")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    settle()
    assert not window.framing.presents
    assert not window.isFullScreen()


def test_keys_still_step_and_zoom_in_a_presentation(window) -> None:
    do(window, "F11")
    do(window, "Alt+Home")
    at = window.lab.playback.at
    do(window, "Alt+Right")
    assert window.lab.playback.at != at
    do(window, "Ctrl++")
    assert window.framing.zoom == 110


def test_digits_are_read_from_the_back_of_a_room(window) -> None:
    """On a projector of 1280 by 720, a board of 5 by 5 has digits of 28 pixels at least."""
    window.framing.present(True, full_screen=False)
    window.resize(1280, 720)
    settle()
    for name in ("x", "kernel", "output"):
        shown = grid(window, name)
        wide, high = shown.cell_size()
        assert shown.text_size(wide - 6, digits(high)) >= 28, (name, wide, high)


def test_a_presentation_takes_the_whole_screen(window) -> None:
    do(window, "F11")
    assert window.isFullScreen()
    assert window.size() == QGuiApplication.primaryScreen().size() or window.width() >= 1120


def test_the_keyboard_goes_round_without_what_a_presentation_hides(window) -> None:
    do(window, "F11")
    for _ in range(8):
        do(window, "F6")
        assert QApplication.focusWidget().isVisible()


def test_a_panel_can_be_had_in_a_presentation(window) -> None:
    do(window, "F11")
    do(window, "Ctrl+Shift+B")
    assert seen(window, SIDEBAR, PANEL) == [False, True]
    do(window, "F11")
    do(window, "F11")
    assert seen(window, SIDEBAR, PANEL) == [False, False]


def test_a_panel_that_a_lesson_has_opened_goes_with_the_lesson(window) -> None:
    do(window, "Ctrl+Shift+B")
    window.open_chapter("lesson_padding")
    lesson = window.guide.lesson
    assert lesson is not None
    needing = next(n for n in range(len(lesson.steps)) if "panel" in lesson.needs(n))
    window.guide.go_to(needing)
    settle()
    assert seen(window, PANEL) == [True]
    window.open_chapter("blur")
    settle()
    assert seen(window, PANEL) == [False]


def test_a_board_that_only_became_too_high_is_scrolled_down_and_not_sideways(window) -> None:
    window.resize(1280, 700)
    settle()
    do(window, "Ctrl++")
    (area,) = (one for one in window.lab.findChildren(ZoomArea) if one.isVisible())
    assert area.verticalScrollBar().maximum() > 0
    assert area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("page", ["convolution", "rgb", "deck_network"])
def test_the_chapter_that_is_on_stays_in_sight_in_a_lower_window(window, page) -> None:
    window.open_chapter(page)
    for high in (760, 700, 640):
        window.resize(1360, high)
        settle()
        chapters = part(window, "chapters")
        assert isinstance(chapters, ChapterList)
        line = chapters.visualRect(chapters.currentIndex())
        assert chapters.viewport().rect().contains(line), high
