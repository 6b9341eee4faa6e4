"""Activations on their board: the curve, and the point on it that is looked at."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.layers.softmax import Softmax
from cnn_tutor.project.project import Project
from cnn_tutor.widgets.charts.curve import Curve
from cnn_tutor.widgets.overlays.connectors import Connectors
from tests.helpers.boards import by_terms, names, numbers_of, said

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


def test_softmax_has_the_curve_of_one_score_while_the_others_stay(drive) -> None:
    lab = drive("softmax")
    scores = [row[0] for row in numbers_of(lab, "x")]
    powers = [math.exp(score) for score in scores]
    for place, score in enumerate(scores):
        lab.click("output", place, 0)
        assert curve(lab).point == pytest.approx((score, powers[place] / sum(powers)), abs=1e-12)
    shares = [row[0] for row in numbers_of(lab, "output")]
    assert sum(shares) == pytest.approx(1, abs=1e-10)


@pytest.mark.parametrize("preset", [*FUNCTIONS, "softmax"])
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


@pytest.mark.parametrize("preset", [*FUNCTIONS, "softmax"])
def test_no_grid_of_products_and_no_line_stand_in_the_way_of_the_curve(drive, preset) -> None:
    lab = drive(preset)
    lab.click("output", 1, 0)
    lab.leave()
    assert names(lab, "products") == []
    assert lab.lab.findChild(Connectors).lines == ()
    box = curve(lab).geometry()
    for grid in ("x", "output"):
        assert not lab.grid(grid).geometry().intersects(box)
    assert lab.lab.board.rect().contains(box)


def test_large_scores_that_are_first_made_smaller_still_have_a_curve(drive) -> None:
    lab = drive(Project.of(np.array([800.0, 799.0]), Softmax(), {}))
    lab.click("output", 0, 0)
    share = 1 / (1 + math.exp(-1))
    assert curve(lab).point == pytest.approx((800, share))
    assert names(lab, "products") == []
    assert lab.part("formula").toPlainText().startswith("max(800, 799) = 800")


@pytest.mark.parametrize("preset", [*FUNCTIONS, "softmax"])
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
