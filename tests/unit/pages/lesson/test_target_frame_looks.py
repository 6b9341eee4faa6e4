"""What the frames of a pointer look like, and when it looks where they belong."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QImage

from cnn_tutor.app.style import appearance, language
from cnn_tutor.pages.lesson import target_frame as pointer_module
from cnn_tutor.study.lessons.language.target import Target
from cnn_tutor.widgets.style import colours
from tests.unit.pages.boards import place, tab
from tests.unit.pages.lesson.pointing import cells, fits, on_screen, only, pointing, settle

# --- following -----------------------------------------------------------------------------------


def test_another_view_takes_the_frame_away_and_the_board_brings_it_back(drive) -> None:
    driver = pointing(drive, "convolution", cells("x", (1, 2), (1, 2), (0, 1)))
    tabs = driver.part("views")
    for other in ("Matrices", "Network"):
        tab(tabs, other)
        settle()
        assert driver.pointer.rects == ()
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
        first, second = driver.pointer.rects
        assert fits(first, on_screen(driver, "x[0]", (1, 1), (1, 1)))
        assert second.contains(place(driver, driver.part("set:strides[1]")))


def test_a_refusal_over_a_setting_moves_its_frame(drive) -> None:
    driver = pointing(drive, "convolution", Target("settings", "strides"))
    before = only(driver)
    driver.lab.inspector.wanted.emit("size:kernel", (9, 9))
    settle()
    assert only(driver).top() > before.top()
    assert only(driver).contains(place(driver, driver.part("set:strides[1]")))


def test_nothing_is_listened_to_when_nothing_is_pointed_at(drive) -> None:
    driver = pointing(drive, "convolution", Target("player"))
    pointer, looked = driver.pointer, []
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
    pointer, looked = driver.pointer, []
    work = pointer.refresh
    pointer.refresh = lambda: (looked.append(True), work())
    for n in range(10):
        driver.lab.state.point_at("x", (n % 5, 0, 0))
    settle()
    assert len(looked) == 1


def test_a_lab_that_is_hidden_and_shown_again_has_its_frames(drive) -> None:
    driver = pointing(drive, "convolution", Target("player"), cells("x", (0, 1), (0, 1), (0, 1)))
    before = driver.pointer.rects
    driver.lab.hide()
    settle()
    driver.lab.show()
    settle()
    assert driver.pointer.rects == before
    assert driver.pointer.isVisible()


# --- how it looks --------------------------------------------------------------------------------


def test_mouse_and_keyboard_go_past_it(drive) -> None:
    driver = pointing(drive, "convolution", cells("x", (1, 2), (1, 2), (0, 1)))
    assert driver.pointer.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert driver.pointer.focusPolicy() == Qt.FocusPolicy.NoFocus
    driver.write("x", 1, 1, "7")
    assert driver.read("x")[1][1] == "7"
    under = driver.lab.childAt(only(driver).topLeft())
    assert under is not driver.pointer


def picture(driver) -> QImage:
    return driver.lab.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def changed(driver) -> set[tuple[int, int]]:
    """Return the pixels that are others because of the pointer."""
    with_it = picture(driver)
    driver.pointer.setVisible(False)
    without = picture(driver)
    driver.pointer.setVisible(True)
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
    driver.pointer.show_targets([cells("x", (1, 2), (1, 2), (0, 1))])
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
    moving = SimpleNamespace(platformName=lambda: "xcb")
    monkeypatch.setattr(pointer_module, "QGuiApplication", moving)
    driver = pointing(drive, "convolution")
    driver.pointer.show_targets([cells("x", (1, 2), (1, 2), (0, 1))])
    pulse = driver.pointer.findChild(QVariantAnimation)
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
    driver.pointer.show_targets([Target("player")])
    assert pulse.state() == QVariantAnimation.State.Running
    driver.pointer.show_targets(())
    assert pulse.state() == QVariantAnimation.State.Stopped


def test_nothing_moves_where_nothing_should(drive) -> None:
    driver = pointing(drive, "convolution", Target("player"))
    pulse = driver.pointer.findChild(QVariantAnimation)
    assert pulse.state() == QVariantAnimation.State.Stopped
