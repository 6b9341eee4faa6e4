"""A window can be pulled, tiled or set to any size: nothing raises, and Qt has nothing to say."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QTabBar

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.project.project import Project
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
