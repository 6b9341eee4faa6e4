"""Pooling on its board: which cells win, windows over the edge, and playing term by term."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.project.project import Project
from cnn_tutor.widgets.grids.marks import Mark
from tests.helpers.boards import by_terms, marked, names, numbers_of, plain

TERMS = [4, 4, 2, 4, 4, 2, 2, 2, 1]
"""How many cells each window of 2×2 reads of a 5×5 with padding "same" and steps of 2."""


def over_the_edge(kind=MaxPooling2D) -> Project:
    x = np.arange(25.0).reshape(5, 5, 1)
    return Project.of(x, kind((2, 2), (2, 2), "same"), {})


def test_the_largest_of_a_window_is_marked_in_the_input_and_in_the_window(drive) -> None:
    lab = drive("max_pooling")
    winners = {(0, 0): (0, 0), (0, 1): (0, 3), (1, 0): (3, 1), (1, 1): (3, 2)}
    for (row, column), cell in winners.items():
        lab.click("output", row, column)
        assert marked(lab, "x", Mark.WON) == {cell}
        assert marked(lab, "products", Mark.WON) == {(cell[0] - 2 * row, cell[1] - 2 * column)}
        assert len(marked(lab, "x", Mark.READ)) == 4


def test_all_that_share_the_largest_number_are_marked(drive) -> None:
    lab = drive("max_pooling_maps")
    lab.click("output[0]", 0, 1)
    assert marked(lab, "x[0]", Mark.WON) == {(0, 2), (0, 3)}
    assert marked(lab, "products", Mark.WON) == {(0, 0), (0, 1)}
    lab.click("output[1]", 1, 1)
    assert marked(lab, "x[1]", Mark.WON) == {(2, 2), (2, 3)}
    assert marked(lab, "x[0]", Mark.WON) == marked(lab, "x[2]", Mark.WON) == set()


@pytest.mark.parametrize("preset", ["average_pooling", "global_average_pooling"])
def test_in_a_mean_nobody_wins(drive, preset: str) -> None:
    lab = drive(preset)
    for x in names(lab, "x"):
        assert marked(lab, x, Mark.WON) == set()
    assert marked(lab, "products", Mark.WON) == set()
    assert any(marked(lab, x, Mark.READ) for x in names(lab, "x"))
    assert plain(lab.part("running_sum")).startswith("mean = ")


def test_a_whole_map_becomes_one_number_in_a_column(drive) -> None:
    lab = drive("global_average_pooling")
    means = [sum(map(sum, numbers_of(lab, f"x[{c}]"))) / 9 for c in range(3)]
    assert numbers_of(lab, "output") == [[mean] for mean in means]
    lab.click("output", 1, 0)
    assert len(marked(lab, "x[1]", Mark.READ)) == 9
    assert marked(lab, "x[0]", Mark.READ) == set()
    lab.hover("x[2]", 0, 0)
    assert marked(lab, "output", Mark.REACHED) == {(2, 0)}


@pytest.mark.parametrize("kind", [MaxPooling2D, AveragePooling2D])
def test_a_window_over_the_edge_reads_the_cells_inside_alone(drive, kind) -> None:
    lab = drive(over_the_edge(kind))
    for (row, column), count in zip(itertools.product(range(3), range(3)), TERMS, strict=True):
        lab.click("output", row, column)
        assert len(marked(lab, "x", Mark.READ)) == count
        assert sum(map(len, lab.read("products"))) == count
    corner = numbers_of(lab, "output")[2][2]
    assert corner == 24


def places(lab) -> tuple[tuple[int, ...], int]:
    return lab.lab.playback.at, lab.lab.playback.terms


EVERY = [
    ((row, column, 0), term)
    for (row, column), count in zip(itertools.product(range(3), range(3)), TERMS, strict=True)
    for term in range(1, count + 1)
]


def test_term_by_term_each_term_comes_once_forward_and_back(drive) -> None:
    lab = drive(over_the_edge())
    by_terms(lab)
    seen = [places(lab)]
    while lab.part("step_forward").isEnabled():
        lab.press("step_forward")
        seen.append(places(lab))
        assert len(seen) <= len(EVERY)
    assert seen == EVERY
    assert lab.lab.playback.all_reached
    back = [places(lab)]
    while lab.part("step_back").isEnabled():
        lab.press("step_back")
        back.append(places(lab))
        assert len(back) <= len(EVERY)
    assert back == EVERY[::-1]


def test_each_step_shows_one_number_more_and_the_winner_only_at_the_end(drive) -> None:
    lab = drive(over_the_edge())
    by_terms(lab)
    for (row, column, _), term in EVERY:
        count = TERMS[3 * row + column]
        if count > 1:
            shown = [text for line in lab.read("products") for text in line if text]
            assert len(shown) == term
            assert plain(lab.part("running_sum")) == f"max = {shown[-1]}"
        won = marked(lab, "x", Mark.WON)
        assert bool(won) == (term == count and count > 1)
        assert (lab.read("output")[row][column] == "") == (term < count)
        lab.press("step_forward")


def test_turning_to_terms_at_an_edge_cell_one_step_back_takes_one_term_away(drive) -> None:
    lab = drive(over_the_edge())
    lab.click("output", 0, 2)
    unit = lab.part("step_unit")
    unit.setFocus()
    QTest.keyClick(unit, Qt.Key.Key_Down)
    lab.press("step_back")
    assert lab.read("output")[0][2] == ""
