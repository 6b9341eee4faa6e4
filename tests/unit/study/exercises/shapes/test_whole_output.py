"""Every number of the output, or of one map of it."""

from __future__ import annotations

import pytest

from tests.unit.study.exercises.answers import output
from tests.unit.study.exercises.many import SOME, many, told_apart


@pytest.mark.long
def test_the_answers_are_the_output_and_tell_mistakes_apart():
    for exercise in many("whole_output", SOME):
        right = output(exercise)
        told_apart(exercise)
        for blank in exercise.blanks:
            assert blank.name == f"output[{','.join(map(str, blank.index))}]"
            assert blank.port == "output"
            assert blank.answer == pytest.approx(right[blank.index], rel=1e-12, abs=1e-12)
        assert len(exercise.blanks) == right.size or right.size > 36
        assert len(exercise.blanks) <= 36
