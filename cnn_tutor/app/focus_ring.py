"""Moving the keyboard from one part of the window to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_round(parts: Sequence[tuple[QWidget, QWidget]], by: int) -> None:
    """Go ``by`` parts on from the one that has the keyboard, and round again at the end.

    Each part stands with what the keyboard comes to first in it.
    """
    focus = QApplication.focusWidget()
    here = (n for n, (part, _) in enumerate(parts) if focus and _holds(part, focus))
    now = next(here, -1 if by > 0 else 0)
    _, first = parts[(now + by) % len(parts)]
    first.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _holds(part: QWidget, widget: QWidget) -> bool:
    return part is widget or part.isAncestorOf(widget)
