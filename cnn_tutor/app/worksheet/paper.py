"""The sizes of paper, and which one is usual where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QLocale
from PySide6.QtGui import QPageSize

from cnn_tutor.app.worksheet.ink import MM

SIDE, TOP, BOTTOM = 16 * MM, 14 * MM, 18 * MM
"""Margins; at the right it is as wide as at the left."""

_Size = QPageSize.PageSizeId
_SIZES = {"a4": _Size.A4, "letter": _Size.Letter, "b5": _Size.JisB5, "a3": _Size.A3}

_LETTER = frozenset(
    ("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE")
)
"""Where Letter is the usual size, by CLDR's territory information."""


@dataclass(frozen=True)
class Paper:
    """One size of paper; ``key`` is one of ``PAPERS``. Lengths are in tenths of a point."""

    key: str

    @property
    def size(self) -> QPageSize:
        """The size as printers know it."""
        return QPageSize(_SIZES[self.key])

    @property
    def page_width(self) -> float:
        """The width of the whole sheet."""
        return _sides(self.key)[0] * MM

    @property
    def page_height(self) -> float:
        """The height of the whole sheet."""
        return _sides(self.key)[1] * MM

    @property
    def width(self) -> float:
        """The width between the margins."""
        return self.page_width - 2 * SIDE

    @property
    def height(self) -> float:
        """The height between the margins."""
        return self.page_height - TOP - BOTTOM

    @property
    def sides(self) -> str:
        """Its sides in millimetres, as in ``210 × 297 mm``."""
        return " × ".join(f"{side:g}" for side in _sides(self.key)) + " mm"


@cache
def _sides(key: str) -> tuple[float, float]:
    """Return the width and the height in millimetres."""
    size = QPageSize(_SIZES[key]).size(QPageSize.Unit.Millimeter)
    return size.width(), size.height()


def usual_paper() -> str:
    """Return the key of the size that is usual where the system says it is."""
    territory = QLocale.territoryToCode(QLocale.system().territory())
    return "letter" if territory in _LETTER else "a4"
