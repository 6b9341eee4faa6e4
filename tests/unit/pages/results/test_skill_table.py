"""The table of the skills: what its rows say, and how one of them is chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from cnn_tutor.app.style import appearance
from cnn_tutor.pages.results.skill_results import skill_results
from cnn_tutor.pages.results.skill_table import MISTAKE, NAME, PRACTISE, REVIEW, SkillTable
from cnn_tutor.widgets.style import colours
from tests.helpers.practised import NOW
from tests.helpers.widgets import OFFSCREEN, Key, contrast, in_window, press
from tests.unit.pages.results_look import THEMES, settle

pytestmark = OFFSCREEN


@pytest.fixture
def table(qtbot, store, learner) -> SkillTable:
    table = SkillTable()
    in_window(qtbot, table, size=(1064, 300))
    table.show_results(skill_results(learner, store.answers(learner.learner.id)), NOW)
    settle()
    return table


def spoken(table: SkillTable, row: int) -> list[str]:
    model, role = table.model(), Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row, n).data(role) for n in range(model.columnCount())]


def test_a_row_says_how_the_skill_stands_and_how_it_went(table) -> None:
    model = table.model()
    rows = [[model.index(row, n).data() for n in range(1, 6)] for row in range(7)]
    assert rows == [
        ["mastered", "today", "88%", "9/14", "filter turned by 180°"],
        ["mastered", "in 12 days", "88%", "7/11", "values added, not multiplied"],
        ["learning", "tomorrow", "89%", "4/6", "padding forgotten"],
        ["learning", "today", "83%", "2/4", "the same slice of the filter used for every channel"],
        ["learning", "again tomorrow", "87%", "6/10", "bias forgotten"],
        ["learning", "—", "67%", "0/1", "filter turned by 180°"],
        ["not begun", "—", "—", "—", "—"],
    ]


def test_a_row_can_be_listened_to(table) -> None:
    assert spoken(table, 0)[:3] == [
        "Sum of products, mastered, review due today",
        "Sum of products, mastered, review due today",
        "today",
    ]
    assert spoken(table, 0)[PRACTISE] == "Practise ›, Sum of products"


def click(qtbot, table: SkillTable, row: int, column: int) -> None:
    at = table.visualRect(table.model().index(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_word_at_the_end_of_a_row_practises_its_skill(qtbot, table) -> None:
    with qtbot.waitSignal(table.chosen) as wanted:
        click(qtbot, table, 3, PRACTISE)
    assert wanted.args == ["stride"]


@pytest.mark.parametrize("column", [NAME, REVIEW, MISTAKE])
def test_a_click_elsewhere_only_chooses_the_row(qtbot, table, column) -> None:
    with qtbot.assertNotEmitted(table.chosen):
        click(qtbot, table, 2, column)
    assert table.currentIndex().row() == 2
    with qtbot.waitSignal(table.chosen) as wanted:
        at = table.visualRect(table.model().index(2, column)).center()
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert wanted.args == ["padding"]


def test_the_word_is_followed_once_by_a_double_click(qtbot, table) -> None:
    heard: list[str] = []
    table.chosen.connect(heard.append)
    click(qtbot, table, 1, PRACTISE)
    at = table.visualRect(table.model().index(1, PRACTISE)).center()
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert heard == ["size"]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_the_keyboard_practises_a_skill(qtbot, table, key) -> None:
    table.setFocus()
    press(qtbot, *[Key.Key_Down] * 8)
    with qtbot.waitSignal(table.chosen) as wanted:
        press(qtbot, key)
    assert wanted.args == ["dense"]
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))


@pytest.mark.parametrize("theme", THEMES)
def test_all_words_of_a_chosen_row_can_be_read(table, theme) -> None:
    appearance.apply(theme)
    now = colours.current()
    ground = colours.blend(now.accent, now.panel, 0.12)
    for ink in (now.text, now.dim, now.accent_text):
        assert contrast(ink, QColor(now.panel)) >= 4.5
        assert contrast(ink, QColor(ground)) >= 4.5
