"""A plane of a tensor as a table: its places, its padding and what is said about each cell."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.study import words
from cnn_tutor.widgets.grids.tensor_model import NO_PADS, TensorModel
from tests.helpers.widgets import texts

ROLE = Qt.ItemDataRole
PADS = ((1, 2), (3, 0))
KERNEL = np.arange(36.0).reshape(3, 2, 2, 3)


def rgb() -> np.ndarray:
    return np.arange(24.0).reshape(2, 4, 3)


def model(tensor: np.ndarray, *suffix: int, editable: bool = True, **rest: object) -> TensorModel:
    made = TensorModel(editable)
    made.show(tensor, suffix, **rest)  # type: ignore[arg-type]
    return made


def test_qt_finds_nothing_wrong_with_it(qapp: QApplication) -> None:
    made = TensorModel(True)
    tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Fatal, None
    )
    for tensor, suffix, pads in (
        (rgb(), (1,), PADS),
        (np.arange(3.0), (), NO_PADS),
        (rgb(), (0,), NO_PADS),
    ):
        made.show(tensor, suffix, pads)
        made.refresh((slice(0, 1),) * tensor.ndim)
    assert tester.model() is made


@pytest.mark.parametrize(
    ("tensor", "suffix", "plane"),
    [
        (rgb(), (0,), rgb()[..., 0]),
        (rgb(), (2,), rgb()[..., 2]),
        (KERNEL, (1, 2), KERNEL[:, :, 1, 2]),
        (np.array([5.0, 6.0, 7.0]), (), np.array([[5.0], [6.0], [7.0]])),
    ],
)
def test_each_plane_shows_its_own_numbers(qapp: QApplication, tensor, suffix, plane) -> None:
    made = model(tensor, *suffix)
    assert texts(made) == [[str(int(n)) for n in row] for row in plane]
    for row, column in np.ndindex(plane.shape):
        index = made.tensor_index(row, column)
        assert made.number(row, column) == tensor[index]
        assert made.cell_of(index) == (row, column)


def test_padding_stands_around_and_holds_0(qapp: QApplication) -> None:
    made = model(rgb(), 2, pads=PADS)
    assert (made.rowCount(), made.columnCount()) == (5, 7)
    for row, column in np.ndindex(5, 7):
        inside = 1 <= row < 3 and column >= 3
        assert made.cell_of(made.tensor_index(row, column)) == (row, column)
        assert made.is_padding(row, column) != inside
        assert made.number(row, column) == (rgb()[row - 1, column - 3, 2] if inside else 0)


@pytest.mark.parametrize("index", [(0, 0, 0), (0, 0, 2), (-2, 0, 1), (4, 0, 1), (0, 4, 1)])
def test_an_index_of_another_plane_or_beyond_has_no_cell(
    qapp: QApplication, index: tuple[int, ...]
) -> None:
    assert model(rgb(), 1, pads=PADS).cell_of(index) is None


def test_the_nearest_cell_of_an_index_is_never_padding(qapp: QApplication) -> None:
    made = model(rgb(), 1, pads=PADS)
    for index in itertools.product(range(-2, 7), range(-4, 9), (0, 1)):
        row, column = made.nearest(index)
        assert not made.is_padding(row, column)
        inside = made.cell_of((*index[:2], 1))
        if inside is not None and not made.is_padding(*inside):
            assert (row, column) == inside
    assert made.nearest((9, 9, 1)) == (2, 6)
    assert model(np.arange(3.0)).nearest((7,)) == (2, 0)


def test_only_cells_of_the_tensor_can_be_chosen_and_edited(qapp: QApplication) -> None:
    made, fixed = (model(rgb(), 1, editable=e, pads=PADS) for e in (True, False))
    chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    for row, column in np.ndindex(5, 7):
        padding = made.is_padding(row, column)
        none = Qt.ItemFlag.NoItemFlags
        assert fixed.flags(fixed.index(row, column)) == (none if padding else chosen)
        assert made.flags(made.index(row, column)) == (
            none if padding else chosen | Qt.ItemFlag.ItemIsEditable
        )
    assert made.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_writing_is_announced_and_the_tensor_left_alone(qtbot: QtBot) -> None:
    tensor = rgb()
    made = model(tensor, 1, pads=PADS)
    with qtbot.waitSignal(made.edited) as edited:
        assert made.setData(made.index(2, 4), "１，５")
    assert edited.args == [{(1, 1, 1): 1.5}]
    np.testing.assert_array_equal(tensor, rgb())


def test_padding_fixed_cells_and_other_roles_cannot_be_written(qtbot: QtBot) -> None:
    made, fixed = (model(rgb(), 1, editable=e, pads=PADS) for e in (True, False))
    for of, cell, role in (
        (made, (0, 0), ROLE.EditRole),
        (fixed, (2, 4), ROLE.EditRole),
        (made, (2, 4), ROLE.DisplayRole),
    ):
        with qtbot.assertNotEmitted(of.edited), qtbot.assertNotEmitted(of.refused):
            assert not of.setData(of.index(*cell), "5", role)
    assert not made.setData(QModelIndex(), "5")


def test_numbers_are_shown_with_the_wide_minus_and_edited_with_the_keyboards(
    qapp: QApplication,
) -> None:
    made = model(np.array([-2.0, 1 / 3, 1e-9]))
    assert texts(made) == [["−2"], ["0.333333333333"], ["1e−09"]]
    assert texts(made, ROLE.EditRole) == [["-2"], ["0.333333333333"], ["1e-09"]]


@pytest.mark.parametrize(
    ("tensor", "suffix", "pads", "region", "first", "last"),
    [
        (rgb(), (1,), PADS, (slice(0, 2), slice(1, 3), slice(0, 3)), (1, 4), (2, 5)),
        (np.arange(4.0), (), NO_PADS, (slice(1, 3),), (1, 0), (2, 0)),
    ],
)
def test_a_region_of_the_tensor_is_refreshed_where_it_is_shown(
    qtbot: QtBot, tensor, suffix, pads, region, first, last
) -> None:
    made = model(tensor, *suffix, pads=pads)
    if suffix:
        with qtbot.assertNotEmitted(made.dataChanged):  # another plane
            made.refresh((slice(0, 1), slice(0, 1), slice(2, 3)))
    with qtbot.waitSignal(made.dataChanged) as changed:
        made.refresh(region)
    assert changed.args is not None
    assert [(at.row(), at.column()) for at in changed.args[:2]] == [first, last]


@pytest.mark.parametrize("role", [ROLE.ToolTipRole, ROLE.AccessibleTextRole])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_said_of_a_cell_counts_in_the_tensor(
    qapp: QApplication, role: Qt.ItemDataRole, language: str
) -> None:
    words.speak(language)
    made = model(np.full((2, 4, 3), 1 / 3), 1, pads=PADS)
    spoken = texts(made, role)
    made.show(rgb(), (1,), visible=lambda at: at[0] == 0)
    assert texts(made)[1] == texts(made, ROLE.EditRole)[1] == [""] * 4
    assert texts(made, role)[1][0] == words.say("layers.blank_at", row=1, column=0)
    assert spoken[2][4] == words.say("layers.value_at", value=1 / 3, row=1, column=1)
    assert spoken[0][0] == words.say("layers.padding_at", row=-1, column=-3)
    assert "0.333333333333" in spoken[2][4]
    assert texts(model(np.arange(3.0)), role)[2][0] == words.say(
        "layers.value_at", value=2.0, row=2, column=0
    )
