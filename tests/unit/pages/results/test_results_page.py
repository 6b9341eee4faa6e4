"""The page of results: its rows and charts, what can be chosen on it, and how it looks."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance, language
from cnn_tutor.pages.results.results_page import ResultsPage
from cnn_tutor.pages.results.skill_table import ANSWERS, MISTAKE, NAME, PRACTISE, REVIEW
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.errors import StoreError
from cnn_tutor.study.practice.record.store import Store
from cnn_tutor.widgets.charts.day_chart import DayChart
from cnn_tutor.widgets.style import colours
from tests.helpers import practised
from tests.helpers.practised import NAMES, NOW, Practised, Standing
from tests.helpers.widgets import OFFSCREEN, Key, contrast, focused, in_window, press
from tests.unit.pages.results_look import LANGUAGES, THEMES, edges_inked, faults, settle, texts

pytestmark = OFFSCREEN
SMALL, LARGE = (1064, 686), (1704, 1046)
"""What is left for a page of windows of 1280×720 and 1920×1080, beside the sidebar."""

LONG = {
    f"s{n}": (
        f"{n}番目の、とても長い名前が付いている項目をていねいに練習する",
        f"Skill number {n} with a name that is a good deal longer than others",
    )
    for n in range(20)
}


def opened(
    qtbot: QtBot, store: Store, learner: Practised, size: tuple[int, int] = SMALL
) -> ResultsPage:
    page = ResultsPage(now=lambda: NOW)
    page.show_practice(store, learner)  # type: ignore[arg-type]
    window = in_window(qtbot, page, size=size)
    layout = window.layout()
    assert layout is not None
    layout.setContentsMargins(0, 0, 0, 0)
    settle()
    return page


@pytest.fixture
def page(qtbot: QtBot, store: Store, learner: Practised) -> ResultsPage:
    return opened(qtbot, store, learner)


def table(page: ResultsPage) -> QTableView:
    found = page.findChild(QTableView, "skill_table")
    assert found is not None
    return found


def read(page: ResultsPage, column: int) -> list[str]:
    model = table(page).model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def spoken(page: ResultsPage, row: int) -> list[str]:
    model = table(page).model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.index(row, n).data(role) for n in range(model.columnCount())]


def part(page: ResultsPage, name: str) -> QWidget:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    return found


def charts(page: ResultsPage) -> list[DayChart]:
    return [chart for chart in page.findChildren(DayChart) if chart.isVisible()]


# --- the skills ----------------------------------------------------------------------------------


def test_every_skill_has_a_row_in_learning_order(page: ResultsPage) -> None:
    assert read(page, NAME) == [english for _, english in NAMES.values()]


def test_a_row_says_how_the_skill_stands_and_how_it_went(page: ResultsPage) -> None:
    model = table(page).model()
    rows = [[model.index(row, n).data() for n in range(1, 6)] for row in range(7)]
    assert rows == [
        ["mastered", "today", "88%", "14", "filter turned by 180°"],
        ["mastered", "in 12 days", "88%", "11", "values added, not multiplied"],
        ["learning", "tomorrow", "89%", "6", "padding forgotten"],
        ["learning", "today", "83%", "4", MISTAKES_OF_STRIDE],
        ["learning", "again tomorrow", "87%", "10", "bias forgotten"],
        ["learning", "—", "67%", "1", "filter turned by 180°"],
        ["not begun", "—", "—", "—", "—"],
    ]


MISTAKES_OF_STRIDE = "the same slice of the filter used for every channel"


def test_a_row_can_be_listened_to(page: ResultsPage) -> None:
    assert spoken(page, 0)[:3] == [
        "Sum of products, mastered, review due today",
        "Sum of products, mastered, review due today",
        "today",
    ]
    assert spoken(page, 0)[PRACTISE] == "Practise ›, Sum of products"


def test_only_first_answers_are_counted(
    page: ResultsPage, store: Store, learner: Practised
) -> None:
    before = read(page, ANSWERS)[0]
    kept = store.answers(learner.learner.id)[0]
    store.record(replace(kept, first=False, right=0))
    page.refresh()
    assert read(page, ANSWERS)[0] == before


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("as they are learned", ["sum", "size", "padding"]),
        ("due first", ["sum", "stride", "dense"]),
        ("weakest first", ["parameters", "rgb", "stride"]),
    ],
)
def test_the_rows_come_in_the_order_that_is_wanted(
    qtbot: QtBot, page: ResultsPage, order: str, first: list[str]
) -> None:
    choice = part(page, "skill_order")
    assert isinstance(choice, QComboBox)
    choice.setFocus()
    while choice.currentText() != order:
        press(qtbot, Key.Key_Down)
    assert read(page, NAME)[:3] == [NAMES[key][1] for key in first]
    assert sorted(read(page, NAME)) == sorted(english for _, english in NAMES.values())


def test_another_order_keeps_the_row_that_is_chosen(qtbot: QtBot, page: ResultsPage) -> None:
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


def click(qtbot: QtBot, page: ResultsPage, row: int, column: int) -> None:
    rows = table(page)
    at = rows.visualRect(rows.model().index(row, column)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_word_at_the_end_of_a_row_practises_its_skill(qtbot: QtBot, page: ResultsPage) -> None:
    with qtbot.waitSignal(page.practise) as wanted:
        click(qtbot, page, 3, PRACTISE)
    assert wanted.args == ["stride"]


@pytest.mark.parametrize("column", [NAME, REVIEW, MISTAKE])
def test_a_click_elsewhere_only_chooses_the_row(
    qtbot: QtBot, page: ResultsPage, column: int
) -> None:
    with qtbot.assertNotEmitted(page.practise):
        click(qtbot, page, 2, column)
    assert table(page).currentIndex().row() == 2
    with qtbot.waitSignal(page.practise) as wanted:
        rows = table(page)
        at = rows.visualRect(rows.model().index(2, column)).center()
        qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert wanted.args == ["padding"]


def test_the_word_is_followed_once_by_a_double_click(qtbot: QtBot, page: ResultsPage) -> None:
    heard: list[str] = []
    page.practise.connect(heard.append)
    click(qtbot, page, 1, PRACTISE)
    rows = table(page)
    at = rows.visualRect(rows.model().index(1, PRACTISE)).center()
    qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert heard == ["size"]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_the_keyboard_practises_a_skill(qtbot: QtBot, page: ResultsPage, key: Qt.Key) -> None:
    page.first_part.setFocus()
    press(qtbot, *[Key.Key_Down] * 8)
    with qtbot.waitSignal(page.practise) as wanted:
        press(qtbot, key)
    assert wanted.args == ["dense"]
    rows = table(page)
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()))


def test_everything_can_be_reached_by_tab(qtbot: QtBot, page: ResultsPage) -> None:
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


def test_what_is_due_is_practised_by_a_button(qtbot: QtBot, page: ResultsPage) -> None:
    button = part(page, "practise_due")
    assert isinstance(button, QPushButton)
    assert button.text() == "Practise what is due"
    with qtbot.waitSignal(page.practise) as wanted:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted.args == [""]


def test_with_nothing_due_the_button_says_what_comes_instead(
    page: ResultsPage, learner: Practised
) -> None:
    learner.stands = {key: replace(s, due=None) for key, s in learner.stands.items()}
    page.refresh()
    button = part(page, "practise_due")
    assert isinstance(button, QPushButton)
    assert button.text() == "Practise what is next"


def test_another_learner_is_announced(qtbot: QtBot, page: ResultsPage, store: Store) -> None:
    other = store.add_learner("Ben")
    page.refresh()
    choice = part(page, "learner")
    assert isinstance(choice, QComboBox)
    assert choice.currentText() == "Aoi"
    choice.setFocus()
    with qtbot.waitSignal(page.learner_chosen) as wanted:
        press(qtbot, Key.Key_Down)
    assert wanted.args == [other.id]


# --- the charts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "unit"), [(1, "day"), (30, "day"), (100, "week"), (400, "week"), (1500, "month")]
)
def test_the_charts_show_every_day_or_take_many_together(
    page: ResultsPage, learner: Practised, count: int, unit: str
) -> None:
    learner.worked = practised.days(count)
    page.refresh()
    settle()
    assert [chart.accessibleName() for chart in charts(page)] == [
        f"Accuracy by {unit}",
        f"Minutes practised by {unit}",
    ]
    assert all(1 <= len(chart.labels) <= 9 for chart in charts(page))
    assert not faults(page)


def test_the_charts_say_what_can_be_seen(page: ResultsPage, learner: Practised) -> None:
    last = learner.worked[-1]
    first, second = charts(page)
    assert f"The latest is {round(100 * last.right / last.of)}%." in first.accessibleDescription()
    assert f"The latest is {round(last.seconds / 60)} min." in second.accessibleDescription()
    language.apply("ja")
    settle()
    assert "最新は" in first.accessibleDescription()


def test_days_without_an_answer_are_no_failures(page: ResultsPage, learner: Practised) -> None:
    learner.worked = tuple(replace(day, right=0, of=0) for day in practised.days(5))
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
page, panel = ResultsPage(), PracticePanel()
page.show_practice(store, practice)
panel.show_practice(practice)
assert "pyqtgraph" not in sys.modules
page.show()
assert "pyqtgraph" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_page_that_is_hidden_reads_nothing(
    qtbot: QtBot, page: ResultsPage, learner: Practised
) -> None:
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


def test_before_the_first_answer_it_says_what_it_will_show(fresh: ResultsPage) -> None:
    assert "how well you know each skill" in texts(fresh)
    assert not charts(fresh)
    assert not part(fresh, "practise_due").isVisible()
    assert set(read(fresh, 1)) == {"not begun"}


def test_a_button_begins(qtbot: QtBot, fresh: ResultsPage) -> None:
    with qtbot.waitSignal(fresh.practise) as wanted:
        qtbot.mouseClick(part(fresh, "begin_practising"), Qt.MouseButton.LeftButton)
    assert wanted.args == [""]


def test_after_the_first_answer_the_charts_come(
    fresh: ResultsPage, store: Store, learner: Practised
) -> None:
    fresh.show_practice(store, learner)  # type: ignore[arg-type]
    settle()
    assert len(charts(fresh)) == 2
    assert not part(fresh, "results_intro").isVisible()
    assert not faults(fresh)


def test_from_a_learner_with_results_to_one_without(page: ResultsPage, store: Store) -> None:
    other = Practised(store.add_learner("Ken"), {key: Standing(key) for key in NAMES})
    page.show_practice(store, other)  # type: ignore[arg-type]
    settle()
    assert not charts(page)
    assert part(page, "results_intro").isVisible()


def test_without_a_learner_it_is_harmless(qtbot: QtBot) -> None:
    page = ResultsPage()
    in_window(qtbot, page, size=SMALL)
    page.refresh()
    language.apply("ja")
    appearance.apply("dark")
    settle()
    assert table(page).model().rowCount() == 0


def test_answers_that_cannot_be_read_are_spoken_of(
    page: ResultsPage, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: int) -> None:
        raise StoreError("practice_not_stored")

    monkeypatch.setattr(store, "answers", busy)
    page.refresh()
    message = part(page, "refusal")
    assert isinstance(message, QLabel)
    assert message.isVisible()
    assert message.text()


# --- how it looks --------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("said", LANGUAGES)
@pytest.mark.parametrize("size", [SMALL, LARGE, (808, 566)])
@pytest.mark.parametrize("begun", [True, False])
def test_nothing_is_cut_off_or_covered(
    qtbot: QtBot,
    store: Store,
    learner: Practised,
    size: tuple[int, int],
    said: str,
    theme: str,
    begun: bool,
) -> None:
    if not begun:
        learner = Practised(store.add_learner("Ken"), {key: Standing(key) for key in NAMES})
    appearance.apply(theme)  # type: ignore[arg-type]
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
    qtbot: QtBot,
    store: Store,
    learner: Practised,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    said: str,
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


def test_a_large_window_has_no_row_to_scroll_to(
    qtbot: QtBot, store: Store, learner: Practised
) -> None:
    page = opened(qtbot, store, learner, LARGE)
    assert table(page).verticalScrollBar().maximum() == 0
    card = part(page, "skills_card")
    assert card.height() < table(page).height() + 30  # nothing empty under the last row


def test_everything_changes_with_the_language(qtbot: QtBot, page: ResultsPage) -> None:
    before = texts(page)
    choice = part(page, "skill_order")
    assert isinstance(choice, QComboBox)
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


def test_the_theme_changes_under_it(page: ResultsPage) -> None:
    def ground() -> str:
        image = charts(page)[0].grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return image.pixelColor(2, 2).name()

    for theme in ("dark", "light"):
        appearance.apply(theme)  # type: ignore[arg-type]
        settle()
        assert ground() == colours.current().panel


@pytest.mark.parametrize("theme", THEMES)
def test_all_words_of_a_chosen_row_can_be_read(page: ResultsPage, theme: str) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    now = colours.current()
    ground = colours.blend(now.accent, now.panel, 0.12)
    for ink in (now.text, now.dim, now.accent_text):
        assert contrast(ink, QColor(now.panel)) >= 4.5
        assert contrast(ink, QColor(ground)) >= 4.5


def test_it_shows_a_practice_as_it_is(qtbot: QtBot, store: Store) -> None:
    practice = Practice(store, store.add_learner("Aoi"))
    page = ResultsPage()
    page.show_practice(store, practice)
    in_window(qtbot, page, size=SMALL)
    settle()
    assert table(page).model().rowCount() == len(practice.standings())
    assert part(page, "results_intro").isVisible()
    assert not faults(page)
