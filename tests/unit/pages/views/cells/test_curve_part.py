"""Activations on their board: the curve, and the point on it that is looked at."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.project.project import Project
from cnn_tutor.widgets.charts.curve import Curve
from cnn_tutor.widgets.overlays.connectors import Connectors
from tests.helpers.boards import by_terms, names, numbers_of, said
from tests.helpers.lesson_window import answer, settle

FUNCTIONS = {
    "relu": lambda x: max(0.0, x),
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
}

functions = pytest.mark.parametrize("preset", FUNCTIONS)


def curve(lab) -> Curve:
    return lab.part("curve")


@functions
def test_the_point_of_the_chosen_cell_is_on_the_curve(drive, preset: str) -> None:
    lab = drive(preset)
    inputs = numbers_of(lab, "x")
    for row, column in ((0, 0), (1, 1), (2, 3)):
        lab.click("output", row, column)
        x = inputs[row][column]
        assert curve(lab).point == pytest.approx((x, FUNCTIONS[preset](x)), abs=1e-12)


@functions
def test_the_point_goes_where_the_pointer_is_and_comes_back(drive, preset: str) -> None:
    lab = drive(preset)
    lab.click("output", 0, 0)
    lab.leave()
    chosen = curve(lab).point
    lab.hover("output", 2, 0)
    hovered = curve(lab).point
    assert hovered is not None
    assert hovered[0] == numbers_of(lab, "x")[2][0] != chosen[0]
    lab.leave()
    assert curve(lab).point == chosen


def test_the_point_follows_the_keyboard_the_steps_and_edits(drive) -> None:
    lab = drive("relu")
    lab.click("output", 0, 0)
    lab.leave()
    assert curve(lab).point == (3, 3)
    QTest.keyClick(lab.grid("output"), Qt.Key.Key_Right)
    assert curve(lab).point == (-1, 0)
    lab.press("step_forward")
    assert curve(lab).point == (0, 0)
    lab.press("step_forward")
    assert curve(lab).point == (-5, 0)
    lab.write("x", 0, 3, "4")
    assert curve(lab).point == (-3, 0)  # of the cell below, where the keyboard has gone
    lab.click("output", 0, 3)
    assert curve(lab).point == (4, 4)


def test_the_curve_says_its_point_to_a_screen_reader(drive) -> None:
    lab = drive("relu")
    lab.click("output", 1, 0)
    assert curve(lab).accessibleDescription() == "(−2, 0)"
    assert curve(lab).accessibleName() == "ReLU"


@functions
def test_the_point_is_joined_to_its_cells_and_no_line_runs_over_a_grid(drive, preset) -> None:
    lab = drive(preset)
    lab.click("output", 1, 0)
    lab.leave()
    assert names(lab, "products") == []
    shown, board = curve(lab), lab.lab.board
    assert board.rect().contains(shown.geometry())
    read, written = lab.lab.findChild(Connectors).lines
    assert (read.tone, written.tone) == ("read", "written")
    x, y = shown.point
    entry, leave = (QPointF(shown.pos()) + p for p in (shown.entry(x), shown.exit(y)))
    assert read.points[-1] == pytest.approx((entry.x(), entry.y() + 1))
    assert written.points[0] == pytest.approx((leave.x(), leave.y()))
    boxes = [lab.grid(name).geometry() for name in ("x", "output")]
    for box, end in zip(boxes, (read.points[0], written.points[-1]), strict=True):
        assert not shown.geometry().intersects(box)
        row = lab.grid("x" if box is boxes[0] else "output").cell_rect(1, 0)
        assert box.top() + row.top() < end[1] < box.top() + row.bottom() + 1
    for line in (read, written):
        for a, b in pairwise(line.points):
            run = QRectF(QPointF(*a), QPointF(*b)).normalized().adjusted(-0.5, -0.5, 0.5, 0.5)
            assert not any(QRectF(box).intersects(run) for box in boxes)


@functions
def test_every_cell_is_a_dot_that_can_be_pointed_at_and_pinned(drive, preset) -> None:
    lab = drive(preset)
    lab.click("output", 0, 0)
    x = numbers_of(lab, "x")[1][2]
    at = curve(lab).place(x, FUNCTIONS[preset](x)).toPoint()
    QTest.mouseMove(curve(lab), at - QPoint(1, 0))
    QTest.mouseMove(curve(lab), at)
    assert curve(lab).point == pytest.approx((x, FUNCTIONS[preset](x)))
    QTest.mouseClick(curve(lab), Qt.MouseButton.LeftButton, pos=at)
    lab.leave()
    assert curve(lab).point == pytest.approx((x, FUNCTIONS[preset](x)))


def test_what_is_not_reached_yet_has_no_dot(drive) -> None:
    lab = drive("relu")
    lab.press("step_first")
    board = lab.lab.board
    assert len(board._curve._cells) == 1
    lab.press("step_forward")
    assert board._curve._cells.tolist() == [[0, 0, 0], [0, 1, 0]]
    lab.press("step_last")
    assert len(board._curve._cells) == 16


def test_what_a_lesson_asks_for_has_no_dot_until_it_is_right(window) -> None:
    window.open_chapter("lesson_activation")
    window.guide.go_to(1)
    settle()
    assert window.lab.questions.asked == ((0, 3, 0),)
    part = window.lab.board._curve
    assert [0, 3, 0] not in part._cells.tolist()
    answer(window, 0, 3, "0")
    settle()
    assert [0, 3, 0] in part._cells.tolist()


def test_maps_are_reached_one_after_the_other(drive) -> None:
    x = np.arange(12.0).reshape(2, 2, 3)
    lab = drive(Project.of(x, ReLU(), {}))
    lab.press("step_first")
    for _ in range(4):
        lab.press("step_forward")
    cells = lab.lab.board._curve._cells.tolist()
    assert cells == sorted([[0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 0], [0, 0, 1]])


@functions
def test_term_by_term_an_activation_can_be_played(drive, preset: str) -> None:
    lab = drive(preset)
    by_terms(lab)
    for _ in range(12):
        lab.press("step_forward")
    assert curve(lab).point is not None
    assert any(text == "" for row in lab.read("output") for text in row)


def test_several_maps_have_one_curve(drive) -> None:
    x = np.arange(-6.0, 6.0).reshape(2, 2, 3)
    lab = drive(Project.of(x, ReLU(), {}))
    assert names(lab, "output") == ["output[0]", "output[1]", "output[2]"]
    lab.click("output[2]", 1, 0)
    assert curve(lab).point == (x[1, 0, 2], max(0, x[1, 0, 2]))
    lab.hover("output[0]", 0, 0)
    assert curve(lab).point == (-6, 0)


@pytest.mark.parametrize("value", ["1000000", "-1000000", "0.000001"])
def test_any_number_that_can_be_typed_has_its_point(drive, value: str) -> None:
    for preset in FUNCTIONS:
        lab = drive(preset)
        lab.click("output", 0, 0)
        lab.write("x", 0, 0, value)
        assert not said(lab)
        lab.click("output", 0, 0)
        x = float(value)
        expected = 0.0 if preset == "sigmoid" and x < -700 else FUNCTIONS[preset](x)
        assert curve(lab).point == pytest.approx((x, expected), abs=1e-12)
