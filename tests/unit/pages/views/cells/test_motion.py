"""What moves while a board is played, and that all else stays where it is."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QVariantAnimation
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.pages.views.cells.motion import SLIDE
from cnn_tutor.project.project import Project
from cnn_tutor.widgets.grids.grid_view import GridView
from cnn_tutor.widgets.overlays.motion_sheet import MotionSheet
from cnn_tutor.widgets.style import motion
from tests.helpers.boards import by_terms
from tests.helpers.driver import Driver, settle
from tests.helpers.widgets import picture

BOARDS = ("convolution", "convolution_same", "rgb", "four_filters", "depthwise", "max_pooling")


@pytest.fixture(autouse=True)
def _moving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motion, "_system_moves", lambda _: True)


def step(lab: Driver, position: int, speed: float = 1.0) -> QVariantAnimation:
    """Play one step on from a position; return the clock, which stands still at its start."""
    playback, clock = lab.lab.playback, lab.lab.board.findChild(QVariantAnimation)
    playback.seek(position)
    settle()
    playback.set_speed(speed)
    playback.play()
    playback._timer.timeout.emit()  # the time until the next step is over
    playback._timer.stop()
    lab.lab.board.findChild(MotionSheet).repaint()
    settle()  # the clock starts when the first frame has been painted
    if clock.state() == QVariantAnimation.State.Running:
        clock.pause()
    return clock


def at(clock: QVariantAnimation, lab: Driver, milliseconds: int) -> object:
    clock.setCurrentTime(milliseconds)
    QApplication.processEvents()
    return picture(lab.lab.board)


def still(lab: Driver, position: int) -> object:
    """What the board looks like after a step without any motion."""
    motion.want(False)
    lab.lab.playback.seek(position)
    settle()
    lab.lab.playback.play()
    lab.lab.playback._timer.timeout.emit()
    lab.lab.playback._timer.stop()
    settle()
    motion.want(True)
    return picture(lab.lab.board)


@pytest.mark.parametrize("terms", [False, True])
@pytest.mark.parametrize("board", BOARDS)
def test_the_last_frame_is_the_picture_without_motion(drive, board: str, terms: bool) -> None:
    lab = drive(board)
    if terms:
        by_terms(lab)
    position = lab.lab.playback.count // 5 + 1
    expected = still(lab, position)
    clock = step(lab, position)
    first = at(clock, lab, 0)
    assert first != expected
    assert at(clock, lab, clock.duration()) == expected
    lab.lab.board.finish_motion()
    assert picture(lab.lab.board) == expected


def test_the_outline_slides_and_is_there_before_the_products_are(drive) -> None:
    lab = drive("convolution")
    clock, grid = step(lab, 1), lab.grid("x")
    width, _ = grid.cell_size()
    at(clock, lab, 0)
    assert grid.slide == QPoint(-width, 0)
    at(clock, lab, SLIDE // 2)
    assert -width // 2 < grid.slide.x() < 0  # it is fast first
    at(clock, lab, SLIDE)
    assert grid.slide == QPoint()


def test_whatever_else_is_done_ends_it(drive) -> None:
    lab = drive("convolution")
    done = (
        lambda: lab.hover("output", 0, 0),
        lambda: lab.lab.resize(1100, 700),
        lambda: lab.lab.finish(),
        lambda: lab.lab.playback.first(),
        lambda: lab.lab.state.show_view("matrices"),
    )
    for n, work in enumerate(done):
        lab.leave()
        clock = step(lab, 4)
        assert lab.grid("x").slide != QPoint(), n
        work()
        settle()
        assert clock.state() == QVariantAnimation.State.Stopped
        assert lab.grid("x").slide == QPoint()


@pytest.mark.parametrize(("speed", "moves"), [(0.25, True), (2.0, True), (2.5, False), (64, False)])
def test_it_is_off_at_higher_speeds(drive, speed: float, moves: bool) -> None:
    lab = drive("convolution")
    clock = step(lab, 3, speed)
    assert (clock.state() != QVariantAnimation.State.Stopped) == moves
    if moves:
        assert clock.duration() < lab.lab.playback.interval


def test_nothing_moves_for_a_single_step_or_a_click(drive) -> None:
    lab = drive("convolution")
    for work in (lambda: lab.press("step_back"), lambda: lab.click("output", 0, 1)):
        work()
        assert lab.grid("x").slide == QPoint()
    assert not lab.lab.board.findChild(MotionSheet).isVisible()


def test_it_goes_by_itself_to_its_end(drive, qtbot) -> None:
    lab = drive("convolution")
    clock = step(lab, 1)
    with qtbot.waitSignal(clock.finished):
        clock.resume()
    assert lab.grid("x").slide == QPoint()


# --- what stays ----------------------------------------------------------------------------------


def places(board: QWidget) -> dict[QWidget, QRect]:
    """Return where each grid, title, sum and sign on a board is."""
    parts = board.findChildren(QWidget, "", Qt.FindChildOption.FindDirectChildrenOnly)
    return {
        part: part.geometry()
        for part in parts
        if part.isVisible() and not isinstance(part, MotionSheet)
    }


@pytest.mark.parametrize("board", [*BOARDS, "dropout", "dense", "pointwise"])
def test_pointing_stepping_and_playing_move_nothing_that_stays(drive, board: str) -> None:
    lab = drive(board)
    settle()
    before = places(lab.lab.board)
    for grid in [part for part in before if isinstance(part, GridView)]:
        lab.hover(grid.objectName(), 0, 0)
        assert places(lab.lab.board) == before, grid.objectName()
    lab.leave()
    for button in ("step_back", "step_back", "step_forward", "step_last"):
        lab.press(button)
        settle()
        assert places(lab.lab.board) == before, button
    playback = lab.lab.playback
    playback.seek(max(1, playback.count - 3))
    playback.play()
    for _ in range(2):
        playback._timer.timeout.emit()
        settle()
        assert places(lab.lab.board) == before


# --- the window that is dragged ------------------------------------------------------------------


def drag_window(lab: Driver, rows: int, columns: int, grid: str = "x") -> None:
    """Take the window by the left edge of its first cell, and drag it so many cells."""
    x = lab.grid(grid)
    lab.leave()
    rect, (wide, high) = x.ground_rect(*x.corner), x.cell_size()
    start = QPoint(rect.left() + 1, rect.center().y())
    end = start + QPoint(columns * wide, rows * high)
    QTest.mouseMove(x.viewport(), start)
    QApplication.processEvents()
    QTest.mousePress(x.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(x.viewport(), (start + end) / 2)
    QTest.mouseMove(x.viewport(), end)
    QApplication.processEvents()
    QTest.mouseRelease(x.viewport(), Qt.MouseButton.LeftButton, pos=end)


def test_the_playback_goes_where_the_window_is_dragged(drive) -> None:
    lab = drive("convolution")
    drag_window(lab, -1, -2)
    assert lab.lab.playback.at == (1, 0, 0)
    assert lab.grid("x").corner == (1, 0)
    drag_window(lab, 9, 1)  # past the end
    assert lab.lab.playback.at == (2, 1, 0)


def test_a_channel_s_window_takes_the_others_along_and_keeps_the_map(drive) -> None:
    lab = drive("four_filters")
    lab.click("output[1]", 4, 4)
    drag_window(lab, -3, -2, "x[2]")
    assert lab.lab.playback.at == (1, 2, 1)
    assert lab.grid("x[0]").corner == (1, 2)


@pytest.mark.parametrize(
    ("settings", "cells", "at"),
    [
        ({"strides": (2, 2)}, (2, 4), (1, 2, 0)),
        ({"strides": (2, 2)}, (1, 3), (0, 2, 0)),
        ({"padding": "same"}, (3, 1), (3, 1, 0)),
        ({"dilation_rate": (2, 2)}, (1, 2), (1, 2, 0)),
    ],
)
def test_stride_padding_and_dilation_are_kept_to(drive, settings, cells, at) -> None:
    tensors = {"kernel": np.ones((3, 3, 1, 1)), "bias": np.zeros(1)}
    lab = drive(Project.of(np.ones((7, 7, 1)), Conv2D(**settings), tensors))
    lab.click("output", 0, 0)
    drag_window(lab, *cells)
    assert lab.lab.playback.at == at
