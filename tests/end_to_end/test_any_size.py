"""A window can be pulled, tiled or set to any size: nothing raises, and Qt has nothing to say."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QTabBar

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.pages.views.boxes import Box
from cnn_tutor.pages.views.cells import columns_layout
from cnn_tutor.pages.views.cells.columns_layout import COLUMNS, EQUATION, Column
from cnn_tutor.pages.views.matrices import matrix_layout
from cnn_tutor.pages.views.matrices.matrix_layout import MatrixSizes
from cnn_tutor.project.project import Project
from tests.helpers.driver import settle

RNG = np.random.default_rng(0)
WIDTHS, HEIGHTS = (1, 40, 300, 539, 900), (1, 90, 500)
SIDES = st.sampled_from((0, 1, 5, 40, 200, 539, 1300))
SIZE = st.tuples(st.integers(1, 70), st.integers(1, 70))
PIXELS = st.integers(0, 150)
LETTERS = st.integers(1, 12)


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


def boxes(found: Any) -> list[Any]:
    """Return all boxes of an arrangement, however deep they lie."""
    if isinstance(found, Box):
        return [found]
    parts = vars(found).values() if dataclasses.is_dataclass(found) else found
    return [
        box for part in parts if not isinstance(part, int | float | None) for box in boxes(part)
    ]


COLUMN = st.builds(
    Column, SIZE, st.integers(1, 16), LETTERS, PIXELS, gap=PIXELS, in_rows=st.booleans()
)
SINGLE = st.builds(
    Column,
    SIZE,
    letters=LETTERS,
    title=PIXELS,
    gap=PIXELS,
    in_rows=st.just(False),
    over=st.lists(st.builds(Column, SIZE, letters=LETTERS, title=PIXELS), max_size=2).map(tuple),
)
MATRICES = st.builds(
    MatrixSizes,
    rows=st.integers(1, 400),
    taps=st.integers(1, 100),
    filters=st.integers(1, 16),
    added=st.booleans(),
    letters=st.tuples(LETTERS, LETTERS, LETTERS),
    names=st.tuples(PIXELS, PIXELS),
    tap=PIXELS,
    heads=st.tuples(PIXELS, PIXELS),
    titles=st.tuples(PIXELS, PIXELS, PIXELS),
    short=st.tuples(PIXELS, PIXELS, PIXELS),
    map=st.sampled_from([(0, 0), (90, 90)]),
)


@given(st.data(), SIDES, SIDES)
def test_no_box_is_smaller_than_nothing(data: Any, width: int, height: int) -> None:
    singles = data.draw(st.lists(SINGLE, min_size=3, max_size=3))
    columns = data.draw(st.lists(COLUMN, min_size=1, max_size=6))
    found = [
        *columns_layout.arrange(singles, width, height, EQUATION),
        *columns_layout.arrange(columns, width, height, COLUMNS),
        matrix_layout.arrange(data.draw(MATRICES), width, height),
    ]
    for box in boxes(found):
        assert box.width >= 0
        assert box.height >= 0
