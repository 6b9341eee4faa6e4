"""The table of the layers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnn_tutor.app.style import language
from cnn_tutor.document.document import Document
from cnn_tutor.pages.views.network.summary_table import SummaryTable
from tests.helpers.states import lab_state
from tests.helpers.widgets import LEFT, NONE, Key, in_window, press
from tests.unit.pages.panels.test_layer_row import chain


@pytest.fixture
def made(qtbot):
    document = Document(chain("conv2d", "relu", "flatten", "dense"))
    state = lab_state(document)
    table = SummaryTable(document, state)
    document.setParent(table)
    in_window(qtbot, table)
    return table, state, document


def read(table: SummaryTable) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(r, c).data() for c in range(model.columnCount())]
        for r in range(model.rowCount())
    ]


def click(table: SummaryTable, row: int) -> None:
    at = table.visualRect(table.model().index(row, 1)).center()
    QTest.mouseClick(table.viewport(), LEFT, NONE, at)


def test_it_sums_up_the_network(made) -> None:
    table, _, document = made
    units = document.project.network.shape("dense_1")[0]
    weights = 36 * units + units
    assert read(table) == [
        ["Input", "", "8×8×1", ""],
        ["conv2d_1", "Convolution", "6×6×1", "10"],
        ["relu_1", "ReLU", "6×6×1", "0"],
        ["flatten_1", "Flatten", "36", "0"],
        ["dense_1", "Dense", str(units), str(weights)],
        ["Total", "", "", str(weights + 10)],
    ]
    assert table.objectName() == "summary"


def test_large_counts_are_written_as_everywhere_and_stand_flush_right(qtbot) -> None:
    import numpy as np

    from cnn_tutor.engine.layers.dense import Dense
    from cnn_tutor.project.project import Project

    document = Document(Project.of(np.zeros(2000), Dense(), {"kernel": np.zeros((2000, 30))}))
    state = lab_state(document)
    table = SummaryTable(document, state)
    document.setParent(table)
    in_window(qtbot, table)
    assert table.model().index(1, 3).data() == "60000"
    side = table.model().index(1, 3).data(Qt.ItemDataRole.TextAlignmentRole)
    assert side & Qt.AlignmentFlag.AlignRight


def test_the_row_of_the_shown_layer_is_chosen(made) -> None:
    table, state, _ = made
    assert table.currentIndex().row() == 4
    state.select("relu_1")
    assert {index.row() for index in table.selectedIndexes()} == {2}


def test_where_it_scrolls_the_total_is_seen_under_the_last_layer(made) -> None:
    table, state, _ = made
    table.set_room(1000, 3)
    state.select("conv2d_1")
    state.select("dense_1")
    seen = table.viewport().rect()
    assert [seen.contains(table.visualRect(table.model().index(row, 0))) for row in range(6)] == [
        *[False] * 3,
        *[True] * 3,
    ]


def test_a_click_shows_the_layer(made) -> None:
    table, state, _ = made
    click(table, 1)
    assert state.shown.name == "conv2d_1"


def test_the_input_and_the_total_are_no_layers(made) -> None:
    table, state, _ = made
    click(table, 0)
    click(table, 5)
    assert state.shown.name == "dense_1"


def test_the_arrow_keys_go_from_layer_to_layer(qtbot, made) -> None:
    table, state, _ = made
    table.setFocus()
    press(qtbot, Key.Key_Up)
    assert state.shown.name == "flatten_1"
    press(qtbot, Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Up)
    assert state.shown.name == "conv2d_1"


def test_it_follows_the_network(made) -> None:
    table, _, document = made
    document.replace(document.project.removed("relu_1"), "remove")
    assert [row[0] for row in read(table)] == [
        "Input",
        "conv2d_1",
        "flatten_1",
        "dense_1",
        "Total",
    ]
    document.undo_stack.undo()
    assert len(read(table)) == 6


def test_every_text_has_room_and_few_rows_make_it_scroll(made) -> None:
    table, _, _ = made
    model = table.model()
    for column in range(model.columnCount()):
        widest = max(
            table.fontMetrics().horizontalAdvance(model.index(row, column).data())
            for row in range(model.rowCount())
        )
        title = table.fontMetrics().horizontalAdvance(model.headerData(column, Qt.Horizontal))
        assert table.columnWidth(column) >= max(widest, title)
    assert table.verticalScrollBar().maximum() == 0
    high, wide = table.height(), table.width()
    table.set_room(wide, 3)
    assert table.height() < high


def test_where_room_is_short_the_name_alone_says_the_kind(made) -> None:
    table, _, _ = made
    wide = table.width()
    table.set_room(wide - 1, 6)
    assert table.isColumnHidden(1)
    assert table.width() < wide
    table.set_room(wide, 6)
    assert not table.isColumnHidden(1)
    assert table.width() == wide


def test_out_of_sight_it_follows_and_speaks_the_language_that_is_on(made) -> None:
    table, _, document = made
    table.hide()
    document.replace(document.project.removed("relu_1"), "remove")
    language.apply("ja")
    table.retranslate()
    table.show()
    assert read(table)[1][:2] == ["conv2d_1", "畳み込み"]
    assert len(read(table)) == 5
