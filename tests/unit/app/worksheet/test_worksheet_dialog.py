"""The dialog in which a worksheet is chosen and saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QWidget,
)

from cnn_tutor.app.worksheet import worksheet_dialog
from cnn_tutor.app.worksheet.page_view import PageView
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


def save_button(dialog: QWidget) -> QPushButton:
    buttons = dialog.findChild(QDialogButtonBox, "worksheet_buttons")
    return buttons.button(QDialogButtonBox.StandardButton.Save)


def choose(qtbot, window: QWidget, dialog: QWidget, path: object) -> None:
    """Press the button that saves when the pages are there, and take a file."""
    qtbot.waitUntil(save_button(dialog).isEnabled)
    QTest.mouseClick(save_button(dialog), LEFT)
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


def test_what_is_chosen_is_what_is_written(qtbot, bare_window, dialog, tmp_path) -> None:
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
    choose(qtbot, bare_window, dialog, path)
    assert without_time(path.read_bytes()) == without_time(pdf(SMALL))
    assert not dialog.isVisible()


def test_new_numbers_are_other_ones(dialog) -> None:
    before = dialog.sheet.seed
    button = dialog.findChild(QPushButton, "worksheet_new_numbers")
    QTest.mouseClick(button, LEFT)
    assert dialog.sheet.seed != before


def test_it_says_where_the_file_is_and_opens_it(
    qtbot, bare_window, dialog, tmp_path, monkeypatch
) -> None:
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog.findChild(QSpinBox, "worksheet_count").setValue(1)
    path = tmp_path / "名前 1.pdf"
    choose(qtbot, bare_window, dialog, path)
    (box,) = bare_window.findChildren(QMessageBox, "saving_done")
    assert path.name in box.informativeText()
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Open), LEFT)
    assert opened == [str(path)]


def test_a_fault_is_said_and_the_dialog_stays(qtbot, bare_window, dialog, tmp_path) -> None:
    dialog.findChild(QSpinBox, "worksheet_count").setValue(1)
    choose(qtbot, bare_window, dialog, tmp_path / "no such folder" / "out.pdf")
    (box,) = bare_window.findChildren(QMessageBox, "saving_failed")
    assert box.text().startswith("out.pdf: ")
    assert dialog.isVisible()
    dialog.close()


def test_it_is_saved_only_when_all_of_it_is_there(qtbot, dialog, monkeypatch) -> None:
    monkeypatch.setattr(worksheet_dialog, "PATIENCE_MS", 0)
    qtbot.waitUntil(save_button(dialog).isEnabled)
    dialog.findChild(QSpinBox, "worksheet_count").setValue(30)
    assert not save_button(dialog).isEnabled()
    bar = dialog.findChild(QProgressBar, "worksheet_progress")
    qtbot.waitUntil(lambda: bar.isVisible() and 0 < bar.value() < bar.maximum())
    dialog.findChild(QSpinBox, "worksheet_count").setValue(1)
    qtbot.waitUntil(save_button(dialog).isEnabled)
    assert not bar.isVisible()
    assert dialog.findChild(PageView, "worksheet_pages").page_count == 2


def test_who_has_to_wait_can_call_it_off(qtbot, dialog, tmp_path) -> None:
    dialog.findChild(QSpinBox, "worksheet_count").setValue(100)
    buttons = dialog.findChild(QDialogButtonBox, "worksheet_buttons")
    with qtbot.waitSignal(dialog.destroyed):
        QTest.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Cancel), LEFT)
    assert list(tmp_path.iterdir()) == []


def test_the_pages_are_seen_as_they_are_written(qtbot, dialog) -> None:
    dialog.findChild(QSpinBox, "worksheet_count").setValue(1)
    qtbot.waitUntil(save_button(dialog).isEnabled)
    pages = dialog.findChild(PageView, "worksheet_pages")
    shown = pages.viewport().grab().toImage()
    assert shown.pixelColor(shown.width() // 2, 40).lightness() == 255  # the paper
    dark = [
        (x, y)
        for x in range(20, shown.width() - 20, 2)
        for y in range(20, 300, 2)
        if shown.pixelColor(x, y).lightness() < 128
    ]
    assert len(dark) > 50  # what is written on it
    before = shown
    dialog.findChild(QSpinBox, "worksheet_seed").setValue(dialog.sheet.seed ^ 1)
    qtbot.waitUntil(save_button(dialog).isEnabled)
    assert pages.viewport().grab().toImage() != before


def test_the_keyboard_goes_through_the_pages(qtbot, dialog) -> None:
    qtbot.waitUntil(save_button(dialog).isEnabled)
    pages = dialog.findChild(PageView, "worksheet_pages")
    pages.setFocus()
    QTest.keyClick(pages, Qt.Key.Key_PageDown)
    assert pages.verticalScrollBar().value() > 0


def test_the_paper_is_remembered_when_something_was_written_on_it(
    qtbot, bare_window, preferences, tmp_path
) -> None:
    dialog = WorksheetDialog(bare_window, preferences)
    dialog.open()
    combo = dialog.findChild(QComboBox, "worksheet_paper")
    assert combo.currentData() == "a4"
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    dialog.findChild(QSpinBox, "worksheet_count").setValue(1)
    assert dialog.sheet.paper == "letter"
    assert preferences.paper == ""
    choose(qtbot, bare_window, dialog, tmp_path / "out.pdf")
    assert preferences.paper == "letter"
    bare_window.findChild(QMessageBox, "saving_done").close()
    again = WorksheetDialog(bare_window, preferences)
    assert again.sheet.paper == "letter"
    again.close()


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
