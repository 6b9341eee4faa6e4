"""Changes that a step sets up or an answer makes."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.study.lessons.language.assignment import Assignment, output_index
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene
from tests.unit.study.lessons.written import dropped, pictured

START = pictured()


def done(text: str, scene: Scene = START) -> Scene:
    return Assignment.parse(text).applied(scene)


def why(text: str, scene: Scene = START) -> str:
    with pytest.raises(Refusal) as refused:
        done(text, scene)
    return refused.value.reason


def tensor(scene: Scene, port: str) -> np.ndarray:
    return scene.evaluation.tensors("conv2d_1")[port]


def test_cells_get_one_number_or_one_each() -> None:
    assert (tensor(done("x = 5"), "x") == 5).all()
    assert tensor(done("x[0,0] = 8 9"), "x")[0, 0].tolist() == [8, 9]
    assert tensor(done("x[0:2,0,0] = 8 / 9"), "x")[:, 0, 0].tolist() == [8, 9, 16]
    changed = done("kernel[1,1,1,1] = -1/2")
    assert tensor(changed, "kernel")[1, 1, 1, 1] == -0.5
    assert tensor(changed, "kernel").sum() == 0.5
    assert tensor(START, "kernel")[1, 1, 1, 1] == -1  # a scene is never changed
    first = Scene(START.project, shown="relu_1")
    np.testing.assert_array_equal(tensor(done("conv2d_1/x = 1", first), "x"), np.ones((3, 4, 2)))


def test_sizes_keep_the_numbers_that_have_room() -> None:
    wider = done("x.width = 6")
    assert tensor(wider, "x").shape == (3, 6, 2)
    np.testing.assert_array_equal(tensor(wider, "x")[:, :4], START.project.x)
    assert tensor(done("kernel.filters = 3"), "kernel").shape == (2, 2, 2, 3)
    assert tensor(done("kernel.filters = 3"), "bias").shape == (3,)
    assert tensor(done("x.channels = 1"), "kernel").shape == (2, 2, 1, 2)
    assert tensor(done("kernel.height = 1"), "kernel").shape == (1, 2, 2, 2)


def test_settings() -> None:
    for text in ("strides = 2", "strides = 2 2"):
        assert done(text).node().layer == Conv2D(strides=(2, 2))
    assert done("training = no", dropped()).node().layer == Dropout(0.5, training=False)


def test_layers_come_and_go_and_are_shown() -> None:
    added = done("add = max_pooling2d")
    assert [n.name for n in added.project.network.nodes] == [
        "conv2d_1",
        "max_pooling2d_1",
        "relu_1",
    ]
    assert added.layer == "max_pooling2d_1"
    assert done("remove = relu_1").layer == "conv2d_1"
    assert done("remove = conv2d_1").layer == "relu_1"
    assert done("layer = relu_1").layer == "relu_1"
    assert done("view = network").view == "network"
    assert done("at = 1,2,1").at == (1, 2, 1)
    assert done("at = 1, 2").at == (1, 2, 0)  # axes that are not given are at 0


def test_an_output_cell_by_its_index() -> None:
    assert output_index(START, "1") == (1, 0, 0)
    assert output_index(START, " 1 , 2 ") == (1, 2, 0)
    for text in ("2", "0,3", "0,0,2", "0,0,0,0", "99999"):
        with pytest.raises(LessonError) as refused:
            output_index(START, text)
        assert refused.value.reason == "lesson_no_cell"
    for text in ("", "a", "-1", "1:2", "1.0", "1,,2", "1,", "٣", "100000"):
        with pytest.raises(LessonError) as refused:
            output_index(START, text)
        assert refused.value.reason == "lesson_index"


@pytest.mark.parametrize(
    "text",
    [
        "kernel.max = 3", "kernel.changes = 2", "at[0] = 1", "view.max = units",
        "layer[0] = relu_1", "", "x", "x =", "= 1", "x >= 1", "x != 1", "x <= 1", "x < 1", "add",
        "  ",
    ],
)  # fmt: skip
def test_what_is_no_change(text: str) -> None:
    with pytest.raises(LessonError) as refused:
        Assignment.parse(text)
    assert refused.value.reason == "lesson_assignment"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("output = 1", "lesson_computed"), ("relu_1/x = 1", "lesson_computed"),
        ("relu_1/x.width = 9", "lesson_computed"), ("relu_3/x = 1", "lesson_no_layer"),
        ("layer = relu_3", "lesson_no_layer"), ("remove = relu_3", "lesson_no_layer"),
        ("add = lstm", "lesson_kind"), ("view = picture", "lesson_view"),
        ("at = 9,9", "lesson_no_cell"), ("at = here", "lesson_index"), ("x = 1 2", "lesson_count"),
        ("x[0,0] = 1 2 3", "lesson_count"), ("x = 1 2 / 3", "lesson_rows"),
        ("x = wide", "lesson_assignment"), ("x[9] = 1", "lesson_no_cell"),
        ("x.filters = 2", "lesson_axes"), ("x.width = 1.5", "not_whole"),
        ("x.width = 1 2", "not_whole"), ("x.width = wide", "not_whole"),
        ("x.width = 0", "side_limit"), ("x.width = 100000", "side_limit"),
        ("kernel.filters = 100000", "depth_limit"), ("kernel.depth = 3", "depth_differs"),
        ("kernel.height = 4", "kernel_too_large"), ("x[0,0,0] = 1e9", "number_limit"),
        ("parameters = 3", "lesson_assignment"), ("strides[0] = 1", "lesson_no_cells"),
        ("padding.max = 1", "lesson_assignment"), ("relu_1/view = units", "lesson_unknown"),
        ("padding = 1 2", "lesson_count"), ("padding = 1 2 3 4 5", "lesson_count"),
        ("groups = 1 2", "lesson_count"), ("mask = 1", "lesson_unknown"),
        ("padding = wide", "unknown_padding"), ("strides = two", "lesson_setting"),
        ("strides = 1 2 3", "lesson_setting"), ("strides = 0", "not_positive"),
        ("strides = 99", "setting_limit"), ("padding = -1", "negative_padding"),
    ],
)  # fmt: skip
def test_what_can_not_be_done(text: str, reason: str) -> None:
    assert why(text) in (reason, "lesson_setting")


def test_no_number_of_cells_is_beyond_what_is_asked() -> None:
    assignment = Assignment.parse("x[0:2,0,:] = 1 2 / 3 4")
    cells = {(0, 0, 0): 1.0, (0, 0, 1): 2.0, (1, 0, 0): 3.0, (1, 0, 1): 4.0}
    assert assignment.cells(START) == cells
    assert Assignment.parse("x.width = 7").whole() == 7
    assert Assignment.parse("strides = 2").setting(START) == (2, 2)


def test_a_change_writes_only_so_many_cells() -> None:
    wide = done("x.width = 64", done("x.height = 64"))
    assert done("x[:,:,0] = 1", wide).project.x[..., 0].sum() == 64 * 64
    assert why("x = 1", wide) == "lesson_cells"
