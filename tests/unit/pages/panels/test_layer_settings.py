"""Settings, undo and the choice of layers together: nothing goes to the wrong layer or is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study import words


def chip(lab, name: str) -> QAbstractButton:
    found = lab.lab.findChild(QAbstractButton, f"chip[{name}]")
    assert found is not None
    return found


def click(widget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def enter(lab, box: str, text: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    part = lab.part(box)
    part.setFocus()
    part.selectAll()
    QTest.keyClicks(part, text)
    if end is not None:
        QTest.keyClick(part, end)
    settle()


def test_a_setting_of_one_layer_leaves_the_same_setting_of_another_alone(drive) -> None:
    lab = drive("deep")
    lab.lab.state.select("conv2d_1")
    enter(lab, "axis:kernel:3", "5")
    lab.lab.state.select("conv2d_2")
    enter(lab, "axis:kernel:3", "9")
    network = lab.document.project.network
    assert network.shape("conv2d_1")[2] == 5
    assert network.shape("conv2d_2")[2] == 9


def test_what_is_typed_in_a_setting_counts_for_its_layer_when_another_is_chosen(drive) -> None:
    lab = drive("deck_network")
    lab.lab.state.select("conv2d_1")
    settle()
    enter(lab, "set:dilation_rate[0]", "2", end=None)
    click(chip(lab, "max_pooling2d_1"))
    network = lab.document.project.network
    assert network.node("conv2d_1").layer.dilation_rate == (2, 1)
    assert lab.lab.shown.name == "max_pooling2d_1"


@pytest.fixture
def window(qtbot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_undo_works_while_the_keyboard_is_in_a_setting(window) -> None:
    window.open_chapter("softmax")
    settle()
    box = window.lab.inspector.first_part
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)
    settle()
    assert window.document.project.x.shape == (6,)
    QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.document.project.x.shape == (5,)


def test_keys_of_views_that_a_layer_does_not_have_do_nothing(window) -> None:
    window.open_chapter("dropout")
    settle()
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.lab.state.view == "units"
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.lab.state.view == "units"


def test_a_formula_that_becomes_longer_is_shown_to_its_end(drive) -> None:
    lab = drive("softmax")
    lab.write("x", 0, 0, "600")
    lab.click("output", 0, 0)
    assert lab.lab.state.highlight.complete
    assert lab.part("formula").toPlainText().rstrip().splitlines()[-1].endswith("= 1")


def test_paging_in_a_bias_or_past_the_last_map_stays_where_it_is(drive) -> None:
    lab = drive("rgb")
    for grid in ("bias", "kernel[0,0]", "output"):
        lab.grid(grid).setFocus()
        at = lab.lab.walk.at
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            QTest.keyClick(lab.grid(grid), key, Qt.KeyboardModifier.ControlModifier)
        assert lab.lab.walk.at == at
        assert lab.grid(grid).hasFocus()


def test_paging_goes_through_the_maps_and_their_filters(drive) -> None:
    lab = drive("four_filters")
    lab.click("output[1]", 2, 3)
    QTest.keyClick(lab.grid("output[1]"), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert lab.lab.walk.at == (2, 3, 2)
    assert lab.grid("output[2]").hasFocus()
    assert lab.grid("kernel[0,2]").isVisible()
    QTest.keyClick(lab.grid("x[0]"), Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert lab.grid("x[1]").hasFocus()


def test_padding_that_no_window_reads_is_blank(drive) -> None:
    lab = drive("max_pooling")
    enter(lab, "size:x[0]", "3")
    lab.lab.inspector.wanted.emit("set:padding", "same")
    assert lab.read("x")[3] == ["", "", "", ""]
    lab.click("x", 3, 0)
    assert words.say("errors.outside_cell") in lab.part("notice").text()


def test_pointing_at_a_cell_that_makes_one_output_speaks_of_that_output(drive) -> None:
    lab = drive("flatten_channels")
    lab.hover("x[1]", 1, 0)
    assert "Output[7] = 30" in lab.part("formula").toPlainText()


def test_a_caption_is_there_as_long_as_it_is_true(drive) -> None:
    lab = drive("max_pooling")
    caption = lab.part("caption")
    assert isinstance(caption, QLabel)
    before = caption.text()
    lab.write("x", 0, 0, "7")
    assert caption.text() == before
    enter(lab, "set:strides[0]", "1")
    assert caption.text() != before
    lab.document.undo_stack.undo()
    assert caption.text() == before


def test_the_settings_stay_where_they_are_while_they_are_changed(drive) -> None:
    lab = drive("demo")
    box = lab.part("set:strides[0]")
    place = box.mapTo(lab.lab, box.rect().center())
    enter(lab, "set:strides[0]", "1")
    lab.hover("x[0]", 2, 2)
    lab.click("output[0]", 1, 1)
    box = lab.part("set:strides[0]")
    assert box.mapTo(lab.lab, box.rect().center()) == place


def test_weights_that_read_all_channels_are_seen_whichever_are_picked(drive) -> None:
    lab = drive("rgb")
    enter(lab, "axis:kernel:3", "16")
    lab.document.replace(lab.document.project.inserted(1, "dense"), "add")
    lab.lab.state.select("dense_1")
    settle()
    assert lab.grid("kernel").isVisible()
    lab.press("pick_rows_forward")
    settle()
    assert lab.grid("kernel").isVisible()
    assert lab.grid("products").isVisible()


def test_channels_that_come_into_sight_are_lit_like_the_others(drive) -> None:
    lab = drive("four_channels")
    lab.lab.resize(1080, 480)
    settle()
    lab.click("output[1]", 4, 4)
    lab.leave()
    assert not lab.grid("x[3]").isVisible()
    lab.lab.resize(1500, 1200)
    settle()
    for name in ("x[0]", "x[3]"):
        assert lab.grid(name).isVisible()
        assert lab.grid(name).mark(5, 5)
    assert lab.grid("kernel[3,1]").mark(0, 0)


def test_the_keyboard_stays_in_the_view_when_another_comes(window) -> None:
    window.open_chapter("dense")
    for key in ("cells", "matrices", "units", "network", "cells"):
        window.lab.views.view.first_part.setFocus()
        window.lab.state.show_view(key)
        settle()
        assert window.lab.views.currentWidget().isAncestorOf(window.focusWidget())


def test_the_keyboard_stays_on_the_board_when_its_grids_are_made_anew(window) -> None:
    for key in ("rgb", "dropout", "dense", "convolution"):
        window.open_chapter(key)
        window.lab.state.show_view("cells")
        settle()
        grid = window.lab.board.first_part
        assert window.focusWidget() is grid


def test_of_an_input_cell_it_is_said_first_how_many_outputs_read_it(drive) -> None:
    lab = drive("four_filters")
    lab.hover("x[0]", 3, 3)
    formula = lab.part("formula")
    assert formula.toPlainText().startswith(words.say("layers.readers", count=36))
    assert formula.verticalScrollBar().value() == 0
