"""The layer on the board as a program."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from cnn_tutor.engine import program
from tests.helpers.boards import tab


@pytest.mark.parametrize("preset", ["convolution", "convolution_same", "width_quiz", "blur"])
def test_the_numpy_program_prints_the_output_on_the_board(drive, preset) -> None:
    lab = drive(preset)
    tabs = lab.part("code_tabs")
    assert [tabs.tabText(n) for n in range(3)] == ["Keras", "PyTorch", "NumPy"]
    tabs.setFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    lab.press("copy_code")
    copied = QGuiApplication.clipboard().text()
    assert copied == code(lab)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(copied, {})
    numbers = np.array(printed.getvalue().replace("[", " ").replace("]", " ").split(), float)
    expected = lab.document.evaluation.value(lab.document.project.network.nodes[-1].name)[..., 0]
    assert np.array_equal(numbers.reshape(expected.shape), expected)


def test_the_program_follows_an_edit(drive, qtbot) -> None:
    lab = drive()
    lab.write("x", 0, 0, "8")
    qtbot.waitUntil(lambda: "[8, 0, 1, 0, 0]" in code(lab))


def of(lab) -> QComboBox:
    return lab.part("code_of")


def code(lab) -> str:
    found = lab.part("code")
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
    tab(lab.part("views"), "Cells")
    lab.write("x", 0, 0, "77")
    qtbot.waitUntil(lambda: "77" in code(lab))
