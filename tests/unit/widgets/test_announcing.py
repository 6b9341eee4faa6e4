"""What is handed to a screen reader: verdicts, tasks, hints, and the item under the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.widgets import announcing
from cnn_tutor.widgets.announcing import Announcer, spoken
from tests.helpers.widgets import in_window


class Ears(QObject):
    """Stands for the bridge to a screen reader, which no test has: takes what is handed to it."""

    def __init__(self) -> None:
        super().__init__()
        self.on = True
        self.said: list[tuple[str, bool]] = []
        self.items: list[int] = []

    def isActive(self) -> bool:
        return self.on

    def updateAccessibility(self, event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            urgent = event.politeness() == QAccessible.AnnouncementPoliteness.Assertive
            self.said.append((event.message(), urgent))
        else:
            self.items.append(event.child())

    Event = QAccessible.Event
    AnnouncementPoliteness = QAccessible.AnnouncementPoliteness


@pytest.fixture
def ears(monkeypatch: pytest.MonkeyPatch) -> Ears:
    made = Ears()
    monkeypatch.setattr(announcing, "QAccessible", made)
    return made


def in_use(qtbot: QtBot, *parts: QWidget) -> QWidget:
    window = in_window(qtbot, *parts)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is not None)
    return window


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3 × 2 = 6", "3 × 2 = 6"),
        ("1·1 + 0·2 = 1", "1×1 + 0×2 = 1"),
        ("<b>✗ No</b><br>See <a href='term:stride'>stride</a>&nbsp;→", "No\nSee stride"),
        ("← Previous", "Previous"),
        ("Check ⏎", "Check"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_a_text_is_read_out_without_markup_and_signs(text: str, said: str) -> None:
    assert spoken(text) == said


def test_what_is_said_at_once_is_handed_over_in_one_piece(qtbot: QtBot, ears: Ears) -> None:
    label, announcer = QLabel("Task"), Announcer()
    in_use(qtbot, label)
    with qtbot.waitSignal(announcer.said):
        announcer.announce(label, "Output[0, 0] = 3", topic="place")
        announcer.announce(label, "<b>Done.</b>")
        announcer.announce(label, "Output[0, 1] = 0", topic="place")
    assert ears.said == [("Done.\nOutput[0, 1] = 0", False)]


def test_a_refusal_is_urgent_and_what_comes_after_it_is_not(qtbot: QtBot, ears: Ears) -> None:
    label, announcer = QLabel("Task"), Announcer()
    in_use(qtbot, label)
    for urgent in (True, False):
        with qtbot.waitSignal(announcer.said):
            announcer.announce(label, "no number", urgent=urgent)
    assert ears.said == [("no number", True), ("no number", False)]


def test_an_empty_text_takes_back_what_waits(qtbot: QtBot, ears: Ears) -> None:
    label, announcer = QLabel("Task"), Announcer()
    in_use(qtbot, label)
    with qtbot.waitSignal(announcer.said):
        announcer.announce(label, "Output[0, 0] = 3", topic="place")
        announcer.announce(label, "", topic="place")
        announcer.announce(label, "Done.")
    assert ears.said == [("Done.", False)]


def test_nothing_is_said_of_what_cannot_be_seen_or_is_gone(qtbot: QtBot, ears: Ears) -> None:
    hidden, gone, label, announcer = QLabel(), QLabel(), QLabel("Task"), Announcer()
    in_use(qtbot, hidden, gone, label)
    hidden.hide()
    with qtbot.waitSignal(announcer.said):
        for part, text in ((hidden, "hidden"), (gone, "gone"), (label, "seen")):
            announcer.announce(part, text)
        gone.deleteLater()
    assert ears.said == [("seen", False)]


def test_the_first_words_wait_for_the_screen_reader(qtbot: QtBot, ears: Ears) -> None:
    label, announcer = QLabel("Task"), Announcer()
    ears.on = False
    announcer.announce(label, "Step 1")
    in_use(qtbot, label)
    with qtbot.waitSignal(announcer.said):
        announcer.announce(label, "Task", topic="task")
        ears.on = True
    assert ears.said == [("Step 1\nTask", False)]


def test_the_item_is_said_when_the_keyboard_comes_to_a_list_or_a_table(
    qtbot: QtBot, ears: Ears
) -> None:
    line, chapters, table = QLineEdit(), QListWidget(), QTableWidget(2, 3)
    chapters.addItems(["one", "two"])
    chapters.setCurrentRow(1)
    table.setCurrentCell(1, 2)
    in_use(qtbot, line, chapters, table)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    announcer = Announcer()
    announcer.follow_keyboard(application)
    chapters.setFocus()
    qtbot.waitUntil(lambda: ears.items == [1])
    table.setFocus()
    qtbot.waitUntil(lambda: len(ears.items) == 2)
    read = QAccessible.queryAccessibleInterface(table).child(ears.items[1])
    cell = read.tableCellInterface()
    assert (cell.rowIndex(), cell.columnIndex()) == (1, 2)
