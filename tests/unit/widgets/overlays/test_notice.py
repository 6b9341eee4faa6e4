"""The bubble that says at a cell what was wrong."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.overlays.notice import Notice
from tests.helpers.widgets import LEFT, in_window

LONG = "Nothing was pasted, since one of the cells is not a number that can be read. " * 3


def shown(qtbot: QtBot, width: int = 600, height: int = 400) -> tuple[QWidget, Notice]:
    board = QWidget()
    in_window(qtbot, board)
    board.setFixedSize(width, height)
    return board, Notice(board)


def test_it_is_not_seen_until_something_is_said_and_stands_under_its_cell(qtbot: QtBot) -> None:
    _, notice = shown(qtbot)
    assert not notice.isVisible()
    cell = QRect(280, 100, 40, 40)
    notice.say("no", cell)
    assert notice.isVisible()
    assert notice.text() == notice.accessibleName() == "no"
    assert notice.y() > cell.bottom()
    assert abs(notice.geometry().center().x() - cell.center().x()) <= 1


def test_it_can_be_hidden_after_its_place_was_laid_out_while_it_came(qtbot: QtBot) -> None:
    """Showing a widget lays out what it stands on first, which resizes that."""
    window, board, below = QWidget(), QStackedWidget(), QLabel("below")
    column = QVBoxLayout(window)
    column.addWidget(board, 1)
    column.addWidget(below)
    in_window(qtbot, window)
    notice = Notice(board)
    below.setFixedHeight(120)
    notice.say("no", QRect(20, 20, 10, 10))
    assert notice.isVisible() is not notice.isHidden()
    notice.hide()
    assert not notice.isVisible()


@pytest.mark.parametrize("place", [(0, 0), (560, 0), (0, 360), (560, 360), (280, 180)])
@pytest.mark.parametrize("size", [(600, 400), (200, 300)])
@pytest.mark.parametrize("text", ["no", LONG])
def test_it_stays_on_its_board_and_off_its_cell(
    qtbot: QtBot, place: tuple[int, int], size: tuple[int, int], text: str
) -> None:
    board, notice = shown(qtbot, *size)
    x, y = min(place[0], size[0] - 40), min(place[1], size[1] - 40)
    cell = QRect(x, y, 40, 40)
    notice.say(text, cell)
    assert board.rect().contains(notice.geometry())
    if text == "no":
        assert not notice.geometry().intersects(cell)


def needed(board: QWidget, text: str) -> int:
    """Return the height that a text takes in a bubble."""
    measure = QLabel(text, board)
    measure.setObjectName("notice")
    measure.setWordWrap(True)
    measure.ensurePolished()
    return measure.heightForWidth(320)


def test_it_is_as_high_as_what_is_said_last_and_goes_by_itself(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cnn_tutor.widgets.overlays.notice._SHOWN_MS", 30)
    monkeypatch.setattr("cnn_tutor.widgets.overlays.notice._PER_LETTER_MS", 0)
    board, notice = shown(qtbot)
    for text in (LONG, "no", LONG):
        notice.say(text, QRect(280, 100, 40, 40))
        assert notice.text() == text
        assert notice.height() == needed(board, text)
        qtbot.waitUntil(lambda: not notice.isVisible())


def test_it_lies_over_what_was_added_later_and_lets_the_mouse_through(qtbot: QtBot) -> None:
    board, notice = shown(qtbot)
    button = QPushButton("under", board)
    button.setGeometry(0, 0, 600, 400)
    button.show()
    notice.say("no", QRect(280, 100, 40, 40))
    assert board.children()[-1] is notice
    middle = notice.geometry().center()
    under = board.childAt(middle)
    assert under is button
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(under, LEFT, pos=button.mapFrom(board, middle))
