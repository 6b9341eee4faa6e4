"""Terms of a formula that are pointed at with the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.study.formula import Pointed, Token
from cnn_tutor.widgets.controls.term_texts import TermLabel, TermText
from cnn_tutor.widgets.style.rich_text import line_html
from tests.helpers.widgets import in_window

HTML = line_html((Token("777777", "x", 3), Token(" + "), Token("888888", "x", 4)), "", Pointed())


@pytest.mark.parametrize("kind", [TermLabel, TermText])
def test_the_term_under_the_pointer_is_told(qtbot: QtBot, kind: type) -> None:
    shown, beside = kind(), kind()
    in_window(qtbot, shown, beside)
    shown.setText(HTML)
    told: list[int | None] = []
    shown.pointed.connect(told.append)
    document = QTextDocument()
    document.setDefaultFont(shown.font())
    document.setHtml(HTML)
    wide, middle = round(document.idealWidth()), shown.height() // 2
    high = middle if kind is TermLabel else round(document.size().height() / 2)
    for x in (wide // 5, 4 * wide // 5):
        QTest.mouseMove(shown if kind is TermLabel else shown.viewport(), QPoint(x, high))
        QApplication.processEvents()
    QTest.mouseMove(beside, QPoint(5, 5))
    QApplication.processEvents()
    assert list(dict.fromkeys(told)) == [3, 4, None]
    assert told[-1] is None
