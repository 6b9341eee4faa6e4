"""What a lesson can speak of: how it is written, and what it is in a scene."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.project.project import Address
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.subject import Subject
from tests.unit.study.lessons.written import dropped, pictured

PICTURED = pictured()
X, Y = PICTURED.project.x, PICTURED.evaluation.value("conv2d_1")


def value(text: str, scene=PICTURED, start=None):
    return Subject.parse(text).value(scene, start or scene)


def why(text: str, scene=PICTURED) -> str:
    with pytest.raises(LessonError) as refused:
        value(text, scene)
    return refused.value.reason


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("x", Subject("", "x", ())),
        (" output[1,2] ", Subject("", "output", ((1, 2), (2, 3)))),
        ("x[0:3, 2]", Subject("", "x", ((0, 3), (2, 3)))),
        ("x[:,1:]", Subject("", "x", ((0, None), (1, None)))),
        ("x[ : 2 ]", Subject("", "x", ((0, 2),))),
        ("conv2d_1/kernel[0].max", Subject("conv2d_1", "kernel", ((0, 1),), "max")),
        ("padding", Subject("", "padding", ())),
        ("x.changes", Subject("", "x", (), "changes")),
    ],
)
def test_how_it_is_written(text: str, subject: Subject) -> None:
    assert Subject.parse(text) == subject


@pytest.mark.parametrize(
    "text",
    [
        "", "x[", "x[]", "x[a]", "x[-1]", "x[1:2:3]", "x[1.5]", "x[,]", "x[1][2]", "X", "１", "x y",
        "x[123456]", "a/b/x", "/x", "x.max.min", "x[0] [1]", "x\n[0", "[0]", "x.MAX", "x[٣]",
    ],
)  # fmt: skip
def test_what_can_not_be_read(text: str) -> None:
    with pytest.raises(LessonError) as refused:
        Subject.parse(text)
    assert refused.value.reason == "lesson_subject"
    assert len(refused.value.values["text"]) <= 40


def test_an_unknown_measure_is_named_with_those_that_there_are() -> None:
    with pytest.raises(LessonError) as refused:
        Subject.parse("x.size")
    assert refused.value.reason == "lesson_measure"
    for known in ("max", "width", "changes"):
        assert known in str(refused.value.values["known"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", X), ("x[1]", X[1:2]), ("x[0:2, 1:]", X[0:2, 1:]), ("x[:,:,1]", X[:, :, 1:2]),
        ("output[1,2,0]", Y[1:2, 2:3, 0:1]), ("kernel[1,1,1,1]", [[[[-1.0]]]]),
        ("bias", [0.0, 3.0]), ("relu_1/output", np.maximum(Y, 0)), ("relu_1/x", Y), ("x.max", 23),
        ("x[0].min", 0), ("x[0,0].sum", 1), ("x[0,0].mean", 0.5), ("x[0:2,0:2].count", 8),
        ("output.height", 2), ("output.width", 3), ("output.channels", 2), ("kernel.depth", 2),
        ("kernel.filters", 2), ("relu_1/output.width", 3), ("parameters", 18),
        ("relu_1/parameters", 0),
    ],
)  # fmt: skip
def test_what_it_is(text: str, expected: object) -> None:
    np.testing.assert_array_equal(value(text), expected)


def test_what_is_seen_and_what_is_set() -> None:
    assert value("view") == "cells"
    assert value("layer") == "conv2d_1"
    assert value("layers") == "conv2d relu"
    assert value("strides") == (1, 1)
    assert value("padding") == "valid"
    assert value("rate", dropped()) == 0.5
    assert value("training", dropped()) is True
    assert value("x.units", PICTURED) == 4  # of a table that is the second axis


def test_changes_are_counted_from_the_start() -> None:
    start = PICTURED
    address = Address("input", "x")
    now = start.with_project(start.project.with_cells(address, {(0, 0, 0): 5.0, (2, 3, 1): 9.0}))
    assert value("x.changes", now, start) == 2
    assert value("x[0].changes", now, start) == 1
    assert value("output.changes", now, start) == 2
    assert value("kernel.changes", now, start) == 0
    larger = start.with_project(start.project.resized(address, (4, 4, 2)))
    assert value("x.changes", larger, start) == 4 * 4 * 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("relu_2/output", "lesson_no_layer"), ("x[3]", "lesson_no_cell"),
        ("x[0:4]", "lesson_no_cell"), ("x[2:2]", "lesson_no_cell"), ("x[2:1]", "lesson_no_cell"),
        ("x[99999]", "lesson_no_cell"), ("x[0,0,0,0]", "lesson_axes"),
        ("bias.width", "lesson_axes"), ("x.filters", "lesson_axes"), ("mask", "lesson_unknown"),
        ("rate", "lesson_unknown"), ("relu_1/kernel", "lesson_unknown"),
        ("conv2d_1/view", "lesson_unknown"),
    ],
)  # fmt: skip
def test_what_is_not_there(text: str, reason: str) -> None:
    assert why(text) == reason


def test_only_what_is_not_computed_has_an_address() -> None:
    def address(text: str) -> Address:
        return Subject.parse(text).address(PICTURED)

    assert address("x") == PICTURED.project.address("conv2d_1", "x")
    assert address("kernel").port == "kernel"
    for text in ("output", "relu_1/output", "relu_1/x"):
        with pytest.raises(LessonError) as refused:
            address(text)
        assert refused.value.reason == "lesson_computed"
