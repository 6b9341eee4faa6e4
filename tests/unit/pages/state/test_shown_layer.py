"""Which layer of a network is shown, and what that means for its numbers."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton

from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.study import words
from cnn_tutor.widgets.grids.marks import Mark
from tests.helpers.boards import LEFT, marked, names, said, tab

CHAIN = ("conv2d_1", "max_pooling2d_1", "flatten_1", "dense_1", "dropout_1")


@pytest.fixture
def lab(drive):
    """The network of the decks, by its cells."""
    lab = drive("deck_network")
    tab(lab.part("views"), "Cells")
    return lab


def choose(lab, name: str) -> None:
    """Click a layer of the chain, on a window that has room for all of them."""
    lab.lab.resize(1900, 800)
    chip = lab.part(f"chip[{name}]")
    assert chip.isVisible()
    QTest.mouseClick(chip, LEFT)
    assert lab.lab.shown.name == name


def test_at_first_the_last_layer_is_shown(lab) -> None:
    assert lab.lab.shown.name == CHAIN[-1]
    assert names(lab, "mask") == ["mask"]


def test_a_click_on_the_chain_shows_the_grids_of_that_layer(lab) -> None:
    ports = {
        "conv2d_1": ["x", "kernel", "bias", OUTPUT],
        "max_pooling2d_1": ["x", OUTPUT],
        "flatten_1": ["x", OUTPUT],
        "dense_1": ["x", "kernel", "bias", OUTPUT],
        "dropout_1": ["x", "mask", OUTPUT],
    }
    for name, wanted in ports.items():
        choose(lab, name)
        seen = [port for port in ("x", "kernel", "mask", "bias", OUTPUT) if names(lab, port)]
        assert seen == wanted
        assert list(lab.lab.shown.shapes) == wanted
        assert lab.lab.playback.all_reached


def test_what_a_layer_puts_out_the_next_one_reads(lab) -> None:
    for before, after in itertools.pairwise(CHAIN):
        choose(lab, before)
        written = {n.replace(OUTPUT, "x"): lab.read(n) for n in names(lab, OUTPUT, visible=False)}
        choose(lab, after)
        assert {n: lab.read(n) for n in names(lab, "x", visible=False)} == written


@pytest.mark.parametrize("name", CHAIN[1:])
def test_what_comes_from_another_layer_cannot_be_changed_and_it_says_so(lab, name: str) -> None:
    choose(lab, name)
    for grid in (names(lab, "x")[0], names(lab, OUTPUT)[0]):
        before = lab.read(grid)
        lab.click(grid, 0, 0)
        lab.type("7")
        assert said(lab) == [words.say("errors.computed_cell")]
        assert lab.read(grid) == before
        QTest.keyClick(lab.grid(grid), Qt.Key.Key_Delete)
        lab.wheel(grid, 0, 0, 1, Qt.KeyboardModifier.AltModifier)
        assert lab.read(grid) == before
        assert not lab.editing()
        lab.lab.setFocus()
        QTest.keyClick(lab.lab, Qt.Key.Key_Escape)
        assert not said(lab)
    assert lab.document.undo_stack.count() == 0


def test_a_change_of_the_input_is_painted_in_the_layers_after_it(lab) -> None:
    choose(lab, "conv2d_1")
    lab.write("x", 1, 1, "9")
    choose(lab, "max_pooling2d_1")
    models = {name: lab.grid(name).model() for name in ("x[0]", "output[0]", "output[1]")}
    before = {name: lab.read(name) for name in models}
    spies = {name: QSignalSpy(model.dataChanged) for name, model in models.items()}
    lab.document.undo_stack.undo()
    # By hand: the nine cells become small again in the windows that read place (1, 1).
    assert spies["x[0]"].count() == 1
    first, last = spies["x[0]"].at(0)[:2]
    assert (first.row(), first.column(), last.row(), last.column()) == (0, 0, 1, 1)
    assert lab.read("x[0]") != before["x[0]"]
    for name in ("output[0]", "output[1]"):
        assert (lab.read(name) != before[name]) <= (spies[name].count() > 0)
    assert not lab.document.undo_stack.canUndo()
    lab.document.undo_stack.redo()
    assert {name: lab.read(name) for name in models} == before


def test_pointing_works_in_the_middle_of_the_chain(lab) -> None:
    choose(lab, "max_pooling2d_1")
    lab.click("output[1]", 1, 0)
    lab.leave()
    assert marked(lab, "x[1]", Mark.READ) == {(2, 0), (2, 1), (3, 0), (3, 1)}
    lab.hover("x[0]", 0, 3)
    assert marked(lab, "output[0]", Mark.REACHED) == {(0, 1)}
    lab.leave()
    lab.press("step_first")
    assert lab.read("output[0]")[0][1] == ""
    choose(lab, "dense_1")
    assert all(row != [""] for row in lab.read("output"))  # another layer is another playback
    lab.click("output", 2, 0)
    assert marked(lab, "kernel", Mark.WEIGHT) == {(n, 2) for n in range(8)}


def test_another_layer_can_be_chosen_by_key_while_the_pointer_rests_on_a_grid(lab) -> None:
    choose(lab, "max_pooling2d_1")
    lab.part("chain").setFocus()
    lab.hover("x[0]", 1, 1)
    QTest.keyClick(lab.part("chain"), Qt.Key.Key_Right)
    assert lab.lab.shown.name == "flatten_1"
    assert lab.lab.state.highlight.at == (7,)


def test_more_filters_can_be_set_by_key_while_the_pointer_rests_on_a_grid(drive) -> None:
    lab = drive("rgb")
    box = lab.part("axis:kernel:3")
    box.setFocus()
    lab.hover("output", 1, 1)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert names(lab, OUTPUT) == ["output[0]", "output[1]"]
    assert lab.lab.state.highlight.at == (4, 4, 1)


def test_the_inspector_follows_the_layer(lab) -> None:
    choose(lab, "max_pooling2d_1")
    assert lab.part("set:pool_size[0]").isVisible()
    assert "max(" in lab.part("formula").toPlainText()
    choose(lab, "dense_1")
    assert lab.part("axis:kernel:1").text() == "4"
    assert not [w for w in lab.lab.findChildren(QAbstractButton) if w.objectName() == "axis:x:0"]
    assert lab.part("caption_title").text()


def test_undoing_a_layer_s_setting_stays_at_the_layer(lab) -> None:
    choose(lab, "conv2d_1")
    box = lab.part("axis:kernel:3")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert lab.lab.shown.shapes[OUTPUT] == (4, 4, 3)
    lab.document.undo_stack.undo()
    assert lab.lab.shown.name == "conv2d_1"
    assert names(lab, OUTPUT, visible=False) == ["output[0]", "output[1]"]


def test_a_layer_that_is_taken_out_gives_its_place_to_another(lab) -> None:
    choose(lab, "flatten_1")
    chain = lab.part("chain")
    chain.setFocus()
    choose(lab, "dropout_1")
    QTest.keyClick(chain, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert lab.lab.shown.name == "dense_1"
    assert names(lab, "mask") == []
    lab.document.undo_stack.undo()
    assert [n.name for n in lab.document.project.network.nodes] == list(CHAIN)


def test_other_work_begins_with_its_own_layer(lab) -> None:
    from cnn_tutor.study.boards.presets import presets

    choose(lab, "flatten_1")
    lab.document.open(presets()["rgb"].project())
    assert lab.lab.shown.name == "conv2d_1"
    assert names(lab, "x") == ["x[0]", "x[1]", "x[2]"]
    lab.document.open(presets()["deck_network"].project())
    assert lab.lab.shown.name == CHAIN[-1]
