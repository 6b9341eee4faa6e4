"""Which weights give this output."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.study.exercises import generate
from cnn_tutor.study.exercises.generator import shapes
from cnn_tutor.study.grading.grading import grade
from tests.unit.study.exercises.answers import output
from tests.unit.study.exercises.many import many, worked_out


def test_the_blanks_can_be_worked_out_one_at_a_time():
    counts = set()
    for exercise in many("find_filter"):
        assert np.allclose(exercise.layer.forward(exercise.tensors), output(exercise))
        answers = [blank.answer for blank in exercise.blanks]
        assert np.allclose(worked_out(exercise), answers)
        assert all(blank.port == "kernel" for blank in exercise.blanks)
        assert exercise.evidence
        counts.add((exercise.kind, exercise.level, len(answers)))
    assert {count for kind, _, count in counts if kind == "conv2d"} == {1, 2, 3, 4, 6, 9}


def test_a_wrong_weight_is_wrong():
    exercise = generate("find_filter", "conv2d", 2, 0)
    entries = {blank.name: str(int(blank.answer)) for blank in exercise.blanks}
    assert grade(exercise, entries).right
    first = exercise.blanks[0].name
    entries[first] = str(int(entries[first]) + 1)
    graded = grade(exercise, entries)
    assert [name for name, state in graded.cells.items() if state == "wrong"] == [first]


def two_that_count_alike():
    """A filter whose two blanks meet the same inputs, so that only their sum is known."""
    tensors = {
        "x": np.ones((1, 3, 1)),
        "kernel": np.array([2.0, 5.0]).reshape(1, 2, 1, 1),
        "bias": np.zeros(1),
    }
    exercise = shapes()["find_filter"].over(Conv2D(), tensors, 0, np.random.default_rng(0))
    blank = exercise.blanks[0]
    other = [index for index in itertools.product((0,), (0, 1), (0,), (0,)) if index != blank.index]
    value = float(tensors["kernel"][other[0]])
    second = replace(blank, name="kernel[other]", index=other[0], answer=value)
    return replace(exercise, blanks=(blank, second))


def test_any_filter_that_gives_the_output_is_right():
    exercise = two_that_count_alike()
    names = [blank.name for blank in exercise.blanks]
    assert exercise.accepts(dict(zip(names, (3.0, 4.0), strict=True)))
    assert exercise.accepts(dict(zip(names, (10.0, -3.0), strict=True)))
    assert not exercise.accepts(dict(zip(names, (3.0, 5.0), strict=True)))
    assert not exercise.accepts({names[0]: 3.0})
    assert grade(exercise, dict(zip(names, ("−1", "8"), strict=True))).right
