"""How the number of a cell is written and painted: whole where there is room, honest elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.study import numbers
from cnn_tutor.widgets.grids.fitting import fit
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.widgets import CTRL, Key, contrast, in_window, picture, pixels, press, sheet

VALUES = [0, 7, -7, 10, -12, 123, -0.5, 1 / 3, -1 / 3, 1e6, -1e6, -999999.5, 1234.5678, 0.001234,
          1e-7, -1e-7, 1.5e15, -1.5e15, 1e12]  # fmt: skip
SIZES = (9, 12, 17, 20, 35)
SMALLEST = 9
"""Letters do not get smaller than this many pixels where a shorter number would do."""


def advance(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def written(width: int) -> Iterator[tuple[float, str, QFont]]:
    """Write every number in a width at every size, thin and bold."""
    family = QApplication.font().family()
    for value in VALUES:
        for size in SIZES:
            for bold in (False, True):
                text, font = fit(float(value), width, size, family, bold)
                assert font.bold() == bold
                assert font.pixelSize() <= size
                yield value, text, font


@pytest.mark.parametrize("width", [46, 60, 80, 140])
def test_no_number_is_wider_than_its_cell(qapp: QApplication, width: int) -> None:
    for value, text, font in written(width):
        assert advance(text, font) <= width, value
        assert font.pixelSize() >= SMALLEST, value


@pytest.mark.parametrize("width", [14, 20, 30])
def test_no_number_is_wider_than_a_narrow_cell(qapp: QApplication, width: int) -> None:
    for value, text, font in written(width):
        if len(numbers.show(value)) <= 4:
            assert advance(text, font) <= width, value


@pytest.mark.parametrize("width", [14, 30, 46, 60, 80, 140])
def test_a_number_that_is_not_whole_says_so(qapp: QApplication, width: int) -> None:
    for value, text, _ in written(width):
        assert text == numbers.show(value) or text.endswith("…") or text.startswith("≈")


def test_a_number_is_whole_and_large_where_there_is_room(qapp: QApplication) -> None:
    family = QApplication.font().family()
    for value in VALUES:
        for size in SIZES:
            font = QFont(family)
            font.setPixelSize(size)
            room = int(advance(numbers.show(value), font)) + 1
            text, chosen = fit(float(value), room, size, family, False)
            assert text == numbers.show(value)
            assert chosen.pixelSize() == size


def test_a_number_is_whole_where_small_letters_make_room(qapp: QApplication) -> None:
    for width in range(40, 140):
        for value, text, font in written(width):
            small = QFont(font)
            small.setPixelSize(SMALLEST)
            if advance(numbers.brief(value), small) <= width:
                assert text in (numbers.show(value), numbers.brief(value)), (value, width)


def test_a_shortened_number_starts_like_the_whole_one(qapp: QApplication) -> None:
    text, _ = fit(1234.56789012, 46, 12, QApplication.font().family(), False)
    assert text.endswith("…")
    assert numbers.show(1234.56789012).startswith(text[:-1])


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


GROUNDS = [
    ("read", Mark.NONE, False),
    ("read", Mark.READ, False),
    ("read", Mark.READ | Mark.ACTIVE, False),
    ("read", Mark.NONE, True),
    ("weight", Mark.NONE, False),
    ("weight", Mark.WEIGHT, False),
    ("weight", Mark.WEIGHT | Mark.ACTIVE, False),
    ("written", Mark.NONE, False),
    ("read", Mark.READ, True),
    ("written", Mark.WRITTEN, False),
    ("written", Mark.REACHED, False),
    ("read", Mark.READ | Mark.WON, False),
]


def painted_contrast(qtbot: QtBot, theme: str, tone: str, mark: Mark, padding: bool) -> float:
    """Paint a large number and measure its strongest letter against the ground of its cell."""
    appearance.apply(theme)  # type: ignore[arg-type]
    grid = TensorGrid(tone, True)
    grid.set_cell_size(120, 90)
    in_window(qtbot, grid)
    grid.tensor_model.show(np.full((1, 1, 1), 8888.0 * (not padding)), (0,), ((0, 1), (0, 0)))
    cell = (1, 0) if padding else (0, 0)
    grid.set_marks({cell: mark})
    top = 90 * cell[0]
    inner = look(grid)[top + 6 : top + 84, 6:114]
    ground = QColor.fromRgb(int(inner[-1, -1]))  # the first corner is filled in a cell that won
    return max(contrast(QColor.fromRgb(int(ink)), ground) for ink in np.unique(inner))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("tone", "mark", "padding"),
    GROUNDS,
)
def test_numbers_can_be_read_on_every_ground(
    qtbot: QtBot, theme: str, tone: str, mark: Mark, padding: bool
) -> None:
    assert painted_contrast(qtbot, theme, tone, mark, padding) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tone", ["read", "weight", "written"])
def test_numbers_can_be_read_in_a_chosen_block(qtbot: QtBot, theme: str, tone: str) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    grid = TensorGrid(tone, True)
    grid.set_cell_size(120, 90)
    in_window(qtbot, grid)
    grid.tensor_model.show(np.full((2, 2, 1), 8888.0), (0,))
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    press(qtbot, Key.Key_A, modifiers=CTRL)
    inner = look(grid)[96:174, 126:234]
    ground = QColor.fromRgb(int(inner[0, 0]))
    assert max(contrast(QColor.fromRgb(int(ink)), ground) for ink in np.unique(inner)) >= 4.5


@pytest.mark.parametrize("key", [Key.Key_Home, Key.Key_End])
def test_the_line_for_typing_is_wholly_in_sight(qtbot: QtBot, key: Key) -> None:
    paper = sheet(qtbot, np.ones((9, 9)), cell=(20, 20))
    paper.grid.setFixedWidth(180)
    qtbot.waitUntil(lambda: paper.grid.width() == 180)
    paper.press(key, Key.Key_F2)
    assert paper.editor is not None
    assert paper.grid.viewport().rect().contains(paper.editor.geometry())
