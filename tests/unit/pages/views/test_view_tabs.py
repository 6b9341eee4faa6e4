"""The tabs from one way of looking at a layer to another, and the code of the whole network."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QTabBar,
)

from cnn_tutor.app.style import language
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from tests.helpers.boards import tab
from tests.helpers.driver import settle

ALL = ["Cells", "Matrices", "Units", "Network"]


def bar(lab) -> QTabBar:
    return lab.part("views")


def texts(lab) -> list[str]:
    return [bar(lab).tabText(n) for n in range(bar(lab).count())]


def on(lab) -> str:
    return bar(lab).tabText(bar(lab).currentIndex())


def test_a_click_goes_to_another_view_and_back(drive) -> None:
    lab = drive("rgb")
    assert texts(lab) == ALL
    board = lab.lab.views.currentWidget()
    seen = {board}
    for text in (*ALL[1:], "Cells"):
        tab(bar(lab), text)
        assert on(lab) == text
        assert lab.lab.views.currentWidget().isVisible()
        seen.add(lab.lab.views.currentWidget())
    assert len(seen) == 4
    assert lab.lab.views.currentWidget() is board


@pytest.mark.parametrize("preset", list(presets()))
def test_every_preset_opens_on_the_view_that_it_is_made_for(drive, preset: str) -> None:
    lab = drive(preset)
    assert lab.lab.state.view == presets()[preset].view
    assert on(lab) == words.say(f"views.{presets()[preset].view}")


def test_other_work_opens_on_its_own_view(drive) -> None:
    lab = drive("rgb")
    tab(bar(lab), "Units")
    lab.document.open(presets()["im2col"].project())
    assert on(lab) == "Matrices"
    lab.document.open(presets()["convolution"].project())
    assert on(lab) == "Cells"


@pytest.mark.parametrize(
    ("preset", "offered"),
    [
        ("convolution", ALL),
        ("dense", ALL),
        ("grouped", ["Cells", "Units", "Network"]),
        ("relu", ["Cells", "Network"]),
        ("flatten", ["Cells", "Network"]),
        ("max_pooling", ["Cells", "Network"]),
    ],
)
def test_a_layer_has_tabs_for_what_there_is_to_see(drive, preset: str, offered) -> None:
    assert texts(drive(preset)) == offered


def test_a_view_that_the_next_layer_lacks_gives_way_to_the_cells(drive) -> None:
    lab = drive("deep")
    tab(bar(lab), "Matrices")
    chain = lab.part("chain")
    chain.setFocus()
    QTest.keyClick(chain, Qt.Key.Key_Left)  # the second layer is a ReLU
    assert texts(lab) == ["Cells", "Network"]
    assert on(lab) == "Cells"
    QTest.keyClick(chain, Qt.Key.Key_Left)
    assert texts(lab) == ALL
    assert on(lab) == "Cells"


def test_a_setting_that_takes_the_matrices_away_takes_the_tab_away(drive) -> None:
    lab = drive("four_channels")
    tab(bar(lab), "Matrices")
    box = lab.part("set:groups")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert "Matrices" not in texts(lab)
    assert on(lab) == "Cells"
    lab.document.undo_stack.undo()
    assert "Matrices" in texts(lab)


def test_the_tabs_are_named_in_the_language_that_is_on(drive) -> None:
    lab = drive("rgb")
    tab(bar(lab), "Units")
    language.apply("ja")
    QApplication.processEvents()
    assert texts(lab) == ["マス目", "行列", "つながり", "全体"]
    assert on(lab) == "つながり"
    language.apply("en")
    QApplication.processEvents()
    assert texts(lab) == ALL


def test_the_place_of_the_playback_stays_from_view_to_view(drive) -> None:
    lab = drive("rgb")
    lab.click("output", 1, 3)
    for text in (*ALL[1:], "Cells"):
        tab(bar(lab), text)
        assert lab.lab.playback.at == (1, 3, 0)
    lab.press("step_back")
    assert lab.lab.playback.at == (1, 2, 0)


def test_keys_of_views_that_a_layer_does_not_have_do_nothing(window) -> None:
    window.open_chapter("dropout")
    settle()
    QTest.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.lab.state.view == "units"
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.lab.state.view == "units"


def test_the_keyboard_stays_in_the_view_when_another_comes(window) -> None:
    window.open_chapter("dense")
    for key in ("cells", "matrices", "units", "network", "cells"):
        window.lab.views.view.first_part.setFocus()
        window.lab.state.show_view(key)
        settle()
        assert window.lab.views.currentWidget().isAncestorOf(window.focusWidget())
