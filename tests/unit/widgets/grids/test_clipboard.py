"""Blocks of numbers as spreadsheets write and read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.widgets.grids import clipboard
from tests.helpers.effort import at_most

NUMBERS = st.floats(-limits.MAX_NUMBER, limits.MAX_NUMBER)


def take(text: str) -> clipboard.Block:
    QGuiApplication.clipboard().setText(text)
    return clipboard.take()


def test_a_block_is_put_as_rows_of_tabs(qapp: QApplication) -> None:
    clipboard.put([[1, -2], [0.5, 1e6]])
    assert QGuiApplication.clipboard().text() == "1\t-2\n0.5\t1000000\n"


@given(
    st.integers(1, 4).flatmap(
        lambda n: st.lists(st.lists(NUMBERS, min_size=n, max_size=n), min_size=1, max_size=4)
    )
)
def test_what_is_put_is_taken_to_the_last_bit(qapp: QApplication, block: list[list[float]]) -> None:
    clipboard.put(block)
    assert clipboard.take() == block


def test_cells_not_shown_yet_are_left_empty(qapp: QApplication) -> None:
    clipboard.put([[None, 1], [2, None]])
    assert QGuiApplication.clipboard().text() == "\t1\n2\t\n"
    clipboard.put([[None], [1]])
    assert QGuiApplication.clipboard().text() == "\n1\n"


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("1\t2\r\n3\t4\r\n", [[1, 2], [3, 4]]),
        ("1\t2\n3\t4", [[1, 2], [3, 4]]),
        ("1\t2\r3\t4\r", [[1, 2], [3, 4]]),
        ("7", [[7]]),
        ("１，５\t－２\n\u22123\t1/4", [[1.5, -2], [-3, 0.25]]),
        ('"1"\t"2"', [[1, 2]]),
        ("1\t2\n3", [[1, 2], [3]]),
        ("1\n\n\n", [[1]]),
    ],
)
def test_blocks_of_spreadsheets_are_read(
    qapp: QApplication, text: str, block: clipboard.Block
) -> None:
    assert take(text) == block


def test_an_empty_cell_in_a_column_is_not_dropped(qapp: QApplication) -> None:
    with pytest.raises(Refusal) as refused:
        take("1\n\n3\n")
    assert refused.value.values["row"] == 2


@pytest.mark.parametrize(
    ("text", "row", "column", "shown"),
    [
        ("1\tx", 1, 2, "x"),
        ("1\n2\n?", 3, 1, "?"),
        ("1\t\t3", 1, 2, ""),
        ("1e7", 1, 1, "1e7"),
        ("1,000", 1, 1, "1,000"),
        ("nan", 1, 1, "nan"),
        ("hello " * 9, 1, 1, "hello hello hello he"),
    ],
)
def test_a_cell_that_is_no_number_is_named(
    qapp: QApplication, text: str, row: int, column: int, shown: str
) -> None:
    with pytest.raises(Refusal) as refused:
        take(text)
    assert refused.value.reason == "paste_cell"
    assert refused.value.values == {"row": row, "column": column, "text": shown}


@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n"])
def test_an_empty_clipboard_is_refused(qapp: QApplication, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        take(text)
    assert refused.value.reason == "paste_empty"


@given(st.text(alphabet="0123456789\t\n -.,\"'x", max_size=40))
def test_any_other_text_is_a_block_or_a_refusal(qapp: QApplication, text: str) -> None:
    try:
        block = take(text)
    except Refusal:
        return
    assert block
    assert all(block)


def test_a_whole_vector_and_as_much_again_is_pasted(qapp: QApplication) -> None:
    long = "-0.1234567890123456\n"
    QGuiApplication.clipboard().setText(long * limits.MAX_PASTED)
    with at_most(4_000_000):
        assert len(clipboard.take()) == limits.MAX_PASTED
    QGuiApplication.clipboard().setText(long * (limits.MAX_PASTED + 1))
    with pytest.raises(Refusal) as refused:
        clipboard.take()
    assert refused.value.values == {"most": limits.MAX_PASTED}
