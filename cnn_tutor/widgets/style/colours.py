"""The colours of the program in each of its themes, and which of them is on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QPen

RING = 2
"""How thick the ring around what has the keyboard is, in pixels."""

_DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2.5), (1.2, 2), (7, 2, 1.2, 2))


@dataclass(frozen=True)
class Colours:
    """One theme.

    Each ``*_text`` is its colour made strong enough to read as text (4.5 to 1), and ``read_line``
    that of what is read made strong enough for a thin line (3 to 1).
    """

    background: str
    panel: str
    sidebar: str
    text: str
    dim: str
    line: str
    """Between cells that can't be changed, and around cards: it orders, and says nothing."""
    cell_line: str
    """Between cells that can be changed."""
    border: str
    """What a control is known by: the edge of a box, a groove, the handle of a scroll bar."""
    focus: str
    """The ring around what has the keyboard; no other line in a theme stands out as much."""
    accent: str
    accent_text: str
    on_accent: str
    read: str
    read_line: str
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
    cell_line="#aab3c0",
    border="#7d8796",
    focus="#1c2430",
    accent="#2f6fde",
    accent_text="#2560c8",
    on_accent="#ffffff",
    read="#e69f00",
    read_line="#a87200",
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
    cell_line="#566273",
    border="#748094",
    focus="#ffffff",
    accent="#6ea2ff",
    accent_text="#8ab4ff",
    on_accent="#0d1117",
    read="#f0b429",
    read_line="#f0b429",
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
HIGH_BLACK = Colours(
    background="#000000",
    panel="#000000",
    sidebar="#000000",
    text="#ffffff",
    dim="#d0d0d0",
    line="#8c8c8c",
    cell_line="#a6a6a6",
    border="#a6a6a6",
    focus="#ffffff",
    accent="#3f8fff",
    accent_text="#7fb4ff",
    on_accent="#000000",
    read="#ffc400",
    read_line="#ffc400",
    read_text="#ffc400",
    weight="#6cc4ff",
    weight_text="#6cc4ff",
    written="#3ddc84",
    written_text="#3ddc84",
    wrong="#ff8a70",
    wrong_text="#ff8a70",
    cell="#000000",
    padding="#1a1a1a",
    pixels=("#ff8f8f", "#62e67a", "#7fb4ff"),
    channels=("#6cc4ff", "#ff9a66", "#4fe0b0", "#f2a6d8", "#e8d44d", "#b9c4ff"),
    dark=True,
)
HIGH_WHITE = Colours(
    background="#ffffff",
    panel="#ffffff",
    sidebar="#ffffff",
    text="#000000",
    dim="#3d3d3d",
    line="#737373",
    cell_line="#595959",
    border="#595959",
    focus="#000000",
    accent="#1f5fd0",
    accent_text="#003f9e",
    on_accent="#ffffff",
    read="#c98600",
    read_line="#7a4f00",
    read_text="#6b4600",
    weight="#003f7d",
    weight_text="#003f7d",
    written="#006b4b",
    written_text="#005c40",
    wrong="#a83200",
    wrong_text="#962c00",
    cell="#ffffff",
    padding="#eeeeee",
    pixels=("#a3201a", "#0f6326", "#1449a8"),
    channels=("#00558a", "#8f3a00", "#005f40", "#7a2f66", "#574a00", "#38478f"),
    dark=False,
)
HIGH = (HIGH_BLACK, HIGH_WHITE)
"""The themes of high contrast."""

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


def faint() -> float:
    """Return how opaque what does not belong to what is pointed at is."""
    return 0.6 if _current in HIGH else 0.35


def dashes(place: int) -> tuple[float, ...]:
    """Return the dashes, in widths of the line, that tell a channel's line apart without colour.

    Every fourth one has the same: their colours are far from each other for everybody.
    """
    return _DASHES[place % len(_DASHES)]


def focus_pen() -> QPen:
    """Return the pen of the ring around what has the keyboard, the same everywhere."""
    return QPen(colour(_current.focus), RING)


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
