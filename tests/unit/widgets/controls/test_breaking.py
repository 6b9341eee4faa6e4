from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.widgets.controls.breaking import BreakingRow
from tests.helpers.lesson_window import settle
from tests.helpers.widgets import kept


@pytest.fixture
def row(qtbot) -> BreakingRow:
    window = kept(qtbot, QWidget())
    first, second = QLabel("what can be narrow"), QLabel("beside")
    first.setMinimumWidth(100)
    second.setMinimumWidth(80)
    row = BreakingRow(first, second, spacing=10, parent=window)
    window.resize(500, 100)
    row.resize(400, 60)
    window.show()
    settle()
    return row


def parts(row: BreakingRow) -> tuple[QLabel, QLabel]:
    first, second = row.findChildren(QLabel)
    return first, second


def test_both_stand_beside_each_other_where_they_have_room(row) -> None:
    first, second = parts(row)
    assert first.x() + first.width() <= second.x()
    assert first.y() == second.y()


def test_the_second_goes_under_the_first_at_the_right_and_comes_back(row) -> None:
    first, second = parts(row)
    row.resize(150, 90)
    settle()
    assert second.y() >= first.y() + first.height()
    assert second.x() + second.width() == row.width()
    row.resize(400, 60)
    settle()
    assert second.y() == first.y()


def test_it_breaks_when_a_part_grows(row) -> None:
    first, second = parts(row)
    second.setMinimumWidth(350)
    settle()
    assert second.y() > first.y()


def test_its_least_is_that_of_the_wider_part(row) -> None:
    assert row.minimumSizeHint().width() >= 100
    assert row.minimumSizeHint().width() < 190
