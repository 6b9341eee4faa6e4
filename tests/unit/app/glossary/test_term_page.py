"""A term's page has its names, its meaning, its code and its links."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from cnn_tutor.app.glossary.term_page import TermPage
from cnn_tutor.app.style import appearance
from cnn_tutor.study.glossary import glossary, listed


@pytest.fixture
def page(qtbot: QtBot) -> TermPage:
    page = TermPage()
    qtbot.addWidget(page)
    return page


def test_every_term_has_its_names_its_code_and_its_links(page) -> None:
    for term in listed():
        page.show_term(term)
        said = page.toPlainText()
        names = (term.term, term.other_term, *term.also)
        assert all(part in said for part in (*names, term.meaning, term.keras, term.pytorch))
        assert ("Keras" in said.splitlines()) == bool(term.keras)
        assert ("PyTorch" in said.splitlines()) == bool(term.pytorch)
        assert all(f'href="term:{key}"' in page.toHtml() for key in term.see)


def test_code_is_in_the_font_for_code(page) -> None:
    page.show_term(glossary()["stride"])
    at = page.document().find("Conv2D(strides")
    assert at.charFormat().fontFamilies()[0] in appearance.fixed_font()
    assert page.document().find("stride").charFormat().fontWeight() > 600


def test_a_link_is_announced_and_not_opened(page) -> None:
    page.show_term(glossary()["stride"])
    wanted: list[str] = []
    page.wanted.connect(wanted.append)
    before = page.source()
    page.anchorClicked.emit(QUrl("term:bias"))
    assert wanted == ["bias"]
    assert page.source() == before
