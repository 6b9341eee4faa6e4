"""What happens to a project and to what is seen of it is taken in whole, and reported once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.style import language
from cnn_tutor.document.document import Document
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.network import Node
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.pages.views.cells.arrangement import Arrangement
from cnn_tutor.pages.views.cells.workings import Workings
from cnn_tutor.project.project import Address, Project
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.widgets.overlays.connectors import Connectors
from tests.helpers.boards import setting
from tests.helpers.lesson_window import settle, write
from tests.helpers.states import lab_state

X = Address("input", "x")


@pytest.fixture
def document(qapp) -> Document:
    kernel = {"kernel": np.ones((3, 3, 1, 1)), "bias": np.zeros(1)}
    nodes = (Node("conv2d_1", Conv2D(), kernel), Node("relu_1", ReLU(), {}))
    return Document(Project.chain(np.arange(25.0).reshape(5, 5, 1), nodes))


@pytest.fixture
def state(document) -> LabState:
    return lab_state(document)


def told(state: LabState) -> list[tuple[Snapshot, Snapshot, object]]:
    """Return what is told from now on."""
    found: list[tuple[Snapshot, Snapshot, object]] = []
    state.updated.connect(lambda old, new, change: found.append((old, new, change)))
    return found


def strided(document: Document) -> Project:
    return document.project.with_layer("conv2d_1", Conv2D(strides=(2, 2)))


EVENTS: dict[str, Callable[[Document, LabState], object]] = {
    "a cell": lambda document, state: document.edit(X, {(0, 0, 0): 7.0}, ""),
    "a setting": lambda document, state: document.replace(strided(document), ""),
    "other work": lambda document, state: document.open(strided(document)),
    "another layer": lambda document, state: state.select("conv2d_1"),
    "another view": lambda document, state: state.show_view("network"),
    "a place": lambda document, state: state.playback.point_at((0, 1, 0)),
    "a cell pointed at": lambda document, state: state.point_at("x", (0, 0, 0)),
    "a question": lambda document, state: state.hidden.ask([(0, 0, 0)], True),
}


ELSEWHERE = ("a place", "a setting", "other work", "another layer")
"""The events after which the playback is at another cell, or at one of other terms."""


@pytest.mark.parametrize("event", EVENTS)
def test_each_event_is_told_once_with_what_was_and_what_is(document, state, event: str) -> None:
    before, found = state.now, told(state)
    EVENTS[event](document, state)
    ((old, new, change),) = found
    assert old is before
    assert new is state.now
    assert (change is not None) == (event == "a cell")
    assert new.same_board(old) == (event not in ("a setting", "other work", "another layer"))
    assert (old.work != new.work) == (event == "other work")
    assert (old.hidden != new.hidden) == (event == "a question")
    assert (old.place == new.place) == (event not in ELSEWHERE)
    assert new.layer == ("conv2d_1" if event == "another layer" else "relu_1")
    assert (
        new.highlight.explanation.value
        == document.evaluation.value(new.layer)[new.highlight.explanation.output]
    )


def test_what_is_as_it_was_is_not_told(document, state) -> None:
    found = told(state)
    state.point_at("x", None)
    state.select("relu_1")
    state.show_view("cells")
    state.show_view("no such view")
    assert found == []


def test_several_changes_together_are_told_once(document, state) -> None:
    found = told(state)
    with state.together():
        state.select("conv2d_1")
        state.show_view("matrices")
        state.playback.point_at((1, 1, 0))
    ((_, new, _),) = found
    assert (new.layer, new.view, state.playback.at) == ("conv2d_1", "matrices", (1, 1, 0))


def test_a_view_that_the_layer_has_not_gives_way_to_the_cells(document, state) -> None:
    state.select("conv2d_1")
    state.show_view("matrices")
    state.select("relu_1")
    assert state.now.view == "cells"
    assert "matrices" not in state.now.offered


def test_what_a_listener_changes_is_told_after_what_it_heard_of(document, state) -> None:
    """Those who listen later hear of the first change first, and of none twice."""

    def point(old: Snapshot, new: Snapshot, change: object) -> None:
        if change is not None:
            state.point_at("x", (0, 0, 0))
            assert state.now is new

    state.updated.connect(point)
    found = told(state)
    document.edit(X, {(0, 0, 0): 7.0}, "")
    (_, first, change), (second, last, none) = found
    assert change is not None
    assert none is None
    assert first is second
    assert (first.highlight.port, last.highlight.port) == ("output", "x")


def test_what_is_being_typed_is_taken_before_another_layer_is_shown(document, state) -> None:
    seen: list[str] = []
    state.leaving.connect(lambda: seen.append(state.shown.name))
    state.select("conv2d_1")
    assert seen == ["relu_1"]


def test_other_work_is_told_of_with_the_scene_that_is_meant_for_it(document) -> None:
    entered: list[int] = []

    def enter() -> None:
        entered.append(1)
        made.select("conv2d_1")
        made.show_view("network")

    made = LabState(document, (own := lab_state(document)).shown, own.hidden, enter)
    found = told(made)
    document.open(strided(document))
    ((_, new, _),) = found
    assert entered == [1]
    assert (new.layer, new.view) == ("conv2d_1", "network")


# --- scenes of lessons ---


@pytest.fixture
def scenic(qapp) -> LabState:
    return lab_state(Document(presets()["deck_network"].project()))


def test_a_scene_is_what_is_seen(scenic) -> None:
    scenic.select("conv2d_1")
    scenic.playback.point_at((1, 2, 0))
    scene = scenic.scene
    assert (scene.layer, scene.view, scene.at) == ("conv2d_1", "cells", (1, 2, 0))
    assert scenic.shows_scene(scene)
    scenic.show_view("network")
    assert not scenic.shows_scene(scene)


def test_a_scene_is_shown_at_once(scenic) -> None:
    told = []
    scenic.updated.connect(lambda *_: told.append(True))
    scene = Scene(scenic.scene.project, "conv2d_1", "units", (0, 1, 0), hide_later=True)
    scenic.show_scene(scene)
    assert scenic.shows_scene(scene)
    assert scenic.playback.at == (0, 1, 0)
    assert not scenic.shows((0, 2, 0))
    assert told == [True]


def test_what_the_project_does_not_have_is_left_out(scenic) -> None:
    scene = Scene(scenic.scene.project, "conv2d_1", at=(99, 0, 0))
    scenic.show_scene(scene)
    shape = scenic.shown.shapes["output"]
    assert scenic.playback.at == tuple(n - 1 for n in shape)
    scenic.show_scene(replace(scene, shown="no_such_layer", at=()))
    assert scenic.shown.name == scene.project.network.last


# --- in the window -------------------------------------------------------------------------------


@pytest.fixture
def counted(monkeypatch) -> Counter[str]:
    """Count how often the board is laid out, its lines drawn and its workings shown."""
    counts: Counter[str] = Counter()
    for owner, name in ((Arrangement, "place"), (Connectors, "set_lines"), (Workings, "show")):
        method = getattr(owner, name)

        def counting(*args: object, method=method, key=f"{owner.__name__}.{name}") -> object:
            counts[key] += 1
            return method(*args)

        monkeypatch.setattr(owner, name, counting)
    return counts


def set_stride(window: MainWindow) -> None:
    window.lab.inspector.wanted.emit(setting("set:strides"), (2, 2), 0)


WINDOW_EVENTS: dict[str, Callable[[MainWindow], object]] = {
    "a cell": lambda window: write(window, "x", 0, 0, "7"),
    "a setting": set_stride,
    "an undo": lambda window: window.document.undo_stack.undo(),
    "a lesson": lambda window: window.open_chapter("lesson_padding"),
    "a language": lambda window: language.apply("ja"),
}


@pytest.mark.parametrize("chapter", ["convolution", "blur", "max_pooling"])
@pytest.mark.parametrize("event", WINDOW_EVENTS)
def test_the_board_is_laid_out_drawn_and_shown_once(window, counted, event, chapter) -> None:
    window.resize(1500, 900)  # where nothing has to scroll
    window.open_chapter(chapter)
    write(window, "x", 1, 1, "5")
    if event == "an undo":
        set_stride(window)
    if event == "a cell":
        window.lab.state.playback.point_at(window.lab.state.playback.at)
    settle()
    QApplication.processEvents()
    counted.clear()
    if event == "a cell":  # the keys that write it move the place, too: what counts is the edit
        address = window.lab.shown.address("x")
        window.document.edit(address, {(0, 0, 0): 7.0}, "")
    else:
        WINDOW_EVENTS[event](window)
    for _ in range(4):
        QApplication.processEvents()
    assert all(times <= 1 for times in counted.values()), counted
    assert counted["Arrangement.place"] == (event != "a cell")


def test_a_board_that_is_out_of_sight_waits_for_its_layer(qtbot) -> None:
    """It was laid out for another one, for the keyboard to have a place at the start."""
    window = MainWindow()
    window.show_theme("dark")
    window.document.open(window.chapters.project("deck_network"))
    window.resize(1600, 1000)
    window.show()
    for _ in range(4):
        QApplication.processEvents()
    assert window.lab.state.view == "network"
    assert not window.lab.board.up_to_date
    window.lab.state.show_view("cells")
    assert window.lab.board.up_to_date
    window.close()
    window.deleteLater()


def test_a_listener_that_fails_leaves_the_others_with_the_whole_update(
    window, qtbot, monkeypatch
) -> None:
    window.open_chapter("convolution")
    shown = QSignalSpy(window.lab.state.updated)

    def fail(*_: object) -> None:
        raise ZeroDivisionError("this listener fails")

    monkeypatch.setattr(Workings, "show", fail)
    with qtbot.captureExceptions() as errors:
        set_stride(window)
    assert [kind for kind, _, _ in errors] == [ZeroDivisionError]
    assert shown.count() == 1
    assert window.lab.state.now.evaluation is window.document.evaluation
    assert "3×3 → 2" in window.lab.inspector.size_card.text() or "2" in (
        window.lab.inspector.size_card.text()
    )
    chips = window.lab.layer_row.row.buttons(window.lab.shown.name)
    assert any("×".join(map(str, window.lab.shown.shapes["output"])) in c.text() for c in chips)
    monkeypatch.undo()
    window.document.undo_stack.undo()  # the view that failed shows all there is again
    assert window.lab.board.up_to_date
