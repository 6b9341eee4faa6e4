"""Tables of texts: as large as they need to be, a column left out where room is short."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.grids.plain_table import PlainTable, TextModel
from tests.helpers.widgets import in_window, texts

ROWS = [(f"layer {n}", "Convolution", str(n)) for n in range(9)]
TITLES = ["Layer", "Kind", "Numbers"]


@pytest.fixture
def table(qtbot: QtBot) -> PlainTable:
    made = PlainTable()
    model = TextModel((2,), made)
    made.setModel(model)
    made.set_spare_column(1)
    model.show_texts(ROWS, TITLES)
    in_window(qtbot, made, size=(600, 400))
    made.claim()
    return made


def test_texts_stand_under_their_titles_numbers_flush_right(table: PlainTable) -> None:
    model = table.model()
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    assert QAbstractItemModelTester(model, fatal, None).model() is model
    assert texts(model) == [list(row) for row in ROWS]
    across = Qt.Orientation.Horizontal
    assert [model.headerData(n, across) for n in range(3)] == TITLES
    for n, side in enumerate(("AlignLeft", "AlignLeft", "AlignRight")):
        for found in (
            model.index(0, n).data(Qt.ItemDataRole.TextAlignmentRole),
            model.headerData(n, across, Qt.ItemDataRole.TextAlignmentRole),
        ):
            assert found & getattr(Qt.AlignmentFlag, side)


def test_it_takes_the_room_of_some_rows_and_leaves_a_column_out(table: PlainTable) -> None:
    whole = table.size()
    assert table.verticalScrollBar().maximum() > 0
    table.set_room(whole.width() - 40, 9)
    assert table.isColumnHidden(1)
    assert table.width() < whole.width() - 60
    assert table.height() > whole.height()
    assert table.verticalScrollBar().maximum() == 0
    table.set_room(whole.width() + 20, 9)
    assert not table.isColumnHidden(1)
