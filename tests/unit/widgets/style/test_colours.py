"""Text can be read, lines are seen and meanings told apart in every theme, by everybody."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QColor

from cnn_tutor.widgets.grids.cell_delegate import window_share, written_ground
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.colours import DARK, HIGH, HIGH_BLACK, HIGH_WHITE, LIGHT, Colours
from tests.helpers.widgets import contrast

THEMES = {"light": LIGHT, "dark": DARK, "black": HIGH_BLACK, "white": HIGH_WHITE}
FAMILIES = ("pixels", "channels")
"""The fields that are several colours, each for one channel."""

GROUNDS = ("background", "panel", "sidebar", "cell", "padding")
TEXTS = ("text", "dim", *(f.name for f in dataclasses.fields(Colours) if f.name.endswith("_text")))

themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())


@themes
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read(theme: Colours, ground: str) -> None:
    names = {text: (getattr(theme, text),) for text in TEXTS}
    for text, inks in (names | {family: getattr(theme, family) for family in FAMILIES}).items():
        assert len(set(inks)) == len(inks)
        assert all(contrast(ink, getattr(theme, ground)) >= 4.5 for ink in inks), text
    assert contrast(theme.on_accent, theme.accent) >= 4.5


@pytest.mark.parametrize("pixels", [True, False])
def test_every_channel_has_a_colour_and_only_pixels_are_red_green_and_blue(pixels: bool) -> None:
    found = [colours.channel(place, pixels) for place in range(16)]
    theme = colours.current()
    assert found[:3] == list(theme.pixels if pixels else theme.channels[:3])
    assert set(found[3:]) <= set(theme.channels)


# What is painted in which colour on what; the lines of cells that can't be changed and those around
# cards only order a page, and are none of it.
GRAPHICS = {
    "read_line": ("background", "panel", "cell", "padding"),  # windows, connectors, rays, units
    "weight": ("cell", "padding"),
    "written": ("background", "panel", "cell", "padding"),
    "wrong": ("panel", "cell", "padding"),
    "accent": ("background", "panel", "sidebar", "cell", "padding"),  # fills, underlines, handles
    "border": GROUNDS,  # check boxes, fields, grooves, chips, scroll bars
    "dim": GROUNDS,  # dots of a round, arrows, axes
    "focus": GROUNDS,
}


@themes
def test_graphics_that_mean_something_are_seen(theme: Colours) -> None:
    for ink, grounds in GRAPHICS.items():
        for ground in grounds:
            assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 3, (ink, ground)
    for tinted in (window_ground(theme), written_ground(theme)):
        assert contrast(theme.focus, tinted) >= 3
    # Outside of it are cells without that tint.
    assert contrast(theme.read_line, window_ground(theme)) >= 2.5


@themes
def test_text_can_be_read_on_every_tint(theme: Colours) -> None:
    assert contrast(theme.text, window_ground(theme)) >= 4.5
    assert contrast(theme.written_text, written_ground(theme)) >= 4.5
    assert contrast(theme.text, colours.blend(theme.accent, theme.sidebar, 0.16)) >= 4.5
    assert contrast(theme.text, colours.blend(theme.accent, theme.cell, 0.25)) >= 4.5


@themes
def test_cells_that_can_be_changed_are_lined_more_strongly(theme: Colours) -> None:
    """They are known by their numbers, so that lines at rest may be faint; the ring is not."""
    strong, usual = contrast(theme.cell_line, theme.cell), contrast(theme.line, theme.cell)
    assert strong > 1.2 * usual
    if theme in HIGH:
        assert usual >= 4.5


@pytest.mark.parametrize("theme", HIGH, ids=["black", "white"])
def test_high_contrast_is_black_and_white_and_high(theme: Colours) -> None:
    assert {theme.text, theme.background} == {"#000000", "#ffffff"}
    assert theme.background == theme.panel == theme.sidebar == theme.cell
    for text in TEXTS:
        assert contrast(getattr(theme, text), theme.panel) >= 7, text
    for ink in (*theme.pixels, *theme.channels):
        assert contrast(ink, theme.panel) >= 7
    for line in ("line", "cell_line", "border"):
        assert contrast(getattr(theme, line), theme.panel) >= 4.5


@themes
def test_every_colour_is_a_whole_hex_name(theme: Colours) -> None:
    assert theme.dark == (QColor(theme.background).lightness() < 128)
    for field in dataclasses.fields(theme):
        value = getattr(theme, field.name)
        if field.name != "dark":
            for name in value if field.name in FAMILIES else (value,):
                assert QColor(name).isValid()
                assert QColor(name).name() == name


# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A physiologically-based model for simulation of
# color vision deficiency (2009), at severity 1, for linear red, green and blue.
DEFICIENCIES = {
    "none": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
APART = 10
"""What differs by so much (CIE 1976 ΔE; 2.3 is just noticed) is told apart at a glance."""

_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


def lab(name: str, deficiency: str) -> np.ndarray:
    """Return a colour as it is seen, in CIE L*a*b*."""
    parts = np.array(QColor(name).getRgbF()[:3])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    seen = np.clip(DEFICIENCIES[deficiency] @ linear, 0, 1)
    ratios = _TO_XYZ @ seen / _TO_XYZ.sum(axis=1)
    x, y, z = np.where(ratios > 0.008856, np.cbrt(ratios), 7.787 * ratios + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one: str, other: str, deficiency: str) -> float:
    return float(np.linalg.norm(lab(one, deficiency) - lab(other, deficiency)))


def window_ground(theme: Colours) -> QColor:
    return colours.blend(theme.read, theme.cell, window_share(theme))


@themes
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_what_is_read_weighed_and_written_never_look_alike(theme: Colours, deficiency: str) -> None:
    """What is wrong has a cross besides, for it is close to what is read."""
    for names in (("read_line", "weight", "written"), ("read_text", "weight_text", "written_text")):
        for one, other in itertools.combinations(names, 2):
            found = apart(getattr(theme, one), getattr(theme, other), deficiency)
            assert found >= APART, (one, other)
    assert apart(theme.written, theme.wrong, deficiency) >= APART


def channels(theme: Colours) -> Iterator[tuple[tuple[str, int], ...]]:
    """Give the channels whose lines can be on one board, with their places."""
    for family in (theme.pixels, theme.channels):
        yield tuple((ink, place) for place, ink in enumerate(family))


@themes
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_lines_of_channels_are_told_apart_by_their_dashes_or_by_all_colours(
    theme: Colours, deficiency: str
) -> None:
    for family in channels(theme):
        for (one, first), (other, second) in itertools.combinations(family, 2):
            alike = colours.dashes(first) == colours.dashes(second)
            assert not alike or apart(one, other, deficiency) >= APART, (one, other)


def test_lines_of_red_green_and_blue_are_dashed_each_in_its_way() -> None:
    assert len({colours.dashes(place) for place in range(3)}) == 3


@pytest.mark.parametrize(
    ("share", "name"), [(0, "#000000"), (1, "#ff8040"), (0.5, "#804020"), (0.25, "#402010")]
)
def test_colours_are_laid_over_each_other(share: float, name: str) -> None:
    blended = colours.blend("#ff8040", "#000000", share)
    assert blended.name() == name
    assert blended.alpha() == 255
