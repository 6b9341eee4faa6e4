"""Every stage on the way to one output number."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from cnn_tutor.study.exercises import generate
from tests.unit.study.exercises.answers import output
from tests.unit.study.exercises.many import SOME, many, told_apart


def test_stages_lead_to_the_output():
    for exercise in many("stages_of_a_cell", SOME):
        told_apart(exercise)
        stages = {blank.name: blank.answer for blank in exercise.blanks}
        right = float(output(exercise)[exercise.at])
        name = f"output[{','.join(map(str, exercise.at))}]"
        assert stages.pop(name) == pytest.approx(right, rel=1e-12, abs=1e-12)
        rectified = stages.pop("activation", None)
        weighed = exercise.kind in ("conv2d", "dense")
        assert (rectified is None) == (not weighed or exercise.level <= 2)
        assert rectified is None or rectified == max(right, 0)
        if not weighed:
            continue
        bias = exercise.tensors["bias"][exercise.at[-1]]
        ports = {blank.port for blank in exercise.blanks}
        assert ports <= {"products", "steps", "output", ""}
        if stages:
            assert sum(stages.values()) + bias == pytest.approx(right)
        channels = exercise.tensors["x"].shape[2:]
        assert bool(stages) == (exercise.level <= 2 or max(channels, default=1) > 1)


def test_most_stages_end_below_zero_where_a_forgotten_relu_shows():
    below = [
        generate("stages_of_a_cell", kind, level, seed).blanks[-1].answer == 0
        for kind, level, seed in product(("conv2d", "dense"), (3, 4, 5), range(20))
    ]
    assert 0.5 < np.mean(below) < 0.95


OF_THE_SUM = {
    "mean_taken", "largest_product", "centre_only", "first_row_only", "matrix_product",
    "maps_added", "relu_added",
}  # fmt: skip
"""What is made of the products another way than adding them up."""


def test_what_a_mistake_makes_of_a_product_it_carries_on_to_the_sum():
    exercise = generate("stages_of_a_cell", "conv2d", 1, 3)
    for outcome in exercise.outcomes:
        stages = {b.name: outcome.entries.get(b.name, b.answer) for b in exercise.blanks}
        total = stages.pop(exercise.blanks[-1].name)
        added_up = sum(stages.values()) == total
        assert added_up or outcome.mistake in OF_THE_SUM, outcome.mistake
    flipped = next(o for o in exercise.outcomes if o.mistake == "flipped_kernel")
    products = [b.name for b in exercise.blanks[:-1]]
    i, j, f = exercise.at
    x, kernel = exercise.tensors["x"], exercise.tensors["kernel"]
    for n, (u, v) in enumerate(product(range(3), repeat=2)):
        wrong = x[i + u, j + v, 0] * kernel[2 - u, 2 - v, 0, f]
        name = products[n]
        assert flipped.entries.get(name, exercise.blank(name).answer) == wrong
