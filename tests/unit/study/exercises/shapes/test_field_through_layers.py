"""What an output sees of the input through several layers."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.network import Evaluation, Network, Node
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.shapes.field_through_layers import FieldThroughLayers
from tests.unit.study.exercises.many import many, told_apart, wrong


def seen(network: Network, rows: set[int]) -> set[int]:
    """Return the rows of the input that rows of the last output are computed from, cell by cell."""
    evaluation = Evaluation(network, np.ones(network.input_shape))
    for node in reversed(network.nodes):
        tensors = evaluation.tensors(node.name)
        length = tensors["x"].shape[0]
        read = {
            cell.index[0]
            for row in rows
            for cell in node.layer.explain(tensors, (row, 0, 0)).cells("x")
        }
        rows = {row for row in read if 0 <= row < length}
    return rows


def test_the_rows_are_those_that_are_read():
    for exercise in many("field_through_layers", 4):
        if exercise.evidence:
            told_apart(exercise)
        network, (_, (row,)) = exercise.network, exercise.given[0]
        rows = seen(network, {row})
        assert (exercise.blank("first_row").answer, exercise.blank("last_row").answer) == (
            min(rows),
            max(rows),
        )
        field, jump = 1, 1
        for place, node in enumerate(network.nodes, start=1):
            window = node.layer.windows(network.shapes(node.name))[0]
            field += (window.extent - 1) * jump
            jump *= window.stride
            assert exercise.blank(f"field[{place}]").answer == field


@pytest.fixture
def asked() -> Exercise:
    """A 3×3 convolution, a pool of 2×2 with a stride of 2, and another convolution."""
    kernel, bias = np.ones((3, 3, 1, 1)), np.zeros(1)
    weights = {"kernel": kernel, "bias": bias}
    network = Network(
        (12, 12, 1),
        (
            Node("conv2d_1", Conv2D(), weights),
            Node("pool", MaxPooling2D(), {}),
            Node("conv2d_2", Conv2D(padding="same"), weights),
        ),
    )
    first = network.nodes[0]
    tensors = {**weights, "x": np.ones((12, 12, 1))}
    return FieldThroughLayers()._of(network, first.layer, tensors, 2)


def test_the_field_grows_by_the_windows_and_the_strides_before(asked: Exercise):
    assert {blank.name: blank.answer for blank in asked.blanks} == {
        "field[1]": 3, "field[2]": 4, "field[3]": 8, "first_row": 2, "last_row": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mistake", "numbers"),
    [
        ("through_last_only", {"field[2]": 2, "field[3]": 3, "first_row": 1, "last_row": 3}),
        ("through_sizes_added", {"field[2]": 5, "last_row": 9}),
        ("through_strides_ignored", {"field[3]": 6, "first_row": 1, "last_row": 6}),
        ("through_padding_ignored", {"first_row": 4, "last_row": 11}),
        ("through_own_stride", {"field[2]": 5, "field[3]": 9}),
        ("through_sizes_multiplied", {"field[2]": 6, "field[3]": 18}),
    ],
)
def test_the_numbers_of_each_mistake(asked: Exercise, mistake: str, numbers: dict[str, float]):
    (found,) = wrong(asked, mistake)
    assert found == {n: v for n, v in numbers.items() if v != asked.blank(n).answer}
