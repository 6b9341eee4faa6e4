from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtGui import QColor

from cnn_tutor.app.style import appearance
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import Shading, images, ink_on, largest, shade, shares
from tests.helpers.widgets import contrast

VALUES = [n / 20 for n in range(-20, 21)]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_numbers_of_either_sign_go_their_own_way_from_zero(qapp, theme) -> None:
    appearance.apply(theme)
    blue, none, red = shade(-5, 5), shade(0, 5), shade(5, 5)
    assert blue.blueF() > blue.redF() + 0.5
    assert red.redF() > red.blueF() + 0.5
    assert max(none.getRgbF()[:3]) - min(none.getRgbF()[:3]) < 0.03

    def away(colour: QColor) -> float:
        ends = zip(colour.getRgbF()[:3], none.getRgbF()[:3], strict=True)
        return sum((a - b) ** 2 for a, b in ends)

    for sign in (-1, 1):
        steps = [away(shade(sign * n / 10, 1)) for n in range(11)]
        assert steps == sorted(steps)


def test_the_scale_ends_at_the_largest_number(qapp) -> None:
    assert shade(7, 7) == shade(900, 7) == shade(1, 1)
    assert shade(0, 0) == shade(0, 1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_number_can_be_read_on_every_shade(qapp, theme) -> None:
    appearance.apply(theme)
    for value in VALUES:
        ground = shade(value, 1)
        assert contrast(QColor(ink_on(ground)), ground) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("picture", [True, False])
def test_every_ink_can_be_read_on_a_quiet_tint(qapp, theme, picture) -> None:
    appearance.apply(theme)
    colours_now = colours.current()
    shading = Shading(1.0, picture)
    grounds = [ground for value in VALUES if (ground := shading.ground(value, colours_now))]
    assert len({ground.name() for ground in grounds}) > 15
    inks = ("text",) if picture else ("text", "weight_text", "written_text")
    for ground in grounds:
        assert all(contrast(getattr(colours_now, ink), ground) >= 4.5 for ink in inks)


def test_a_quiet_tint_leaves_zero_plain_and_tells_signs_apart(qapp) -> None:
    theme = colours.current()
    below, none, above = (Shading(5.0).ground(value, theme) for value in (-5, 0, 5))
    assert none is None
    assert below.blueF() > below.redF()
    assert above.redF() > above.blueF()
    grey = Shading(5.0, picture=True)
    assert grey.ground(-5, theme) is None
    assert grey.ground(5, theme).lightness() < grey.ground(2, theme).lightness() < 255
    assert Shading(5.0, strong=True).ground(0, theme) == shade(0, 5)


def test_what_is_no_finite_number_has_a_shade_too(qapp) -> None:
    nan, inf = math.nan, math.inf
    assert shade(nan, 5) == shade(nan, nan) == shade(nan, 0) == shade(0, 5)
    assert shade(inf, 5) == shade(inf, inf) == shade(inf, 0) == shade(5, 5)
    assert shade(-inf, 5) == shade(-inf, inf) == shade(-5, 5)
    assert shade(3, inf) == shade(0, 5)
    values = np.array([[nan, inf, -inf, -4.0]])
    assert largest(values) == 4
    assert largest(np.array([nan, inf])) == 0
    assert shares(values, 4.0).tolist() == [[0, 1, -1, -1]]
    (image,) = images(values[None], 4.0)
    found = [image.pixelColor(n, 0).name() for n in range(4)]
    assert found == [shade(v, 4).name() for v in (0, 4, -4, -4)]
