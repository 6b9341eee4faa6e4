"""A finished output with one wrong cell in it."""

from __future__ import annotations

import numpy as np

from cnn_tutor.study import numbers
from cnn_tutor.study.exercises.evidence import apart
from tests.unit.study.exercises.answers import output
from tests.unit.study.exercises.many import SOME, many


def test_one_cell_is_wrong_by_a_known_mistake():
    for exercise in many("spot_the_error", SOME):
        assert apart(exercise)
        right, shown = output(exercise), exercise.shown["output"]
        (at,) = [blank.index for blank in exercise.blanks if blank.answer]
        assert np.argwhere(~np.isclose(right, shown)).tolist() == [list(at)]
        assert not numbers.agree(shown[at], right[at])
        assert 2 <= len(exercise.blanks) <= 36
        assert all(blank.mark and blank.port == "output" for blank in exercise.blanks)
        assert not exercise.at  # else the board would point at it
