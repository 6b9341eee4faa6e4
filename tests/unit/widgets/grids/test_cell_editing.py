"""Copying cells to a spreadsheet and pasting its blocks."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.engine.window import Pair
from cnn_tutor.widgets.grids.tensor_model import NO_PADS
from tests.helpers.effort import at_most
from tests.helpers.widgets import CTRL, SHIFT, Key, Sheet, press, sheet
from tests.unit.project.clear import explained
from tests.unit.project.mutants import LONG
from tests.unit.project.naughty import strings

RING = ((1, 1), (1, 1))


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def paste(paper: Sheet, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    paper.press(Key.Key_V, modifiers=CTRL)


def test_a_chosen_block_is_copied_as_tab_separated_text_and_goes_back(qtbot: QtBot) -> None:
    paper = sheet(qtbot, [[1, -2.5, 3], [1e6, 1 / 3, 6]], pads=RING)
    paper.press(Key.Key_Right, Key.Key_Down, modifiers=SHIFT)
    paper.press(Key.Key_C, modifiers=CTRL)
    assert clipboard() == f"1\t-2.5\n1000000\t{1 / 3!r}\n"
    assert not paper.edits
    paper.press(Key.Key_V, modifiers=CTRL)
    assert paper.rows == [[1, -2.5, 3], [1e6, 1 / 3, 6]]
    paper.press(Key.Key_A, Key.Key_C, modifiers=CTRL)  # without the padding
    assert clipboard() == f"1\t-2.5\t3\n1000000\t{1 / 3!r}\t6\n"
    assert not paper.refusals


def test_cut_copies_and_makes_the_cells_0(paper: Sheet) -> None:
    paper.click(1, 1)
    paper.press(Key.Key_X, modifiers=CTRL)
    assert clipboard() == "5\n"
    assert paper.edits == [({(1, 1, 0): 0.0}, 0)]


def test_copying_a_read_only_grid_leaves_cells_not_shown_yet_empty(qtbot: QtBot) -> None:
    paper = sheet(qtbot, editable=False)
    paper.grid.tensor_model.show(paper.tensor, (0,), visible=lambda at: at != (0, 1, 0))
    paper.click(0, 0)
    paper.click(1, 1, SHIFT)
    paper.press(Key.Key_C, modifiers=CTRL)
    assert clipboard() == "1\t\n4\t5\n"


def test_a_block_from_a_spreadsheet_is_written_at_once(paper: Sheet) -> None:
    paper.press(Key.Key_Right)
    paste(paper, " 10 \t20\u00a0\r\n30\t40\r\n\r\n")
    assert paper.rows == [[1, 10, 20], [4, 30, 40], [7, 8, 9]]
    assert len(paper.edits) == 1
    assert not paper.refusals


def test_one_number_fills_the_chosen_cells(paper: Sheet) -> None:
    paper.press(Key.Key_Right, Key.Key_Down, modifiers=SHIFT)
    paste(paper, "7\r\n")
    assert paper.rows == [[7, 7, 3], [7, 7, 6], [7, 8, 9]]
    assert len(paper.edits) == 1


def test_a_block_with_a_bad_cell_changes_nothing_and_says_which(paper: Sheet) -> None:
    paste(paper, "1\t2\n3\t#REF!")
    assert not paper.edits
    ((row, column, why),) = paper.refusals
    assert (row, column, why.reason) == (0, 0, "paste_cell")
    assert why.values == {"row": 2, "column": 2, "text": "#REF!"}


@pytest.mark.parametrize(("pads", "at"), [(NO_PADS, (1, 2)), (RING, (2, 3))])
def test_a_block_that_sticks_out_is_cut_and_the_rest_counted(
    qtbot: QtBot, pads: tuple[Pair, Pair], at: tuple[int, int]
) -> None:
    paper = sheet(qtbot, pads=pads)
    paper.press(Key.Key_Right, Key.Key_Right, Key.Key_Down)
    paste(paper, "10\t20\n30\t40\n50\t60\n")
    assert paper.rows == [[1, 2, 3], [4, 5, 10], [7, 8, 30]]
    assert [(r, c, why.reason, why.values) for r, c, why in paper.refusals] == [
        (*at, "paste_cut", {"count": 4})
    ]


def test_the_keys_of_old_keyboards_work_too_and_on_the_cell_that_tab_came_to(paper: Sheet) -> None:
    press(paper.qtbot, Key.Key_Backtab, modifiers=SHIFT)
    press(paper.qtbot, Key.Key_Tab)
    paper.press(Key.Key_Insert, modifiers=CTRL)
    assert clipboard() == "1\n"
    paper.click(1, 1)
    paper.press(Key.Key_Insert, modifiers=SHIFT)
    assert paper.rows[1][1] == 1


def test_pasting_while_typing_goes_into_the_line(paper: Sheet) -> None:
    paper.type("1")
    paste(paper, "23")
    assert not paper.edits
    paper.press(Key.Key_Tab)
    assert paper.rows[0] == [123, 2, 3]


MONSTERS = {
    "a million cells": "\n".join(["\t".join(["1"] * 1000)] * 1000),
    "a million lines": "\n" * 10**6,
    "a line of a million": "1\t" * 10**6,
    "a number of ten megabytes": "9" * 10**7,
    "a number of a spreadsheet's cell": "9" * 130_000,
    "one quote": '"' + "1\n" * 100_000,
    "numbers of other scripts": "９\t" * 300_000,
}


@pytest.mark.parametrize("name", MONSTERS)
def test_a_monster_is_refused_at_once(paper: Sheet, name: str) -> None:
    QGuiApplication.clipboard().setText(MONSTERS[name])
    with at_most(200_000):
        paper.press(Key.Key_V, modifiers=CTRL)
    assert not paper.edits
    reasons = [why.reason for _, _, why in paper.refusals]
    assert reasons == ["paste_cell" if "spreadsheet" in name else "paste_large"]
    (why,) = (why for _, _, why in paper.refusals)
    assert all(len(text) < 120 for text in explained(why).values())


def test_a_monster_that_is_pasted_while_typing_is_cut(paper: Sheet) -> None:
    paper.type("1")
    with at_most(10_000):
        paste(paper, MONSTERS["a number of ten megabytes"])
        paper.press(Key.Key_Tab)
    assert not paper.edits
    assert [why.reason for _, _, why in paper.refusals] == ["number_limit"]


def test_a_naughty_string_is_a_number_or_refused(paper: Sheet) -> None:
    for text in strings() if LONG else strings()[::5]:
        before = paper.rows
        paste(paper, text)
        assert np.isfinite(paper.rows).all()
        assert paper.rows == before or text.strip()[:1] in "+-0123456789.１９", ascii(text)
    for _, _, why in paper.refusals:
        explained(why)
