"""Where units and their labels go."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.widgets.units.unit_figure import arrange, labelled


@pytest.mark.parametrize("count", [1, 3, 25, 64, 100])
def test_units_stay_apart_and_inside(count) -> None:
    places = arrange([0] * count, [n // 5 for n in range(count)], 360)
    assert places.centres[:, 1].min() >= 0
    assert places.centres[:, 1].max() <= 360
    gaps = np.hypot(*(places.centres[:, None] - places.centres[None]).transpose(2, 0, 1))
    np.fill_diagonal(gaps, np.inf)
    assert gaps.min() >= 2 * places.radius


def test_labels_are_left_out_where_they_would_touch() -> None:
    assert labelled([0] * 4, np.arange(4) * 20.0, 12) == [0, 1, 2, 3]
    assert labelled([0, 0, 1, 1], np.arange(4) * 8.0, 12) == [0, 2]
    assert labelled([0] * 6, np.arange(6) * 5.0, 12) == [0, 3]
