"""Text can be read on every ground that it stands on, in both themes."""

from __future__ import annotations

import dataclasses
import itertools

import pytest
from PySide6.QtGui import QColor

from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.colours import DARK, LIGHT, Colours
from tests.helpers.widgets import contrast

THEMES = {"light": LIGHT, "dark": DARK}
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


@themes
@pytest.mark.parametrize("outline", ["weight", "written", "wrong", "accent"])
def test_outlines_stand_out_from_the_cells(theme: Colours, outline: str) -> None:
    for ground in ("cell", "padding"):
        assert contrast(getattr(theme, outline), getattr(theme, ground)) >= 3


@themes
def test_every_colour_is_a_whole_hex_name(theme: Colours) -> None:
    assert theme.dark == (QColor(theme.background).lightness() < 128)
    for field in dataclasses.fields(theme):
        value = getattr(theme, field.name)
        if field.name != "dark":
            for name in value if field.name in FAMILIES else (value,):
                assert QColor(name).isValid()
                assert QColor(name).name() == name


@themes
def test_what_is_read_weighed_and_written_never_look_alike(theme: Colours) -> None:
    for names in (("read", "weight", "written", "wrong"), ("read_text", "weight_text")):
        for one, other in itertools.combinations(names, 2):
            a, b = QColor(getattr(theme, one)), QColor(getattr(theme, other))
            apart = abs(a.hslHue() - b.hslHue()) % 360
            assert min(apart, 360 - apart) >= 10


@pytest.mark.parametrize(
    ("share", "name"), [(0, "#000000"), (1, "#ff8040"), (0.5, "#804020"), (0.25, "#402010")]
)
def test_colours_are_laid_over_each_other(share: float, name: str) -> None:
    blended = colours.blend("#ff8040", "#000000", share)
    assert blended.name() == name
    assert blended.alpha() == 255
