"""Gives the program a font that can write Japanese: the system's, else the one that is shipped."""

from __future__ import annotations

import sys
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from cnn_tutor.bundled import bundled
from cnn_tutor.widgets.style.sizes import scaled

# Made for the screen and with Japanese forms of the kanji; the first that is there is taken.
_PREFERRED = (
    "Yu Gothic UI",
    "Hiragino Sans",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans JP",
    "BIZ UDPGothic",
    "IPAexGothic",
    "TakaoPGothic",
    "VL PGothic",
)
_NOT_FOR_SCREENS = ("Serif", "Mincho", "Ming", "Song", "Mono")

_LEAST_POINTS = 10.5  # points: 14 pixels at scale 1, under which dense kanji fill up


def install_fonts(app: QGuiApplication, scale: float = 1.0) -> None:
    """Let the program's text be drawn by its font, ``scale`` times as large as the system's."""
    font = scaled(program_font(), scale)
    if font != app.font():
        app.setFont(font)


def program_font() -> QFont:
    """Return the system's font, with one that has Japanese in it.

    Only Linux may lack one, or fall back to a Chinese font; elsewhere the system's font is kept
    as long as Qt finds Japanese at all.
    """
    font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont))
    families = _families(font.family())
    if families:
        font.setFamilies(families)
        if sys.platform == "linux":
            font.setPointSizeF(max(_LEAST_POINTS, font.pointSizeF()))
    return font


def _families(family: str) -> list[str]:
    """Return the families to write in where the system's is ``family``; none to leave it."""
    found = QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)
    on_linux = sys.platform == "linux"
    if found and not on_linux:
        return []
    families = [family]
    best = next((name for name in _PREFERRED if name in found), None)
    if best is None and found:
        # Good for kanji and kana, but nobody knows how its Latin letters look.
        families.append(min(found, key=lambda name: any(w in name for w in _NOT_FOR_SCREENS)))
    else:
        best = best or bundled_family()
        if best is not None:
            families.insert(0 if on_linux else 1, best)
    return families


@cache
def bundled_family() -> str | None:
    """Load the shipped font and return its family, or None if that fails."""
    family = None
    for style in ("Regular", "Bold"):
        number = QFontDatabase.addApplicationFont(str(bundled("fonts", f"NotoSansJP-{style}.otf")))
        family = next(iter(QFontDatabase.applicationFontFamilies(number)), family)
    return family
