"""The page of results: its rows and charts, what can be chosen on it, and how it looks."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance, language
from cnn_tutor.pages.results.results_page import ResultsPage
from cnn_tutor.pages.results.skill_table import EXERCISES, MISTAKE, NAME, REVIEW
from cnn_tutor.study.practice.mastery.tally import Tally
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.errors import StoreError
from cnn_tutor.study.practice.record.store import Store
from cnn_tutor.widgets.charts.day_chart import DayChart
from tests.helpers import practised
from tests.helpers.practised import NAMES, NOW, Practised, Standing
from tests.helpers.widgets import OFFSCREEN, Key, focused, in_window, press
from tests.unit.pages.results_look import (
    LANGUAGES,
    LONG,
    THEMES,
    edges_inked,
    faults,
    settle,
    texts,
)

pytestmark = OFFSCREEN
SMALL, LARGE = (1064, 686), (1704, 1046)
"""What is left for a page of windows of 1280×720 and 1920×1080, beside the sidebar."""


def opened(
    qtbot: QtBot, store: Store, learner: Practised, size: tuple[int, int] = SMALL
) -> ResultsPage:
    page = ResultsPage(store, learner, now=lambda: NOW)
    window = in_window(qtbot, page, size=size)
    layout = window.layout()
    layout.setContentsMargins(0, 0, 0, 0)
    settle()
    return page


@pytest.fixture
def page(qtbot: QtBot, store: Store, learner: Practised) -> ResultsPage:
    return opened(qtbot, store, learner)


def table(page: ResultsPage) -> QTableView:
    return page.findChild(QTableView, "skill_table")


def read(page: ResultsPage, column: int) -> list[str]:
    model = table(page).model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def part(page: ResultsPage, name: str) -> QWidget:
    return page.findChild(QWidget, name)


def charts(page: ResultsPage) -> list[DayChart]:
    return [chart for chart in page.findChildren(DayChart) if chart.isVisible()]


# --- the skills ----------------------------------------------------------------------------------


def test_every_skill_has_a_row_in_learning_order(page) -> None:
    assert read(page, NAME) == [english for _, english in NAMES.values()]


def test_only_first_answers_are_counted(page, store, learner) -> None:
    before = read(page, EXERCISES)[0]
    kept = store.answers(learner.learner.id)[0]
    store.record(replace(kept, first=False, right=0))
    page.refresh()
    assert read(page, EXERCISES)[0] == before


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("as they are learned", ["sum", "size", "padding"]),
        ("due first", ["sum", "stride", "dense"]),
        ("weakest first", ["rgb", "parameters", "stride"]),
    ],
)
def test_the_rows_come_in_the_order_that_is_wanted(qtbot, page, order, first) -> None:
    choice = part(page, "skill_order")
    choice.setFocus()
    while choice.currentText() != order:
        press(qtbot, Key.Key_Down)
    assert read(page, NAME)[:3] == [NAMES[key][1] for key in first]
    assert sorted(read(page, NAME)) == sorted(english for _, english in NAMES.values())


def test_another_order_keeps_the_row_that_is_chosen(qtbot, page) -> None:
    rows = table(page)
    rows.setFocus()
    press(qtbot, Key.Key_Down, Key.Key_Down)
    choice = part(page, "skill_order")
    choice.setFocus()
    press(qtbot, Key.Key_Down)
    rows.setFocus()
    with qtbot.waitSignal(page.practise) as wanted:
        press(qtbot, Key.Key_Return)
    assert wanted.args == ["padding"]


# --- what can be chosen --------------------------------------------------------------------------


def test_everything_can_be_reached_by_tab(qtbot, page) -> None:
    part(page, "learner").setFocus()
    reached = [focused().objectName()]
    for _ in range(5):
        press(qtbot, Key.Key_Tab)
        reached.append(focused().objectName())
    assert reached == [
        "learner",
        "learner_menu",
        "skill_order",
        "practise_due",
        "skill_table",
        "learner",
    ]


def test_what_is_due_is_practised_by_a_button(qtbot, page) -> None:
    button = part(page, "practise_due")
    assert button.text() == "Practise what is due"
    with qtbot.waitSignal(page.practise) as wanted:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted.args == [""]


def test_with_nothing_due_the_button_says_what_comes_instead(page, learner) -> None:
    learner.stands = {key: replace(s, due=None) for key, s in learner.stands.items()}
    page.refresh()
    button = part(page, "practise_due")
    assert button.text() == "Practise what is next"


def test_another_learner_is_announced(qtbot, page, store) -> None:
    other = store.add_learner("Ben")
    page.refresh()
    choice = part(page, "learner")
    assert choice.currentText() == "Aoi"
    choice.setFocus()
    with qtbot.waitSignal(page.learner_chosen) as wanted:
        press(qtbot, Key.Key_Down)
    assert wanted.args == [other.id]


# --- the charts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "unit"), [(1, "day"), (30, "day"), (100, "week"), (400, "week"), (1500, "month")]
)
def test_the_charts_show_every_day_or_take_many_together(page, learner, count, unit) -> None:
    learner.worked = practised.days(count)
    page.refresh()
    settle()
    assert [chart.accessibleName() for chart in charts(page)] == [
        f"Cells right by {unit}",
        f"Minutes practised by {unit}",
    ]
    assert all(1 <= len(chart.labels) <= 9 for chart in charts(page))
    assert not faults(page)


def test_the_charts_say_what_can_be_seen(page, learner) -> None:
    last = learner.worked[-1]
    first, second = charts(page)
    assert f"The latest is {round(last.went.accuracy)}%." in first.accessibleDescription()
    assert f"The latest is {round(last.seconds / 60)} min." in second.accessibleDescription()
    language.apply("ja")
    settle()
    assert "最新は" in first.accessibleDescription()


def test_days_without_an_answer_are_no_failures(page, learner) -> None:
    learner.worked = tuple(replace(day, went=Tally()) for day in practised.days(5))
    page.refresh()
    settle()
    first, second = charts(page)
    assert first.labels == ()
    assert second.labels


def test_drawing_waits_until_there_is_something_to_draw() -> None:
    program = """
import sys
from datetime import datetime, timezone
from PySide6.QtWidgets import QApplication
from cnn_tutor.pages.practice.practice_panel import PracticePanel
from cnn_tutor.pages.results.results_page import ResultsPage
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.store import Store
from cnn_tutor.study.practice.record.answer import Answer
app = QApplication(["x"])
store = Store.open(":memory:")
learner = store.add_learner("Aoi")
now = datetime.now(timezone.utc)
practice = Practice(store, learner)
store.record(Answer(learner.id, "x", next(iter(practice.standings())), now, 1, 1))
page, panel = ResultsPage(store, practice), PracticePanel(practice)
assert "pyqtgraph" not in sys.modules
page.show()
assert "pyqtgraph" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_page_that_is_hidden_reads_nothing(qtbot, page, learner) -> None:
    page.hide()
    learner.asked.clear()
    page.refresh()
    language.apply("ja")
    assert learner.asked == []
    page.show()
    assert learner.asked == ["standings"]
    assert read(page, NAME)[0] == "積和"


# --- before anything is practised ----------------------------------------------------------------


@pytest.fixture
def fresh(qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch) -> ResultsPage:
    practised.call(monkeypatch)
    learner = Practised(store.add_learner("Ken"), {key: Standing(key) for key in NAMES})
    return opened(qtbot, store, learner)


def test_before_the_first_answer_it_says_what_it_will_show(fresh) -> None:
    assert "how well you know each skill" in texts(fresh)
    assert not charts(fresh)
    assert not part(fresh, "practise_due").isVisible()
    assert set(read(fresh, 1)) == {"not begun"}


def test_a_button_begins(qtbot, fresh) -> None:
    with qtbot.waitSignal(fresh.practise) as wanted:
        qtbot.mouseClick(part(fresh, "begin_practising"), Qt.MouseButton.LeftButton)
    assert wanted.args == [""]


def test_after_the_first_answer_the_charts_come(fresh, store, learner) -> None:
    fresh.show_practice(store, learner)
    settle()
    assert len(charts(fresh)) == 2
    assert not part(fresh, "results_intro").isVisible()
    assert not faults(fresh)


def test_from_a_learner_with_results_to_one_without(page, store) -> None:
    other = Practised(store.add_learner("Ken"), {key: Standing(key) for key in NAMES})
    page.show_practice(store, other)
    settle()
    assert not charts(page)
    assert part(page, "results_intro").isVisible()


def test_answers_that_cannot_be_read_are_spoken_of(page, store, monkeypatch) -> None:
    def busy(_: int) -> None:
        raise StoreError("practice_not_stored")

    monkeypatch.setattr(store, "answers", busy)
    page.refresh()
    message = part(page, "refusal")
    assert message.isVisible()
    assert message.text()


# --- how it looks --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("said", LANGUAGES)
@pytest.mark.parametrize("size", [SMALL, LARGE, (808, 566)])
@pytest.mark.parametrize("begun", [True, False])
def test_nothing_is_cut_off_or_covered(qtbot, store, learner, size, said, theme, begun) -> None:
    if not begun:
        learner = Practised(store.add_learner("Ken"), {key: Standing(key) for key in NAMES})
    appearance.apply(theme)
    language.apply(said)
    page = opened(qtbot, store, learner, size)
    assert page.size().toTuple() == size
    assert not faults(page)
    assert not edges_inked(table(page), skip=1)
    assert table(page).horizontalScrollBar().maximum() == 0
    assert table(page).isColumnHidden(MISTAKE) == (size == (808, 566))


@pytest.mark.parametrize("said", LANGUAGES)
@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_twenty_skills_with_long_names_find_room(
    qtbot, store, learner, monkeypatch, size, said
) -> None:
    practised.call(monkeypatch, LONG)
    learner.stands = practised.standings(tuple(LONG))
    practised.give(store, learner.learner, learner.stands)
    language.apply(said)
    page = opened(qtbot, store, learner, size)
    assert table(page).model().rowCount() == 20
    assert not faults(page)
    rows = table(page)
    rows.scrollToBottom()
    assert not edges_inked(rows, skip=1)
    assert rows.horizontalScrollBar().maximum() == 0
    assert rows.viewport().height() > 150


def test_a_large_window_has_no_row_to_scroll_to(qtbot, store, learner) -> None:
    page = opened(qtbot, store, learner, LARGE)
    assert table(page).verticalScrollBar().maximum() == 0
    card = part(page, "skills_card")
    assert card.height() < table(page).height() + 30  # nothing empty under the last row


def test_everything_changes_with_the_language(qtbot, page) -> None:
    before = texts(page)
    choice = part(page, "skill_order")
    choice.setFocus()
    press(qtbot, Key.Key_Down)
    language.apply("ja")
    settle()
    assert choice.currentIndex() == 1
    press(qtbot, Key.Key_Up)
    assert read(page, NAME)[:2] == ["積和", "出力の大きさ"]
    assert read(page, 1)[0] == "習得済み"
    assert read(page, REVIEW)[:3] == ["今日", "12日後", "明日"]
    assert "12項目中4項目を習得" in texts(page)
    assert "正解率（日ごと）" in texts(page)
    language.apply("en")
    settle()
    assert texts(page) == before


def test_it_shows_a_practice_as_it_is(qtbot, store) -> None:
    practice = Practice(store, store.add_learner("Aoi"))
    page = ResultsPage(store, practice)
    in_window(qtbot, page, size=SMALL)
    settle()
    assert table(page).model().rowCount() == len(practice.standings())
    assert part(page, "results_intro").isVisible()
    assert not faults(page)
