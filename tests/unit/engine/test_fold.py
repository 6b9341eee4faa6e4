"""Each way of making one number of several: its value, and its slopes by small steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.engine.fold import FOLDS


@pytest.mark.parametrize(
    ("fold", "values", "value", "slopes"),
    [
        ("sum", (5, -1, 2), 6, [1, 1, 1]),
        ("max", (1, 3, 2), 3, [0, 1, 0]),
        ("max", (1, 3, 3), 3, [0, 1, 0]),  # of two largest the first
        ("mean", (1, 3, 2, 4), 2.5, [0.25] * 4),
        ("exp", (0,), 1, [1]),
        ("exp", (3, -3), 1, [1, 1]),
        ("ratio", (3, 2), 1.5, [0.5, -0.75]),
        ("ratio", (7,), 7, [1]),
        ("ratio", (12, 2, 3), 2, [1 / 6, -1, -2 / 3]),
    ],
)
def test_a_fold_has_this_value_and_these_slopes(
    fold: str, values: tuple[float, ...], value: float, slopes: list[float]
) -> None:
    assert FOLDS[fold].value(values) == value
    assert FOLDS[fold].slopes(values) == pytest.approx(slopes)


@pytest.mark.parametrize("fold", FOLDS)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=4, unique=True))
def test_slopes_are_what_a_small_step_changes(fold: str, numbers: list[int]) -> None:
    values = [n / 10 for n in numbers]
    for n, slope in enumerate(FOLDS[fold].slopes(values)):
        up, down = ([*values[:n], values[n] + h, *values[n + 1 :]] for h in (1e-6, -1e-6))
        numerical = (FOLDS[fold].value(up) - FOLDS[fold].value(down)) / 2e-6
        assert slope == pytest.approx(numerical, rel=1e-5, abs=1e-5)
