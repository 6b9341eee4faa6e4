"""Outlines around cells that touch, and the places that they cover."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize

from cnn_tutor.widgets.grids.outlines import beside, runs, sides, strips

FIRST = QRect(5, 7, 30, 20)
SQUARE = frozenset({(1, 1), (1, 2), (2, 1), (2, 2)})


def test_cells_that_touch_have_no_line_between_them() -> None:
    found = set(sides(SQUARE))
    assert len(found) == 8
    assert {(row, column) for row, column, side in found if side == 0} == {(1, 1), (1, 2)}
    assert len(set(sides({(0, 0), (0, 2)}))) == 8  # each for itself


def test_the_strips_are_inside_of_their_cells() -> None:
    whole = QRect(FIRST.topLeft(), QSize(60, 40)).translated(30, 20)
    found = list(strips(sides(SQUARE), FIRST, 2))
    assert all(whole.contains(strip) for strip in found)
    assert all(min(strip.width(), strip.height()) == 2 for strip in found)
    bounds = QRect()
    for strip in found:
        bounds |= strip
    assert bounds == whole


def test_cells_side_by_side_are_one_place() -> None:
    found = list(runs({(0, 0), (0, 1), (0, 3), (1, 3)}, FIRST))
    assert found == [QRect(5, 7, 60, 20), QRect(95, 7, 30, 20), QRect(95, 27, 30, 20)]
    assert list(runs((), FIRST)) == []


def test_a_cell_has_four_neighbours() -> None:
    assert set(beside([(4, 4)])) == {(3, 4), (5, 4), (4, 3), (4, 5)}
