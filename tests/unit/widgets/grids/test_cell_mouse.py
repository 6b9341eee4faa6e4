"""Pointing, clicking, dragging and turning the wheel over a grid of numbers."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.app.style.appearance import Theme
from cnn_tutor.widgets.style import colours
from tests.helpers.widgets import ALT, CTRL, LEFT, NONE, SHIFT, Key, Sheet, cell_centre, sheet

RING = ((1, 1), (1, 1))


def test_a_double_click_opens_the_cell(qtbot: QtBot, paper: Sheet) -> None:
    where = cell_centre(paper.grid, 1, 1)
    qtbot.mouseClick(paper.grid.viewport(), LEFT, pos=where)
    qtbot.mouseDClick(paper.grid.viewport(), LEFT, pos=where)
    assert paper.editor is not None
    assert paper.editor.text() == "5"
    paper.type("50")
    paper.press(Key.Key_Tab)
    assert paper.edits == [({(1, 1, 0): 50.0}, 0)]


def test_a_click_elsewhere_keeps_what_was_typed(paper: Sheet) -> None:
    pinned: list[tuple[int, int]] = []
    paper.grid.pinned.connect(pinned.append)
    paper.type("12")
    paper.click(2, 2)
    assert paper.edits == [({(0, 0, 0): 12.0}, 0)]
    assert paper.at == (2, 2)
    assert pinned == [(2, 2)]  # announced once
    paper.type("x")
    paper.click(0, 0)
    assert len(paper.edits) == 1
    assert [(r, c, why.reason) for r, c, why in paper.refusals] == [(2, 2, "not_a_number")]


def test_the_pointer_is_announced_cell_by_cell_and_when_it_leaves(qtbot: QtBot) -> None:
    paper = sheet(qtbot, size=(400, 400))
    seen: list[object] = []
    paper.grid.hovered.connect(seen.append)
    window, ground = paper.window.windowHandle(), paper.grid.viewport()

    def point(place: QPoint) -> None:
        QTest.mouseMove(window, ground.mapTo(paper.window, place))

    middle = cell_centre(paper.grid, 1, 1)
    below_the_cells = QPoint(middle.x(), ground.height() - 2)
    for place in (cell_centre(paper.grid, 0, 0), middle, middle + QPoint(3, 3), below_the_cells):
        point(place)
    qtbot.waitUntil(lambda: seen == [(0, 0), (1, 1), None])
    point(middle)
    qtbot.waitUntil(lambda: seen[3:] == [(1, 1)])
    QTest.mouseMove(window, QPoint(2, 2))
    qtbot.waitUntil(lambda: seen[3:] == [(1, 1), None])


# --- the wheel ---------------------------------------------------------------------------------


@pytest.mark.parametrize("held", [NONE, CTRL, SHIFT])
@pytest.mark.parametrize("at", [(0, 0), (1, 1)])
def test_the_wheel_changes_nothing_on_its_way(
    paper: Sheet, at: tuple[int, int], held: Qt.KeyboardModifier
) -> None:
    assert not paper.turn(*at, -120, held).isAccepted()
    assert not paper.edits
    assert paper.at == (0, 0)


@pytest.mark.parametrize(("angle", "change"), [(120, 1), (-120, -1), (360, 3)])
def test_with_alt_the_wheel_changes_the_cell_of_the_keyboard(
    paper: Sheet, angle: int, change: int
) -> None:
    paper.click(1, 1)
    assert paper.turn(1, 1, angle, ALT).isAccepted()
    assert [cells for cells, _ in paper.edits] == [{(1, 1, 0): 5.0 + change}]
    paper.turn(2, 2, angle, ALT)  # the pointer is on another one of the same grid
    assert paper.edits[-1][0] == {(1, 1, 0): 5.0 + 2 * change}


def test_over_the_open_editor_the_wheel_changes_what_is_edited(paper: Sheet) -> None:
    paper.click(1, 1)
    paper.press(Key.Key_F2)
    place = paper.grid.viewport().mapTo(paper.window, cell_centre(paper.grid, 1, 1))
    QTest.wheelEvent(paper.window.windowHandle(), place, QPoint(0, 240))
    assert paper.rows[1][1] == 7
    assert paper.editor is not None
    assert paper.editor.text() == "7"
    paper.turn(1, 1, -120)
    paper.press(Key.Key_Return)
    assert paper.rows[1][1] == 6
    assert paper.editor is None
    assert len({gesture for _, gesture in paper.edits}) == 1
    paper.type("12")
    paper.turn(*paper.at, 120)  # goes on from what is being typed
    assert paper.rows[2][1] == 13
    paper.press(Key.Key_Tab)
    paper.type("x")
    paper.turn(*paper.at, 120)
    assert paper.editor is not None
    assert paper.editor.text() == "x"


def test_beside_the_open_editor_the_wheel_changes_nothing(paper: Sheet) -> None:
    paper.press(Key.Key_F2)
    assert not paper.turn(2, 2, 120).isAccepted()
    assert not paper.edits
    assert paper.editor is not None


def test_clicks_of_the_wheel_on_one_cell_belong_together(paper: Sheet) -> None:
    for cell, times in (((0, 0), 3), ((0, 1), 1), ((0, 0), 1)):
        paper.click(*cell)
        for _ in range(times):
            paper.turn(*cell, 120, ALT)
    gestures = [gesture for _, gesture in paper.edits]
    assert gestures[0] == gestures[1] == gestures[2] != 0
    assert len(set(gestures)) == 3


@pytest.mark.parametrize("held", [NONE, ALT])
def test_the_wheel_over_what_cannot_be_edited_is_left_to_others(
    qtbot: QtBot, held: Qt.KeyboardModifier
) -> None:
    paper = sheet(qtbot, editable=False, pads=RING)
    assert not paper.turn(1, 1, 120, held).isAccepted()
    assert not paper.edits


def test_a_grid_that_scrolls_scrolls_but_over_what_is_being_edited(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[n, n, n] for n in range(30)], size=(400, 300))
    bar = paper.grid.verticalScrollBar()
    assert bar.maximum() > 0
    for row in (1, 0):
        bar.setValue(0)
        paper.turn(row, 0, -120)
        assert bar.value() > 0
    assert not paper.edits
    bar.setValue(0)
    paper.press(Key.Key_F2)
    paper.turn(0, 0, -120)
    assert [cells for cells, _ in paper.edits] == [{(0, 0, 0): -1.0}]
    assert bar.value() == 0


def test_the_wheel_gives_no_grid_the_keyboard(qtbot: QtBot) -> None:
    paper, other = sheet(qtbot), QLineEdit()
    paper.window.layout().addWidget(other)
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    paper.turn(0, 0, 120, ALT)
    place = paper.grid.viewport().mapTo(paper.window, cell_centre(paper.grid, 1, 1))
    for held in (NONE, CTRL, ALT):
        QTest.wheelEvent(paper.window.windowHandle(), place, QPoint(0, 120), QPoint(), held)
    assert other.hasFocus()
    assert not paper.edits


# --- selecting -----------------------------------------------------------------------------------


def test_dragging_selects_cells_and_changes_none(paper: Sheet) -> None:
    paper.drag((0, 0), (0, 1), (1, 1))
    assert paper.selected == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert not paper.edits
    paper.drag((2, 2), (1, 1), (2, 1))
    paper.qtbot.mouseMove(paper.grid.viewport(), cell_centre(paper.grid, 0, 1))  # button is up
    assert paper.selected == {(2, 1), (2, 2)}
    assert not paper.edits
    paper.type("50")  # goes into the keyboard's cell alone
    paper.press(Key.Key_Return)
    assert paper.edits == [({(2, 1, 0): 50.0}, 0)]


def test_control_adds_cells_and_takes_them_away(paper: Sheet) -> None:
    paper.click(0, 0)
    paper.click(2, 2, CTRL)
    paper.click(1, 1, CTRL)
    assert paper.selected == {(0, 0), (1, 1), (2, 2)}
    paper.grid.copy()  # without what is between
    assert QApplication.clipboard().text() == "1\t\t\n\t5\t\n\t\t9\n"
    paper.click(2, 2, CTRL)
    assert paper.selected == {(0, 0), (1, 1)}
    paper.press(Key.Key_Delete)
    assert paper.rows == [[0, 2, 3], [4, 0, 6], [7, 8, 9]]
    assert len(paper.edits) == 1


def test_control_enter_fills_the_selection_at_once(paper: Sheet) -> None:
    paper.drag((0, 0), (1, 1))
    paper.type("1/2")
    paper.press(Key.Key_Return, modifiers=CTRL)
    assert paper.edits == [({(r, c, 0): 0.5 for r in (0, 1) for c in (0, 1)}, 0)]
    assert paper.editor is None
    assert paper.selected == {(0, 0), (0, 1), (1, 0), (1, 1)}
    paper.click(2, 2)
    paper.click(2, 0, SHIFT)
    paper.press(Key.Key_Enter, modifiers=CTRL)  # nothing is typed: the keyboard's own number
    assert paper.rows[2] == [7, 7, 7]
    paper.click(1, 2)
    paper.click(0, 2, SHIFT)
    paper.press(Key.Key_F2)
    paper.press(Key.Key_Return, modifiers=CTRL)  # only looked at, and yet wanted everywhere
    assert paper.rows[1][2] == paper.rows[0][2] == 3


def test_control_enter_says_what_is_wrong_with_nonsense(paper: Sheet) -> None:
    paper.drag((0, 0), (1, 1))
    paper.type("x")
    paper.press(Key.Key_Return, modifiers=CTRL)
    assert not paper.edits
    assert [(r, c, why.reason) for r, c, why in paper.refusals] == [(1, 1, "not_a_number")]


# --- the brush -----------------------------------------------------------------------------------


def brushed(qtbot: QtBot, *rest: object, **more: object) -> Sheet:
    paper = sheet(qtbot, *rest, **more)
    paper.grid.set_brush(True)
    return paper


def test_with_the_brush_dragging_paints_the_first_number_in_one_gesture(qtbot: QtBot) -> None:
    paper = brushed(qtbot)
    paper.drag((0, 0), (0, 1), (0, 0), (1, 0), (1, 1))  # back over the first, which stays
    assert paper.rows == [[1, 1, 3], [1, 1, 6], [7, 8, 9]]
    (first,) = {gesture for _, gesture in paper.edits}
    assert first != 0
    assert paper.at == (1, 1)
    paper.drag((2, 0), (2, 1))
    assert paper.rows[2] == [7, 7, 9]
    assert paper.edits[-1][1] != first


@pytest.mark.parametrize("held", [SHIFT, CTRL])
def test_with_the_brush_shift_and_control_still_select(
    qtbot: QtBot, held: Qt.KeyboardModifier
) -> None:
    paper = brushed(qtbot)
    ground = paper.grid.viewport()
    qtbot.mousePress(ground, LEFT, held, cell_centre(paper.grid, 1, 1))
    qtbot.mouseMove(ground, cell_centre(paper.grid, 2, 2))
    qtbot.mouseRelease(ground, LEFT, held, cell_centre(paper.grid, 2, 2))
    assert not paper.edits


def test_put_away_in_the_middle_of_a_stroke_the_brush_paints_no_more(qtbot: QtBot) -> None:
    paper = brushed(qtbot)
    ground = paper.grid.viewport()
    qtbot.mousePress(ground, LEFT, pos=cell_centre(paper.grid, 0, 0))
    qtbot.mouseMove(ground, cell_centre(paper.grid, 0, 1))
    paper.grid.set_brush(False)
    qtbot.mouseMove(ground, cell_centre(paper.grid, 0, 2))
    qtbot.mouseRelease(ground, LEFT, pos=cell_centre(paper.grid, 0, 2))
    paper.drag((2, 0), (2, 1))
    assert paper.rows == [[1, 1, 3], [4, 5, 6], [7, 8, 9]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_brush_is_seen_at_the_pointer(qtbot: QtBot, theme: Theme) -> None:
    appearance.apply(theme)
    paper, read_only = brushed(qtbot), sheet(qtbot, editable=False)
    read_only.grid.set_brush(True)
    cursor = paper.grid.viewport().cursor()
    assert cursor.shape() == Qt.CursorShape.BitmapCursor
    drawn = cursor.pixmap().toImage()
    assert {colours.current().text, colours.current().panel} <= {
        drawn.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(drawn.height())
    }
    assert read_only.grid.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    paper.grid.set_brush(False)
    assert paper.grid.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_padding_is_neither_painted_nor_painted_with(qtbot: QtBot) -> None:
    paper = brushed(qtbot, [[1, 2], [3, 4]], pads=RING)
    paper.drag((1, 1), (0, 1), (0, 2))
    assert not paper.edits
    paper.drag((0, 0), (1, 1), (2, 2))
    assert not paper.edits
    assert [(r, c, why.reason) for r, c, why in paper.refusals] == [(0, 0, "padding_cell")]
    assert paper.at == (2, 2)
    qtbot.mouseDClick(paper.grid.viewport(), LEFT, pos=cell_centre(paper.grid, 0, 0))
    assert paper.editor is None


def test_a_read_only_grid_pins_and_is_not_painted(qtbot: QtBot) -> None:
    paper = sheet(qtbot, editable=False, pads=RING)
    pinned: list[tuple[int, int]] = []
    paper.grid.pinned.connect(pinned.append)
    paper.drag((1, 1), (1, 2))
    paper.click(0, 0)
    qtbot.mouseDClick(paper.grid.viewport(), LEFT, pos=cell_centre(paper.grid, 1, 1))
    assert paper.editor is None
    assert not paper.edits
    assert not paper.refusals
    assert pinned[0] == (1, 1)


# --- the outline ---------------------------------------------------------------------------------


@pytest.fixture
def outlined(qtbot: QtBot) -> Sheet:
    """Five rows and columns; what is read are four cells in the middle of them."""
    paper = sheet(qtbot, np.ones((5, 5)))
    paper.grid.set_reads([(1, 1), (1, 2), (2, 1), (2, 2)])
    paper.grid.grip = True
    QTest.mouseRelease(paper.grid.viewport(), LEFT)  # Qt's double click of a test never lets go
    return paper


def edge(paper: Sheet) -> QPoint:
    """A point just outside of the right edge of what is read, beside the first of its rows."""
    rect = paper.grid.ground_rect(1, 2)
    return QPoint(rect.right() + 2, rect.center().y())


def move(paper: Sheet, place: QPoint) -> None:
    """Move the pointer to a place in the grid, as the window system does."""
    window = paper.window
    QTest.mouseMove(window.windowHandle(), paper.grid.viewport().mapTo(window, place))


def test_the_outline_is_dragged_by_its_edge(qtbot: QtBot, outlined: Sheet) -> None:
    paper, ground, seen = outlined, outlined.grid.viewport(), []
    pinned: list[object] = []
    paper.grid.grabbed.connect(lambda: seen.append("grabbed"))
    paper.grid.dragged.connect(lambda rows, columns: seen.append((rows, columns)))
    paper.grid.pinned.connect(pinned.append)
    start = edge(paper)
    move(paper, start)
    qtbot.waitUntil(lambda: ground.cursor().shape() == Qt.CursorShape.OpenHandCursor)
    QTest.mousePress(ground, LEFT, pos=start)
    assert ground.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    for way in (QPoint(30, 0), QPoint(-60, 40)):
        QTest.mouseMove(ground, start + way)
        QApplication.processEvents()
    QTest.mouseRelease(ground, LEFT, pos=start + QPoint(-60, 40))
    assert seen == ["grabbed", (0.0, 0.5), (1.0, -1.0)]
    assert (pinned, paper.edits, paper.at) == ([], [], (0, 0))


def test_inside_of_a_cell_the_outline_is_no_handle(qtbot: QtBot, outlined: Sheet) -> None:
    paper, grabbed = outlined, []
    paper.grid.grabbed.connect(lambda: grabbed.append(1))
    paper.click(1, 2)
    assert (paper.at, grabbed) == ((1, 2), [])
    ground = paper.grid.viewport()
    QTest.mouseMove(ground, cell_centre(paper.grid, 1, 2))
    QApplication.processEvents()
    assert ground.cursor().shape() == Qt.CursorShape.ArrowCursor


@pytest.mark.parametrize("why", ["no grip", "brush", "modifier"])
def test_the_edge_is_a_part_of_the_cells_where_it_is_no_handle(
    qtbot: QtBot, outlined: Sheet, why: str
) -> None:
    paper, grabbed = outlined, []
    paper.grid.grabbed.connect(lambda: grabbed.append(1))
    paper.grid.grip = why != "no grip"
    paper.grid.set_brush(why == "brush")
    held = CTRL if why == "modifier" else NONE
    QTest.mouseClick(paper.grid.viewport(), LEFT, held, edge(paper))
    assert grabbed == []
    assert paper.at == (1, 3)


def test_no_cell_is_pointed_at_while_the_outline_is(qtbot: QtBot, outlined: Sheet) -> None:
    seen: list[object] = []
    outlined.grid.hovered.connect(seen.append)
    for place in (cell_centre(outlined.grid, 1, 3), edge(outlined)):
        QTest.mouseMove(outlined.grid.viewport(), place)
        QApplication.processEvents()
    assert seen == [(1, 3), None]
