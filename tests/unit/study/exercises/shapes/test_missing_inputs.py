"""Which inputs give this output."""

from __future__ import annotations

import numpy as np

from cnn_tutor.study.exercises import generate
from tests.unit.study.exercises.answers import output
from tests.unit.study.exercises.many import many, worked_out

LINEAR = {
    "conv2d", "dense", "average_pooling2d", "global_average_pooling2d", "flatten", "dropout",
}  # fmt: skip


def test_the_blanks_can_be_worked_out_one_at_a_time():
    for exercise in many("missing_inputs"):
        assert np.allclose(exercise.layer.forward(exercise.tensors), output(exercise))
        assert np.allclose(worked_out(exercise), [blank.answer for blank in exercise.blanks])
        assert all(blank.port == "x" and not blank.mark for blank in exercise.blanks)
        assert exercise.evidence


def test_a_dropped_cell_is_never_asked_for():
    for level in range(6):
        for seed in range(20):
            exercise = generate("missing_inputs", "dropout", level, seed)
            if exercise.layer.training:
                assert all(exercise.tensors["mask"][blank.index] for blank in exercise.blanks)


def test_higher_levels_leave_more_cells_blank():
    found = [len(generate("missing_inputs", "conv2d", level, 0).blanks) for level in range(6)]
    assert found == [1, 2, 3, 3, 4, 5]


def test_only_the_right_inputs_are_taken():
    exercise = generate("missing_inputs", "conv2d", 3, 1)
    right = {blank.name: blank.answer for blank in exercise.blanks}
    assert exercise.accepts(right)
    for name in right:
        assert not exercise.accepts({**right, name: right[name] + 1})
