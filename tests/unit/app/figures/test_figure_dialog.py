"""The dialog in which a figure is chosen, looked at, copied and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)
from shiboken6 import isValid

from cnn_tutor.app.figures import animation
from cnn_tutor.app.figures.figure_dialog import FigureDialog
from cnn_tutor.app.figures.preview import Preview
from cnn_tutor.app.settings.settings_file import FigureLook
from cnn_tutor.study.boards.presets import presets
from tests.unit.app.figures.sources import source

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot, window):
    yield from opened(qtbot, window, "convolution")


def opened(qtbot, window, chapter, preferences=None):
    dialog = FigureDialog(window, source(window, chapter), preferences)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    yield dialog
    for box in window.findChildren(QMessageBox):
        box.close()
    if isValid(dialog):
        dialog.close()


def choose(dialog: FigureDialog, name: str, data: object) -> None:
    """Go to an entry of a box by the arrow keys."""
    box = dialog.findChild(QComboBox, f"figure_{name}")
    box.setFocus()
    way = Qt.Key.Key_Down if box.findData(data) > box.currentIndex() else Qt.Key.Key_Up
    while box.currentData() != data:
        QTest.keyClick(box, way)


def tick(dialog: FigureDialog, name: str) -> None:
    box = dialog.findChild(QCheckBox, f"figure_{name}")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)


def shown(dialog: FigureDialog) -> QImage:
    return QImage(dialog.findChild(Preview).picture)


def button(dialog: FigureDialog, which: QDialogButtonBox.StandardButton) -> QPushButton:
    return dialog.findChild(QDialogButtonBox, "figure_buttons").button(which)


def save(window, dialog: FigureDialog, path: Path) -> None:
    """Press the button that saves, and take a file."""
    QTest.mouseClick(button(dialog, QDialogButtonBox.StandardButton.Save), LEFT)
    files = window.findChild(QFileDialog, "saving_dialog")
    assert files.isVisible()
    files.fileSelected.emit(str(path))
    files.close()


def test_the_preview_follows_what_is_chosen(dialog) -> None:
    seen = [shown(dialog)]
    for change in (
        lambda: choose(dialog, "theme", "dark"),
        lambda: choose(dialog, "subject", "units"),
        lambda: choose(dialog, "subject", "formula"),
        lambda: tick(dialog, "transparent"),
        lambda: tick(dialog, "captioned"),
    ):
        change()
        assert shown(dialog) not in seen
        seen.append(shown(dialog))


def test_the_caption_is_that_of_the_board_and_can_be_changed(qtbot, dialog) -> None:
    box = dialog.findChild(QPlainTextEdit, "figure_caption")
    assert not box.isVisible()
    tick(dialog, "captioned")
    assert box.isVisible()
    assert dialog.order.caption.startswith(presets()["convolution"].title)
    before = shown(dialog)
    box.selectAll()
    QTest.keyClicks(box, "One cell.")
    assert dialog.order.caption == "One cell."
    qtbot.waitUntil(lambda: shown(dialog) != before)
    assert shown(dialog).height() < before.height()


def test_only_pixels_have_a_size(dialog) -> None:
    scale = dialog.findChild(QComboBox, "figure_scale")
    for kind, sized in (("svg", False), ("pdf", False), ("png", True), ("gif", True)):
        choose(dialog, "kind", kind)
        assert scale.isVisible() is sized


def test_a_playback_is_played_and_a_picture_of_it_stands_where_the_board_does(
    qtbot, window, dialog
) -> None:
    still = shown(dialog)
    window.lab.playback.set_speed(10)
    choose(dialog, "kind", "gif")
    first = shown(dialog)
    assert first != still
    qtbot.waitUntil(lambda: shown(dialog) != first)
    choose(dialog, "kind", "png")
    assert shown(dialog) == still
    assert window.lab.playback.at_end


@pytest.mark.parametrize("kind", ["png", "svg", "pdf", "gif", "webp"])
def test_what_is_chosen_is_what_is_written(qtbot, window, dialog, tmp_path, kind) -> None:
    choose(dialog, "scale", 1)
    choose(dialog, "kind", kind)
    path = tmp_path / f"figure.{kind}"
    save(window, dialog, path)
    assert path.stat().st_size > 1000
    assert window.findChild(QMessageBox, "saving_done").isVisible()
    qtbot.waitUntil(lambda: not isValid(dialog))


def test_a_file_that_cannot_be_written_is_said_and_the_dialog_stays(window, dialog, tmp_path):
    save(window, dialog, tmp_path / "no" / "figure.png")
    box = window.findChild(QMessageBox, "saving_failed")
    assert box.text().startswith("figure.png: It can't be saved there.")
    assert dialog.isVisible()


def test_too_many_steps_are_said_in_place(dialog, monkeypatch) -> None:
    monkeypatch.setattr(animation, "STEP_LIMIT", 5)
    choose(dialog, "kind", "gif")
    said = dialog.findChild(QLabel, "figure_said")
    assert said.isVisible()
    assert "9 steps" in said.text()
    assert not button(dialog, QDialogButtonBox.StandardButton.Save).isEnabled()
    choose(dialog, "kind", "svg")
    assert not said.isVisible()
    assert button(dialog, QDialogButtonBox.StandardButton.Save).isEnabled()


def test_what_is_seen_only_in_part_is_said(qtbot, window) -> None:
    for dialog in opened(qtbot, window, "deep"):
        choose(dialog, "subject", "matrices")
        assert "too large" in dialog.findChild(QLabel, "figure_said").text()


def test_it_is_copied_in_place(dialog) -> None:
    QTest.mouseClick(dialog.findChild(QPushButton, "figure_copy"), LEFT)
    assert QGuiApplication.clipboard().mimeData().hasFormat("image/svg+xml")
    assert "clipboard" in dialog.findChild(QLabel, "figure_said").text()


def test_how_it_was_made_is_remembered(qtbot, window, preferences, tmp_path) -> None:
    for dialog in opened(qtbot, window, "relu", preferences):
        choose(dialog, "theme", "dark")
        choose(dialog, "scale", 3)
        tick(dialog, "transparent")
        save(window, dialog, tmp_path / "figure.png")
    assert preferences.figure == FigureLook("png", 3, "dark", transparent=True)
    for dialog in opened(qtbot, window, "relu", preferences):
        assert dialog.look == preferences.figure
