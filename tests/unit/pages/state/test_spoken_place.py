"""What is said of the output that is looked at, to who can't see it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cnn_tutor.document.document import Document
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.network import Node
from cnn_tutor.pages.state import spoken_place as module
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.state.spoken_place import SpokenPlace, spoken_place
from cnn_tutor.project.project import Address, Project
from cnn_tutor.study import words
from tests.helpers.states import lab_state

X = Address("input", "x")
KERNEL = np.array([[1.0, 0.0], [0.0, 2.0]]).reshape(2, 2, 1, 1)


@pytest.fixture(autouse=True)
def english(qapp: object) -> None:
    words.speak("en")


def opened(**settings: object) -> tuple[Document, LabState]:
    node = Node("conv2d_1", Conv2D(**settings), {"kernel": KERNEL, "bias": np.zeros(1)})
    document = Document(Project.chain(np.arange(9.0).reshape(3, 3, 1), (node,)))
    return document, lab_state(document)


def test_its_number_and_its_window_are_told() -> None:
    _, state = opened()
    state.pin("output", (0, 1, 0))
    said = "Output[0, 1] = 11\nwindow: rows 0 to 1, columns 1 to 2"
    assert spoken_place(state, with_window=True) == said
    assert spoken_place(state, with_window=False) == "Output[0, 1] = 11"


def test_a_window_that_leaves_the_input_is_told_with_its_padding() -> None:
    _, state = opened(padding=((1, 0), (1, 0)))
    state.pin("output", (0, 0, 0))
    assert spoken_place(state, with_window=True).endswith("rows −1 to 0, columns −1 to 0")


def test_a_sum_that_is_added_up_is_told_term_by_term() -> None:
    _, state = opened()
    state.playback.stand_at((0, 1, 0), terms=4)
    said = "Output[0, 1], term 4 of 5: 5×2, so far 11"
    assert spoken_place(state, with_window=True) == said


class Page:
    """Takes down what would be announced."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, state: LabState) -> None:
        self.said: list[str] = []
        monkeypatch.setattr(module, "announce", lambda _, text, topic: self.said.append(text))
        monkeypatch.setattr(type(module.ANNOUNCER), "wanted", True)
        self.label = QLabel()
        qtbot.addWidget(self.label)
        SpokenPlace(state, self.label)

    def heard(self) -> list[str]:
        heard, self.said[:] = list(self.said), []
        return heard


def test_moves_and_edits_that_matter_are_said(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, state = opened()
    page = Page(qtbot, monkeypatch, state)
    state.pin("output", (0, 0, 0))
    assert page.heard() == ["Output[0, 0] = 8\nwindow: rows 0 to 1, columns 0 to 1"]
    document.edit(X, {(0, 0, 0): 5.0}, "")
    assert page.heard() == ["Output[0, 0] = 13"]
    document.edit(X, {(2, 2, 0): 5.0}, "")
    assert page.heard() == []


def test_while_it_plays_only_where_it_stops_is_said(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, state = opened()
    page = Page(qtbot, monkeypatch, state)
    state.playback.set_speed(100)
    with qtbot.waitSignal(state.playback.playing_changed, check_params_cb=lambda on: not on):
        state.playback.play()
    assert page.heard()[-1] == "Output[1, 1] = 20\nwindow: rows 1 to 2, columns 1 to 2"
