"""How a cell is painted: its number, its marks and its ground."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.app.style.appearance import Theme
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.widgets import CTRL, Key, contrast, in_window, picture, pixels, press, sheet


def changed_cells(grid: TensorGrid, before: np.ndarray, after: np.ndarray) -> set[tuple[int, int]]:
    """Return the cells in which two pictures of the viewport differ; none may differ outside."""
    ys, xs = np.nonzero(before != after)
    across, down = grid.cell_size()
    return {(int(y) // down, int(x) // across) for y, x in zip(ys, xs, strict=True)}


def look(grid: TensorGrid) -> np.ndarray:
    return pixels(picture(grid.viewport()))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_another_number_changes_the_pixels_of_its_cell_alone(qtbot: QtBot, theme: str) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    paper = sheet(qtbot, np.ones((4, 4)), pads=((1, 0), (0, 1)), cell=(50, 30))
    paper.grid.set_marks({(2, 2): Mark.READ | Mark.ACTIVE, (2, 1): Mark.WRITTEN, (1, 2): Mark.READ})
    before = look(paper.grid)
    for value in (-123456.789, 8, 1 / 3):
        paper.write({(1, 2, 0): value}, 0)
        after = look(paper.grid)
        assert changed_cells(paper.grid, before, after) == {(2, 2)}
        before = after


@pytest.mark.parametrize("mark", list(Mark))
def test_a_mark_changes_its_cell_alone(qtbot: QtBot, mark: Mark) -> None:
    paper = sheet(qtbot, np.ones((3, 3)), cell=(50, 30))
    before = look(paper.grid)
    paper.grid.set_marks({(1, 1): mark})
    assert changed_cells(paper.grid, before, look(paper.grid)) == {(1, 1)}


def test_marks_differ_by_more_than_colour(qtbot: QtBot) -> None:
    """Compare outlines alone: which pixels differ from the middle of their cell's ground."""
    paper = sheet(qtbot, np.ones((3, 3)), cell=(50, 30))
    outlines = {}
    for mark in (Mark.READ, Mark.WRITTEN, Mark.REACHED, Mark.WON):
        paper.grid.set_marks({(1, 1): mark})
        cell = look(paper.grid)[30:60, 50:100]
        outlines[mark] = (cell != cell[8, 8]).tobytes()
    assert len(set(outlines.values())) == 4


def test_a_blank_cell_has_no_number_on_it(qtbot: QtBot) -> None:
    paper = sheet(qtbot, np.ones((2, 2)), editable=False, cell=(50, 30))
    paper.grid.tensor_model.show(paper.tensor, (0,), visible=lambda at: at != (1, 1, 0))
    inner = look(paper.grid)[34:56, 54:96]
    assert len(np.unique(inner)) == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("tone", "mark", "padding", "chosen"),
    [
        ("read", Mark.NONE, False, False),
        ("read", Mark.NONE, True, False),
        ("read", Mark.READ, False, False),
        ("read", Mark.READ, True, False),
        ("read", Mark.READ | Mark.ACTIVE, False, False),
        ("read", Mark.READ | Mark.WON, False, False),
        ("read", Mark.NONE, False, True),
        ("weight", Mark.NONE, False, False),
        ("weight", Mark.WEIGHT, False, False),
        ("weight", Mark.WEIGHT | Mark.ACTIVE, False, False),
        ("weight", Mark.NONE, False, True),
        ("written", Mark.NONE, False, False),
        ("written", Mark.WRITTEN, False, False),
        ("written", Mark.REACHED, False, False),
        ("written", Mark.NONE, False, True),
    ],
)
def test_numbers_can_be_read_on_every_ground(
    qtbot: QtBot, theme: Theme, tone: str, mark: Mark, padding: bool, chosen: bool
) -> None:
    """Paint a large number and measure its strongest letter against the ground of its cell."""
    appearance.apply(theme)
    grid = TensorGrid(tone, True)
    grid.set_cell_size(120, 90)
    in_window(qtbot, grid)
    grid.tensor_model.show(np.full((2, 1, 1), 8888.0 * (not padding)), (0,), ((0, 1), (0, 0)))
    row = 2 if padding else 1
    grid.set_marks({(row, 0): mark})
    if chosen:
        grid.setFocus()
        qtbot.waitUntil(grid.hasFocus)
        press(qtbot, Key.Key_A, modifiers=CTRL)
    inner = look(grid)[90 * row + 6 : 90 * row + 84, 6:114]
    ground = QColor.fromRgb(int(inner[-1, -1]))  # the first corner is filled in a cell that won
    assert max(contrast(QColor.fromRgb(int(ink)), ground) for ink in np.unique(inner)) >= 4.5
