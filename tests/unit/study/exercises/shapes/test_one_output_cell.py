"""One number of the output."""

from __future__ import annotations

from itertools import product

import pytest

from cnn_tutor.study.exercises import generate
from tests.unit.study.exercises.answers import output
from tests.unit.study.exercises.many import SOME, many, told_apart


@pytest.mark.long
def test_the_answer_is_the_output_and_tells_mistakes_apart():
    for exercise in many("one_output_cell", SOME):
        told_apart(exercise)
        (blank,) = exercise.blanks
        assert (blank.port, blank.index) == ("output", exercise.at)
        assert blank.answer == pytest.approx(output(exercise)[exercise.at], rel=1e-12, abs=1e-12)


def test_padding_is_read_and_rows_are_not_columns_where_that_can_be_asked():
    for level, seed in product((2, 3), range(7)):
        exercise = generate("one_output_cell", "conv2d", level, seed)
        i, j, _ = exercise.at
        assert i != j
        found = {outcome.mistake for outcome in exercise.outcomes}
        assert {"edge_copied", "row_column_swapped"} <= found
