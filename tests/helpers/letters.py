"""The size of letters that the system asks for."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontDatabase

_SYSTEM_FONT = QFontDatabase.systemFont


def ask_for(monkeypatch: pytest.MonkeyPatch, points: float) -> None:
    """Let the system ask for letters of a size from now on; whoever fits to it sees that."""

    def font(which: QFontDatabase.SystemFont) -> QFont:
        found = QFont(_SYSTEM_FONT(which))
        found.setPointSizeF(points)
        return found

    monkeypatch.setattr(QFontDatabase, "systemFont", staticmethod(font))
