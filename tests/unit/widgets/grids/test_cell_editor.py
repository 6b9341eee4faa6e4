"""The line that opens over a cell."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.widgets import Key, sheet


@pytest.mark.parametrize("key", [Key.Key_Home, Key.Key_End])
def test_the_line_for_typing_is_wholly_in_sight(qtbot: QtBot, key: Key) -> None:
    paper = sheet(qtbot, np.ones((9, 9)), cell=(20, 20))
    paper.grid.setFixedWidth(180)
    qtbot.waitUntil(lambda: paper.grid.width() == 180)
    paper.press(key, Key.Key_F2)
    assert paper.editor is not None
    assert paper.grid.viewport().rect().contains(paper.editor.geometry())
