"""The fixtures of the window."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.app.settings.preferences import Preferences
from tests.helpers.settings_place import emptied
from tests.helpers.windows import _no_hurry, lesson, player, window

__all__ = ["_no_hurry", "lesson", "player", "window"]


@pytest.fixture
def bare_window(qtbot: QtBot) -> QWidget:
    """A window with nothing in it, for dialogs to stand over."""
    bare = QWidget()
    qtbot.addWidget(bare)
    bare.show()
    return bare


@pytest.fixture
def folder(qapp: object) -> Path:
    """The folder of the settings, without any in it."""
    return emptied()


@pytest.fixture
def preferences(folder: Path) -> Preferences:
    """The preferences of a learner who has never been here."""
    return Preferences()
