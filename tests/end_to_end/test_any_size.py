"""Windows of any size and the largest boards: Qt has nothing to say, and little is done."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QTabBar

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.project.project import Project
from cnn_tutor.study import numbers
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.driver import settle

RNG = np.random.default_rng(0)
WIDTHS, HEIGHTS = (1, 40, 300, 539, 900), (1, 90, 500)


def convolution(depth: int = 1, filters: int = 1) -> Project:
    tensors = {"kernel": np.ones((3, 3, depth, filters)), "bias": np.zeros(filters)}
    return Project.of(RNG.normal(size=(8, 8, depth)), Conv2D(padding="same"), tensors)


BOARDS = {
    "one plane": convolution(),
    "several planes": convolution(3, 4),
    "nothing to multiply by": Project.of(np.ones((6, 6, 1)), MaxPooling2D((2, 2)), {}),
    "a curve": Project.of(RNG.normal(size=(5, 5, 2)), ReLU(), {}),
}


@pytest.mark.parametrize("name", BOARDS)
def test_every_view_takes_any_size(drive, name: str) -> None:
    lab = drive(BOARDS[name])
    tabs = lab.lab.findChild(QTabBar, "views")
    for place in range(tabs.count()):
        if not (tabs.isTabVisible(place) and tabs.isTabEnabled(place)):
            continue
        tabs.setCurrentIndex(place)
        view = lab.lab.views.view
        view.setMinimumSize(0, 0)  # as if the rest of the window had taken all the room
        for width in WIDTHS:
            for height in HEIGHTS:
                view.resize(width, height)
                settle()
                QApplication.processEvents()
                lab.lab.notify("too small")


# --- the largest boards: counted, not timed ------------------------------------------------------


def large(scale: float = 1.0, depth: int = 1, filters: int = 1) -> Project:
    """Return the largest convolution; where ``scale`` is small, with powers of ten."""
    kernel = scale * RNG.normal(size=(11, 11, depth, filters))
    image = RNG.integers(0, 10, (64, 64, depth))
    return Project.of(image, Conv2D(padding="same"), {"kernel": kernel, "bias": np.zeros(filters)})


def test_an_edit_does_not_write_out_numbers_that_are_not_in_sight(drive, monkeypatch) -> None:
    lab, written = drive(), []
    shorten = numbers.shorten
    monkeypatch.setattr(numbers, "shorten", lambda *given: written.append(given) or shorten(*given))
    lab.document.open(large(1e-6, filters=8))
    opened = len(written)
    at = lab.document.project.address(lab.document.project.network.last, "bias")
    lab.document.edit(at, {(n,): -3e-5 for n in range(8)}, "edit")
    assert 0 < opened < 4000
    assert len(written) - opened < 4000  # of 32768 that have changed


def test_a_grid_is_made_for_what_is_in_sight(drive) -> None:
    """Each is as much work as twenty widgets, to make and to paint in another theme."""
    lab = drive()
    lab.document.open(large(depth=16, filters=16))
    settle()
    assert 10 < len(lab.lab.board.findChildren(TensorGrid)) < 40  # of 289
    project = lab.document.project
    kernel = project.address(project.network.last, "kernel")
    lab.document.edit(kernel, {(0, 0, 3, 7): 5.0}, "edit")
    lab.lab.playback.point_at((0, 0, 7))  # its filter was not in sight until now
    lab.lab.board.go_to("kernel", (0, 0, 3, 7))
    assert lab.read("kernel[3,7]")[0][0] == "5"
