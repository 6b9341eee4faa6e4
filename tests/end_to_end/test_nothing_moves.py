"""What stays on a board keeps its place: whatever is answered, stepped to, played or pointed at.

A plain run takes every preset and an exercise of every shape, the long form all exercises of every
shape over every kind of layer at every level.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QWidget

from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.boards.views import CELLS
from cnn_tutor.study.exercises.generator import LEVELS, kinds, shapes
from cnn_tutor.widgets.controls.plane_picker import PlanePicker
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.end_to_end.looks import window
from tests.helpers.boards import by_terms
from tests.helpers.drilling import EXERCISES
from tests.helpers.driver import Driver, settle
from tests.helpers.practice_player import PracticePlayer, right, wrong
from tests.helpers.widgets import OFFSCREEN

__all__ = ["window"]
pytestmark = OFFSCREEN

Places = dict[str, tuple[QRect, tuple[int, int]]]

COMES_AND_GOES = "products"
"""The grids that show the way to a number; all others stay."""


def places(board: QWidget, top: QWidget) -> Places:
    """Return where every grid is that can be seen, without padding, and the size of its cells."""
    settle()
    return {
        grid.objectName(): (inner(grid).translated(grid.mapTo(top, QPoint())), grid.cell_size())
        for grid in board.findChildren(QTableView)
        if grid.isVisible()
    }


def inner(grid: QTableView) -> QRect:
    """Return where the numbers of a grid are; a ring of padding may come to those of the input."""
    if not isinstance(grid, TensorGrid):
        return grid.rect()
    (top, bottom), (left, right) = grid.tensor_model.pads
    wide, high = grid.cell_size()
    return grid.rect().adjusted(left * wide, top * high, -right * wide, -bottom * high)


def moved(before: Places, after: Places, picked: bool = False) -> dict[str, object]:
    """Return what is elsewhere, and what has gone that is to stay.

    Of planes that are ``picked``, as not all have room, others may come into sight.
    """
    if picked:
        before = {name: place for name, place in before.items() if name in after}
    stays = (name for name in before if not name.startswith(COMES_AND_GOES))
    other = {name: (before[name], after.get(name)) for name in stays}
    products = {name: (across(before[name]), across(after[name])) for name in before & after.keys()}
    return {name: pair for name, pair in (other | products).items() if pair[0] != pair[1]}


def across(place: tuple[QRect, tuple[int, int]]) -> object:
    """Return what of a place never changes: products of one channel stand in that one's row."""
    rect, cell = place
    return rect.x(), rect.width(), cell


def without_planes(found: Places) -> Places:
    """Leave out filters and maps that may not be seen: they are of the map that is looked at.

    Where not all maps have room, those that are seen go on with it.
    """
    return {name: place for name, place in found.items() if not name.startswith("kernel[")}


@pytest.mark.parametrize("preset", presets())
def test_on_a_free_board(window, preset: str) -> None:
    window.open_chapter(preset)
    window.lab.state.show_view(CELLS)
    lab = Driver(window.lab)
    if lab.part("pick_maps").isVisible():
        pytest.skip("not all maps have room, and those that are seen go on with the playback")
    before = places(lab.lab.board, window)
    for what in explore(lab):
        after = places(lab.lab.board, window)
        assert not moved(without_planes(before), after), what


def explore(lab: Driver) -> Iterator[str]:
    """Point at cells of every grid, step and play through the output, and go to all other views."""
    for grid in [g for g in lab.lab.board.findChildren(QTableView) if g.isVisible()]:
        name, model = grid.objectName(), grid.model()
        lab.hover(name, model.rowCount() - 1, model.columnCount() - 1)
        yield f"pointing at {name}"
    lab.leave()
    for button in ("step_first", "step_forward", "step_forward", "step_last", "step_back"):
        lab.press(button)
        yield button
    slider = lab.part("step_slider")
    for _ in range(4):
        QTest.keyClick(slider, Qt.Key.Key_Left)
    yield "going back over the output"
    by_terms(lab)
    for _ in range(12):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    yield "going over its terms"
    for tab in range(lab.lab.views.tabs.count()):
        bar = lab.lab.views.tabs
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(tab).center())
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
        yield f"going to view {tab} and back"


def work_at(shape: str, kind: str, level: int, window: object) -> None:
    """Answer an exercise wrongly and rightly, with a hint between; nothing moves."""
    player = PracticePlayer(window)
    exercise = player.open(shape, kind, level, 1)
    if not player.page.board.isVisible():
        return
    before = places(player.page.board, window)

    def check(what: str) -> None:
        board = player.page.board
        if "output" in places(board, window).keys() - before.keys():
            return  # a size that was asked for: room for the output would have told it
        picked = any(part.isVisible() for part in board.findChildren(PlanePicker))
        assert not moved(before, places(board, window), picked), (shape, kind, level, what)

    player.answer(wrong(exercise))
    check("after a wrong answer")
    player.press(Qt.Key.Key_H)
    check("with a hint")
    player.answer(right(exercise))
    check("after a right answer")
    player.open(shape, kind, level, 1)
    player.press(Qt.Key.Key_F9, modifiers=Qt.KeyboardModifier.ControlModifier)
    check("with its solution")


@pytest.mark.parametrize(("shape", "kind"), EXERCISES.items())
def test_in_practice(window, shape: str, kind: str) -> None:
    work_at(shape, kind, 2 if 2 in LEVELS else 1, window)


@pytest.mark.long
@pytest.mark.parametrize("shape", shapes())
def test_in_any_exercise(window, shape: str) -> None:
    for kind, level in itertools.product(kinds(shape), LEVELS):
        work_at(shape, kind, level, window)
