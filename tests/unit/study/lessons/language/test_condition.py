"""Conditions: when they hold, and what is none."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.project.project import Project
from cnn_tutor.study.lessons.language.assignment import Assignment
from cnn_tutor.study.lessons.language.condition import Condition
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene
from tests.unit.study.lessons.written import dropped, pictured

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
        "x = 0", "x[0,0] = 0 2", "x > 0", "output.width = x.width", "x changed", "x.changes >= 1",
        "layers = relu conv2d", "layer = relu_1", "view = matrices", "padding = same",
        "strides = 1 2", "parameters > 18", "relu_1/output = output",
    ],
)  # fmt: skip
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


@pytest.mark.parametrize(
    ("change", "held", "failed"),
    [
        ("padding = 1", ["padding = 1", "padding = 1 1 1 1"], ["padding = valid"]),
        (
            "padding = 0",
            ["padding = 0", "padding = 0 0 0 0", "padding < 1", "padding != valid"],
            ["padding = 1", "padding = valid"],
        ),
        ("padding = valid", ["padding = 0", "padding = valid"], ["padding = 1"]),
        ("padding = 0 0 2 2", ["padding = 0 0 2 2"], []),
        ("padding = same", ["padding = 0 1 0 1"], ["padding = 0"]),  # under a filter of 2×2
        ("padding = 0 1 0 1", [], ["padding = same"]),
        ("strides = 2", ["strides > 1"], []),
        (
            "strides = 1 2",  # which is one thing, but each side counts where it is ordered
            ["strides != 2", "strides = strides"],
            ["strides = 2", "strides != 1 2", "strides > 1"],
        ),
        ("at = 1,2", ["at = 1,2,0", "at != 1,1"], ["at = 1,1,0", "at != 1"]),
        ("at = 1,2,1", ["at unchanged"], []),  # where the window is if nothing is looked at
        ("view = matrices", ["view = matrices"], []),
        ("groups = 1", ["groups >= 1"], ["groups >= 2"]),
    ],
)
def test_settings_and_places(change: str, held: list[str], failed: list[str]) -> None:
    now = after(change)
    assert all(holds(text, now, START if "changed" in text else None) for text in held)
    assert not any(holds(text, now) for text in failed)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("rate = 0.5", True), ("rate = 1/2", True), ("rate != 0.2", True), ("rate < 0.75", True),
        ("training = yes", True), ("training = true", True), ("training = no", False),
    ],
)  # fmt: skip
def test_numbers_and_switches_among_settings(text: str, held: bool) -> None:
    assert holds(text, dropped()) == held


def test_unequal_means_each_of_several_cells() -> None:
    for text in ("x[0,0] != 5", "x[0,0] != 1 0", "bias != 3 0"):
        assert holds(text)
    for text in ("x[0,0] != 0", "x != x", "bias != 3"):
        assert not holds(text)


@pytest.mark.parametrize(
    ("subject", "change"),
    [
        ("padding", "padding = same"), ("strides", "strides = 2"), ("groups", "groups = 1"),
        ("view", "view = network"), ("layer", "layer = relu_1"), ("layers", "add = relu"),
        ("at", "at = 0,0"), ("parameters", "kernel.filters = 3"),
    ],
)  # fmt: skip
def test_whatever_can_be_spoken_of_can_have_changed(subject: str, change: str) -> None:
    now = after(change)
    differs = subject != "groups"
    assert holds(f"{subject} unchanged")
    assert not holds(f"{subject} changed")
    assert holds(f"{subject} changed", now, START) == differs
    assert holds(f"{subject} unchanged", now, START) != differs


def test_a_view_that_the_layer_does_not_have_is_not_seen() -> None:
    matrices = after("view = matrices")
    elsewhere = after("layer = relu_1", start=matrices)
    assert holds("view = cells", elsewhere)
    assert not holds("view = matrices", elsewhere)


def test_a_name_means_the_layer_that_the_step_begins_with() -> None:
    other = after("layer = relu_1", "conv2d_1/kernel[0,0,0,0] = 9")
    assert holds("kernel changed", other, START)
    assert holds("kernel[0,0,0,0] = 9", other, START)
    assert holds("bias unchanged", other, START)
    assert holds("strides = 1", other, START)
    assert holds("output.min < 0", other, START)  # not the output of the ReLU
    assert holds("output.width = conv2d_1/output.width", other, START)
    assert holds("layer = relu_1", other, START)
    gone = after("remove = conv2d_1")
    with pytest.raises(LessonError):
        holds("kernel changed", gone, START)


def test_numbers_that_are_not_there_are_none() -> None:
    bare = Scene(Project.of(np.ones((3, 3, 1)), Conv2D(), {"kernel": np.ones((2, 2, 1, 1))}))
    assert holds("output = 4", bare)
    with pytest.raises(LessonError) as refused:
        holds("bias = 0", bare)
    assert refused.value.reason == "lesson_unknown"


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "= 3", "x =", "x changes", "x == 3", "changed", "x is 3", "x = ", "x = = 1",
        "x => 3", "unchanged",
    ],
)  # fmt: skip
def test_what_is_no_condition(text: str) -> None:
    with pytest.raises(LessonError):
        holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "padding > same", "layers < conv2d", "layers = 3", "x[0,0] = 0 1 2", "x.max = 9 9",
        "x = kernel", "strides = 1 1 1", "padding = 1 2", "padding = 1 2 3", "strides[7] = 1",
        "strides.max = 1", "view.max = cells", "view[3] = cells", "view = photo", "at[0] = 5",
        "at = 1,1,1,1", "parameters[9] = 5", "parameters.max = 5", "layers.min = conv2d",
        "x.width changed", "relu_9/x changed", "x = same", "x.max = padding", "x = 1 2 / 3",
        "x = 1e9", "training = yes", "x = relu_3/x", "x = nothing",
    ],
)  # fmt: skip
def test_what_can_not_be_compared(text: str) -> None:
    with pytest.raises(Refusal):
        holds(text)


def test_a_switch_is_yes_or_no() -> None:
    with pytest.raises(LessonError) as refused:
        holds("training = maybe", dropped())
    assert refused.value.reason == "lesson_switch"
