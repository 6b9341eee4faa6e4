"""Output cells that the learner is asked for: judged, painted, and kept through every change."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.style import appearance, language
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.network import Node
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.style import colours
from tests.unit.pages.asking import FIRST, SECOND, ask, shown, spoken
from tests.unit.pages.boards import enter, tab


def test_an_asked_cell_holds_a_question_mark_and_the_others_their_numbers(drive) -> None:
    lab = drive()
    assert lab.read("output") == [["3", "0", "1"], ["0", "2", "0"], ["1", "0", "3"]]
    questions = ask(lab, FIRST, (1, 1, 0))
    assert lab.read("output") == [["?", "0", "1"], ["0", "?", "0"], ["1", "0", "3"]]
    assert questions.asked == (FIRST, (1, 1, 0))
    assert questions.workings
    assert questions.hides(FIRST)
    assert not questions.hides(SECOND)
    assert questions.entry(FIRST) is questions.right(FIRST) is None
    assert not questions.all_right
    questions.clear()
    assert shown(lab) == "3"
    assert questions.asked == ()


def test_a_fraction_is_right_to_two_decimals(drive) -> None:
    lab = drive("sigmoid")
    questions = ask(lab, (0, 1, 0))
    lab.write("output", 0, 1, "0.7")
    assert not questions.right((0, 1, 0))
    lab.write("output", 0, 1, "0.73")
    assert questions.right((0, 1, 0))
    assert shown(lab, 0, 1).startswith("0.7310")


def test_what_is_right_follows_the_numbers(drive) -> None:
    lab = drive()
    questions = ask(lab)
    lab.write("output", 0, 0, "3")
    before = lab.lab.state.now.hidden
    lab.write("x", 0, 2, "2")  # from 1
    assert questions.right(FIRST) is False
    assert shown(lab) == "3"
    assert questions.hides(FIRST)
    lab.document.undo_stack.undo()
    assert questions.right(FIRST) is True
    assert lab.lab.state.now.hidden == before + 2
    lab.write("bias", 0, 0, "1")
    assert questions.entry(FIRST) == 3
    lab.write("output", 0, 0, "4")
    assert questions.all_right
    lab.document.undo_stack.undo()  # the answer is undone like an edit
    assert questions.entry(FIRST) == 3
    assert not questions.all_right
    lab.document.undo_stack.undo()
    assert questions.all_right


def test_a_cell_that_goes_is_not_asked_any_more(drive) -> None:
    lab = drive()
    questions = ask(lab, FIRST, (2, 2, 0), (9, 9, 0), (0, 0))
    assert questions.asked == (FIRST, (2, 2, 0))
    lab.write("output", 2, 2, "5")
    lab.write("output", 0, 0, "3")
    enter(lab, "size:x[0]", "4")
    assert questions.asked == (FIRST,)
    assert questions.entry((2, 2, 0)) is None
    assert questions.gone
    assert not questions.all_right  # a smaller board is no smaller question
    assert lab.read("output")[0][0] == "3"
    lab.document.undo_stack.undo()
    assert questions.asked == (FIRST, (2, 2, 0))
    assert questions.entry((2, 2, 0)) is None
    assert shown(lab, 2, 2) == "?"
    questions.answer((9, 9, 0), 1)
    questions.forget((9, 9, 0))


def test_a_question_waits_while_another_layer_is_shown(drive) -> None:
    x = np.arange(25.0).reshape(5, 5, 1)
    nodes = (
        Node("conv2d_1", Conv2D(), {"kernel": np.ones((3, 3, 1, 1)), "bias": np.zeros(1)}),
        Node("relu_1", ReLU(), {}),
    )
    lab = drive(Project.chain(x, nodes))
    lab.lab.state.select("conv2d_1")
    questions = ask(lab)
    lab.write("output", 0, 0, "5")
    lab.lab.state.select("relu_1")
    assert questions.asked == ()
    assert not questions.hides(FIRST)
    assert shown(lab) == "54"
    lab.lab.state.select("conv2d_1")
    assert questions.asked == (FIRST,)
    assert shown(lab) == "5"
    # In the layers after it, what comes of it would give it away.
    assert np.isnan(questions.masked("relu_1")[FIRST])
    assert np.isnan(questions.masked("relu_1")).sum() == 1
    assert not np.isnan(questions.masked("input")).any()
    lab.document.replace(lab.document.project.removed("conv2d_1"), "")
    assert questions.asked == ()
    lab.document.undo_stack.undo()
    lab.lab.state.select("conv2d_1")
    assert questions.asked == (FIRST,)


def test_other_work_takes_the_questions_away(drive) -> None:
    lab = drive()
    questions = ask(lab)
    lab.document.open(presets()["max_pooling"].project())
    assert questions.asked == ()
    assert shown(lab) == "3"
    ask(lab, (1, 1, 0))
    assert shown(lab, 1, 1) == "?"


def test_an_answer_may_bring_on_other_work_at_once(drive) -> None:
    lab = drive()
    questions = ask(lab)
    projects = iter([presets()["rgb"].project(), presets()["max_pooling"].project()])

    def go_on(*_: object) -> None:
        lab.document.open(next(projects))
        questions.ask([FIRST], True)

    questions.answered.connect(go_on)
    for answer in ("3", "4"):
        lab.write("output", 0, 0, answer)
        assert shown(lab) == "?"
    assert questions.entry(FIRST) is None
    assert lab.lab.shown.layer.kind == "max_pooling2d"


def test_pointing_at_an_asked_cell_lights_its_window_even_ahead_of_the_walk(drive) -> None:
    lab = drive()
    lab.lab.walk.first()
    ask(lab, (2, 2, 0))
    assert lab.read("output")[2] == ["", "", "?"]
    lab.hover("output", 2, 1)
    assert lab.lab.state.highlight.at == FIRST
    lab.hover("output", 2, 2)
    light = lab.lab.state.highlight
    assert light.at == (2, 2, 0)
    assert light.hidden
    assert len(light.marks["x"]) == 9
    lab.leave()
    lab.click("output", 2, 2)
    assert lab.lab.walk.at == (2, 2, 0)
    lab.type("3")
    lab.lab.walk.first()
    assert shown(lab, 2, 2) == "3"  # found out already


def test_it_is_painted_in_both_themes(drive) -> None:
    lab = drive()
    pictures = set()
    for theme in ("light", "dark"):
        appearance.apply(theme)
        for number in (None, 5, 3):
            questions = ask(lab)
            if number is not None:
                questions.answer(FIRST, number)
            grid = lab.grid("output")
            image = grid.grab(grid.cell_rect(0, 0)).toImage()
            pictures.add(bytes(image.constBits()))
    assert len(pictures) == 6


def test_small_and_large_cells_have_room_for_what_is_in_the_corner(drive) -> None:
    lab = drive()
    grid = lab.grid("output")
    assert isinstance(grid, TensorGrid)
    questions = ask(lab)
    wrong = colours.colour(colours.current().wrong).rgb()
    questions.answer(FIRST, 5)
    lab.lab.walk.point_at(SECOND)
    for side in (12, 20, 60):
        grid.set_cell_size(side, side)
        image = grid.grab(grid.cell_rect(0, 0)).toImage()
        half = image.width() // 2
        found = [
            (x, y)
            for x in range(half, image.width())
            for y in range(half)
            if image.pixel(x, y) == wrong
        ]
        assert found, side


@pytest.mark.parametrize("view", ["Matrices", "Units", "Network"])
def test_views_and_languages_change_while_something_is_asked(drive, view: str) -> None:
    lab = drive()
    questions = ask(lab)
    lab.write("output", 0, 0, "5")
    tab(lab.part("views"), view)
    language.apply("ja")
    QApplication.processEvents()
    assert questions.entry(FIRST) == 5
    questions.answer(FIRST, 3)
    questions.clear()
    ask(lab, FIRST, workings=False)
    tab(lab.part("views"), words.say("views.cells"))
    assert spoken(lab, 0, 0) == "0行0列: ここの数を求めてください"
    language.apply("en")
    QApplication.processEvents()
    assert shown(lab) == "?"
    assert spoken(lab, 0, 0) == "row 0, column 0: asked for"
