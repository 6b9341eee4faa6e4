"""The room of the boxes beside the board, or in place of it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.drilling import GRID, LINE, Key, PracticeDriver, practice_page
from tests.unit.pages.practice.test_answer_line import CHAIN, boxes, places


@pytest.fixture
def page(qtbot: QtBot) -> PracticeDriver:
    return practice_page(qtbot)


def test_it_is_there_as_long_as_there_are_boxes(page) -> None:
    room = page.page._desk.room
    for facts, there in ((LINE, True), (GRID, False), (CHAIN, True), (GRID, False)):
        page.set_one(facts)
        assert room.isVisible() == there


def test_under_a_board_it_is_as_high_as_its_boxes(page) -> None:
    page.set_one(LINE)
    room, line = page.page._desk.room, page.page.line
    assert page.page.board.isVisible()
    assert room.height() == line.height() == line.sizeHint().height()
    assert not room.verticalScrollBar().isVisible()


def test_without_a_board_it_has_all_the_room(page) -> None:
    page.set_one(CHAIN)
    room, card, feedback = page.page._desk.room, page.page.card, page.page.feedback
    assert not page.page.board.isVisible()
    assert room.y() - card.geometry().bottom() < 12
    assert feedback.y() - room.geometry().bottom() < 12
    first, *_, last = places(page.page.line)
    assert first.y() > 30
    assert room.height() - last.bottom() > 30


def test_it_scrolls_where_the_chain_is_too_high(page) -> None:
    page.page.resize(760, 390)
    page.set_one(CHAIN)
    room = page.page._desk.room
    bar = room.verticalScrollBar()
    assert bar.isVisible()
    assert bar.value() == 0
    for _ in boxes(page.page.line)[1:]:
        page.press(Key.Key_Tab)
    assert bar.value() > 0
