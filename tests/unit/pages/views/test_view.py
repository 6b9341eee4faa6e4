"""What every part of a page does that shows the state: it follows, and rests out of sight."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.document.document import Change, Document
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.views.view import View
from cnn_tutor.project.project import Address, Project
from cnn_tutor.study.boards.views import MATRICES
from tests.helpers.states import lab_state


class Shown(View):
    """Notes what it is asked to do; ``fails`` makes it break once while it is."""

    key = MATRICES

    def __init__(self, document: Document) -> None:
        super().__init__(document, lab_state(document))
        self.done: list[str] = []
        self.fails = False

    def rebuild(self) -> None:
        self.done.append("rebuild")

    def repaint_change(self, change: Change) -> None:
        self.done.append("repaint")
        if self.fails:
            self.fails = False
            raise RuntimeError

    def show_highlight(self, found: Highlight) -> None:
        self.done.append("highlight")

    def write(self) -> None:
        self.done.append("write")


@pytest.fixture
def view(qtbot) -> Shown:
    tensors = {"kernel": np.ones((3, 3, 1, 1)), "bias": np.zeros(1)}
    document = Document(Project.of(np.ones((5, 5, 1)), Conv2D(), tensors))
    view = Shown(document)
    document.setParent(view)
    qtbot.addWidget(view)
    return view


def edit(view: Shown, number: float) -> None:
    view._document.edit(Address("input", "x"), {(0, 0, 0): number}, "")


def test_it_is_built_when_it_is_first_seen_and_follows_then(view: Shown) -> None:
    edit(view, 3)
    assert view.done == []
    view.state.show_view(MATRICES)
    view.show()
    edit(view, 4)
    view.state.point_at("x", (1, 1, 0))
    assert view.done == ["rebuild", "repaint", "highlight", "highlight"]
    assert view.up_to_date


def test_other_settings_are_shown_anew(view: Shown) -> None:
    view.state.show_view(MATRICES)
    view.show()
    layer = Conv2D(strides=(2, 2))
    view._document.replace(view._document.project.with_layer("conv2d_1", layer), "")
    assert view.done == ["rebuild", "rebuild"]


def test_out_of_sight_it_rests_and_catches_up_once(view: Shown) -> None:
    view.state.show_view(MATRICES)
    view.show()
    view.hide()
    edit(view, 3)
    edit(view, 4)
    view.retranslate()
    assert view.done == ["rebuild"]
    view.show()
    assert view.done == ["rebuild", "rebuild"]
    view.retranslate()
    assert view.done[-1] == "write"


def test_what_an_error_left_half_shown_is_shown_anew(view: Shown, qtbot) -> None:
    view.state.show_view(MATRICES)
    view.show()
    view.fails = True
    with qtbot.captureExceptions() as caught:
        edit(view, 3)
    assert len(caught) == 1
    assert not view.up_to_date
    edit(view, 4)
    assert view.done == ["rebuild", "repaint", "rebuild"]
