"""Receptive fields with the stride or the padding forgotten."""

from __future__ import annotations

import itertools

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises import generate
from cnn_tutor.study.exercises.generator import LEVELS, shapes
from tests.unit.study.exercises.many import LONG, axes, reads

FORGOTTEN = {"field_stride_ignored": "stride", "field_padding_ignored": "padding"}
SEEDS = 300 if LONG else 15


def marks(exercise: Exercise, mistake: str) -> set[tuple[int, ...]] | None:
    """Return all marks of a learner who makes the mistake; None if it can't be made."""
    found = [outcome for outcome in exercise.outcomes if outcome.mistake == mistake]
    if not found:
        return None
    (outcome,) = found
    assert outcome.together
    state = {blank.name: blank.answer for blank in exercise.blanks} | dict(outcome.entries)
    return {blank.index for blank in exercise.blanks if state[blank.name]}


def made(exercise: Exercise, mistake: str) -> bool:
    """Say whether there is a stride or padding at all to be forgotten."""
    if mistake == "field_stride_ignored":
        return any(s > 1 for _, _, s, *_ in axes(exercise))
    return any(before for *_, before, _ in axes(exercise))


def test_the_cells_that_are_marked_as_read():
    for level, seed, mistake in itertools.product(LEVELS, range(SEEDS), FORGOTTEN):
        exercise = generate("receptive_field", "conv2d", level, seed)
        found, cells = marks(exercise, mistake), set()
        if made(exercise, mistake):
            cells = reads(exercise, exercise.at, FORGOTTEN[mistake])
        assert {cell[:2] for cell in found or ()} == cells
        if found is not None:
            assert found != {blank.index for blank in exercise.blanks if blank.answer}


def test_the_outputs_that_are_marked_as_reached():
    for level, seed, mistake in itertools.product(LEVELS, range(SEEDS), FORGOTTEN):
        exercise = generate("outputs_reached", "max_pooling2d", level, seed)
        ((_, cell),) = exercise.given
        assert (marks(exercise, mistake) or set()) == {
            blank.index
            for blank in exercise.blanks
            if made(exercise, mistake)
            and cell[:2] in reads(exercise, blank.index, FORGOTTEN[mistake])
        }


def test_what_changes_nothing_is_there_so_that_the_exercise_does_not_count():
    tensors = {"x": np.ones((5, 5, 1)), "kernel": np.ones((3, 3, 1, 1)), "bias": np.zeros(1)}
    layer = Conv2D((2, 2))
    source = shapes()["receptive_field"]
    for seed in range(20):
        exercise = source.over(layer, tensors, 0, np.random.default_rng(seed))
        (outcome,) = (o for o in exercise.outcomes if o.mistake == "field_stride_ignored")
        changed = any(exercise.blank(n).answer != v for n, v in outcome.entries.items())
        assert changed == (exercise.at[:2] != (0, 0))


def test_a_layer_without_a_window_has_no_such_mistakes():
    assert generate("receptive_field", "global_max_pooling2d", 3, 0).outcomes == ()
    assert generate("outputs_reached", "global_max_pooling2d", 3, 0).outcomes == ()
