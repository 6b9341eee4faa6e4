"""Rows of bars: how long they are, what they say, and how their numbers are moved."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.widgets.charts.stage_bars import BarRow, StageBars
from cnn_tutor.widgets.style import colours
from tests.helpers.widgets import LEFT, NONE, OFFSCREEN, Key, in_window, inked, picture, pixels
from tests.helpers.widgets import press as press_keys

pytestmark = OFFSCREEN

ROWS = [BarRow(2, 7.389, 0.24), BarRow(-1, 0.368, 0.01), BarRow(3, 20.09, 0.75)]


@pytest.fixture
def bars(qtbot: QtBot) -> StageBars:
    made = StageBars()
    made.set_editable(True)
    made.set_places(30, 70, labelled=False)
    made.set_words(("Score", "e^x", "Share"), ("", "sum = 27.85", "sum = 1"))
    made.show_rows(ROWS, 2)
    in_window(qtbot, made, size=(700, 330))
    return made


def lengths(bars: StageBars, tone: str, row: int) -> int:
    """How long the bar of a row is that is painted in a colour."""
    found = inked(bars, tone)
    inside = found[(found[:, 1] > 30 + 70 * row) & (found[:, 1] < 100 + 70 * row)]
    return int(np.ptp(inside[:, 0])) if len(inside) else 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_longer_bar_is_a_larger_number(bars: StageBars, theme: str) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    found = []
    for current in (0, 2):
        bars.show_rows(ROWS, current)
        found.append(lengths(bars, colours.current().written, current))
    assert found[0] / found[1] == pytest.approx(0.24 / 0.75, abs=0.05)


def test_what_is_not_to_be_seen_has_neither_bar_nor_number(bars: StageBars) -> None:
    plain = pixels(picture(bars))
    bars.show_rows([BarRow(2, None, None), *ROWS[1:]], 2)
    gone = pixels(picture(bars)) != plain
    assert gone[32:98, 240:].any()
    rest = pixels(picture(bars))[34:98, 240:]
    assert len(np.unique(rest)) == 1  # an empty row


def test_a_number_is_dragged_in_one_gesture_and_in_round_steps(bars: StageBars) -> None:
    said: list[tuple[int, float]] = []
    grabbed: list[int] = []
    bars.grabbed.connect(lambda: grabbed.append(len(said)))
    bars.moved.connect(lambda *what: said.append(what))
    bars.moved.connect(
        lambda row, value: bars.show_rows(
            [BarRow(value, 1, 0.5) if n == row else r for n, r in enumerate(bars.rows)], 0
        )
    )
    start = bars.handle(0).toPoint()
    QTest.mousePress(bars, LEFT, NONE, start)
    for x in (20, 40, 60):
        QTest.mouseMove(bars, start + QPoint(x, 0))
    QTest.mouseMove(bars, QPoint(695, start.y()))  # far out
    QTest.mouseRelease(bars, LEFT, NONE, QPoint(695, start.y()))
    assert {row for row, _ in said} == {0}
    assert grabbed == [0]
    values = [value for _, value in said]
    assert values == sorted(values)
    assert values[-1] == 6
    assert all(round(value, 1) == value for value in values)
    QTest.mouseMove(bars, start)
    assert len(said) == len(values)  # it is let go
    QTest.mouseClick(bars, LEFT, NONE, bars.handle(1).toPoint() + QPoint(30, 0))
    assert said[-1][0] == 1
    assert grabbed == [0, len(values)]


def test_the_keys_go_to_other_rows_and_move_their_numbers(qtbot: QtBot, bars: StageBars) -> None:
    said: list[object] = []
    bars.moved.connect(lambda row, value: said.append((row, value)))
    bars.chosen.connect(said.append)
    bars.setFocus()
    press_keys(qtbot, Key.Key_Right, Key.Key_Left, Key.Key_PageUp, Key.Key_PageDown)
    assert said == [(2, 3.1), (2, 2.9), (2, 4), (2, 2)]
    press_keys(qtbot, Key.Key_Up, Key.Key_Down)
    assert said[4:] == [1, 2]


def test_numbers_that_are_fixed_stay_and_are_passed_by_the_keyboard(bars: StageBars) -> None:
    bars.set_editable(False)
    said: list[object] = []
    bars.moved.connect(lambda *what: said.append(what))
    at = bars.handle(0).toPoint()
    QTest.mousePress(bars, LEFT, NONE, at)
    QTest.mouseMove(bars, at + QPoint(30, 0))
    QTest.mouseRelease(bars, LEFT, NONE, at + QPoint(30, 0))
    assert said == []
    assert bars.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_row_is_pointed_at_and_left(bars: StageBars) -> None:
    said: list[object] = []
    bars.hovered.connect(said.append)
    QTest.mouseMove(bars, QPoint(600, 60))
    QTest.mouseMove(bars, QPoint(600, 200))
    QTest.mouseMove(bars, QPoint(600, 5))
    assert said == [0, 2, None]
