"""Conditions: when they hold, and what is none."""

from __future__ import annotations

import pytest

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study.lessons.assignment import Assignment
from cnn_tutor.study.lessons.condition import Condition
from cnn_tutor.study.lessons.fault import LessonError
from cnn_tutor.study.lessons.scene import Scene
from tests.study.lessons.written import dropped, pictured

START = pictured()


def holds(text: str, scene: Scene = START, start: Scene | None = None) -> bool:
    return Condition.parse(text).holds(scene, start or scene)


def after(*changes: str, start: Scene = START) -> Scene:
    scene = start
    for change in changes:
        scene = Assignment.parse(change).applied(scene)
    return scene


@pytest.mark.parametrize(
    "text",
    [
        "x[0,0,0] = 0",
        "x[0,0,1]=1",
        "x[0,0] = 0 1",
        "x[0,0:2,0] = 0 / 2",  # rows are only for the eye
        "x[:,:,0] = 0 2 4 6 / 8 10 12 14 / 16 18 20 22",
        "kernel[0,0] = 1, 0, 0, 0",
        "bias = 0 3",
        "x >= 0",
        "x < 24",
        "x.max = 23",
        "x.max <= 23",
        "x.max > 22.5",
        "x.mean = 23/2",
        "output.height = kernel.height",
        "output.channels = kernel.filters",
        "x.channels = kernel.depth",
        "relu_1/output[0,0,0] = output[0,0,0]",
        "relu_1/output >= 0",
        "x unchanged",
        "x.changes = 0",
        "layers = conv2d relu",
        "layers = conv2d, relu",
        "layers != conv2d",
        "parameters = 18",
        "view = cells",
        "layer = conv2d_1",
        "padding = valid",
        "padding != same",
        "strides = 1",
        "strides = 1 1",
        "strides != 2",
    ],
)
def test_what_holds(text: str) -> None:
    assert holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "x = 0",
        "x[0,0] = 0 2",
        "x[0,0] = 0 1 2",
        "x > 0",
        "output.width = x.width",
        "x changed",
        "x.changes >= 1",
        "layers = relu conv2d",
        "layer = relu_1",
        "view = matrices",
        "padding = same",
        "strides = 1 2",
        "parameters > 18",
        "relu_1/output = output",
    ],
)
def test_what_does_not(text: str) -> None:
    assert not holds(text)


def test_a_number_need_only_be_as_near_as_a_computer_gets() -> None:
    scene = after("x[0,0,0] = 0.1", "x[0,0,1] = 0.2")
    assert holds("x[0,0].sum = 0.3", scene)
    assert not holds("x[0,0].sum < 0.3", scene)
    assert not holds("x[0,0].sum > 0.3", scene)
    assert holds("x[0,0].sum <= 0.3", scene)
    assert not holds("x[0,0].sum = 0.301", scene)


def test_what_has_changed_since_the_step_began() -> None:
    now = after("x[0,0,0] = 7", "x[0,1,0] = 8")
    assert holds("x changed", now, START)
    assert holds("x.changes = 2", now, START)
    assert holds("x[1:] unchanged", now, START)
    assert holds("kernel unchanged", now, START)
    assert holds("output changed", now, START)
    assert not holds("x unchanged", now, START)


def test_settings_of_every_sort() -> None:
    start = dropped()
    assert holds("rate = 0.5", start)
    assert holds("rate = 1/2", start)
    assert holds("rate != 0.2", start)
    assert holds("training = yes", start)
    assert holds("training = true", start)
    assert not holds("training = no", start)
    padded = after("padding = 1")
    assert holds("padding = 1", padded)
    assert holds("padding = 1 1 1 1", padded)
    assert not holds("padding = valid", padded)
    assert holds("padding = 0 0 2 2", after("padding = 0 0 2 2"))
    assert holds("at = 1,2,0", after("at = 1,2"))
    assert not holds("at = 1,1,0", after("at = 1,2"))


@pytest.mark.parametrize(
    "text", ["", "x", "= 3", "x =", "x changes", "x == 3", "changed", "x is 3", "x = ", "unchanged"]
)
def test_what_is_no_condition(text: str) -> None:
    with pytest.raises(LessonError):
        holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "padding > same",
        "strides > 1",
        "layers < conv2d",
        "x = same",
        "x.max = padding",
        "x = 1 2 / 3",
        "x = 1e9",
        "training = yes",
        "x = relu_3/x",
        "x = nothing",
    ],
)
def test_what_can_not_be_compared(text: str) -> None:
    with pytest.raises(Refusal):
        holds(text)


def test_a_switch_is_yes_or_no() -> None:
    with pytest.raises(LessonError) as refused:
        holds("training = maybe", dropped())
    assert refused.value.reason == "lesson_switch"
