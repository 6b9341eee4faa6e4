"""Which outputs one input cell reaches."""

from __future__ import annotations

import itertools

from cnn_tutor.study.exercises import generate, kinds
from tests.unit.study.exercises.many import axes, many

WHOLE_MAPS = {"global_max_pooling2d", "global_average_pooling2d"}


def reached(exercise) -> set[tuple[int, ...]]:
    """Return the outputs that read the given cell, by looking at each of them."""
    ((port, cell),) = exercise.given
    assert port == "x"
    if exercise.kind in WHOLE_MAPS:
        return {(cell[2],)}
    found = set()
    for output in itertools.product(*map(range, exercise.layer.forward(exercise.tensors).shape)):
        hits = [
            any(at * s + tap * d - before == place for tap in range(k))
            for at, place, (_, k, s, d, before, _) in zip(
                output, cell, axes(exercise), strict=False
            )
        ]
        pooled = hasattr(exercise.layer, "pool_size")
        if all(hits) and (not pooled or output[2] == cell[2]):
            found.add(output)
    return found


def test_it_is_asked_where_a_cell_does_not_reach_everything():
    assert set(kinds("outputs_reached")) == {
        "conv2d",
        "max_pooling2d",
        "average_pooling2d",
        *WHOLE_MAPS,
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
