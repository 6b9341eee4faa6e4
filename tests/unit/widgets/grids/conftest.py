"""A sheet of numbers, which most tests of grids begin with."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.widgets import Sheet, sheet


@pytest.fixture
def paper(qtbot: QtBot) -> Sheet:
    """Three rows that can be edited: 1 2 3, 4 5 6, 7 8 9."""
    return sheet(qtbot)
