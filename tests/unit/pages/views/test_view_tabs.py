"""The tabs from one way of looking at a layer to another, and the code of the whole network."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QPlainTextEdit,
    QTabBar,
)

from cnn_tutor.app.style import language
from cnn_tutor.engine import program
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from tests.helpers.boards import tab
from tests.helpers.driver import settle

ALL = ["Cells", "Matrices", "Units", "Network"]


def bar(lab) -> QTabBar:
    found = lab.part("views")
    assert isinstance(found, QTabBar)
    return found


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


def test_the_arrow_keys_go_from_view_to_view(drive) -> None:
    lab = drive("rgb")
    bar(lab).setFocus()
    views = [lab.lab.state.view]
    for _ in range(3):
        QTest.keyClick(bar(lab), Qt.Key.Key_Right)
        views.append(lab.lab.state.view)
    assert views == ["cells", "matrices", "units", "network"]
    QTest.keyClick(bar(lab), Qt.Key.Key_Left)
    assert lab.lab.state.view == "units"


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


def test_an_edit_while_another_view_is_on_is_there_when_one_comes_back(drive) -> None:
    lab = drive("convolution")
    lab.write("x", 1, 1, "5")
    tab(bar(lab), "Matrices")
    lab.document.undo_stack.undo()
    tab(bar(lab), "Cells")
    assert lab.read("output")[0] == ["3", "0", "1"]


def of(lab) -> QComboBox:
    found = lab.part("code_of")
    assert isinstance(found, QComboBox)
    return found


def code(lab) -> str:
    found = lab.part("code")
    assert isinstance(found, QPlainTextEdit)
    return found.toPlainText()


def test_the_code_of_the_whole_network_can_be_chosen(drive, qtbot) -> None:
    lab = drive("deck_network")
    project, tabs = lab.document.project, lab.part("code_tabs")
    whole = program.of_network(
        project.x, [(node.name, node.layer, node.tensors) for node in project.network.nodes]
    )
    of(lab).setFocus()
    QTest.keyClick(of(lab), Qt.Key.Key_Down)
    assert of(lab).currentText() == "Whole network"
    for name, text in whole.items():
        tab(tabs, name)
        qtbot.waitUntil(lambda text=text: code(lab) == text)
    QTest.keyClick(of(lab), Qt.Key.Key_Up)
    last = project.network.nodes[-1].name
    layer = project.network.node(last).layer
    alone = program.of_layer(layer, lab.document.evaluation.tensors(last))
    for name, text in alone.items():
        tab(tabs, name)
        qtbot.waitUntil(lambda text=text: code(lab) == text)


def test_the_code_of_the_network_is_copied_as_it_is_seen(drive) -> None:
    lab = drive("deck_network")
    of(lab).setFocus()
    QTest.keyClick(of(lab), Qt.Key.Key_Down)
    tab(lab.part("code_tabs"), "PyTorch")
    lab.press("copy_code")
    assert QGuiApplication.clipboard().text() == code(lab)
    assert code(lab).count("torch") > 1


def test_a_single_layer_offers_no_choice_of_code(drive) -> None:
    assert not drive("rgb").part("code_of").isVisible()


def test_the_choice_of_code_stays_while_the_network_changes(drive, qtbot) -> None:
    lab = drive("deck_network")
    of(lab).setFocus()
    QTest.keyClick(of(lab), Qt.Key.Key_Down)
    lab.part("chain").setFocus()
    QTest.keyClick(lab.part("chain"), Qt.Key.Key_Home)
    assert of(lab).currentIndex() == 1
    tab(bar(lab), "Cells")
    lab.write("x", 0, 0, "77")
    qtbot.waitUntil(lambda: "77" in code(lab))


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
