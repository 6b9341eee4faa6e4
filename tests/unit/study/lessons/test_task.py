"""Tasks and steps: what they ask for, say and point at, wherever the learner is."""

from __future__ import annotations

import pytest

from cnn_tutor.project.limits import MAX_ASKED
from cnn_tutor.study import words
from cnn_tutor.study.lessons.language.assignment import Assignment
from cnn_tutor.study.lessons.language.condition import Condition
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.language.subject import Subject
from cnn_tutor.study.lessons.task import Remark, Task
from tests.unit.study.lessons.written import pictured

START = pictured()
SAY = {"ja": "。", "en": "."}


def after(*changes: str) -> Scene:
    scene = START
    for change in changes:
        scene = Assignment.parse(change).applied(scene)
    return scene


def number(text: str) -> Task:
    return Task(SAY, number=Subject.parse(text))


def predicting(*texts: str) -> Task:
    return Task(SAY, predict=tuple(map(Subject.parse, texts)))


# --- the layer that is meant ---------------------------------------------------------------------


def test_a_task_stays_about_the_layer_that_its_step_begins_with() -> None:
    other = after("layer = relu_1")
    assert number("output.min").expected(START, START) < 0
    assert number("output.min").expected(other, START) == number("output.min").expected(START)
    assert number("kernel.count").expected(other, START) == 16
    assert predicting("output[0,0]").asked(other, START) == ((0, 0, 0), (0, 0, 1))
    goal = Task(SAY, goal=(Condition.parse("kernel changed"),))
    assert not goal.holds(other, START)
    assert goal.holds(after("layer = relu_1", "conv2d_1/kernel = 5"), START)


def test_nothing_holds_of_a_layer_that_has_gone() -> None:
    gone = after("remove = conv2d_1")
    for text in ("kernel changed", "kernel unchanged", "output.width = 3", "strides = 1"):
        assert not Task(SAY, goal=(Condition.parse(text),)).holds(gone, START), text
    assert number("output.width").expected(gone, START) is None
    assert predicting("output[0,0]").asked(gone, START) == ()
    remark = Remark(3.0, {"ja": "。", "en": "no"}, Subject.parse("output[0,0]"))
    task = Task(SAY, number=Subject.parse("x.width"), remarks=(remark,))
    assert task.remark(gone, START, 3.0, (0, 0, 0)) == ""


def test_a_number_into_a_cell_is_remarked_on_in_that_cell_alone() -> None:
    words.speak("en")
    remark = Remark(7.0, {"ja": "。", "en": "no"}, Subject.parse("output[0,0:2]"))
    task = Task(SAY, predict=(Subject.parse("output"),), remarks=(remark,))
    for scene in (START, after("layer = relu_1")):
        assert task.remark(scene, START, 7.0, (0, 1, 1)) == "no"
        assert task.remark(scene, START, 7.0, (1, 1, 1)) == ""
        assert task.remark(scene, START, 7.0) == ""
        assert task.remark(scene, START, 8.0, (0, 1, 1)) == ""


@pytest.mark.parametrize("text", ["padding", "view", "layer", "layers", "strides", "output", "at"])
def test_what_is_not_one_number_is_not_expected(text: str) -> None:
    assert number(text).expected(START) is None


def test_no_more_cells_are_listed_than_can_be_asked_for() -> None:
    wide = after("x.height = 64", "x.width = 64", "at = 0")
    assert predicting("output").asked(wide, START) == ()
    assert len(predicting("output[0]", "output[1,0:8]").asked(wide, START)) <= MAX_ASKED
