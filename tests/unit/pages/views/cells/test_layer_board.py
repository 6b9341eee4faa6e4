from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.project.project import Project
from cnn_tutor.widgets.grids.fitting import fit
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.style.sizes import digits
from tests.helpers.boards import marked, setting
from tests.helpers.driver import settle

VALID = [["3", "0", "1"], ["0", "2", "0"], ["1", "0", "3"]]
SAME = [
    ["0", "0", "2", "0", "1"],
    ["0", "3", "0", "1", "0"],
    ["2", "0", "2", "0", "2"],
    ["0", "1", "0", "3", "0"],
    ["1", "0", "2", "0", "0"],
]


def block(rows: range, columns: range) -> set[tuple[int, int]]:
    return {(r, c) for r in rows for c in columns}


def test_it_opens_with_the_whole_output_computed(drive) -> None:
    assert drive("convolution").read("output") == VALID
    assert drive("convolution_same").read("output") == SAME


def test_an_edited_input_cell_changes_the_outputs_that_read_it(drive) -> None:
    lab = drive()
    lab.write("x", 1, 1, "5")
    assert lab.read("x")[1] == ["0", "5", "0", "1", "0"]
    assert lab.read("output") == [["7", "0", "1"], ["0", "2", "0"], ["1", "0", "3"]]
    lab.document.undo_stack.undo()
    assert lab.read("output") == VALID


def test_an_edited_weight_and_bias_change_the_output(drive) -> None:
    lab = drive()
    lab.write("kernel", 1, 1, "−2")
    assert lab.read("output")[0][0] == "0"
    lab.write("bias", 0, 0, "１０")
    assert lab.read("output") == [["10", "10", "8"], ["10", "12", "10"], ["8", "10", "10"]]


@pytest.mark.parametrize("text", ["three", "nan", "1e999", "3²", "1_000", "", "1000001"])
def test_what_is_no_finite_number_of_usual_size_is_refused(drive, text) -> None:
    lab = drive()
    lab.write("x", 0, 0, text or " ")
    assert lab.read("x")[0][0] == "0"
    assert lab.part("notice").isVisible()
    assert text[:5] in lab.part("notice").text()
    assert lab.document.undo_stack.count() == 0
    lab.write("x", 0, 0, "3")
    assert not lab.part("notice").isVisible()


def test_a_chosen_output_highlights_its_window_weights_and_products(drive) -> None:
    lab = drive()
    lab.click("output", 0, 1)
    assert marked(lab, "output", Mark.WRITTEN) == {(0, 1)}
    assert marked(lab, "x", Mark.READ) == block(range(3), range(1, 4))
    assert marked(lab, "kernel", Mark.WEIGHT) == block(range(3), range(3))
    assert lab.read("products")[0] == ["0×0 = 0", "1×0 = 0", "0×1 = 0"]
    assert lab.read("products")[1] == ["1×0 = 0", "0×1 = 0", "1×0 = 0"]


def test_hovering_an_output_shows_it_and_leaving_goes_back_to_the_chosen_one(drive) -> None:
    lab = drive()
    lab.click("output", 2, 2)
    lab.hover("output", 0, 0)
    assert marked(lab, "x", Mark.READ) == block(range(3), range(3))
    lab.leave()
    assert marked(lab, "x", Mark.READ) == block(range(2, 5), range(2, 5))


def test_hovering_an_input_cell_highlights_every_output_that_reads_it(drive) -> None:
    lab = drive()
    lab.hover("x", 1, 1)
    assert marked(lab, "output", Mark.REACHED) == block(range(2), range(2))
    assert marked(lab, "kernel", Mark.WEIGHT) == block(range(2), range(2))
    lab.hover("x", 4, 4)
    assert marked(lab, "output", Mark.REACHED) == {(2, 2)}


def test_hovering_a_weight_under_stride_and_dilation_highlights_what_it_meets(drive) -> None:
    layer = Conv2D(strides=(2, 1), dilation_rate=(1, 2), padding="same")
    kernel = np.ones((3, 2, 1, 1))
    lab = drive(Project.of(np.ones((6, 5, 1)), layer, {"kernel": kernel, "bias": np.zeros(1)}))
    evaluation, node = lab.document.evaluation, lab.document.project.network.nodes[-1].name
    shapes = lab.document.project.network.shapes(node)
    for at in np.ndindex(kernel.shape):
        lab.hover("kernel", *at[:2])
        met = set()
        region = layer.affected("kernel", at, shapes)
        for out in np.ndindex(evaluation.value(node).shape):
            inside = all(o in range(10)[part] for o, part in zip(out, region, strict=True))
            for term in evaluation.explain(node, out).steps[0].terms:
                if inside and term.factors[-1].index == at and term.factors[0].port == "x":
                    met.add(lab.grid("x").tensor_model.cell_of(term.factors[0].index))
        assert marked(lab, "x", Mark.READ) == met


def test_hovering_a_product_makes_its_two_factors_stand_out(drive) -> None:
    lab = drive()
    lab.click("output", 1, 1)
    lab.hover("products", 0, 2)
    assert marked(lab, "x", Mark.ACTIVE) == {(1, 3)}
    assert marked(lab, "kernel", Mark.ACTIVE) == {(0, 2)}


def test_arrow_keys_move_the_chosen_output(drive) -> None:
    lab = drive()
    lab.click("output", 0, 0)
    QTest.keyClick(lab.grid("output"), Qt.Key.Key_Down)
    QTest.keyClick(lab.grid("output"), Qt.Key.Key_Right)
    assert marked(lab, "output", Mark.WRITTEN) == {(1, 1)}
    assert lab.lab.playback.at == (1, 1, 0)
    assert lab.read("output") == VALID


def test_the_keyboard_in_the_input_highlights_what_it_reaches(drive) -> None:
    lab = drive()
    lab.click("x", 0, 0)
    lab.leave()
    QTest.keyClick(lab.grid("x"), Qt.Key.Key_Right)
    assert marked(lab, "output", Mark.REACHED) == {(0, 0), (0, 1)}


def test_the_tab_key_goes_from_grid_to_grid_in_reading_order(drive) -> None:
    lab = drive()
    lab.click("x", 4, 4)
    seen = []
    for _ in range(40):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        name = QApplication.focusWidget().objectName()
        if not seen or seen[-1] != name:
            seen.append(name)
    assert seen[:4] == ["kernel", "bias", "products", "output"]


def test_the_brush_paints_and_is_one_step_back(drive) -> None:
    lab = drive()
    lab.press("brush")
    lab.drag("x", (0, 2), (0, 1), (0, 0))
    assert lab.read("x")[0] == ["1", "1", "1", "0", "0"]
    assert lab.document.undo_stack.count() == 1
    lab.document.undo_stack.undo()
    assert lab.read("x")[0] == ["0", "0", "1", "0", "0"]


def test_a_large_input_scrolls_to_the_window_that_is_read(drive) -> None:
    layer = Conv2D(padding="same")
    tensors = {"kernel": np.ones((11, 11, 1, 1)), "bias": np.zeros(1)}
    lab = drive(Project.of(np.ones((64, 64, 1)), layer, tensors))
    lab.press("step_first")
    assert lab.grid("x").verticalScrollBar().value() == 0
    lab.press("step_last")
    x = lab.grid("x")
    assert x.rect().contains(x.cell_rect(63, 63))
    assert QPoint(0, 0) != QPoint(x.horizontalScrollBar().value(), x.verticalScrollBar().value())


def test_the_products_of_the_chosen_output_follow_an_edit_under_the_pointer(drive) -> None:
    lab = drive()
    lab.click("output", 1, 1)
    lab.hover("x", 2, 2)
    lab.write("x", 2, 2, "5")
    assert lab.read("output")[1][1] == "7"
    assert lab.read("products")[1][1] == "5×1 = 5"
    assert ">7<" in lab.part("running_sum").text()
    assert "= 7" in lab.part("formula").toPlainText()
    lab.grid("kernel").setFocus()
    lab.grid("kernel").go_to(1, 1)
    lab.wheel("kernel", 1, 1, 1, Qt.KeyboardModifier.AltModifier)
    assert lab.read("products")[1][1] == "5×2 = 10"


def test_a_setting_leaves_the_playback_where_it_is(drive) -> None:
    lab = drive()
    lab.press("step_first")
    lab.press("step_forward")
    lab.lab.inspector.wanted.emit(setting("number:bias"), 2.0, 0)
    assert lab.read("output")[0] == ["5", "2", ""]
    lab.lab.inspector.wanted.emit(setting("size:kernel"), (3, 2), 0)
    lab.lab.inspector.wanted.emit(setting("size:kernel"), (3, 3), 0)
    assert lab.lab.playback.all_reached


def test_all_numbers_of_a_grid_have_one_size(drive) -> None:
    lab = drive("blur")
    lab.lab.resize(1700, 1000)
    QApplication.processEvents()
    grid = lab.grid("kernel")
    width, height = grid.cell_size()
    size = grid.text_size(width - 6, digits(height))
    assert size < digits(height)  # it is the longest number that decides
    for value in (0.0625, 0.125, 0.25):
        text, font = fit(value, width - 6, size, grid.font().family(), False)
        assert (text, font.pixelSize()) == (str(value), size)


def test_paging_in_a_bias_or_past_the_last_map_stays_where_it_is(drive) -> None:
    lab = drive("rgb")
    for grid in ("bias", "kernel[0,0]", "output"):
        lab.grid(grid).setFocus()
        at = lab.lab.playback.at
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            QTest.keyClick(lab.grid(grid), key, Qt.KeyboardModifier.ControlModifier)
        assert lab.lab.playback.at == at
        assert lab.grid(grid).hasFocus()


def test_paging_goes_through_the_maps_and_their_filters(drive) -> None:
    lab = drive("four_filters")
    lab.click("output[1]", 2, 3)
    QTest.keyClick(lab.grid("output[1]"), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert lab.lab.playback.at == (2, 3, 2)
    assert lab.grid("output[2]").hasFocus()
    assert lab.grid("kernel[0,2]").isVisible()
    QTest.keyClick(lab.grid("x[0]"), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert lab.grid("x[1]").hasFocus()


def test_the_keyboard_stays_on_the_board_when_its_grids_are_made_anew(window) -> None:
    for key in ("rgb", "dropout", "dense", "convolution"):
        window.open_chapter(key)
        window.lab.state.show_view("cells")
        settle()
        grid = window.lab.board.first_part
        assert window.focusWidget() is grid
