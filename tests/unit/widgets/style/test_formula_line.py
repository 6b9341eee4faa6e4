"""A formula on one line: whole where there is room, else with whole terms at both ends."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from cnn_tutor.study.formula import RESULT, Token
from cnn_tutor.widgets.style.formula_line import FormulaLine
from tests.helpers.widgets import in_window

TERM = (Token("12", "x"), Token("·"), Token("5", "kernel"), Token(" + "))
LINE = (*TERM * 30, Token("0"), Token(" = "), Token("7", RESULT))


@pytest.mark.parametrize("width", [200, 400, 4000])
def test_its_middle_is_left_out_where_it_is_too_long(qtbot: QtBot, width: int) -> None:
    line = FormulaLine()
    in_window(qtbot, line, size=(width, 60))
    line.show_line(LINE)
    document = QTextDocument()
    document.setHtml(line.text())
    shown, whole = document.toPlainText(), "".join(token.text for token in LINE)
    assert line.plain == whole
    assert document.idealWidth() <= line.width()
    if width == 4000:
        assert shown == whole
        return
    start, end = shown.split("…")
    assert whole.startswith(start.rstrip())
    assert start.rstrip().endswith("+")
    assert whole.endswith(end.lstrip())
    assert end.endswith("= 7")
