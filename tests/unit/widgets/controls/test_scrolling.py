from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.app.style import letters
from cnn_tutor.widgets.controls.layouts import column
from cnn_tutor.widgets.controls.scrolling import Squeezed, ZoomArea
from tests.helpers.lesson_window import settle
from tests.helpers.widgets import kept


@pytest.fixture
def area(qtbot) -> ZoomArea:
    window = kept(qtbot, QWidget())
    board = QWidget()
    area = ZoomArea(board)
    column(area, on=window)
    window.resize(800, 600)
    window.show()
    settle()
    return area


def board(area: ZoomArea) -> QWidget:
    return area.widget().children()[0]


def test_a_part_is_squeezed_down_to_its_least_before_it_scrolls(qtbot) -> None:
    part = QWidget()
    text = QLabel("many words " * 20)
    text.setWordWrap(True)
    column(text, on=part)
    squeezed = Squeezed(part)
    qtbot.addWidget(squeezed)
    squeezed.resize(500, 200)
    squeezed.show()
    settle()
    assert part.size() == squeezed.viewport().size()
    squeezed.resize(500, 20)
    settle()
    assert part.height() >= text.heightForWidth(text.width())
    assert squeezed.verticalScrollBar().maximum() > 0
    assert squeezed.horizontalScrollBar().maximum() == 0


def test_a_board_fills_its_place_at_100_percent(area) -> None:
    assert board(area).size() == area.viewport().size()


@pytest.mark.parametrize("zoom", [150, 200, 300])
def test_a_zoomed_board_is_as_many_times_as_large(area, zoom) -> None:
    before = board(area).size()
    letters.apply(zoom)
    settle()
    assert board(area).width() == pytest.approx(before.width() * zoom / 100, rel=0.05)
    assert board(area).height() == pytest.approx(before.height() * zoom / 100, rel=0.05)


def test_what_is_in_the_middle_stays_there(area) -> None:
    letters.apply(200)
    settle()
    seen, there = area.viewport(), board(area)
    middle = there.mapFrom(seen, seen.rect().center())
    assert (middle - there.rect().center()).manhattanLength() < 6


def test_what_is_held_stays_where_it_is(area) -> None:
    letters.apply(200)
    settle()
    mark = QWidget(board(area))
    mark.resize(40, 40)
    mark.move(board(area).mapFrom(area.viewport(), QPoint(300, 200)))
    mark.show()
    at = mark.mapTo(area.window(), QPoint(20, 20))
    area.hold(at)
    mark.move(mark.pos() + QPoint(60, 60))  # as a board does that is laid out anew
    letters.apply(250)
    settle()
    assert (mark.mapTo(area.window(), QPoint(20, 20)) - at).manhattanLength() < 4


def test_a_place_is_brought_into_sight(area) -> None:
    letters.apply(300)
    settle()
    far = QRect(board(area).width() - 60, board(area).height() - 60, 40, 40)
    area.bring(far)
    seen = QRect(board(area).mapFrom(area.viewport(), QPoint()), area.viewport().size())
    assert seen.contains(far)


def test_the_keyboard_goes_past_it(area) -> None:
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_what_was_held_once_is_not_held_the_next_time(area) -> None:
    letters.apply(200)
    settle()
    area.hold(QPoint(20, 20))
    letters.apply(250)
    settle()
    there = board(area).mapFrom(area.viewport(), area.viewport().rect().center())
    share = there.x() / board(area).width(), there.y() / board(area).height()
    letters.apply(300)
    settle()
    there = board(area).mapFrom(area.viewport(), area.viewport().rect().center())
    assert there.x() / board(area).width() == pytest.approx(share[0], abs=0.01)
    assert there.y() / board(area).height() == pytest.approx(share[1], abs=0.01)
