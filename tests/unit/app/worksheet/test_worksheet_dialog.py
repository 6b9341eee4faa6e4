"""The dialog in which a worksheet is chosen and saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QMessageBox,
    QProgressDialog,
    QPushButton,
    QSpinBox,
    QWidget,
)

from cnn_tutor.app import progress_bar
from cnn_tutor.app.worksheet.worksheet import pdf
from cnn_tutor.app.worksheet.worksheet_dialog import WorksheetDialog
from cnn_tutor.study import words
from cnn_tutor.study.practice.mastery.skills import skills
from tests.unit.app.worksheet.test_worksheet import SMALL, without_time

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot, bare_window):
    dialog = WorksheetDialog(bare_window)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    yield dialog
    for box in bare_window.findChildren(QMessageBox):
        box.close()


def choose(window: QWidget, dialog: QWidget, path: object) -> None:
    """Press the button that saves, and take a file."""
    buttons = dialog.findChild(QDialogButtonBox, "worksheet_buttons")
    QTest.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Save), LEFT)
    files = window.findChild(QFileDialog, "saving_dialog")
    assert files.isVisible()
    files.fileSelected.emit(str(path))
    files.close()


def test_the_dialog_offers_every_skill_and_a_mix(dialog) -> None:
    combo = dialog.findChild(QComboBox, "worksheet_skill")
    assert [combo.itemData(n) for n in range(combo.count())] == ["mix", "exam", *skills()]
    assert dialog.sheet.skill == "mix"
    assert dialog.sheet.count == 10
    assert dialog.sheet.language == "en"


def test_what_is_chosen_is_what_is_written(bare_window, dialog, tmp_path) -> None:
    combo = dialog.findChild(QComboBox, "worksheet_skill")
    combo.setFocus()
    while combo.currentData() != "output_size":
        QTest.keyClick(combo, Qt.Key.Key_Down)
    for name, typed in (("worksheet_count", "2"), ("worksheet_seed", "7")):
        spin = dialog.findChild(QSpinBox, name)
        spin.setFocus()
        spin.selectAll()
        QTest.keyClicks(spin, typed)
    assert dialog.sheet == SMALL
    path = tmp_path / "out.pdf"
    choose(bare_window, dialog, path)
    assert without_time(path.read_bytes()) == without_time(pdf(SMALL))
    assert not dialog.isVisible()


def test_new_numbers_are_other_ones(dialog) -> None:
    before = dialog.sheet.seed
    button = dialog.findChild(QPushButton, "worksheet_new_numbers")
    QTest.mouseClick(button, LEFT)
    assert dialog.sheet.seed != before


def test_it_says_where_the_file_is_and_opens_it(bare_window, dialog, tmp_path, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog.findChild(QSpinBox, "worksheet_count").setValue(1)
    path = tmp_path / "名前 1.pdf"
    choose(bare_window, dialog, path)
    (box,) = bare_window.findChildren(QMessageBox, "saving_done")
    assert path.name in box.informativeText()
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Open), LEFT)
    assert opened == [str(path)]


def test_a_fault_is_said_and_the_dialog_stays(bare_window, dialog, tmp_path) -> None:
    dialog.findChild(QSpinBox, "worksheet_count").setValue(1)
    choose(bare_window, dialog, tmp_path / "no such folder" / "out.pdf")
    (box,) = bare_window.findChildren(QMessageBox, "saving_failed")
    assert box.text().startswith("out.pdf: ")
    assert dialog.isVisible()
    dialog.close()


def test_who_has_to_wait_can_call_it_off(bare_window, dialog, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(progress_bar, "PATIENCE_MS", 0)
    dialog.findChild(QSpinBox, "worksheet_count").setValue(100)
    seen = []

    def cancel() -> None:
        (bar,) = dialog.findChildren(QProgressDialog)
        seen.append((bar.value(), bar.maximum()))
        QTest.mouseClick(bar.findChild(QPushButton), LEFT)

    QTimer.singleShot(0, cancel)
    choose(bare_window, dialog, tmp_path / "out.pdf")
    ((done, of),) = seen
    assert done < of
    assert list(tmp_path.iterdir()) == []
    assert not bare_window.findChildren(QMessageBox)
    assert dialog.isVisible()
    dialog.close()
    QApplication.processEvents()


def test_the_worksheet_may_be_in_the_other_language(dialog) -> None:
    combo = dialog.findChild(QComboBox, "worksheet_language")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Up)
    assert dialog.sheet.language == "ja"
    assert words.language() == "en"


def test_an_exam_has_twenty_questions_unless_others_are_asked_for(dialog) -> None:
    combo, count = (
        dialog.findChild(QComboBox, "worksheet_skill"),
        dialog.findChild(QSpinBox, "worksheet_count"),
    )
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentData() == "exam"
    assert count.value() == 20
    count.setValue(6)
    assert (dialog.sheet.skill, dialog.sheet.count) == ("exam", 6)
