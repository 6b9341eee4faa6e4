"""Which weights give this output."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.study.exercises import generate, kinds
from cnn_tutor.study.exercises.generator import shapes
from cnn_tutor.study.grading.grading import grade
from tests.unit.study.exercises.many import many, plain_convolution


def equations(exercise) -> tuple[np.ndarray, np.ndarray]:
    """Return what each output says of the blanks: how much of each it holds, and what is left."""
    x, kernel = exercise.tensors["x"], exercise.tensors["kernel"]
    output = exercise.layer.forward(exercise.tensors)
    blanks = [blank.index for blank in exercise.blanks]
    rows, left = [], []
    for at in np.ndindex(output.shape):
        held, known = dict.fromkeys(blanks, 0.0), float(exercise.tensors["bias"][at[-1]])
        for index in np.ndindex(kernel.shape):
            if index[-1] != at[-1]:
                continue
            value = x[index[0]] if x.ndim == 1 else under(exercise, at, index)
            if index in held:
                held[index] += value
            else:
                known += value * kernel[index]
        rows.append(list(held.values()))
        left.append(output[at] - known)
    return np.array(rows), np.array(left)


def under(exercise, at, index) -> float:
    x, pad = exercise.tensors["x"], exercise.layer.padding
    top = 0 if pad == "valid" else pad[0][0]
    i, j = at[0] + index[0] - top, at[1] + index[1] - top
    return float(x[i, j, index[2]]) if 0 <= i < x.shape[0] and 0 <= j < x.shape[1] else 0.0


def worked_out(rows: np.ndarray, left: np.ndarray) -> list[float]:
    """Find the blanks by hand: always from an output with a single one that is not known yet."""
    found: dict[int, float] = {}
    while len(found) < rows.shape[1]:
        for row, value in zip(rows, left, strict=True):
            unknown = [n for n, held in enumerate(row) if held and n not in found]
            if len(unknown) == 1:
                rest = value - sum(row[n] * known for n, known in found.items())
                found[unknown[0]] = rest / row[unknown[0]]
                break
        else:
            raise AssertionError("no output with a single unknown weight")
    return [found[n] for n in range(rows.shape[1])]


def test_it_is_asked_where_the_output_grows_evenly_with_weights():
    assert set(kinds("find_filter")) == {"conv2d", "dense"}


def test_the_blanks_can_be_worked_out_one_at_a_time():
    counts = set()
    for exercise in many("find_filter"):
        if exercise.kind == "conv2d":
            output = plain_convolution(exercise)
            assert np.array_equal(exercise.layer.forward(exercise.tensors), output)
        answers = [blank.answer for blank in exercise.blanks]
        assert np.allclose(worked_out(*equations(exercise)), answers)
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
