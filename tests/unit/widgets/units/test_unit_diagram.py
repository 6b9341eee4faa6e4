"""Units as circles, joined by lines."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.units.unit_diagram import UnitDiagram
from cnn_tutor.widgets.units.units import LEFT, RIGHT, Caption, Edges, Unit
from tests.helpers.widgets import LEFT as BUTTON
from tests.helpers.widgets import in_window, picture, pixels, press

WEIGHTS = [[1.0, -2.0], [0.0, 0.5], [2.0, 1.0]]


def diagram(qtbot: QtBot, plain: bool = False, **units: list[Unit]) -> UnitDiagram:
    made = UnitDiagram(plain)
    made.setAccessibleName("units")
    left = units.get("left", [Unit(str(n), tip=f"x[{n}]") for n in range(3)])
    right = units.get("right", [Unit(str(n), beside="+ 1") for n in range(2)])
    starts, ends = np.indices((len(left), len(right))).reshape(2, -1)
    weights = np.resize(np.array(WEIGHTS).ravel(), len(starts))
    in_window(qtbot, made, size=(500, 400))
    made.show_units(left, right, Edges(starts, ends, weights))
    made.set_captions(Caption("Input", "3"), Caption("Output", "2"))
    made.set_values([7.0, -2.0, 0.5] + [0.0] * (len(left) - 3), [None] * len(right))
    return made


@pytest.fixture
def made(qtbot: QtBot) -> UnitDiagram:
    return diagram(qtbot)


def hover(made: UnitDiagram, side: str, place: int) -> None:
    QTest.mouseMove(made, made.centre(side, place).toPoint())
    QApplication.processEvents()


def test_pointing_at_a_unit_is_said_once_and_leaving_it_too(made) -> None:
    said: list[object] = []
    made.hovered.connect(said.append)
    hover(made, LEFT, 1)
    hover(made, LEFT, 1)
    hover(made, RIGHT, 0)
    QTest.mouseMove(made, QPoint(2, made.height() - 2))
    QApplication.processEvents()
    assert said == [(LEFT, 1), (RIGHT, 0), None]


def test_a_click_pins_a_unit_and_none_beside_it(qtbot, made) -> None:
    said: list[tuple[str, int]] = []
    made.pinned.connect(lambda side, place: said.append((side, place)))
    for side, place in ((LEFT, 2), (RIGHT, 1)):
        qtbot.mouseClick(made, BUTTON, pos=made.centre(side, place).toPoint())
    qtbot.mouseClick(made, BUTTON, pos=QPoint(2, made.height() - 2))
    assert said == [(LEFT, 2), (RIGHT, 1)]


def test_arrow_keys_go_through_the_units_at_the_right(qtbot) -> None:
    right = [Unit(f"{n // 2}", column=n % 2) for n in range(6)]  # two columns of three
    made = diagram(qtbot, right=right)
    said: list[int] = []
    made.pinned.connect(lambda _, place: (said.append(place), made.set_current(place)))
    made.setFocus()
    key = Qt.Key
    press(qtbot, key.Key_Down, key.Key_Right, key.Key_Up, key.Key_End, key.Key_Down, key.Key_Home)
    assert said == [2, 3, 1, 5, 1]


def test_the_keyboards_place_and_what_is_highlighted_can_be_seen(qtbot, made) -> None:
    made.clearFocus()
    bare = pixels(picture(made))
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    assert (pixels(picture(made)) != bare).any()
    made.clearFocus()
    made.highlight({0: Mark.READ}, {1: Mark.WRITTEN}, [])
    assert (pixels(picture(made)) != bare).any()
    assert made.mark(LEFT, 0) == Mark.READ
    made.highlight({}, {}, [])
    assert (pixels(picture(made)) == bare).all()
    assert diagram(qtbot, plain=True).focusPolicy() == Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_end_at_their_units(qtbot, theme) -> None:
    appearance.apply(theme)
    made = diagram(qtbot)
    bare = pixels(picture(made))
    made.highlight({}, {}, [4])  # from the last input to the first output
    changed = np.argwhere(pixels(picture(made)) != bare)
    start, end = made.centre(LEFT, 2), made.centre(RIGHT, 0)
    for point, side in ((start, LEFT), (end, RIGHT)):
        away = np.hypot(changed[:, 1] - point.x(), changed[:, 0] - point.y()).min()
        assert made.radius(side) - 2 <= away <= made.radius(side) + 3


def test_weights_and_numbers_without_an_end_are_drawn_too(made) -> None:
    weights = np.array([np.nan, np.inf, -np.inf, 1.0, -1.0, 0.0])
    starts, ends = np.indices((3, 2)).reshape(2, -1)
    units = [Unit(str(n)) for n in range(3)]
    made.show_units(units, units[:2], Edges(starts, ends, weights))
    made.set_values([np.nan, np.inf, -np.inf], [1.0, None])
    plain = pixels(picture(made))
    made.highlight({0: Mark.READ}, {0: Mark.WRITTEN}, [0, 2, 4])
    assert (pixels(picture(made)) != plain).any()


def test_posing_it_looks_the_same(made) -> None:
    before = pixels(picture(made)).view(np.uint8).astype(int)
    made.posing = True
    made.update()
    after = pixels(picture(made)).view(np.uint8).astype(int)
    assert np.abs(after - before).max() < 16
