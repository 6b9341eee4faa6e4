"""Which filter made which map."""

from __future__ import annotations

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.study.exercises.evidence import apart
from cnn_tutor.study.exercises.generator import shapes
from tests.unit.study.exercises.answers import output as right_output
from tests.unit.study.exercises.many import many


def test_each_map_is_that_of_its_filter_alone():
    orders = set()
    for exercise in many("match_filter"):
        output = right_output(exercise)
        shown = exercise.shown["output"]
        numbers = [int(blank.answer) for blank in exercise.blanks]
        count = output.shape[-1]
        assert count == (3 if exercise.level < 3 else 4)
        assert [blank.name for blank in exercise.blanks] == [f"map[{n + 1}]" for n in range(count)]
        assert sorted(numbers) == list(range(1, count + 1)) != numbers
        for place, number in enumerate(numbers):
            assert np.array_equal(shown[..., place], output[..., number - 1])
            alike = [n for n in range(count) if np.array_equal(shown[..., place], output[..., n])]
            assert alike == [number - 1]
        assert apart(exercise)
        orders.add(tuple(numbers))
    assert len(orders) > 10


def test_maps_that_are_the_same_can_not_be_told_apart():
    source = shapes()["match_filter"]
    tensors = {"x": np.ones((4, 4, 1)), "kernel": np.ones((3, 3, 1, 3)), "bias": np.zeros(3)}
    assert source.over(Conv2D(), tensors, 0, np.random.default_rng(0)) is None
