"""Which outputs one input cell reaches."""

from __future__ import annotations

import itertools

from cnn_tutor.study.exercises import generate
from tests.unit.study.exercises.many import many, reads

WHOLE_MAPS = {"global_max_pooling2d", "global_average_pooling2d"}


def reached(exercise) -> set[tuple[int, ...]]:
    """Return the outputs that read the given cell, by looking at each of them."""
    ((port, cell),) = exercise.given
    assert port == "x"
    if exercise.kind in WHOLE_MAPS:
        return {(cell[2],)}
    pooled = hasattr(exercise.layer, "pool_size")
    outputs = itertools.product(*map(range, exercise.layer.forward(exercise.tensors).shape))
    return {
        at for at in outputs if cell[:2] in reads(exercise, at) and (not pooled or at[2] == cell[2])
    }


def test_the_marks_are_the_outputs_that_read_the_cell():
    for exercise in many("outputs_reached"):
        marked = {blank.index for blank in exercise.blanks if blank.answer}
        assert marked == reached(exercise)
        assert all(blank.mark and blank.port == "output" for blank in exercise.blanks)
        assert 0 < len(marked) < len(exercise.blanks) <= 64
        assert exercise.evidence


def test_the_given_cell_is_in_the_prompt():
    exercise = generate("outputs_reached", "conv2d", 1, 2)
    ((_, cell),) = exercise.given
    assert cell[2:] == (0,)  # the only map, which goes without saying
    assert f"input[{cell[0]}, {cell[1]}] is" in exercise.prompt["en"]
    assert f"入力[{cell[0]}, {cell[1]}] を" in exercise.prompt["ja"]
    assert exercise.at == ()
