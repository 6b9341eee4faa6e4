"""Learners are chosen, added, renamed and removed, and what can't be done is said in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import language
from cnn_tutor.pages.results.learner_row import LearnerRow
from cnn_tutor.study import words
from cnn_tutor.study.practice.record.errors import StoreError
from cnn_tutor.study.practice.record.store import NAME_LIMIT, Store
from tests.helpers import practised
from tests.helpers.widgets import OFFSCREEN, Key, focused, in_window, press, turn_wheel, type_text
from tests.unit.pages.results_look import LANGUAGES, settle

pytestmark = OFFSCREEN


@dataclass
class Learners:
    """A row of three learners, worked as a person does."""

    qtbot: QtBot
    store: Store
    row: LearnerRow
    chosen: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    @property
    def choice(self) -> QComboBox:
        return self.row.findChild(QComboBox, "learner")

    @property
    def names(self) -> list[str]:
        return [self.choice.itemText(n) for n in range(self.choice.count())]

    @property
    def kept(self) -> list[str]:
        return [learner.name for learner in self.store.learners()]

    def action(self, name: str) -> QAction:
        return self.row.findChild(QAction, name)

    def ask(self, name: str) -> QDialog:
        """Choose from the menu, and return the dialog that opens."""
        self.action(name).trigger()
        settle()
        (dialog,) = (w for w in QApplication.topLevelWidgets() if _open(w))
        dialog.activateWindow()
        self.qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    def closed(self) -> bool:
        settle()
        return not any(map(_open, QApplication.topLevelWidgets()))


def _open(widget: object) -> bool:
    return isinstance(widget, QDialog) and widget.isVisible()


def part(dialog: QDialog, kind: type, name: str) -> object:
    return dialog.findChild(kind, name)


@pytest.fixture
def learners(qtbot: QtBot) -> Iterator[Learners]:
    with Store.open(":memory:") as store:
        for name in ("葵", "Ben", "Carla"):
            store.add_learner(name)
        row = LearnerRow()
        in_window(qtbot, row, size=(640, 120))
        row.show_learners(store, store.learners()[1].id)
        found = Learners(qtbot, store, row)
        row.learner_chosen.connect(found.chosen.append)
        row.refused.connect(found.refused.append)
        yield found


def ids(learners: Learners) -> dict[str, int]:
    return {learner.name: learner.id for learner in learners.store.learners()}


def test_everyone_is_listed_and_the_one_who_practises_is_shown(learners) -> None:
    assert learners.names == ["葵", "Ben", "Carla"]
    assert learners.choice.currentText() == "Ben"
    assert learners.chosen == []


def test_another_learner_is_chosen_with_the_keyboard(learners, qtbot) -> None:
    learners.choice.setFocus()
    press(qtbot, Key.Key_Down)
    assert learners.chosen == [ids(learners)["Carla"]]
    press(qtbot, Key.Key_Down)  # there is nobody further down, and nothing opens
    assert learners.chosen == [ids(learners)["Carla"]]
    assert learners.closed()


def test_the_wheel_over_the_learner_changes_nothing(learners) -> None:
    turn_wheel(learners.choice, QPoint(5, 5), -120)
    assert learners.choice.currentText() == "Ben"
    assert learners.chosen == []


def test_who_is_added_practises_from_now_on(learners, qtbot) -> None:
    dialog = learners.ask("add_learner")
    assert not dialog.isModal() or dialog.windowModality() == Qt.WindowModality.WindowModal
    type_text(qtbot, "  Dora")
    press(qtbot, Key.Key_Return)
    assert learners.closed()
    assert learners.kept == learners.names == ["葵", "Ben", "Carla", "Dora"]
    assert learners.choice.currentText() == "Dora"
    assert learners.chosen == [ids(learners)["Dora"]]


def test_a_learner_gets_another_name(learners, qtbot) -> None:
    learners.ask("rename_learner")
    field = focused()
    assert field.selectedText() == "Ben"
    type_text(qtbot, "Benjamin")
    press(qtbot, Key.Key_Return)
    assert learners.closed()
    assert learners.kept == ["葵", "Benjamin", "Carla"]
    assert learners.choice.currentText() == "Benjamin"
    assert learners.chosen == [ids(learners)["Benjamin"]]


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_before_a_learner_is_removed_it_says_what_is_lost(learners, qtbot, spoken) -> None:
    language.apply(spoken)
    ben = learners.store.learners()[1]
    practised.give(learners.store, ben, practised.standings(("sum", "size")))
    box = learners.ask("remove_learner")
    assert "Ben" in box.text()
    assert str(len(learners.store.answers(ben.id))) in box.informativeText()
    press(qtbot, Key.Key_Return)  # what happens by itself is harmless
    assert learners.closed()
    assert learners.kept == ["葵", "Ben", "Carla"]
    learners.ask("remove_learner")
    press(qtbot, Key.Key_Escape)
    assert learners.closed()
    assert learners.kept == ["葵", "Ben", "Carla"]


def test_who_is_removed_is_gone_and_someone_else_goes_on(learners, qtbot) -> None:
    box = learners.ask("remove_learner")
    yes = part(box, QPushButton, "remove_learner_yes")
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert learners.closed()
    assert learners.kept == learners.names == ["葵", "Carla"]
    assert learners.choice.currentText() == "葵"
    assert learners.chosen == [ids(learners)["葵"]]


@pytest.mark.parametrize("what", ["add_learner", "rename_learner"])
@pytest.mark.parametrize("name", ["   ", "葵", "x" * (NAME_LIMIT + 1)])
def test_a_name_that_cannot_be_taken_changes_nothing(learners, qtbot, what, name) -> None:
    dialog = learners.ask(what)
    part(dialog, QLineEdit, "learner_name").clear()
    type_text(qtbot, name)
    press(qtbot, Key.Key_Return)
    assert part(dialog, QLabel, "refusal").isVisible()
    assert learners.kept == ["葵", "Ben", "Carla"]
    press(qtbot, Key.Key_Escape)
    assert learners.closed()
    assert learners.chosen == []


def test_the_last_learner_stays(learners) -> None:
    assert learners.action("remove_learner").isEnabled()
    for learner in learners.store.learners()[1:]:
        learners.store.remove_learner(learner.id)
    learners.row.show_learners(learners.store, learners.store.learners()[0].id)
    assert not learners.action("remove_learner").isEnabled()


def test_what_cannot_be_written_is_said(learners, qtbot, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("practice_disk_full")

    monkeypatch.setattr(learners.store, "remove_learner", full)
    monkeypatch.setattr(learners.store, "add_learner", full)
    box = learners.ask("remove_learner")
    yes = part(box, QPushButton, "remove_learner_yes")
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert learners.closed()
    assert learners.refused == [words.explain(StoreError("practice_disk_full"))]
    dialog = learners.ask("add_learner")
    type_text(qtbot, "Dora")
    press(qtbot, Key.Key_Return)
    message = part(dialog, QLabel, "refusal")
    assert message.text() == learners.refused[0]
    press(qtbot, Key.Key_Escape)
    assert learners.closed()


def test_a_name_with_signs_is_shown_as_it_is(learners, qtbot) -> None:
    learners.ask("add_learner")
    type_text(qtbot, "<b>&A</b>")
    press(qtbot, Key.Key_Return)
    assert learners.choice.currentText() == "<b>&A</b>"
    box = learners.ask("remove_learner")
    assert box.textFormat() == Qt.TextFormat.PlainText
    press(qtbot, Key.Key_Escape)
    assert learners.closed()


def test_the_longest_name_leaves_room_for_the_rest(learners) -> None:
    name = "名" * NAME_LIMIT
    learner = learners.store.add_learner(name)
    learners.row.show_learners(learners.store, learner.id)
    settle()
    assert learners.row.sizeHint().width() < 620
    assert learners.choice.toolTip() == name
