"""Gives the program a font that can write Japanese: the system's, else the one that is shipped."""

from __future__ import annotations

import sys
from functools import cache

from PySide6.QtGui import QFontDatabase, QGuiApplication

from cnn_tutor.bundled import bundled

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


def install_fonts(app: QGuiApplication) -> None:
    """Let the program's text be drawn by a font that has Japanese in it.

    Only Linux may lack one, or fall back to a Chinese font; elsewhere the system's font is kept
    as long as Qt finds Japanese at all. Calling this again changes nothing.
    """
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    found = QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)
    on_linux = sys.platform == "linux"
    if found and not on_linux:
        return

    families = [font.family()]
    best = next((name for name in _PREFERRED if name in found), None)
    if best is None and found:
        # Good for kanji and kana, but nobody knows how its Latin letters look.
        families.append(min(found, key=lambda name: any(w in name for w in _NOT_FOR_SCREENS)))
    else:
        best = best or bundled_family()
        if best is not None:
            families.insert(0 if on_linux else 1, best)
    font.setFamilies(families)
    if on_linux:
        font.setPointSizeF(max(_LEAST_POINTS, font.pointSizeF()))
    app.setFont(font)


@cache
def bundled_family() -> str | None:
    """Load the shipped font and return its family, or None if that fails."""
    family = None
    for style in ("Regular", "Bold"):
        number = QFontDatabase.addApplicationFont(str(bundled("fonts", f"NotoSansJP-{style}.otf")))
        family = next(iter(QFontDatabase.applicationFontFamilies(number)), family)
    return family
