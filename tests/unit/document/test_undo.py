"""What belongs together is undone together, and what does not is not."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.document.document import MOST_STEPS, Document
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.project.limits import LimitError
from tests.unit.document.test_document import BIAS, KERNEL, X, assert_up_to_date, listen, project

CORNER = (0, 0, 0)


def test_all_edits_of_a_gesture_are_one_step(qtbot: QtBot) -> None:
    document = Document(project())
    before = document.project.x
    for column in range(4):
        document.edit(X, {(0, column, 0): 50 + column}, "drag", gesture=7)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    np.testing.assert_array_equal(document.project.x, before)
    document.undo_stack.redo()
    assert document.project.x[0, :4, 0].tolist() == [50, 51, 52, 53]
    assert_up_to_date(document)


def test_a_gesture_over_one_cell_goes_back_to_the_first_number(qtbot: QtBot) -> None:
    document = Document(project())
    before = float(document.project.x[CORNER])
    for number in (60, 61, 62):
        document.edit(X, {CORNER: number}, "wheel", gesture=1)
    document.undo_stack.undo()
    assert document.project.x[CORNER] == before
    document.undo_stack.redo()
    assert document.project.x[CORNER] == 62


@pytest.mark.parametrize(("first", "second"), [(0, 0), (1, 2), (0, 1), (1, 0)])
def test_edits_of_different_gestures_are_steps_of_their_own(
    qtbot: QtBot, first: int, second: int
) -> None:
    document = Document(project())
    document.edit(X, {CORNER: 60}, "one", gesture=first)
    document.edit(X, {CORNER: 61}, "two", gesture=second)
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert document.project.x[CORNER] == 60


def test_a_gesture_does_not_join_two_tensors(qtbot: QtBot) -> None:
    document = Document(project())
    document.edit(X, {CORNER: 60}, "one", gesture=1)
    document.edit(KERNEL, {(0, 0, 0, 0): 61}, "two", gesture=1)
    document.edit(X, {CORNER: 62}, "three", gesture=1)
    assert document.undo_stack.count() == 3
    document.undo_stack.undo()
    assert document.project.x[CORNER] == 60


def test_a_gesture_is_not_taken_up_again_after_an_undo(qtbot: QtBot) -> None:
    document = Document(project())
    document.edit(X, {CORNER: 60}, "one")
    document.edit(X, {CORNER: 61}, "two", gesture=1)
    document.undo_stack.undo()
    document.edit(X, {CORNER: 62}, "three", gesture=1)
    document.undo_stack.undo()
    assert document.project.x[CORNER] == 60


def test_a_gesture_over_a_save_can_still_be_undone_to_what_was_saved(qtbot: QtBot) -> None:
    document = Document(project())
    document.edit(X, {CORNER: 60}, "drag", gesture=1)
    document.undo_stack.setClean()
    document.edit(X, {CORNER: 61}, "drag", gesture=1)
    assert not document.undo_stack.isClean()
    document.undo_stack.undo()
    assert document.undo_stack.isClean()
    assert document.project.x[CORNER] == 60


def test_a_gesture_that_ends_where_it_began_leaves_no_step(qtbot: QtBot) -> None:
    document = Document(project())
    before = float(document.project.x[CORNER])
    document.edit(X, {CORNER: before + 1}, "wheel", gesture=1)
    document.edit(X, {CORNER: before}, "wheel", gesture=1)
    assert not document.undo_stack.canUndo()
    assert document.undo_stack.isClean()


def test_a_refused_edit_within_a_gesture_keeps_what_was_done(qtbot: QtBot) -> None:
    document = Document(project())
    before = float(document.project.x[CORNER])
    document.edit(X, {CORNER: 60}, "drag", gesture=1)
    with pytest.raises(LimitError):
        document.edit(X, {(1, 1, 0): 1e9}, "drag", gesture=1)
    assert document.project.x[CORNER] == 60
    document.undo_stack.undo()
    assert document.project.x[CORNER] == before


def test_replacing_shows_the_other_project_and_can_be_undone(qtbot: QtBot) -> None:
    first, second = project(), project(Conv2D(strides=(2, 2)), 2, 2)
    document = Document(first)
    changes, replaced = listen(document)
    document.replace(second, "other")
    assert document.project is second
    assert_up_to_date(document)
    document.undo_stack.undo()
    assert document.project is first
    assert_up_to_date(document)
    document.undo_stack.redo()
    assert document.project is second
    assert len(replaced) == 3
    assert not changes


def test_all_settings_of_a_gesture_are_one_step(qtbot: QtBot) -> None:
    document = Document(project())
    before = document.project
    afterwards = [before.with_layer("conv2d_1", Conv2D(strides=(n, 1))) for n in (2, 3, 4)]
    for after in afterwards:
        document.replace(after, "drag", gesture=5)
        assert document.project is after
        assert_up_to_date(document)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.project is before
    document.undo_stack.redo()
    assert document.project is afterwards[-1]
    assert_up_to_date(document)


@pytest.mark.parametrize(("first", "second"), [(0, 0), (1, 2), (0, 1), (1, 0)])
def test_settings_of_different_gestures_are_steps_of_their_own(
    qtbot: QtBot, first: int, second: int
) -> None:
    document = Document(project())
    before = document.project
    one, two = (before.with_layer("conv2d_1", Conv2D(strides=(n, 1))) for n in (2, 3))
    document.replace(one, "one", gesture=first)
    document.replace(two, "two", gesture=second)
    assert document.undo_stack.count() == 2
    document.undo_stack.undo()
    assert document.project is one


def test_a_gesture_does_not_join_cells_and_settings(qtbot: QtBot) -> None:
    document = Document(project())
    document.edit(X, {CORNER: 60}, "cell", gesture=3)
    edited = document.project
    document.replace(edited.with_layer("conv2d_1", Conv2D(strides=(2, 2))), "set", gesture=3)
    document.edit(X, {CORNER: 61}, "cell", gesture=3)
    assert document.undo_stack.count() == 3
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.project is edited


def test_cells_and_settings_are_undone_in_turn(qtbot: QtBot) -> None:
    document = Document(project())
    states = [document.project]

    def note() -> None:
        states.append(document.project)

    document.edit(X, {CORNER: 60}, "cell")
    note()
    document.replace(document.project.with_layer("conv2d_1", Conv2D(padding="same")), "setting")
    note()
    document.edit(BIAS, {(0,): 3}, "bias")
    note()
    document.replace(document.project.resized(X, (7, 4, 1)), "size")
    note()
    document.edit(X, {(6, 3, 0): 5}, "new cell")
    note()
    for way, wanted in (("undo", states[-2::-1]), ("redo", states[1:])):
        for state in wanted:
            getattr(document.undo_stack, way)()
            assert document.project.network.nodes[0].layer == state.network.nodes[0].layer
            for address in (X, KERNEL, BIAS):
                np.testing.assert_array_equal(
                    document.project.tensor(address), state.tensor(address)
                )
            assert_up_to_date(document)


def test_opening_forgets_the_history(qtbot: QtBot) -> None:
    document = Document(project())
    document.edit(X, {CORNER: 60}, "edit")
    changes, replaced = listen(document)
    other = project(channels=2)
    document.open(other)
    assert document.project is other
    assert document.undo_stack.count() == 0
    assert document.undo_stack.isClean()
    assert len(replaced) == 1
    assert not changes
    assert_up_to_date(document)


def test_the_oldest_steps_are_let_go_of(qtbot: QtBot) -> None:
    document = Document(project())
    before = float(document.project.x[CORNER])
    for number in range(MOST_STEPS + 5):
        document.edit(X, {CORNER: 100 + number}, "write")
    assert document.undo_stack.count() == MOST_STEPS
    while document.undo_stack.canUndo():
        document.undo_stack.undo()
    assert before != document.project.x[CORNER] == 104
    assert not document.undo_stack.isClean()  # what it was at first can't be had back
    assert_up_to_date(document)
