"""Who has to wait for a long record sees how far it is, and need not wait."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressDialog, QPushButton

from cnn_tutor.app import progress_bar
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study.practice import PRACTICE, RESULTS, practice
from cnn_tutor.study.practice.record import store
from tests.helpers.lesson_window import settle
from tests.unit.app.files.test_saving import choose
from tests.unit.study.practice.given import Clock
from tests.unit.study.practice.test_practice import fill


@pytest.fixture
def long(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The window of a learner with a long record, where everything takes long."""
    for module in (practice, store):
        monkeypatch.setattr(module, "_BATCH", 5)
    monkeypatch.setattr(progress_bar, "PATIENCE_MS", 0)
    kept = window.practice.store
    kept.add_learner("A")
    fill(kept, 200, random.Random(0), Clock())
    return window


def watched(window: MainWindow, cancel: bool) -> list[int]:
    """Note how far the bar is that comes up, again and again; call it off the first time."""
    seen: list[int] = []

    def look() -> None:
        for bar in window.findChildren(QProgressDialog):
            seen.append(bar.value())
            if cancel:
                QTest.mouseClick(bar.findChild(QPushButton), Qt.MouseButton.LeftButton)
                return
        if len(seen) < 5:
            QTimer.singleShot(0, window, look)

    QTimer.singleShot(0, window, look)
    return seen


@pytest.mark.parametrize("key", [PRACTICE, RESULTS])
def test_a_page_that_is_not_waited_for_is_not_opened(long: MainWindow, key: str) -> None:
    lab = long.page
    seen = watched(long, cancel=True)
    long.open_chapter(key)
    assert len(seen) == 1
    assert long.page is lab
    long.open_chapter(key)  # who asks again gets it
    assert long.practice.on == key
    QApplication.processEvents()


@pytest.mark.parametrize("key", [PRACTICE, RESULTS])
def test_a_page_says_how_far_it_is(long: MainWindow, key: str) -> None:
    seen = watched(long, cancel=False)
    long.open_chapter(key)
    assert len(seen) == 5
    assert seen == sorted(seen)
    assert seen[0] < seen[-1]
    assert long.practice.on == key
    QApplication.processEvents()
    assert not [bar for bar in long.findChildren(QProgressDialog) if bar.isVisible()]


def test_a_learner_who_is_not_waited_for_is_not_taken(long: MainWindow) -> None:
    kept = long.practice.store
    other = kept.add_learner("B")
    long.practice.use_learner(other.id)
    watched(long, cancel=True)
    long.practice.use_learner(1)
    assert long.practice.practice.learner == other
    QApplication.processEvents()


def test_results_that_are_not_waited_for_are_not_saved(long: MainWindow, tmp_path) -> None:
    seen = watched(long, cancel=True)
    choose(long, long.practice.store, tmp_path / "class.csv")
    assert len(seen) == 1
    assert list(tmp_path.iterdir()) == []
    settle()
    choose(long, long.practice.store, tmp_path / "class.csv")
    assert len(list(tmp_path.iterdir())) == 1
    QApplication.processEvents()
