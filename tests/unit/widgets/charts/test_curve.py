"""A curve and the point on it: where it is painted, what is said of it, and in which colours."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.widgets.charts.curve import Curve
from cnn_tutor.widgets.style import colours
from tests.helpers.widgets import OFFSCREEN, in_window, inked

pytestmark = OFFSCREEN
X = np.linspace(-6, 6, 121)


def shown(qtbot: QtBot, y: np.ndarray = np.maximum(X, 0)) -> Curve:  # noqa: B008 - not changed
    curve = Curve()
    in_window(qtbot, curve, size=(420, 360))
    curve.show_curve(X, y)
    return curve


def place(curve: Curve, name: str) -> tuple[float, float]:
    """Return the middle of everything that is painted in a colour."""
    found = inked(curve, name)
    assert len(found), name
    x, y = found.mean(0).tolist()
    return x, y


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_point_is_painted_where_it_is_on_the_axes(qtbot: QtBot, theme: str) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    curve = shown(qtbot)
    assert curve.point is None
    ink = colours.current().written
    places = []
    for x in (-4.0, 0.0, 2.0, 5.0):
        curve.show_point(x, max(x, 0))
        assert curve.point == (x, max(x, 0))
        places.append(place(curve, ink))
    across, down = zip(*places, strict=True)
    assert list(across) == sorted(across)
    steps = [(b - a) / n for (a, b), n in zip(pairwise(across), (4, 2, 3), strict=True)]
    assert max(steps) - min(steps) < 2  # the axis is even
    assert down[0] == pytest.approx(down[1], abs=2)
    assert down[3] < down[2] < down[1]


@pytest.mark.parametrize(
    ("point", "text"),
    [((-2, 0), "(−2, 0)"), ((0.5, 0.25), "(0.5, 0.25)"), ((1 / 3, 1e6), "(0.33333…, 1000000)")],
)
def test_it_says_its_point(qtbot: QtBot, point: tuple[float, float], text: str) -> None:
    curve = shown(qtbot)
    curve.show_point(*point)
    assert curve.accessibleDescription() == text


@pytest.mark.parametrize("y", [np.zeros(121), np.full(121, 1e6), np.exp(X), -np.abs(X)])
def test_any_curve_is_painted(qtbot: QtBot, y: np.ndarray) -> None:
    curve = shown(qtbot, y)
    place(curve, colours.current().accent)
