"""The list of terms chooses by keys of the glossary, and leaves letters to the search."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cnn_tutor.app.glossary.term_list import TermList
from cnn_tutor.study.glossary import listed

TERMS = listed()[:3]
KEYS = [term.key for term in TERMS]


@pytest.fixture
def terms(qtbot: QtBot) -> TermList:
    terms = TermList()
    qtbot.addWidget(terms)
    terms.fill(TERMS, KEYS[1])
    return terms


def test_a_term_that_is_not_listed_is_not_chosen(terms: TermList) -> None:
    assert terms.key == KEYS[1]
    assert not terms.choose("no_such_term")
    assert terms.key == KEYS[1]
    terms.fill(TERMS[:1], KEYS[1])
    assert terms.key == KEYS[0]
    terms.fill([], KEYS[1])
    assert terms.key == ""


def test_arrows_choose_up_leaves_and_letters_go_to_the_search(
    qtbot: QtBot, terms: TermList
) -> None:
    said: list[str] = []
    terms.chosen.connect(said.append)
    terms.typed.connect(said.append)
    terms.left.connect(lambda: said.append("left"))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_S):
        qtbot.keyClick(terms, key)
    qtbot.keyClick(terms, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert said == [KEYS[2], KEYS[1], KEYS[0], "left", "s"]
