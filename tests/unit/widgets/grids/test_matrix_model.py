"""A matrix whose places look into a tensor: all copies of a cell are one number."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from cnn_tutor.study import words
from cnn_tutor.widgets.grids.matrix_model import MatrixModel
from tests.helpers.widgets import texts

PLACES = np.array([[[0, 0], [0, 1]], [[0, 1], [0, 2]], [[-1, 0], [1, 1]]])
"""Three rows over a 2×3 tensor; (0, 1) stands in two places, and (-1, 0) outside."""


@pytest.fixture
def model(qtbot: QtBot) -> MatrixModel:
    made = MatrixModel(True)
    made.show_matrix(np.arange(6.0).reshape(2, 3), PLACES)
    made.set_labels("x", ["a", "b", "c"], ["d", "e"])
    return made


def test_every_place_shows_its_cell_and_padding_holds_0(model: MatrixModel) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    assert QAbstractItemModelTester(model, fatal, None).model() is model
    assert texts(model) == [["0", "1"], ["1", "2"], ["0", "4"]]
    assert not model.flags(model.index(2, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.headerData(1, Qt.Orientation.Vertical) == "b"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "e"
    spoken = texts(model, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[2] == [
        words.say("layers.padding_entry", port="x", place="-1, 0"),
        words.say("layers.entry", port="x", place="1, 1", value=4),
    ]


def test_a_cell_is_found_in_all_its_places_and_else_the_first_that_is_no_padding(
    model: MatrixModel,
) -> None:
    assert model.places((0, 1)) == [(0, 1), (1, 0)]
    assert model.nearest((0, 1)) == (0, 1)
    assert model.nearest((1, 2)) == model.nearest(()) == (0, 0)
    assert model.cell_of((1, 2)) is None


def test_writing_names_the_cell_and_a_change_refreshes_all_its_places(
    qtbot: QtBot, model: MatrixModel
) -> None:
    with qtbot.waitSignal(model.edited) as edited:
        assert model.setData(model.index(1, 0), "7")
    assert edited.args == [{(0, 1): 7.0}]
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda at, _: changed.append((at.row(), at.column())))
    model.refresh((slice(0, 1), slice(1, 2)))
    assert changed == [(0, 1), (1, 0)]


def test_cells_that_are_not_reached_yet_are_blank(model: MatrixModel) -> None:
    model.show_matrix(np.arange(6.0).reshape(2, 3), PLACES, lambda at: at != (0, 1))
    assert texts(model) == [["0", ""], ["", "2"], ["0", "4"]]
