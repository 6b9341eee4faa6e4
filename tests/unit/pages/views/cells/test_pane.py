from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from cnn_tutor.pages.views.boxes import Box
from cnn_tutor.pages.views.cells.pane import Pane
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.widgets import in_window

TITLE = 21


@pytest.fixture
def pane(qtbot) -> Pane[TensorGrid]:
    board = QWidget()
    in_window(qtbot, board, size=(400, 300))
    made = Pane(board, TensorGrid("read", True), "x")
    made.grid.tensor_model.show(np.ones((5, 5, 1)), (0,))
    made.set_title("Input", "5×5 <wide>")
    return made


def test_the_title_says_what_the_grid_is(pane) -> None:
    assert pane.grid.objectName() == "x"
    assert pane.grid.accessibleName() == pane.title.toolTip() == "Input 5×5 <wide>"
    assert "&lt;wide&gt;" in pane.title.text()


def test_the_detail_goes_where_room_is_short(pane) -> None:
    pane.place(Box(10, 40, 100, 100), (20, 20), pane.title_width(), TITLE)
    assert "5×5" in pane.title.text()
    assert pane.title.geometry().bottomLeft().y() < 40
    pane.place(Box(10, 40, 100, 100), (20, 20), pane.title_width() - 1, TITLE)
    assert "5×5" not in pane.title.text()
    assert pane.title.width() == pane.short_width() < pane.title_width()


def test_a_cell_is_somewhere_as_long_as_it_is_in_sight(pane) -> None:
    pane.place(Box(10, 40, 100, 100), (20, 20), 200, TITLE)
    assert pane.cell_rect(0, 0).topLeft().x() >= 10
    assert pane.cell_rect(4, 4).isValid()
    pane.place(Box(10, 40, 70, 70), (20, 20), 200, TITLE)
    assert not pane.cell_rect(4, 4).isValid()


def test_what_is_hidden_keeps_its_place_unseen(pane) -> None:
    pane.hidden = True
    pane.place(Box(10, 40, 100, 100), (20, 20), 200, TITLE)
    assert pane.grid.isHidden()
    assert pane.title.isHidden()
    assert pane.grid.x() == 10
