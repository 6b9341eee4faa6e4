"""The frames around parts of the window: settings, tabs, layers, products and the player."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect

from cnn_tutor.app.style import language
from cnn_tutor.study.lessons.language.target import Target
from tests.helpers.boards import place, setting
from tests.unit.pages.lesson.pointing import MOST, around, fits, on_screen, only, pointing, settle


@pytest.mark.parametrize(
    ("name", "boxes"),
    [
        ("strides", ["set:strides[0]", "set:strides[1]"]),
        ("kernel", ["size:kernel[0]", "axis:kernel:3", "axis:kernel:2"]),
        ("axis:kernel:3", ["axis:kernel:3"]),
        ("x", ["size:x[0]", "axis:x:2"]),
        ("bias", ["number:bias"]),
        ("padding", ["set:padding"]),
    ],
)
def test_a_setting_is_framed_with_its_label(drive, name: str, boxes: list[str]) -> None:
    driver = pointing(drive, "convolution", Target("settings", name))
    driver.lab.resize(1080, 900)
    settle()
    rows = QRect()
    for key in boxes:
        rows = rows.united(place(driver, driver.part(key)))
    rect, form = only(driver), place(driver, driver.lab.inspector.form)
    assert rect.contains(rows)
    assert abs(rect.top() - rows.top()) <= MOST + 3
    assert abs(rect.bottom() - rows.bottom()) <= MOST + 3
    assert rect.left() <= form.left() < form.right() <= rect.right()


def test_padding_by_side_is_framed_with_its_sides(drive) -> None:
    driver = pointing(drive, "convolution", Target("settings", "padding"))
    one = only(driver).height()
    driver.lab.inspector.wanted.emit(setting("set:padding"), "by_side", 0)
    settle()
    assert only(driver).contains(place(driver, driver.part("pads:1[1]")))
    assert only(driver).height() > 2 * one


def test_without_a_name_all_settings_are_meant(drive) -> None:
    driver = pointing(drive, "convolution", Target("settings"))
    driver.lab.resize(1080, 900)
    settle()
    assert around(driver, driver.lab.inspector.form)


def test_a_setting_is_scrolled_into_sight_once(drive) -> None:
    driver = pointing(drive, "convolution")
    driver.lab.resize(1080, 400)
    settle()
    bar = driver.lab.inspector.verticalScrollBar()
    assert bar.value() == 0
    driver.target_frame.show_targets([Target("settings", "bias")])
    settle()
    assert bar.value() > 0
    sight = place(driver, driver.lab.inspector.viewport())
    row = place(driver, driver.part("number:bias"))
    assert sight.contains(row)
    assert only(driver).contains(row)
    bar.setValue(bar.value() + 7)
    settle()
    assert only(driver).contains(place(driver, driver.part("number:bias")))
    bar.setValue(0)
    settle()
    assert bar.value() == 0
    assert driver.target_frame.rects == ()


def test_the_first_target_is_in_sight_when_not_all_fit(drive) -> None:
    driver = pointing(drive, "convolution")
    driver.lab.resize(1080, 500)
    settle()
    driver.target_frame.show_targets([Target("settings", "x"), Target("code")])
    settle()
    row = place(driver, driver.part("size:x[0]"))
    assert place(driver, driver.lab.inspector.viewport()).contains(row)


def test_a_tab_is_framed_in_either_language(drive) -> None:
    driver = pointing(drive, "convolution", Target("views", "units"))
    tabs = driver.lab.views.tabs
    before = only(driver)
    for code in ("en", "ja"):
        language.apply(code)
        settle()
        rect = tabs.tabRect(2).translated(tabs.mapTo(driver.lab, QPoint()))
        assert only(driver).contains(rect)
        assert rect.adjusted(-MOST, -MOST, MOST, MOST).contains(only(driver))
    assert only(driver) != before
    driver.target_frame.show_targets([Target("views")])
    assert around(driver, tabs)


def test_layers_and_the_button_that_adds_one(drive) -> None:
    driver = pointing(drive, "deck_network", Target("chain", "conv2d_1"))
    assert around(driver, driver.part("chip[conv2d_1]"))
    driver.target_frame.show_targets([Target("chain", "add")])
    assert around(driver, driver.part("chain_add"))
    driver.target_frame.show_targets([Target("chain")])
    driver.lab.resize(1600, 660)
    settle()
    for name in ("chain_add", "chain_menu", "chip[conv2d_1]", "chip[dropout_1]"):
        assert only(driver).contains(place(driver, driver.part(name)))


def test_a_layer_that_has_no_room_is_brought_into_sight_once(drive) -> None:
    driver = pointing(drive, "deck_network")
    assert not driver.part("chip[conv2d_1]").isVisible()
    driver.target_frame.show_targets([Target("chain", "conv2d_1")])
    settle()
    assert around(driver, driver.part("chip[conv2d_1]"))
    while driver.part("chain_forth").isEnabled():
        driver.press("chain_forth")
    settle()
    assert driver.target_frame.rects == ()
    while driver.part("chain_back").isEnabled():
        driver.press("chain_back")
    settle()
    assert around(driver, driver.part("chip[conv2d_1]"))
    driver.lab.resize(1600, 660)
    settle()
    assert around(driver, driver.part("chip[conv2d_1]"))


@pytest.mark.parametrize(("part", "name"), [("formula", "formula"), ("player", "player")])
def test_a_part_is_framed_as_a_whole(drive, part: str, name: str) -> None:
    driver = pointing(drive, "convolution", Target(part))
    target = place(driver, driver.part(name))
    rect = only(driver)
    assert target.adjusted(-MOST, -MOST, MOST, MOST).contains(rect)
    assert driver.lab.rect().contains(rect)
    assert rect.contains(target.adjusted(2, 2, -2, -2))


def test_the_products_of_all_channels_that_are_seen_are_framed(drive) -> None:
    driver = pointing(drive, "convolution", Target("products"))
    assert fits(only(driver), on_screen(driver, "products", (0, 0), (2, 2)))
    driver = pointing(drive, "rgb", Target("products"))
    assert len(driver.target_frame.rects) == 3
    for channel, rect in enumerate(driver.target_frame.rects):
        assert fits(rect, on_screen(driver, f"products[{channel}]", (0, 0), (2, 2)))
