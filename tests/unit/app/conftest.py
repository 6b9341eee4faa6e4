"""The fixtures of the window."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.windows import _no_hurry, lesson, player, window

__all__ = ["_no_hurry", "lesson", "player", "window"]


@pytest.fixture
def bare_window(qtbot: QtBot) -> QWidget:
    """A window with nothing in it, for dialogs to stand over."""
    bare = QWidget()
    qtbot.addWidget(bare)
    bare.show()
    return bare
