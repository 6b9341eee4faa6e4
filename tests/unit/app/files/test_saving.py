"""Results that are saved from the menu."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from cnn_tutor.app.files.saving import save_gradebook
from cnn_tutor.study.practice.gradebook import COLUMNS, gradebook
from cnn_tutor.study.practice.record.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store.open(":memory:")
    store.add_learner("愛子")
    yield store
    store.close()


def choose(window: QWidget, store: Store, path: Path) -> None:
    save_gradebook(window, store)
    files = window.findChild(QFileDialog, "saving_dialog")
    assert files.isVisible()
    assert files.selectedFiles()[0].endswith("results.csv")
    files.fileSelected.emit(str(path))
    files.close()


def test_results_are_saved_where_the_teacher_wants_them(bare_window, store, tmp_path) -> None:
    path = tmp_path / "class.csv"
    choose(bare_window, store, path)
    assert path.read_bytes() == gradebook(store)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert len(lines[0]) == len(COLUMNS)
    assert {line[0] for line in lines[1:]} == {"愛子"}
    (box,) = bare_window.findChildren(QMessageBox, "saving_done")
    assert "class.csv" in box.informativeText()
    close = box.button(QMessageBox.StandardButton.Close)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not box.isVisible()


def test_what_cannot_be_saved_is_said(bare_window, store, tmp_path) -> None:
    choose(bare_window, store, tmp_path / "none" / "class.csv")
    (box,) = bare_window.findChildren(QMessageBox, "saving_failed")
    assert box.text().startswith("class.csv: ")
    box.close()
    assert list(tmp_path.iterdir()) == []
