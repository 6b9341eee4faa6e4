"""The frames around what a lesson points at go along with it, whatever the learner does."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from cnn_tutor.app.style import appearance, language
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.project.project import Project
from cnn_tutor.study.lessons.language.target import CELLS, PARTS, Target
from cnn_tutor.widgets.style import colours, motion
from tests.helpers.boards import enter, names, place, setting, tab
from tests.unit.pages.lesson.pointing import cells, fits, on_screen, only, pointing, settle
from tests.unit.pages.views.cells.test_arrangement import sixteen

# --- cells ---------------------------------------------------------------------------------------


def test_padding_shifts_the_cells_of_the_input_and_no_others(drive) -> None:
    driver = pointing(drive, "convolution_same", cells("x", (0, 1), (1, 2), (0, 1)))
    assert fits(only(driver), on_screen(driver, "x", (1, 2), (1, 2)))
    driver.target_frame.show_targets([cells("x", (-1, 2), (-1, 2), (0, 1))])
    assert fits(only(driver), on_screen(driver, "x", (0, 0), (2, 2)))
    driver.target_frame.show_targets([cells("output", (0, 1), (1, 2), (0, 1))])
    assert fits(only(driver), on_screen(driver, "output", (0, 1), (0, 1)))


def test_a_box_over_channels_has_a_frame_in_each_pane(drive) -> None:
    driver = pointing(drive, "rgb", cells("x", (0, 3), (1, 3), (0, 3)))
    assert len(driver.target_frame.rects) == 3
    for channel, rect in enumerate(driver.target_frame.rects):
        assert fits(rect, on_screen(driver, f"x[{channel}]", (1, 2), (3, 3)))
    driver.target_frame.show_targets([cells("kernel", (0, 1), (0, 3), (1, 2), (0, 1))])
    assert fits(only(driver), on_screen(driver, "kernel[1,0]", (0, 0), (0, 2)))


def test_tensors_with_one_axis_are_columns(drive) -> None:
    driver = pointing(drive, "dense", cells("x", (1, 3)))
    assert not driver.target_frame.rects  # this lesson begins with the view of units
    tab(driver.part("views"), "Cells")
    settle()
    assert fits(only(driver), on_screen(driver, "x", (1, 0), (2, 0)))
    driver.target_frame.show_targets([cells("kernel", (0, 4), (1, 2)), cells("output", (2, 3))])
    first, second = driver.target_frame.rects
    assert fits(first, on_screen(driver, "kernel", (0, 1), (3, 1)))
    assert fits(second, on_screen(driver, "output", (2, 0), (2, 0)))


def test_without_a_box_the_whole_grid_is_meant(drive) -> None:
    driver = pointing(drive, "convolution_same", Target(CELLS, "x"))
    assert fits(only(driver), on_screen(driver, "x", (0, 0), (6, 6)))
    driver.target_frame.show_targets([Target(CELLS, "kernel")])
    assert fits(only(driver), on_screen(driver, "kernel", (0, 0), (2, 2)))


def test_the_frame_goes_along_when_the_board_changes_its_size(drive) -> None:
    driver = pointing(drive, "convolution", cells("x", (1, 3), (0, 2), (0, 1)))
    before = only(driver)
    driver.lab.resize(1400, 900)
    settle()
    assert only(driver) != before
    assert fits(only(driver), on_screen(driver, "x", (1, 0), (2, 1)))
    driver.lab.board.set_shaded(True)  # its legend takes room
    settle()
    assert fits(only(driver), on_screen(driver, "x", (1, 0), (2, 1)))


def test_other_settings_and_undo_move_the_frame(drive) -> None:
    driver = pointing(drive, "convolution", cells("x", (1, 2), (1, 2), (0, 1)))
    enter(driver, "size:x[1]", "9")
    settle()
    assert fits(only(driver), on_screen(driver, "x", (1, 1), (1, 1)))
    driver.lab.inspector.wanted.emit(setting("set:padding"), "same", 0)
    settle()
    assert fits(only(driver), on_screen(driver, "x", (2, 2), (2, 2)))
    driver.document.undo_stack.undo()
    settle()
    assert fits(only(driver), on_screen(driver, "x", (1, 1), (1, 1)))


def large() -> Project:
    x = np.arange(64 * 64, dtype=float).reshape(64, 64, 1) % 10
    return Project.of(x, Conv2D(), {"kernel": np.ones((3, 3, 1, 1)), "bias": np.zeros(1)})


def test_cells_of_a_large_input_are_scrolled_into_sight_once(drive) -> None:
    target = cells("x", (10, 12), (8, 10), (0, 1))
    driver = pointing(drive, large(), target)
    grid = driver.grid("x")
    assert grid.verticalScrollBar().maximum() > 0
    assert fits(only(driver), on_screen(driver, "x", (10, 8), (11, 9)))
    before = only(driver)
    assert grid.verticalScrollBar().value() > 0
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().value() - 3)
    settle()
    assert only(driver) == before.translated(0, 3)
    assert fits(only(driver), on_screen(driver, "x", (10, 8), (11, 9)))
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    settle()
    assert not driver.target_frame.rects
    assert not driver.target_frame.isVisible()
    grid.verticalScrollBar().setValue(0)
    driver.lab.resize(1080, 661)
    settle()
    grid.verticalScrollBar().setValue(0)
    driver.target_frame.refresh()
    settle()
    assert grid.verticalScrollBar().value() == 0  # it is not brought back


def test_the_playback_brings_other_planes_and_the_frames_with_them(drive) -> None:
    driver = pointing(drive, sixteen(), Target(CELLS, "output"))
    seen = {name: on_screen(driver, name, (0, 0), (2, 2)) for name in names(driver, "output")}
    assert 1 < len(seen) < 16
    assert len(driver.target_frame.rects) == len(seen)
    driver.target_frame.show_targets([cells("output", (0, 1), (0, 1), (0, 1))])
    settle()
    assert not driver.target_frame.rects  # the playback stands at the last maps
    QTest.keyClick(driver.part("step_slider"), Qt.Key.Key_Home)
    settle()
    assert fits(only(driver), on_screen(driver, "output[0]", (0, 0), (0, 0)))


# --- what is not there ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        cells("x", (5, 9), (0, 1), (0, 1)),
        cells("x", (0, 1), (0, 1), (3, 4)),
        cells("x", (0, 1), (0, 1)),
        cells("x", (2, 2), (0, 1), (0, 1)),
        cells("mask", (0, 1)),
        Target(CELLS),
        Target(CELLS, "nothing"),
        Target("settings", "rate"),
        Target("views", "nothing"),
        Target("chain", "dense_7"),
        Target("nothing"),
    ],
)
def test_what_is_not_there_has_no_frame(drive, target: Target) -> None:
    driver = pointing(drive, "convolution", target)
    assert driver.target_frame.rects == ()
    assert not driver.target_frame.isVisible()


def test_a_cell_that_has_gone_has_no_frame_until_it_is_back(drive) -> None:
    driver = pointing(drive, "convolution", cells("x", (4, 9), (4, 9), (0, 1)))
    assert fits(only(driver), on_screen(driver, "x", (4, 4), (4, 4)))
    enter(driver, "size:x[0]", "4")
    settle()
    assert driver.target_frame.rects == ()
    driver.document.undo_stack.undo()
    settle()
    assert fits(only(driver), on_screen(driver, "x", (4, 4), (4, 4)))


def test_anything_can_be_pointed_at_whatever_is_shown(drive) -> None:
    driver = pointing(drive, "deck_network")
    for node in driver.document.project.network.nodes:
        driver.lab.state.select(node.name)
        for view in driver.lab.state.now.offered:
            driver.lab.state.show_view(view)
            settle()
            for part in (CELLS, *PARTS):
                for name in ("", "x", "kernel", "output", "pool_size", "units", node.name):
                    targets = [Target(part, name), cells(name, (0, 1), (0, 1))]
                    driver.target_frame.show_targets(targets)
            settle()


def test_a_layer_that_has_gone_takes_its_frames_with_it(drive) -> None:
    driver = pointing(
        drive, "deck_network", Target("chain", "conv2d_1"), Target("settings", "kernel")
    )
    driver.lab.state.select("conv2d_1")
    settle()
    assert len(driver.target_frame.rects) == 2
    driver.document.replace(driver.document.project.removed("conv2d_1"), "")
    settle()
    assert driver.target_frame.rects == ()  # pooling has taken its place
    driver.document.undo_stack.undo()
    driver.lab.state.select("conv2d_1")
    settle()
    assert len(driver.target_frame.rects) == 2


# --- what the frames of a pointer look like, and when it looks where they belong ---

# --- following -----------------------------------------------------------------------------------


def test_another_view_takes_the_frame_away_and_the_board_brings_it_back(drive) -> None:
    driver = pointing(drive, "convolution", cells("x", (1, 2), (1, 2), (0, 1)))
    tabs = driver.part("views")
    for other in ("Matrices", "Network"):
        tab(tabs, other)
        settle()
        assert driver.target_frame.rects == ()
        tab(tabs, "Cells")
        settle()
        assert fits(only(driver), on_screen(driver, "x", (1, 1), (1, 1)))


def test_language_and_theme_leave_the_frames_where_they_belong(drive) -> None:
    driver = pointing(
        drive, "rgb", cells("x", (0, 1), (0, 1), (0, 1)), Target("settings", "strides")
    )
    for change in (lambda: language.apply("ja"), lambda: appearance.apply("dark")):
        change()
        settle()
        first, second = driver.target_frame.rects
        assert fits(first, on_screen(driver, "x[0]", (1, 1), (1, 1)))
        assert second.contains(place(driver, driver.part("set:strides[1]")))


def test_a_refusal_over_a_setting_moves_its_frame(drive) -> None:
    driver = pointing(drive, "convolution", Target("settings", "strides"))
    before = only(driver)
    driver.lab.inspector.wanted.emit(setting("size:kernel"), (9, 9), 0)
    settle()
    assert only(driver).top() > before.top()
    assert only(driver).contains(place(driver, driver.part("set:strides[1]")))


def test_nothing_is_listened_to_when_nothing_is_pointed_at(drive) -> None:
    driver = pointing(drive, "convolution", Target("player"))
    pointer, looked = driver.target_frame, []
    pointer.refresh = lambda: looked.append(True)
    pointer.show_targets(())
    settle()
    looked.clear()
    driver.lab.resize(1200, 700)
    driver.hover("output", 0, 0)
    driver.write("x", 0, 0, "5")
    settle()
    assert not looked
    assert pointer.rects == ()
    assert not pointer.isVisible()


def test_much_at_once_is_looked_at_once(drive) -> None:
    driver = pointing(drive, "convolution", Target("player"))
    pointer, looked = driver.target_frame, []
    work = pointer.refresh
    pointer.refresh = lambda: (looked.append(True), work())
    for n in range(10):
        driver.lab.state.point_at("x", (n % 5, 0, 0))
    settle()
    assert len(looked) == 1


def test_a_lab_that_is_hidden_and_shown_again_has_its_frames(drive) -> None:
    driver = pointing(drive, "convolution", Target("player"), cells("x", (0, 1), (0, 1), (0, 1)))
    before = driver.target_frame.rects
    driver.lab.hide()
    settle()
    driver.lab.show()
    settle()
    assert driver.target_frame.rects == before
    assert driver.target_frame.isVisible()


# --- how it looks --------------------------------------------------------------------------------


def test_mouse_and_keyboard_go_past_it(drive) -> None:
    driver = pointing(drive, "convolution", cells("x", (1, 2), (1, 2), (0, 1)))
    assert driver.target_frame.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert driver.target_frame.focusPolicy() == Qt.FocusPolicy.NoFocus
    driver.write("x", 1, 1, "7")
    assert driver.read("x")[1][1] == "7"
    under = driver.lab.childAt(only(driver).topLeft())
    assert under is not driver.target_frame


def picture(driver) -> QImage:
    return driver.lab.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def changed(driver) -> set[tuple[int, int]]:
    """Return the pixels that are others because of the pointer."""
    with_it = picture(driver)
    driver.target_frame.setVisible(False)
    without = picture(driver)
    driver.target_frame.setVisible(True)
    sides = (with_it.width(), with_it.height())
    one, other = (
        np.frombuffer(image.constBits(), np.uint32).reshape(sides[1], -1)
        for image in (with_it, without)
    )
    return {(x, y) for y, x in np.argwhere(one != other).tolist()}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_frame_is_painted_at_once_in_the_accent_and_outside_of_its_cell(drive, theme) -> None:
    appearance.apply(theme)
    driver = pointing(drive, "convolution")
    driver.target_frame.show_targets([cells("x", (1, 2), (1, 2), (0, 1))])
    rect, image = only(driver), picture(driver)  # not an event later
    accent = QColor(colours.current().accent)
    for x, y in ((rect.center().x(), rect.top()), (rect.left(), rect.center().y())):
        near = [image.pixelColor(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        assert accent in near
    inside = on_screen(driver, "x", (1, 1), (1, 1)).adjusted(1, 1, -1, -1)
    inked = changed(driver)
    assert len(inked) > 500
    assert not [at for at in inked if inside.contains(*at)]
    ground = rect.adjusted(-30, -30, 30, 30)
    assert all(ground.contains(*at) for at in inked)


def test_numbers_in_small_cells_are_not_covered(drive) -> None:
    driver = pointing(drive, "rgb", cells("output", (2, 3), (2, 3), (0, 1)))
    inked = changed(driver)
    for row in range(5):
        for column in range(5):
            cell = on_screen(driver, "output", (row, column), (row, column))
            number = QRect(0, 0, cell.width() // 3, cell.height() // 3)
            number.moveCenter(cell.center())
            halo_only = abs(row - 2) + abs(column - 2) == 1
            if not halo_only:
                assert not [at for at in inked if number.contains(*at)], (row, column)


def test_the_frames_swell_when_they_appear_and_then_stand_still(drive, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(motion, "_system_moves", lambda _: True)
    driver = pointing(drive, "convolution")
    driver.target_frame.show_targets([cells("x", (1, 2), (1, 2), (0, 1))])
    pulse = driver.target_frame.findChild(QVariantAnimation)
    assert pulse.state() == QVariantAnimation.State.Running
    pulse.pause()
    pulse.setCurrentTime(pulse.duration() // 4)
    swollen = picture(driver)
    pulse.resume()
    qtbot.waitUntil(lambda: pulse.state() == QVariantAnimation.State.Stopped)
    assert picture(driver) != swollen
    driver.lab.resize(1100, 700)
    settle()
    assert pulse.state() == QVariantAnimation.State.Stopped
    driver.target_frame.show_targets([Target("player")])
    assert pulse.state() == QVariantAnimation.State.Running
    driver.target_frame.show_targets(())
    assert pulse.state() == QVariantAnimation.State.Stopped


def test_nothing_moves_where_nothing_should(drive) -> None:
    driver = pointing(drive, "convolution", Target("player"))
    pulse = driver.target_frame.findChild(QVariantAnimation)
    assert pulse.state() == QVariantAnimation.State.Stopped
