"""How large an output is, step by step."""

from __future__ import annotations

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises import generate
from cnn_tutor.study.exercises.generator import shapes
from tests.unit.study.exercises.many import axes, many


def steps(n: int, k: int, s: int, d: int, before: int, after: int) -> tuple[int, int, int, int]:
    padded = n + before + after
    room = padded - (d * (k - 1) + 1)
    places = len(range(0, room + 1, s))
    return padded, room, places - 1, places


def over(layer, x, kernel=None) -> Exercise:
    tensors = {"x": np.ones(x)}
    if kernel:
        tensors |= {"kernel": np.ones(kernel), "bias": np.zeros(kernel[-1])}
    return shapes()["output_size"].over(layer, tensors, 0, np.random.default_rng(0))


def answers(exercise: Exercise) -> dict[str, float]:
    return {blank.name: blank.answer for blank in exercise.blanks}


def test_the_steps_are_those_of_counting_the_places():
    seen = set()
    for exercise in many("output_size"):
        rows, columns = map(steps, *zip(*axes(exercise), strict=True))
        found = answers(exercise)
        assert tuple(found.values())[:4] == rows
        assert exercise.layer.forward(exercise.tensors).shape[:2] == (rows[3], columns[3])
        assert found.get("other_size", rows[3]) == columns[3]
        assert ("other_size" in found) == (axes(exercise)[0] != axes(exercise)[1])
        assert exercise.evidence
        assert max(exercise.tensors["x"].shape) <= 12
        assert exercise.tensors["x"].min() > 0
        seen.add((exercise.kind, exercise.level, *found.values()))
    assert len(seen) > 60


def test_each_level_has_what_the_one_before_has_not():
    found = {level: axes(generate("output_size", "conv2d", level, 1)) for level in range(6)}
    for level, ((_, _, s, _, before, _), columns) in found.items():
        assert (s > 1) == (level in (1, 3, 4, 5))
        assert (before > 0) <= (level > 1)
        assert (found[level][0] == columns) == (level < 4)


def test_the_decks_quiz_is_asked_along_its_columns():
    exercise = over(Conv2D(), (1, 5, 1), (1, 3, 1, 1))
    assert answers(exercise) == {"padded": 5, "room": 2, "strides": 2, "size": 3}
    assert "columns" in exercise.prompt["en"]
    assert "列数" in exercise.prompt["ja"]


def test_lopsided_padding_is_told_by_its_two_numbers():
    exercise = over(Conv2D((2, 2), "same"), (6, 6, 1), (3, 3, 1, 1))
    assert answers(exercise) == {"padded": 7, "room": 4, "strides": 2, "size": 3}
    assert exercise.blanks[0].label["en"].endswith("n + 0 + 1")
    assert "0 above, 1 below" in exercise.prompt["en"]
    assert "padding='same'" in exercise.prompt["ja"]


def test_a_window_with_gaps_spans_them_too():
    exercise = over(Conv2D(dilation_rate=(2, 2)), (8, 8, 1), (3, 3, 1, 1))
    assert answers(exercise) == {"padded": 8, "room": 3, "strides": 3, "size": 4}
    assert "2(k − 1) + 1" in exercise.blanks[1].label["ja"]


def test_a_pools_window_is_no_filter():
    exercise = over(MaxPooling2D((2, 2)), (7, 7, 2))
    assert "2×2 window" in exercise.prompt["en"]
    assert "2×2 filter" in over(Conv2D(), (7, 7, 1), (2, 2, 1, 1)).prompt["en"]
