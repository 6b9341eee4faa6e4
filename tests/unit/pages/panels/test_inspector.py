from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cnn_tutor.study import words
from cnn_tutor.widgets.controls.boxes import WholeBox
from cnn_tutor.widgets.grids.marks import Mark
from tests.helpers.boards import enter, marked, plain, refusals


def choose(driver, padding: str) -> None:
    combo = driver.part("set:padding")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(combo.count()):
        if combo.currentData() == padding:
            return
        QTest.keyClick(combo, Qt.Key.Key_Down)
    raise AssertionError(padding)


def formula(driver) -> str:
    view = driver.part("formula")
    return view.toPlainText()


def layer(driver):
    return driver.document.project.network.nodes[-1].layer


def test_the_formula_has_the_real_numbers_of_the_chosen_cell(drive) -> None:
    lab = drive()
    lab.click("output", 0, 2)
    assert formula(lab) == "1·0 + 0·0 + 0·1 + 0·0 + 1·1 + 0·0 + 0·1 + 0·0 + 1·0 + 0 = 1"
    lab.write("kernel", 0, 0, "-4")
    lab.click("output", 0, 2)
    assert formula(lab).startswith("1·(−4) + 0·0 + ")
    assert formula(lab).endswith(" = −3")


def test_pointing_at_an_input_cell_says_how_many_outputs_read_it(drive) -> None:
    lab = drive()
    lab.hover("x", 2, 2)
    assert "9" in formula(lab)
    lab.hover("x", 0, 0)
    assert "1" in formula(lab)


def test_a_term_of_the_formula_brings_out_its_cells_and_its_product(drive) -> None:
    lab = drive()
    lab.click("output", 0, 2)
    view = lab.lab.inspector.formula
    before = formula(lab)
    cursor = view.document().find("1·1")
    cursor.setPosition(cursor.selectionStart() + 1)
    QTest.mouseMove(view.viewport(), view.cursorRect(cursor).center())
    QApplication.processEvents()
    assert marked(lab, "x", Mark.ACTIVE) == {(1, 3)}
    assert marked(lab, "kernel", Mark.ACTIVE) == {(1, 1)}
    assert marked(lab, "products", Mark.ACTIVE) == {(1, 1)}
    assert formula(lab) == before
    lab.leave()
    assert marked(lab, "products", Mark.ACTIVE) == set()


def test_pointing_at_a_cell_leaves_of_the_formula_only_its_term(drive) -> None:
    lab = drive()
    lab.click("output", 1, 1)
    lab.hover("x", 2, 2)
    assert marked(lab, "products", Mark.ACTIVE) == {(1, 1)}
    assert lab.grid("products").faint
    assert not is_faint(lab.part("running_sum"))
    lab.click("output", 0, 0)
    lab.hover("x", 3, 3)  # which it does not read
    assert marked(lab, "products", Mark.ACTIVE) == set()
    assert is_faint(lab.part("running_sum"))
    lab.leave()
    assert not lab.grid("products").faint
    assert not is_faint(lab.part("running_sum"))


def is_faint(widget: QWidget) -> bool:
    effect = widget.graphicsEffect()
    return effect is not None and effect.isEnabled()


def test_the_size_formula_has_the_numbers_in_it(drive) -> None:
    lab = drive()
    size = lab.part("size_formula")
    assert "⌊(5 + 2·0 − 3) / 1⌋ + 1 = 3" in plain(size)
    assert "3·3·1·1 + 1 = 10" in plain(size)
    choose(lab, "same")
    assert "⌊(5 + 2·1 − 3) / 1⌋ + 1 = 5" in plain(size)
    enter(lab, "size:kernel[0]", "2")
    assert "⌊(5 + 0 + 1 − 2) / 1⌋ + 1 = 5" in plain(size)


def test_every_setting_recomputes_at_once(drive) -> None:
    lab = drive()
    choose(lab, "same")
    assert len(lab.read("output")) == 5
    enter(lab, "set:strides[0]", "2")
    assert [len(lab.read("output")), len(lab.read("output")[0])] == [3, 5]
    enter(lab, "set:strides[1]", "２")
    enter(lab, "set:dilation_rate[1]", "2")
    assert layer(lab).dilation_rate == (1, 2)
    enter(lab, "size:x[1]", "8")
    assert lab.document.project.x.shape == (5, 8, 1)
    enter(lab, "number:bias", "1/2")
    assert lab.read("bias") == [["0.5"]]
    for _ in range(6):
        lab.document.undo_stack.undo()
    assert lab.read("output") == [["3", "0", "1"], ["0", "2", "0"], ["1", "0", "3"]]


def test_padding_by_side_starts_from_what_there_is(drive) -> None:
    lab = drive("convolution_same")
    choose(lab, "by_side")
    assert layer(lab).padding == ((1, 1), (1, 1))
    enter(lab, "pads:0[1]", "3")
    enter(lab, "pads:1[0]", "0")
    assert layer(lab).padding == ((1, 3), (0, 1))
    assert len(lab.read("x")) == 9
    assert len(lab.read("x")[0]) == 6
    choose(lab, "valid")
    assert not [box for box in lab.lab.findChildren(WholeBox, "pads:0[1]") if box.isVisible()]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("size:kernel[0]", "6", "kernel_too_large"),
        ("size:kernel[1]", "0", "side_limit"),
        ("size:x[0]", "2", "kernel_too_large"),
        ("size:x[0]", "65", "side_limit"),
        ("set:strides[0]", "0", "not_positive"),
        ("set:strides[1]", "17", "setting_limit"),
        ("set:dilation_rate[0]", "1.5", "not_whole"),
        ("set:dilation_rate[0]", "two", "not_a_number"),
        ("number:bias", "nan", "not_a_number"),
        ("number:bias", "1e7", "number_limit"),
    ],
)
def test_what_cannot_be_is_not_done_and_says_why_under_its_row(drive, name, text, reason) -> None:
    lab = drive()
    before = lab.document.project
    shown = lab.part(name).text()
    enter(lab, name, text)
    if lab.part(name).hasFocus():
        QTest.keyClick(lab.part(name), Qt.Key.Key_Tab)
    (message,) = refusals(lab)
    assert message.text().startswith(words.table("errors")[reason]["en"].partition("{")[0])
    assert lab.document.project is before
    assert lab.part(name).text() == shown
    enter(lab, "number:bias", "2")
    assert not refusals(lab)


def test_a_padding_that_cannot_be_is_disabled_and_says_why(drive) -> None:
    lab = drive("convolution_same")
    enter(lab, "size:kernel[0]", "7")
    combo = lab.part("set:padding")
    valid = combo.model().item(combo.findData("valid"))
    assert not valid.isEnabled()
    assert "7" in combo.itemData(combo.findData("valid"), Qt.ItemDataRole.ToolTipRole)


def test_a_setting_keeps_the_keyboard_while_others_change(drive) -> None:
    lab = drive()
    box = lab.part("set:strides[0]")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert layer(lab).strides == (2, 1)
    assert QApplication.focusWidget() is box


def test_a_formula_that_becomes_longer_is_shown_to_its_end(drive) -> None:
    lab = drive("softmax")
    lab.write("x", 0, 0, "600")
    lab.click("output", 0, 0)
    assert lab.lab.state.highlight.complete
    assert lab.part("formula").toPlainText().rstrip().splitlines()[-1].endswith("= 1")


def test_pointing_at_a_cell_that_makes_one_output_speaks_of_that_output(drive) -> None:
    lab = drive("flatten_channels")
    lab.hover("x[1]", 1, 0)
    assert "Output[7] = 30" in lab.part("formula").toPlainText()


def test_of_an_input_cell_it_is_said_first_how_many_outputs_read_it(drive) -> None:
    lab = drive("four_filters")
    lab.hover("x[0]", 3, 3)
    formula = lab.part("formula")
    assert formula.toPlainText().startswith(words.say("layers.readers", count=36))
    assert formula.verticalScrollBar().value() == 0
