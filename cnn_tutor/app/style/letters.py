"""How large the program's letters are, and with them everything that is measured by them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.style import appearance, fonts
from cnn_tutor.project.limits import MAX_ZOOM, MIN_ZOOM
from cnn_tutor.widgets.style.sizes import LETTER_SHARE, LETTERS, in_pixels

STEPS = (MIN_ZOOM, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, MAX_ZOOM)
"""The zooms that are stepped through, in percent."""

LEAST_WINDOW = QSize(1120, 640)
"""The least size of the window, in pixels; only the system makes it smaller."""

_PRESENTED = 1.25
"""How much larger letters are in a presentation, which is looked at from further away."""

_PRESENTED_SHARE = 0.5
"""How high the letters in a cell are beside it, then."""

_ACROSS, _DOWN = 46, 26
"""So many letters, by their size, find room in a window at least: side by side, and lines."""


def apply(zoom: int, presented: bool = False, room: QSize | None = None) -> None:
    """Zoom letters and boards to ``zoom`` percent of what the system's letters ask for.

    In a window of the size ``room`` the letters, and what is measured by them, grow over those of
    the system only as far as menus, captions and buttons find room in it. Boards scroll, and are
    not limited.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    scale = zoom / 100 * (_PRESENTED if presented else 1)
    if room is not None:
        room = room.expandedTo(LEAST_WINDOW)
        most = min(room.width() // _ACROSS, room.height() // _DOWN)  # not other ones at each pixel
        scale = min(scale, max(1.0, most / in_pixels(fonts.program_font())))
    before = LETTERS.scale, LETTERS.zoom, LETTERS.share, app.font()
    LETTERS.scale, LETTERS.zoom = scale, zoom / 100
    LETTERS.share = _PRESENTED_SHARE if presented else LETTER_SHARE
    fonts.install_fonts(app, scale)
    if before[-1] != app.font():
        appearance.restyle()
    if before != (LETTERS.scale, LETTERS.zoom, LETTERS.share, app.font()):
        LETTERS.changed.emit()


def step(zoom: int, by: int) -> int:
    """Return the zoom that is ``by`` steps larger, or smaller if that is negative."""
    if by > 0:
        steps = [one for one in STEPS if one > zoom]
        return steps[min(by, len(steps)) - 1] if steps else STEPS[-1]
    steps = [one for one in STEPS if one < zoom]
    return steps[-min(-by, len(steps))] if steps else STEPS[0]
