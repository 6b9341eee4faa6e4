"""A layer as a product of matrices."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from cnn_tutor.app.style import language
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.pages.views.matrices.matrix_view import MatrixView
from cnn_tutor.project.project import Address, Project
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.plane_map import PlaneMap
from cnn_tutor.widgets.style.shades import Shading
from tests.helpers.effort import at_most
from tests.unit.pages.bench import LEFT, NONE, Bench, bench, move


def small(**settings) -> Project:
    """Two 2×2 filters over a 3×3 input: patches 4×4."""
    kernel = np.array([[1, 0], [0, 2], [0, 0], [-1, 1]], float).reshape(2, 2, 1, 2)
    layer = Conv2D(**settings)
    return Project.of(
        np.arange(9.0).reshape(3, 3, 1), layer, {"kernel": kernel, "bias": np.array([10.0, 0.0])}
    )


def large() -> Project:
    rng = np.random.default_rng(0)
    kernel = rng.integers(-2, 3, (5, 5, 3, 6)) * 1.0
    x = rng.integers(0, 10, (28, 28, 3)) * 1.0
    return Project.of(x, Conv2D(padding="same"), {"kernel": kernel, "bias": np.zeros(6)})


def dense() -> Project:
    kernel = np.array([[1, 2], [3, 4], [5, 6]], float)
    return Project.of(np.array([1.0, 0, -1]), Dense(), {"kernel": kernel, "bias": np.ones(2)})


def header(at: Bench, port: str, section: int, upright: bool) -> tuple[object, QPoint]:
    grid = at.grid(port)
    names = grid.verticalHeader() if upright else grid.horizontalHeader()
    middle = names.sectionViewportPosition(section) + names.sectionSize(section) // 2
    return names.viewport(), QPoint(4, middle) if upright else QPoint(middle, 4)


def settled(at: Bench) -> PlaneMap:
    QApplication.processEvents()
    return at.view.findChild(PlaneMap, "matrix_map")


def test_each_patch_is_a_row_and_each_filter_a_column(qtbot) -> None:
    at = bench(qtbot, MatrixView, small())
    assert at.read("x") == [
        ["0", "1", "3", "4"],
        ["1", "2", "4", "5"],
        ["3", "4", "6", "7"],
        ["4", "5", "7", "8"],
    ]
    assert at.read("kernel") == [["1", "0"], ["0", "2"], ["0", "0"], ["−1", "1"]]
    assert at.read("bias") == [["10", "0"]]
    assert at.read("output")[1] == ["6", "9"]


def test_its_cells_are_tinted_as_those_of_the_board(qtbot) -> None:
    at = bench(qtbot, MatrixView, small())
    assert at.grid("x").shading == Shading(8, picture=True)
    assert at.grid("kernel").shading == Shading(2)
    address = at.shown.address("kernel")
    at.document.edit(address, {(0, 0, 0, 0): -7.0}, "")
    assert at.grid("kernel").shading == Shading(7)


def test_rows_columns_and_titles_say_what_they_are(qtbot) -> None:
    at = bench(qtbot, MatrixView, small())
    model = at.grid("x").model()
    rows = [model.headerData(n, Qt.Orientation.Vertical) for n in range(4)]
    assert rows == ["0, 0", "0, 1", "1, 0", "1, 1"]
    assert model.headerData(3, Qt.Orientation.Horizontal) == "1, 1"
    assert at.grid("kernel").model().headerData(1, Qt.Orientation.Horizontal) == "F2"
    texts = " ".join(label.text() for label in at.view.findChildren(QLabel))
    assert "4×4" in texts
    assert "4×2" in texts
    assert at.grid("x").accessibleName() == "Patches, one a row 4×4"
    language.apply("ja")
    at.view.retranslate()
    assert at.grid("x").accessibleName() == "パッチ（1行が1か所） 4×4"


def test_writing_into_one_copy_writes_into_all(qtbot) -> None:
    at = bench(qtbot, MatrixView, small())
    at.click("x", 2, 1)
    for key in (Qt.Key.Key_9, Qt.Key.Key_Return):
        QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()
    assert at.edits == [(Address("input", "x"), {(1, 1, 0): 9.0}, 0)]
    found = at.read("x")
    assert [found[0][3], found[1][2], found[2][1], found[3][0]] == ["9"] * 4
    assert at.read("output")[0] == ["1", "11"]


def test_filters_and_biases_can_be_written_but_outputs_not(qtbot) -> None:
    at = bench(qtbot, MatrixView, small())
    at.click("bias", 0, 1)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    at.click("bias", 0, 0)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    at.click("kernel", 3, 0)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    at.click("output", 0, 0)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    node = at.shown.name
    assert at.edits[1:] == [
        (Address(node, "bias"), {(0,): 0.0}, 0),
        (Address(node, "kernel"), {(1, 1, 0, 0): 0.0}, 0),
    ]
    assert at.read("output")[0] == ["0", "6"]


@pytest.mark.parametrize("port", ["x", "kernel", "output"])
def test_pointing_at_one_of_the_three_highlights_the_others_and_the_patch(qtbot, port) -> None:
    at = bench(qtbot, MatrixView, small())
    at.click("output", 0, 0)
    cell = {"x": (3, 1), "kernel": (1, 1), "output": (3, 1)}[port]
    row = 0 if port == "kernel" else 3
    column = 0 if port == "x" else 1
    at.hover(port, *cell)
    assert {r for r, _ in at.marked("x", Mark.READ) if (r, 0) in at.marked("x", Mark.READ)} == {row}
    assert at.marked("kernel", Mark.WEIGHT) == {(k, column) for k in range(4)}
    assert at.marked("output", Mark.WRITTEN) == {(row, column)}
    first = (row // 2, row % 2)
    patch = {(first[0] + i, first[1] + j, 0) for i in (0, 1) for j in (0, 1)}
    assert set(settled(at)._marks) == patch
    at.leave()
    assert at.marked("output", Mark.WRITTEN) == {(0, 0)}


def test_pointing_at_a_copy_brings_out_all_copies_and_its_weight(qtbot) -> None:
    at = bench(qtbot, MatrixView, small())
    at.click("output", 0, 0)
    at.hover("x", 2, 1)
    assert at.marked("x", Mark.ACTIVE) == {(0, 3), (1, 2), (2, 1), (3, 0)}
    assert at.marked("kernel", Mark.ACTIVE) == {(1, 0)}
    assert settled(at)._marks[1, 1, 0] & Mark.ACTIVE
    at.leave()
    assert not at.marked("x", Mark.ACTIVE)


def test_the_name_of_a_row_highlights_it_and_pins_its_output(qtbot) -> None:
    at = bench(qtbot, MatrixView, small())
    at.click("output", 0, 1)
    move(*header(at, "x", 2, upright=True))
    assert at.marked("output", Mark.WRITTEN) == {(2, 1)}
    assert at.playback.at == (0, 0, 1)
    names, place = header(at, "x", 2, upright=True)
    QTest.mouseClick(names, LEFT, NONE, place)
    assert at.playback.at == (1, 0, 1)


def test_the_name_of_a_tap_highlights_one_weight_and_all_it_meets(qtbot) -> None:
    at = bench(qtbot, MatrixView, small())
    at.click("output", 0, 1)
    move(*header(at, "x", 2, upright=False))
    assert at.state.highlight.port == "kernel"
    assert at.marked("x", Mark.READ) == {(row, 2) for row in range(4)}
    assert at.marked("kernel", Mark.WEIGHT) == {(2, 1)}
    assert at.marked("output", Mark.REACHED) == {(row, 1) for row in range(4)}


def test_the_picture_can_be_pointed_at_and_shows_padding(qtbot) -> None:
    at = bench(qtbot, MatrixView, small(padding="same"))
    picture = settled(at)
    at.click("output", 8, 0)
    assert (3, 3, 0) in picture._marks
    move(picture, picture.cell_rect((1, 2, 0)).center().toPoint())
    assert (at.state.highlight.port, at.state.highlight.at) == ("x", (1, 2, 0))


def test_padding_takes_no_numbers(qtbot) -> None:
    at = bench(qtbot, MatrixView, small(padding="same"))
    row = at.read("x")[8]
    assert row == ["8", "0", "0", "0"]
    at.click("x", 8, 1)
    notice = at.view.findChild(QLabel, "notice")
    assert notice.isVisible()
    assert not at.edits


def test_outputs_not_reached_yet_are_blank_and_cannot_be_pointed_at(qtbot) -> None:
    at = bench(qtbot, MatrixView, small())
    at.playback.seek(2)
    assert [row[0] for row in at.read("output")] == ["6", "6", "", ""]
    at.hover("x", 3, 0)
    assert at.marked("output", Mark.WRITTEN) == {(1, 0)}
    assert not at.marked("x", Mark.ACTIVE)


def test_arrow_keys_move_the_pinned_output(qtbot) -> None:
    at = bench(qtbot, MatrixView, small())
    at.click("output", 1, 0)
    QTest.keyClick(at.grid("output"), Qt.Key.Key_Down)
    QTest.keyClick(at.grid("output"), Qt.Key.Key_Right)
    assert at.playback.at == (1, 0, 1)
    assert at.marked("x", Mark.READ) == {(2, k) for k in range(4)}


def test_a_layer_without_windows_needs_no_picture(qtbot) -> None:
    at = bench(qtbot, MatrixView, dense())
    assert not settled(at).isVisible()
    assert at.read("x") == [["1", "0", "−1"]]
    assert at.read("output") == [["−3", "−3"]]
    at.hover("kernel", 1, 1)
    assert at.marked("output", Mark.WRITTEN) == {(0, 1)}


def test_what_another_layer_makes_cannot_be_written(qtbot) -> None:
    project = small()
    node = project.network.nodes[0]
    second = type(node)("second", Conv2D(), {"kernel": np.ones((1, 1, 2, 1))})
    at = bench(qtbot, MatrixView, Project.chain(project.x, [node, second]))
    assert not at.grid("x").editable
    before = at.read("x")
    at.document.edit(Address("input", "x"), {(0, 0, 0): 7.0}, "")
    assert at.read("x") != before


def test_matrices_too_large_to_be_looked_at_are_not_offered(qtbot) -> None:
    at = bench(qtbot, MatrixView, small())
    at.view.hide()
    rng = np.random.default_rng(0)
    kernel = rng.integers(-2, 3, (11, 11, 3, 2)) * 1.0
    at.document.open(Project.of(np.zeros((64, 64, 3)), Conv2D(), {"kernel": kernel}))
    assert not at.shown.offers(MatrixView.key)
    at.view.show()
    QApplication.processEvents()
    at.document.open(dense())
    assert at.shown.offers(MatrixView.key)
    at.state.show_view(MatrixView.key)
    assert at.read("output") == [["−3", "−3"]]


def test_weights_of_a_dense_layer_are_not_called_filters(qtbot) -> None:
    at = bench(qtbot, MatrixView, dense())
    model = at.grid("kernel").model()
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Weights")
    at.document.open(small())
    model = at.grid("kernel").model()
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Filter")


def test_thousands_of_inputs_take_no_time_to_lay_out_or_to_highlight(qtbot) -> None:
    rng = np.random.default_rng(0)
    kernel = rng.standard_normal((5760, 4))
    project = Project.of(rng.standard_normal(5760), Dense(), {"kernel": kernel})
    at = bench(qtbot, MatrixView, project, size=(716, 480))
    with at_most(1_000_000):  # 65 for each input; it took six seconds once
        at.window.resize(1300, 700)
        QApplication.processEvents()
        at.hover("output", 0, 1)
    assert len(at.marked("kernel", Mark.WEIGHT)) == 5760
