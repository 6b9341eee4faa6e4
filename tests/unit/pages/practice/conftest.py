"""A panel beside an exercise, with what a learner has practised."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cnn_tutor.pages.practice.practice_panel import PracticePanel
from tests.helpers.practised import Practised
from tests.helpers.widgets import in_window
from tests.unit.pages.results_look import settle


@pytest.fixture
def panel(qtbot: QtBot, learner: Practised) -> PracticePanel:
    panel = PracticePanel(learner)
    in_window(qtbot, panel, size=(340, 720))
    settle()
    return panel
