"""The layer on the board as a program."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QTabBar,
)


@pytest.mark.parametrize("preset", ["convolution", "convolution_same", "width_quiz", "blur"])
def test_the_numpy_program_prints_the_output_on_the_board(drive, preset) -> None:
    lab = drive(preset)
    tabs = lab.part("code_tabs")
    assert isinstance(tabs, QTabBar)
    assert [tabs.tabText(n) for n in range(3)] == ["Keras", "PyTorch", "NumPy"]
    tabs.setFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    QTest.keyClick(tabs, Qt.Key.Key_Right)
    lab.press("copy_code")
    program = QGuiApplication.clipboard().text()
    code = lab.part("code")
    assert isinstance(code, QPlainTextEdit)
    assert program == code.toPlainText()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program, {})
    numbers = np.array(printed.getvalue().replace("[", " ").replace("]", " ").split(), float)
    expected = lab.document.evaluation.value(lab.document.project.network.nodes[-1].name)[..., 0]
    assert np.array_equal(numbers.reshape(expected.shape), expected)


def test_the_program_follows_an_edit(drive, qtbot) -> None:
    lab = drive()
    lab.write("x", 0, 0, "8")
    code = lab.part("code")
    qtbot.waitUntil(lambda: "[8, 0, 1, 0, 0]" in code.toPlainText())
