"""Pointing, clicking, dragging and turning the wheel over a grid of numbers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.widgets.helpers import CTRL, LEFT, SHIFT, Key, Sheet, cell_centre, sheet

RING = ((1, 1), (1, 1))


def drag(paper: Sheet, *cells: tuple[int, int]) -> None:
    """Press on the first cell, move over the others and let go on the last one."""
    ground = paper.grid.viewport()
    first, *others = (cell_centre(paper.grid, *cell) for cell in cells)
    paper.qtbot.mousePress(ground, LEFT, pos=first)
    for place in others:
        paper.qtbot.mouseMove(ground, place)
    paper.qtbot.mouseRelease(ground, LEFT, pos=others[-1])


def test_a_double_click_opens_the_cell(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    where = cell_centre(paper.grid, 1, 1)
    qtbot.mouseClick(paper.grid.viewport(), LEFT, pos=where)
    qtbot.mouseDClick(paper.grid.viewport(), LEFT, pos=where)
    assert paper.editor is not None
    assert paper.editor.text() == "5"
    paper.type("50")
    paper.press(Key.Key_Tab)
    assert paper.edits == [({(1, 1, 0): 50.0}, 0)]


def test_a_click_elsewhere_keeps_what_was_typed(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    paper.type("12")
    paper.click(2, 2)
    assert paper.edits == [({(0, 0, 0): 12.0}, 0)]
    assert paper.at == (2, 2)


def test_a_click_elsewhere_does_not_hide_that_nonsense_was_typed(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    paper.type("x")
    paper.click(2, 2)
    assert not paper.edits
    assert [(r, c, why.reason) for r, c, why in paper.refusals] == [(0, 0, "not_a_number")]


def test_a_click_moves_the_keyboard_and_pins(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    pinned: list[tuple[int, int]] = []
    paper.grid.pinned.connect(pinned.append)
    paper.click(1, 2)
    paper.click(1, 2)
    assert set(pinned) == {(1, 2)}
    assert paper.at == (1, 2)
    assert not paper.edits


def test_one_click_is_announced_once(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    pinned: list[tuple[int, int]] = []
    paper.grid.pinned.connect(pinned.append)
    paper.click(1, 2)
    assert pinned == [(1, 2)]


def test_shift_and_a_click_choose_a_block(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    paper.click(0, 1)
    paper.click(1, 2, SHIFT)
    assert paper.selected == {(0, 1), (0, 2), (1, 1), (1, 2)}
    assert not paper.edits


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


@pytest.mark.parametrize(("angle", "change"), [(120, 1), (-120, -1), (360, 3)])
def test_one_click_of_the_wheel_changes_the_cell_under_it_by_1(
    qtbot: QtBot, angle: int, change: int
) -> None:
    paper = sheet(qtbot)
    assert paper.turn(1, 1, angle).isAccepted()
    assert [cells for cells, _ in paper.edits] == [{(1, 1, 0): 5.0 + change}]
    assert paper.at == (0, 0)


def test_a_smooth_wheel_changes_the_cell_when_a_whole_click_is_reached(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    for angle in (50, 50, 50, 90):
        paper.turn(0, 0, angle)
    assert paper.rows[0][0] == 3
    paper.turn(0, 0, -60)
    paper.turn(0, 0, -60)
    assert paper.rows[0][0] == 2


def test_a_half_turned_wheel_counts_for_its_own_cell_only(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    paper.turn(0, 0, 100)
    paper.turn(0, 1, 100)
    assert not paper.edits


def test_clicks_of_the_wheel_on_one_cell_belong_together(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    for _ in range(3):
        paper.turn(0, 0, 120)
    paper.turn(0, 1, 120)
    paper.turn(0, 0, 120)
    gestures = [gesture for _, gesture in paper.edits]
    assert gestures[0] == gestures[1] == gestures[2] != 0
    assert len(set(gestures)) == 3


@pytest.mark.parametrize(("editable", "cell"), [(True, (0, 0)), (False, (1, 1))])
def test_the_wheel_over_what_cannot_be_edited_is_left_to_others(
    qtbot: QtBot, editable: bool, cell: tuple[int, int]
) -> None:
    paper = sheet(qtbot, editable=editable, pads=RING)
    assert not paper.turn(*cell, 120).isAccepted()
    assert not paper.edits


def test_in_a_grid_that_scrolls_the_wheel_scrolls_but_over_the_chosen_cell(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[n, n, n] for n in range(30)], size=(400, 300))
    bar = paper.grid.verticalScrollBar()
    assert bar.maximum() > 0
    paper.turn(1, 0, -120)
    assert not paper.edits
    assert bar.value() > 0
    bar.setValue(0)
    paper.turn(0, 0, -120)
    assert [cells for cells, _ in paper.edits] == [{(0, 0, 0): -1.0}]
    assert bar.value() == 0


def test_dragging_paints_the_first_number_over_cells_in_one_gesture(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    drag(paper, (0, 0), (0, 1), (0, 2), (1, 2))
    assert [cells for cells, _ in paper.edits] == [
        {(0, 1, 0): 1.0},
        {(0, 2, 0): 1.0},
        {(1, 2, 0): 1.0},
    ]
    assert len({gesture for _, gesture in paper.edits}) == 1
    assert paper.edits[0][1] != 0
    assert paper.at == (1, 2)


def test_two_drags_are_two_gestures(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    drag(paper, (0, 0), (0, 1))
    drag(paper, (2, 0), (2, 1))
    assert paper.rows == [[1, 1, 3], [4, 5, 6], [7, 7, 9]]
    first, second = (gesture for _, gesture in paper.edits)
    assert first != second


def test_a_drag_back_over_its_first_cell_leaves_that_one_alone(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    drag(paper, (0, 0), (0, 1), (0, 0), (1, 0))
    assert paper.rows == [[1, 1, 3], [1, 5, 6], [7, 8, 9]]


def test_a_drag_with_shift_chooses_and_does_not_paint(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    ground = paper.grid.viewport()
    qtbot.mousePress(ground, LEFT, SHIFT, cell_centre(paper.grid, 1, 1))
    qtbot.mouseMove(ground, cell_centre(paper.grid, 2, 2))
    qtbot.mouseRelease(ground, LEFT, SHIFT, cell_centre(paper.grid, 2, 2))
    assert not paper.edits


def test_moving_after_the_button_is_up_paints_nothing(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    paper.click(0, 0)
    qtbot.mouseMove(paper.grid.viewport(), cell_centre(paper.grid, 0, 1))
    assert not paper.edits


def test_padding_is_neither_painted_nor_painted_with(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[1, 2], [3, 4]], pads=RING)
    drag(paper, (1, 1), (0, 1), (0, 2))
    assert not paper.edits
    drag(paper, (0, 0), (1, 1), (2, 2))
    assert not paper.edits
    assert [(r, c, why.reason) for r, c, why in paper.refusals] == [(0, 0, "padding_cell")]


def test_a_click_on_padding_says_why_and_moves_nothing(qtbot: QtBot) -> None:
    paper = sheet(qtbot, pads=RING)
    paper.click(4, 4)
    assert [(r, c, why.reason) for r, c, why in paper.refusals] == [(4, 4, "padding_cell")]
    assert paper.at == (1, 1)
    qtbot.mouseDClick(paper.grid.viewport(), LEFT, pos=cell_centre(paper.grid, 4, 4))
    assert paper.editor is None


def test_a_read_only_grid_pins_and_is_not_painted(qtbot: QtBot) -> None:
    paper = sheet(qtbot, editable=False, pads=RING)
    pinned: list[tuple[int, int]] = []
    paper.grid.pinned.connect(pinned.append)
    drag(paper, (1, 1), (1, 2))
    paper.click(0, 0)
    qtbot.mouseDClick(paper.grid.viewport(), LEFT, pos=cell_centre(paper.grid, 1, 1))
    assert paper.editor is None
    assert not paper.edits
    assert not paper.refusals
    assert pinned[0] == (1, 1)


def test_control_up_after_a_click_changes_the_clicked_cell(qtbot: QtBot) -> None:
    paper = sheet(qtbot)
    paper.click(1, 1)
    paper.press(Key.Key_Up, modifiers=CTRL)
    assert [cells for cells, _ in paper.edits] == [{(1, 1, 0): 6.0}]
