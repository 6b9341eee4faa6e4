"""The colours of the program in its light and its dark theme, and which of them is on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor

FAINT = 0.35
"""How opaque what does not belong to what is pointed at is."""


@dataclass(frozen=True)
class Colours:
    """One theme. Each ``*_text`` is its colour made strong enough to read as text (4.5 to 1)."""

    background: str
    panel: str
    sidebar: str
    text: str
    dim: str
    line: str
    accent: str
    accent_text: str
    on_accent: str
    read: str
    read_text: str
    weight: str
    weight_text: str
    written: str
    written_text: str
    wrong: str
    wrong_text: str
    cell: str
    padding: str
    pixels: tuple[str, str, str]
    """Red, green and blue, strong enough to read as text."""
    channels: tuple[str, ...]
    """For the channels of other maps, from a palette that colour-blind people can tell apart."""
    dark: bool


LIGHT = Colours(
    background="#f6f7f9",
    panel="#ffffff",
    sidebar="#eef1f6",
    text="#1c2430",
    dim="#5b6574",
    line="#d9dee6",
    accent="#2f6fde",
    accent_text="#2560c8",
    on_accent="#ffffff",
    read="#e69f00",
    read_text="#8f6000",
    weight="#0072b2",
    weight_text="#0068a3",
    written="#009e73",
    written_text="#00754f",
    wrong="#d55e00",
    wrong_text="#b04c00",
    cell="#ffffff",
    padding="#eef1f6",
    pixels=("#c0362e", "#1f7a33", "#2560c8"),
    channels=("#0068a3", "#b04c00", "#00754f", "#8f3f7a", "#6b5b00", "#4a5aa8"),
    dark=False,
)
DARK = Colours(
    background="#14181f",
    panel="#1c222c",
    sidebar="#191e27",
    text="#e8edf4",
    dim="#93a0b2",
    line="#323b48",
    accent="#6ea2ff",
    accent_text="#8ab4ff",
    on_accent="#0d1117",
    read="#f0b429",
    read_text="#f0b429",
    weight="#56b4e9",
    weight_text="#56b4e9",
    written="#34c79a",
    written_text="#34c79a",
    wrong="#ff8a4c",
    wrong_text="#ff8a4c",
    cell="#1c222c",
    padding="#232b37",
    pixels=("#ff6b6b", "#51cf66", "#5c9dff"),
    channels=("#56b4e9", "#ff8a4c", "#34c79a", "#e48fc4", "#d9c43a", "#a5b4fc"),
    dark=True,
)

_current = LIGHT


def current() -> Colours:
    """Return the theme that is on."""
    return _current


def use(colours: Colours) -> None:
    """Paint everything from now on in this theme."""
    global _current
    _current = colours


def channel(place: int, pixels: bool) -> str:
    """Return the colour of one of several channels; ``pixels`` are red, green and blue."""
    theme = current()
    if pixels and place < len(theme.pixels):
        return theme.pixels[place]
    return theme.channels[place % len(theme.channels)]


@cache
def colour(name: str) -> QColor:
    """Return a colour by its hex name; made once each."""
    return QColor(name)


@cache
def blend(over: str, under: str, share: float) -> QColor:
    """Return ``share`` of one colour laid over another, as an opaque colour."""
    a, b = QColor(over), QColor(under)
    return QColor(
        round(a.red() * share + b.red() * (1 - share)),
        round(a.green() * share + b.green() * (1 - share)),
        round(a.blue() * share + b.blue() * (1 - share)),
    )
