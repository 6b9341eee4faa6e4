"""A curve and the point on it: where it is painted, what is said of it, and in which colours."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.widgets.charts.curve import Curve
from cnn_tutor.widgets.style import colours
from tests.helpers.widgets import LEFT, NONE, OFFSCREEN, in_window, inked, picture, pixels

pytestmark = OFFSCREEN
X = np.linspace(-6, 6, 121)


def shown(
    qtbot: QtBot,
    y: np.ndarray = np.maximum(X, 0),  # noqa: B008 - not changed
    size: tuple[int, int] = (420, 360),
) -> Curve:
    curve = Curve()
    in_window(qtbot, curve, size=size)
    curve.show_curve(X, y)
    return curve


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_point_is_painted_where_it_is_on_the_axes(qtbot: QtBot, theme: str) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    curve = shown(qtbot)
    assert curve.point is None
    places = []
    for x in (-4.0, 0.0, 2.0, 5.0):
        curve.show_point(x, max(x, 0))
        assert curve.point == (x, max(x, 0))
        at = curve.place(x, max(x, 0))
        ink = picture(curve).pixelColor(at.toPoint()).name()
        assert ink == colours.current().written
        places.append((at.x(), at.y()))
    across, down = zip(*places, strict=True)
    assert list(across) == sorted(across)
    steps = [(b - a) / n for (a, b), n in zip(pairwise(across), (4, 2, 3), strict=True)]
    assert max(steps) - min(steps) < 0.01  # the axis is even
    assert down[0] == down[1]
    assert down[3] < down[2] < down[1]


@pytest.mark.parametrize("size", [(420, 360), (300, 500), (700, 260)])
def test_the_axes_are_square_and_inside_with_all_that_stands_beside_them(
    qtbot: QtBot, size: tuple[int, int]
) -> None:
    curve = shown(qtbot, size=size)
    assert curve.frame.width() == curve.frame.height()
    assert QRectF(curve.rect()).contains(curve.frame)
    for x in (-6.0, 6.0):
        assert curve.rect().contains(curve.entry(x).toPoint())
        assert curve.rect().contains(curve.exit(max(x, 0)).toPoint())
        assert curve.entry(x).x() == curve.place(x, 0).x()
    one, other = curve.place(0, 0), curve.place(3, 3)
    assert other.x() - one.x() == pytest.approx(one.y() - other.y())  # x and y are alike here


def test_a_curve_that_is_not_seen_yet_knows_where_its_points_will_be(qtbot: QtBot) -> None:
    curve = Curve()
    qtbot.addWidget(curve)
    curve.show_curve(X, np.maximum(X, 0))
    curve.setGeometry(0, 0, 420, 360)
    before = curve.place(2, 2)
    curve.show()
    assert curve.place(2, 2) == before
    assert curve.frame.width() > 200


def test_a_low_curve_has_an_axis_of_its_own(qtbot: QtBot) -> None:
    curve = shown(qtbot, 1 / (1 + np.exp(-X)))
    low, high = curve.place(0, 0), curve.place(0, 1)
    assert low.y() - high.y() > 0.6 * curve.frame.height()


def test_no_number_stands_over_the_curve(qtbot: QtBot) -> None:
    curve = shown(qtbot)
    plain = pixels(picture(curve))
    curve.show_point(2, 2)
    changed = pixels(picture(curve)) != plain
    at, frame = curve.place(2, 2), curve.frame
    ys, xs = np.nonzero(changed)
    inside = (
        (xs > frame.left())
        & (xs < frame.right() - 1)
        & (ys > frame.top())
        & (ys < frame.bottom() - 1)
    )
    for x, y in zip(xs[inside].tolist(), ys[inside].tolist(), strict=True):
        on_lead = abs(x - at.x()) < 2 or abs(y - at.y()) < 2
        assert on_lead or np.hypot(x - at.x(), y - at.y()) < 8


def test_dots_can_be_pointed_at_and_chosen_and_say_their_numbers(qtbot: QtBot) -> None:
    curve = shown(qtbot)
    curve.show_dots(np.array([-3.0, 1.0, 4.0, 1.0]), np.array([0.0, 1.0, 4.0, 1.0]))
    said: list[object] = []
    curve.hovered.connect(said.append)
    curve.chosen.connect(said.append)
    at = curve.place(4, 4).toPoint()
    QTest.mouseMove(curve, at)
    QTest.mouseMove(curve, at + QPoint(1, 1))
    assert said == [2]
    QTest.mouseClick(curve, LEFT, NONE, at)
    assert said == [2, 2]
    QTest.mouseMove(curve, curve.place(1, 1).toPoint())
    assert said[2:] == [1]  # the first of those at one place
    QTest.mouseMove(curve, QPoint(2, 2))
    assert said[3:] == [None]
    QTest.mouseClick(curve, LEFT, NONE, QPoint(2, 2))
    assert len(said) == 4


@pytest.mark.parametrize(
    ("point", "text"),
    [((-2, 0), "(−2, 0)"), ((0.5, 0.25), "(0.5, 0.25)"), ((1 / 3, 5), "(0.333333333333, 5)")],
)
def test_it_says_its_point(qtbot: QtBot, point: tuple[float, float], text: str) -> None:
    curve = shown(qtbot)
    curve.show_point(*point)
    assert curve.accessibleDescription() == text


@pytest.mark.parametrize("y", [np.zeros(121), np.full(121, 1e6), np.exp(X), -np.abs(X)])
def test_any_curve_is_painted(qtbot: QtBot, y: np.ndarray) -> None:
    curve = shown(qtbot, y)
    assert len(inked(curve, colours.current().accent))
