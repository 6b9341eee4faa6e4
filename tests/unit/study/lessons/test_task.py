"""Tasks and steps: what they ask for, say and point at, wherever the learner is."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from cnn_tutor.engine.network import Evaluation
from cnn_tutor.project.limits import MAX_ASKED
from cnn_tutor.study import words
from cnn_tutor.study.lessons.language.assignment import Assignment
from cnn_tutor.study.lessons.language.condition import Condition
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.language.subject import Subject
from cnn_tutor.study.lessons.language.target import Target, target
from cnn_tutor.study.lessons.lesson import Step
from cnn_tutor.study.lessons.task import Remark, Task
from tests.unit.study.lessons.written import EXAMPLE, changed, opened, pictured, refused

START = pictured()
SAY = {"ja": "。", "en": "."}

GOAL, ANSWER = 'goal = ["output = 0", "x unchanged"]', 'answer = ["kernel = 0"]'
NOT_YET = "not_yet = {"
VIEWS = """\
title = { ja = "。", en = "." }

[boards.one]
kind = "relu"
tensors.x.rows = [[1, 2], [3, 4]]

[[steps]]
id = "only"
board = "one"
caption = { ja = "。", en = "." }
# view

[steps.task]
say = { ja = "。", en = "." }
not_yet = { ja = "。", en = "." }
goal = ["view = matrices"]
answer = ["view = matrices"]
"""


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


# --- proof ---------------------------------------------------------------------------------------


def test_a_goal_may_speak_of_what_is_there_only_after_the_answer(tmp_path: Path) -> None:
    for goal, answer in (
        ('"relu_1/output >= 0"', '"add = relu"'),
        ('"x[3,3] = 0"', '"x.height = 4", "x.width = 4"'),
        ('"output = 1 2 3 / 4 5 6"', None),
        ('"kernel[:,:,0,1] = 0", "output.channels = 2"', '"kernel.filters = 2"'),
    ):
        text = changed(GOAL, f"goal = [{goal}]")
        if answer is None:
            fault = refused(tmp_path, text)
            assert (fault.reason, fault.key) == ("lesson_count", "steps[2].task.goal[0]")
        else:
            assert opened(tmp_path, changed(ANSWER, f"answer = [{answer}]", text))


def test_a_remark_may_do_so_too_but_not_speak_of_what_never_is(tmp_path: Path) -> None:
    text = changed(GOAL, 'goal = ["layers = conv2d relu"]')
    text = changed(ANSWER, 'answer = ["add = relu"]', text)
    remark = "\n[[steps.task.remarks]]\nwhen = \"%s\"\nja = '。'\nen = '.'\n"
    assert opened(tmp_path, text + remark % "relu_1/output = 9")
    for when in ("relu_2/output = 9", "x = 1 2", "x[7] = 1", "strides[0] = 1"):
        fault = refused(tmp_path, text + remark % when)
        assert fault.key == "steps[2].task.remarks[0].when", when


def test_a_view_that_the_layer_does_not_have_is_no_goal(tmp_path: Path) -> None:
    fault = refused(tmp_path, VIEWS)
    assert (fault.reason, fault.key) == ("lesson_view", "steps[0].task.answer[0]")
    assert fault.values["known"] == "cells, network"
    sound = VIEWS.replace("matrices", "network")
    assert opened(tmp_path, sound)
    fault = refused(tmp_path, changed("# view", 'view = "units"', sound))
    assert (fault.reason, fault.key) == ("lesson_view", "steps[0].view")
    assert opened(
        tmp_path, VIEWS.replace('"relu"', '"dense"').replace("[[1, 2], [3, 4]]", "[1, 2]")
    )


def test_at_a_goal_that_the_window_reaches_by_itself_nothing_is_to_do(tmp_path: Path) -> None:
    text = changed(GOAL, 'goal = ["at = 1,1"]').replace(ANSWER, 'answer = ["at = 1,1"]')
    fault = refused(tmp_path, changed('id = "change"', 'id = "change"\nlook = "end"', text))
    assert fault.reason == "lesson_done_already"


def test_the_numbers_of_a_lesson_are_let_go_of(tmp_path: Path) -> None:
    made: list[weakref.ref[Evaluation]] = []
    real = Evaluation.__init__

    def counted(self: Evaluation, *args: object) -> None:
        made.append(weakref.ref(self))
        real(self, *args)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Evaluation, "__init__", counted)
        lesson = opened(tmp_path, EXAMPLE)
        gc.collect()
        assert len(made) > 2
        assert not [ref for ref in made if ref() is not None]
        for place in (0, 1, 2, 1):
            assert lesson.scene(place).evaluation is lesson.scene(place).evaluation
        gc.collect()
        assert len([ref for ref in made if ref() is not None]) == 1


# --- what is pointed at --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("settings", Target("settings")),
        ("settings.padding", Target("settings", "padding")),
        ("settings.x", Target("settings", "x")),
        ("settings.kernel", Target("settings", "kernel")),
        ("settings.axis:kernel:3", Target("settings", "axis:kernel:3")),
        ("views", Target("views")),
        ("views.matrices", Target("views", "matrices")),
        ("chain.add", Target("chain", "add")),
        ("chain.relu_1", Target("chain", "relu_1")),
        ("player", Target("player")),
    ],
)
def test_what_can_be_pointed_at(text: str, expected: Target) -> None:
    assert target(text, START) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("settings.nope", "settings.mask", "settings.rate", "settings.", "settings.axis:kernel:4"),
        *("settings.axis:mask:0", "views.photo", "views.", "chain.relu_2", "chain.input"),
        *("products.x", "player.", "code.keras", "size.x", "formula.x", "relu_1/output", "x.max"),
    ],
)
def test_what_can_not(text: str) -> None:
    with pytest.raises(LessonError):
        target(text, START)


def test_only_what_is_there_is_pointed_at() -> None:
    step = Step("s", SAY, points=("settings.padding", "views.units", "x[1,1]", "player"))
    assert len(step.targets(START)) == 4
    relu = after("layer = relu_1")
    assert [found.part for found in step.targets(relu)] == ["cells", "player"]
