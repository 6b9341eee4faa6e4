"""A matrix with names at its rows and columns, which can be pointed at and clicked."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets.grids.matrix_grid import MatrixGrid, Names
from tests.helpers.widgets import LEFT, NONE, in_window, picture


@pytest.fixture
def grid(qtbot: QtBot) -> MatrixGrid:
    made = MatrixGrid("read", editable=True)
    in_window(qtbot, made, size=(300, 300))
    made.matrix_model.show_matrix(np.arange(900.0).reshape(30, 30), np.indices((30, 30)).T)
    made.matrix_model.set_labels("x", [f"r{n}" for n in range(30)], [f"c{n}" for n in range(30)])
    made.set_cell_size(30, 30)
    made.set_headers(40, 20)
    return made


def middle(names: Names, section: int) -> QPoint:
    at = names.sectionViewportPosition(section) + names.sectionSize(section) // 2
    return QPoint(at, 4) if names.height() == 20 else QPoint(4, at)


@pytest.mark.parametrize("way", ["rows", "columns"])
def test_a_name_is_pointed_at_left_and_clicked(grid: MatrixGrid, way: str) -> None:
    names: Names = getattr(grid, way)
    said: list[object] = []
    names.hovered.connect(said.append)
    names.pinned.connect(said.append)
    QTest.mouseMove(names.viewport(), middle(names, 2))
    QTest.mouseMove(names.viewport(), middle(names, 2) + QPoint(1, 1))
    QTest.mouseClick(names.viewport(), LEFT, NONE, middle(names, 3))
    QTest.mouseMove(grid.window(), QPoint(1, 1))
    assert said in ([2, 3, None], [2, 3, 3, None])
    plain = picture(names)
    names.highlight({1})
    assert picture(names) != plain


def test_names_without_room_are_not_shown(grid: MatrixGrid) -> None:
    grid.set_headers(0, 20)
    assert not grid.rows.isVisible()
    assert grid.columns.isVisible()


def test_it_scrolls_just_as_far_as_is_needed(grid: MatrixGrid) -> None:
    grid.reveal(20, 3)
    ground = grid.viewport().rect()
    assert grid.horizontalScrollBar().value() == 0
    assert ground.bottom() - 30 <= grid.ground_rect(20, 3).bottom() <= ground.bottom()
    at = grid.verticalScrollBar().value()
    grid.reveal(19, None)
    assert grid.verticalScrollBar().value() == at
