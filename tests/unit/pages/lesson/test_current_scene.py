from __future__ import annotations

from dataclasses import replace

import pytest

from cnn_tutor.document.document import Document
from cnn_tutor.pages.lesson.current_scene import CurrentScene
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.lessons.language.scene import Scene
from tests.helpers.states import lab_state


@pytest.fixture
def state(qapp) -> LabState:
    return lab_state(Document(presets()["deck_network"].project()))


@pytest.fixture
def current(state: LabState) -> CurrentScene:
    return CurrentScene(state.parent(), state)


def test_it_is_what_is_seen(state, current) -> None:
    state.select("conv2d_1")
    state.playback.point_at((1, 2, 0))
    scene = current.scene
    assert (scene.layer, scene.view, scene.at) == ("conv2d_1", "cells", (1, 2, 0))
    assert current.shows(scene)
    state.show_view("network")
    assert not current.shows(scene)


def test_a_scene_is_shown_at_once(state, current) -> None:
    told = []
    state.updated.connect(lambda *_: told.append(True))
    scene = Scene(current.scene.project, "conv2d_1", "units", (0, 1, 0), hide_later=True)
    current.show(scene)
    assert current.shows(scene)
    assert state.playback.at == (0, 1, 0)
    assert not state.shows((0, 2, 0))
    assert told == [True]


def test_what_the_project_does_not_have_is_left_out(state, current) -> None:
    scene = Scene(current.scene.project, "conv2d_1", at=(99, 0, 0))
    current.show(scene)
    shape = state.shown.shapes["output"]
    assert state.playback.at == tuple(n - 1 for n in shape)
    current.show(replace(scene, shown="no_such_layer", at=()))
    assert state.shown.name == scene.project.network.last
