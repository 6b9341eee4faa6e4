"""Worksheets as PDF files, from the dialog and as bytes."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PageObject, PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices, QPainter
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
from cnn_tutor.app.worksheet.worksheet import Worksheet, pdf, write_worksheet
from cnn_tutor.app.worksheet.worksheet_dialog import show_worksheet_dialog
from cnn_tutor.project.file import FileError
from cnn_tutor.study import words
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.worksheet import MIX

LEFT = Qt.MouseButton.LeftButton
SMALL = Worksheet("output_size", 2, 7, "en")


def without_time(data: bytes) -> bytes:
    for pattern in (rb"\(D:[^)]*\)", rb"\d{4}-\d\d-\d\dT[^\"<]*"):
        data = re.sub(pattern, b"", data)
    return data


def page_count(data: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b[^s]", data))


# --- the file ------------------------------------------------------------------------------------


def test_it_is_a4_with_its_fonts_in_it(qapp) -> None:
    data = pdf(Worksheet("mix", 4, 1, "ja"))
    assert data is not None
    assert data.startswith(b"%PDF-")
    boxes = re.findall(rb"/MediaBox \[([^\]]*)\]", data)
    assert {tuple(round(float(n)) for n in box.split()) for box in boxes} == {(0, 0, 595, 842)}
    assert b"/FontFile" in data
    assert page_count(data) >= 2


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("skill", [MIX, *skills()])
def test_its_text_can_be_copied_and_found(qapp, monkeypatch, language: str, skill: str) -> None:
    drawn: list[str] = []
    draw = QPainter.drawText

    def recorded(painter: QPainter, *arguments: object) -> object:
        drawn.extend(text for text in arguments if isinstance(text, str))
        return draw(painter, *arguments)

    monkeypatch.setattr(QPainter, "drawText", recorded)
    data = pdf(Worksheet(skill, 3, 3, language)) or b""
    pages = PdfReader(io.BytesIO(data)).pages
    read = "".join(page.extract_text() for page in pages)
    letters, found = (Counter(re.sub(r"\s", "", text)) for text in ("".join(drawn), read))
    assert found == letters
    assert sum(found[digit] for digit in "0123456789") > 20
    assert "\t" not in read
    fonts = {str(font["/BaseFont"]) for page in pages for font in _fonts(page)}
    assert fonts <= {"/CNNTutorSans-Regular", "/CNNTutorSans-Bold"}


def _fonts(page: PageObject) -> Iterator[Any]:
    for font in page["/Resources"]["/Font"].values():
        yield font.get_object()


def test_a_sentence_is_found_as_it_is_written(qapp) -> None:
    data = pdf(Worksheet("mix", 4, 3, "en")) or b""
    (page, *_) = PdfReader(io.BytesIO(data)).pages
    assert "Max pooling (pool_size=2, strides=2, padding='valid'): work" in page.extract_text()


def test_the_same_worksheet_is_the_same_file_but_for_its_time(qapp) -> None:
    first, again, other, japanese = (
        without_time(pdf(sheet) or b"")
        for sheet in (
            SMALL,
            SMALL,
            Worksheet("output_size", 2, 8, "en"),
            Worksheet("output_size", 2, 7, "ja"),
        )
    )
    assert first == again
    assert first != other
    assert first != japanese


def test_the_program_goes_on_in_its_own_language(qapp) -> None:
    seen = []
    words.speak("en")
    pdf(
        Worksheet("output_size", 2, 7, "ja"),
        lambda done, of: bool(seen.append(words.language()) or 1),
    )
    assert seen == ["en", "en"]
    assert words.language() == "en"


def test_a_worksheet_that_is_called_off_is_not_written(qapp, tmp_path) -> None:
    path = tmp_path / "out.pdf"
    seen = []

    def until_two(done: int, of: int) -> bool:
        seen.append((done, of))
        return done < 2

    assert not write_worksheet(str(path), Worksheet("output_size", 9, 7, "en"), until_two)
    assert seen == [(1, 9), (2, 9)]
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_leaves_the_old_file_alone(qapp, tmp_path) -> None:
    folder = tmp_path / "folder.pdf"
    folder.mkdir()
    with pytest.raises(FileError) as caught:
        write_worksheet(str(folder), SMALL)
    assert caught.value.reason == "export_failed"
    assert list(tmp_path.iterdir()) == [folder]


# --- the dialog ----------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def dialog(qtbot, window):
    dialog = show_worksheet_dialog(window)
    qtbot.waitUntil(dialog.isVisible)
    yield dialog
    for box in window.findChildren(QMessageBox):
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
    assert [combo.itemData(n) for n in range(combo.count())] == ["mix", *skills()]
    assert dialog.sheet.skill == "mix"
    assert dialog.sheet.count == 10
    assert dialog.sheet.language == "en"


def test_what_is_chosen_is_what_is_written(window, dialog, tmp_path) -> None:
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
    choose(window, dialog, path)
    assert without_time(path.read_bytes()) == without_time(pdf(SMALL) or b"")
    assert not dialog.isVisible()


def test_new_numbers_are_other_ones(dialog) -> None:
    before = dialog.sheet.seed
    button = dialog.findChild(QPushButton, "worksheet_new_numbers")
    QTest.mouseClick(button, LEFT)
    assert dialog.sheet.seed != before


def test_it_says_where_the_file_is_and_opens_it(window, dialog, tmp_path, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog.findChild(QSpinBox, "worksheet_count").setValue(1)
    path = tmp_path / "名前 1.pdf"
    choose(window, dialog, path)
    (box,) = window.findChildren(QMessageBox, "saving_done")
    assert path.name in box.informativeText()
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Open), LEFT)
    assert opened == [str(path)]


def test_a_fault_is_said_and_the_dialog_stays(window, dialog, tmp_path) -> None:
    dialog.findChild(QSpinBox, "worksheet_count").setValue(1)
    choose(window, dialog, tmp_path / "no such folder" / "out.pdf")
    (box,) = window.findChildren(QMessageBox, "saving_failed")
    assert box.text().startswith("out.pdf: ")
    assert dialog.isVisible()
    dialog.close()


def test_who_has_to_wait_can_call_it_off(window, dialog, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(progress_bar, "PATIENCE_MS", 0)
    dialog.findChild(QSpinBox, "worksheet_count").setValue(100)
    seen = []

    def cancel() -> None:
        (bar,) = dialog.findChildren(QProgressDialog)
        seen.append((bar.value(), bar.maximum()))
        QTest.mouseClick(bar.findChild(QPushButton), LEFT)

    QTimer.singleShot(0, cancel)
    choose(window, dialog, tmp_path / "out.pdf")
    ((done, of),) = seen
    assert done < of
    assert list(tmp_path.iterdir()) == []
    assert not window.findChildren(QMessageBox)
    assert dialog.isVisible()
    dialog.close()
    QApplication.processEvents()


def test_the_worksheet_may_be_in_the_other_language(dialog) -> None:
    combo = dialog.findChild(QComboBox, "worksheet_language")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Up)
    assert dialog.sheet.language == "ja"
    assert words.language() == "en"
