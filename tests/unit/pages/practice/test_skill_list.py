"""The skills beside an exercise: chosen by mouse and keyboard, and how they look."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from cnn_tutor.app.style import appearance, language
from tests.helpers import practised
from tests.helpers.practised import NAMES, NOW, Standing
from tests.helpers.widgets import Key, focused, press
from tests.unit.pages.practice.test_practice_panel import SPOKEN, skills
from tests.unit.pages.results_look import LANGUAGES, LONG, THEMES, edges_inked, faults, settle


def test_a_hundred_percent_is_said_of_nothing_that_is_not_mastered(panel, learner) -> None:
    learner.stands = {"sum": Standing("sum", 0.9999, True, tries=40, run=2)}
    panel.refresh()
    assert skills(panel).item(0).data(SPOKEN) == "Sum of products, learning, mastery 89%"


@pytest.mark.parametrize("place", [0, 4, 11])
def test_a_click_on_a_skill_chooses_it(qtbot, panel, place) -> None:
    rows = skills(panel)
    rows.window().resize(340, 900)
    settle()
    with qtbot.waitSignal(panel.chosen) as chosen:
        qtbot.mouseClick(
            rows.viewport(),
            Qt.MouseButton.LeftButton,
            pos=rows.visualItemRect(rows.item(place)).center(),
        )
    assert chosen.args == [list(NAMES)[place]]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_the_keyboard_chooses_a_skill(qtbot, panel, key) -> None:
    panel.first_part.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Key.Key_Down, Key.Key_Down)
    with qtbot.waitSignal(panel.chosen) as chosen:
        press(qtbot, key)
    assert chosen.args == ["padding"]


def test_after_an_answer_the_keyboard_is_where_it_was(qtbot, panel, learner) -> None:
    rows = skills(panel)
    rows.setFocus()
    press(qtbot, Key.Key_Down, Key.Key_Down)
    learner.stands = {key: replace(s, probability=0.5) for key, s in learner.stands.items()}
    panel.refresh()
    assert focused() is rows
    with qtbot.waitSignal(panel.chosen) as chosen:
        press(qtbot, Key.Key_Return)
    assert chosen.args == ["padding"]


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_twenty_skills_with_long_names_find_room(panel, learner, monkeypatch, spoken) -> None:
    language.apply(spoken)
    practised.call(monkeypatch, LONG)
    learner.stands = practised.standings(tuple(LONG))
    panel.refresh()
    settle()
    rows = skills(panel)
    assert rows.count() == 20
    assert not faults(panel)
    assert not edges_inked(rows)
    last = rows.visualItemRect(rows.item(19))
    assert last.bottom() < rows.height()  # the panel scrolls, the list in it never does
    assert panel.verticalScrollBar().maximum() > 0
    assert panel.horizontalScrollBar().maximum() == 0


def test_a_name_never_runs_into_its_bar(panel, learner, monkeypatch) -> None:
    practised.call(monkeypatch, LONG)
    learner.stands = practised.standings(tuple(LONG))
    panel.refresh()
    settle()
    rows = skills(panel)
    image = rows.viewport().grab().toImage()
    for row in range(rows.count()):
        if row % 8 in (0, 3):
            continue  # with a mark before the bar
        line = rows.visualItemRect(rows.item(row))
        gap = line.right() - 8 - 84 - 3
        column = {image.pixelColor(gap, y).name() for y in range(line.top(), line.bottom())}
        assert len(column) == 1, row


@pytest.mark.parametrize("theme", THEMES)
def test_mastered_and_due_can_be_told_without_colours(panel, theme) -> None:
    appearance.apply(theme)
    settle()
    rows = skills(panel)
    image = rows.viewport().grab().toImage()

    def drawn(row: int) -> QImage:
        line = rows.visualItemRect(rows.item(row))
        shown = image.copy(line.right() - 150, line.top(), 150, 27)
        return shown.convertToFormat(QImage.Format.Format_Grayscale8)

    assert drawn(0) != drawn(1)  # due or not
    assert drawn(1) != drawn(2)  # mastered, or as good as known
    assert drawn(2) != drawn(5) != drawn(6)


def test_a_skill_that_rests_is_not_called_due(panel, learner) -> None:
    learner.stands = {"sum": Standing("sum", 0.3, tries=9, due=NOW - timedelta(1), rested=True)}
    panel.refresh()
    item = skills(panel).item(0)
    assert item.data(SPOKEN) == "Sum of products, learning, mastery 0%"
    assert "night" in item.toolTip()
