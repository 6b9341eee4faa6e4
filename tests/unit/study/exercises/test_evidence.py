"""Which exercises count: not those that are met by chance, or by who makes the usual mistake."""

from __future__ import annotations

import pytest

from cnn_tutor.study.exercises import generate

SEEDS = range(60)


def test_who_forgets_a_relu_is_right_of_no_exercise_that_counts() -> None:
    seen = set()
    for seed in SEEDS:
        exercise = generate("one_output_cell", "relu", 2, seed)
        (blank,) = exercise.blanks
        read = float(exercise.tensors["x"][blank.index])
        forgotten = read == blank.answer
        seen.add(forgotten)
        if read:
            assert exercise.evidence != forgotten
    assert seen == {True, False}  # and who always writes 0 meets one that is not


@pytest.mark.parametrize("level", [0, 2, 4])
def test_who_never_scales_is_right_of_no_dropout_that_counts(level: int) -> None:
    for seed in SEEDS:
        exercise = generate("one_output_cell", "dropout", level, seed)
        (blank,) = exercise.blanks
        if exercise.layer.training and not blank.answer:
            assert not exercise.evidence


@pytest.mark.parametrize(
    ("shape", "kind", "level", "counts"),
    [
        ("flatten_position", "flatten", 1, True),
        ("pool_winner", "max_pooling2d", 0, False),  # a window of four
        ("pool_winner", "max_pooling2d", 1, True),
        ("match_filter", "conv2d", 0, False),  # six orders
        ("match_filter", "conv2d", 5, True),
    ],
)
def test_what_is_easily_guessed_does_not_count(
    shape: str, kind: str, level: int, counts: bool
) -> None:
    assert all(generate(shape, kind, level, seed).evidence == counts for seed in range(8))
