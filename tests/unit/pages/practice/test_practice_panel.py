"""The panel beside an exercise: what it says, what can be chosen in it, and how it looks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QListWidget

from cnn_tutor.app.style import appearance, language
from cnn_tutor.pages.practice.practice_panel import PracticePanel
from cnn_tutor.study.grading.grading import grade
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.widgets.style import colours
from tests.helpers.practised import NAMES, Standing
from tests.helpers.widgets import Key, contrast, in_window, press
from tests.unit.pages.results_look import LANGUAGES, THEMES, edges_inked, faults, settle

DESCRIBED = Qt.ItemDataRole.AccessibleDescriptionRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def skills(panel: PracticePanel) -> QListWidget:
    return panel.findChild(QListWidget, "skills")


def card(panel: PracticePanel, name: str) -> QLabel:
    return panel.findChild(QLabel, name)


def test_it_says_how_today_goes(panel) -> None:
    spoken = card(panel, "today").accessibleName().split("\n")
    assert spoken == [
        "31 of 36 cells right",
        "Reviews left today: 3",
        "Practised on 6 of the last 14 days",
    ]
    assert card(panel, "today").text() == "<br>".join(spoken)


def test_a_day_without_answers_blames_nobody(panel, learner) -> None:
    learner.today_done = (0, 0, 0, 0)
    panel.refresh()
    said = card(panel, "today").accessibleName()
    assert said == "No answers yet today\nNo reviews due today"
    assert "0" not in said


def test_every_skill_says_how_well_it_is_known(panel) -> None:
    rows = skills(panel)
    assert [rows.item(n).text() for n in range(rows.count())] == [en for _, en in NAMES.values()]
    spoken = [rows.item(n).data(SPOKEN) for n in range(7)]
    assert spoken == [
        "Sum of products, mastered, review due today",
        "Size of the output, mastered",
        "Padding, learning, mastery 67%",
        "Stride, learning, mastery 28%, review due today",
        "Adding the channels, learning, mastery 0%",
        "Counting parameters, learning, mastery 0%",
        "Max pooling, not begun",
    ]


def test_it_says_what_is_next_for_the_skill_that_is_practised(panel, learner) -> None:
    assert not card(panel, "skill_step").isVisible()
    panel.show_skill("stride")
    assert card(panel, "skill_step").isVisible()
    assert card(panel, "skill_step").accessibleName() == "Stride\n2 more right in a row."
    learner.stands = {**learner.stands, "stride": Standing("stride", 0.99, tries=5, run=2)}
    panel.refresh()
    assert card(panel, "skill_step").accessibleName() == "Stride\n1 more right in a row."
    panel.show_skill("")
    assert not card(panel, "skill_step").isVisible()


def test_the_conditions_of_mastery_are_told_to_who_cannot_see_them(panel) -> None:
    told = [skills(panel).item(n).data(DESCRIBED) for n in (3, 6)]
    assert told[0].split("\n") == [
        "likely known: not yet",
        "right in a row (1 of 3): not yet",
        "right on a later day, mixed with other skills: not yet",
    ]
    assert told[1] is None


def test_the_keyboard_brings_what_it_comes_to_into_sight(qtbot, panel) -> None:
    panel.window().resize(340, 260)
    settle()
    rows = skills(panel)
    rows.setFocus()
    for key in (Key.Key_End, Key.Key_Home, *[Key.Key_Down] * 7):
        press(qtbot, key)
        settle()
        line = rows.visualItemRect(rows.currentItem())
        top = rows.viewport().mapTo(panel.viewport(), line.topLeft())
        assert panel.viewport().rect().contains(line.translated(top - line.topLeft()))


def test_the_usual_mistakes_have_names_and_counts(panel) -> None:
    spoken = card(panel, "usual_mistakes").accessibleName().split("\n")
    assert spoken == [
        "filter turned by 180° (12)",
        "the same slice of the filter used for every channel (3)",
        "padding forgotten (1)",
    ]
    assert "×12" in card(panel, "usual_mistakes").text()


@pytest.mark.parametrize("mistakes", [(), (("gone", 3),)])
def test_without_mistakes_it_says_what_will_stand_there(panel, learner, mistakes) -> None:
    learner.mistakes = mistakes
    panel.refresh()
    assert "named here" in card(panel, "usual_mistakes").text()
    assert "<table" not in card(panel, "usual_mistakes").text()


def test_everything_changes_with_the_language(panel) -> None:
    language.apply("ja")
    settle()
    rows = skills(panel)
    assert rows.item(0).text() == "積和"
    assert rows.item(3).data(SPOKEN) == "ストライド、練習中、習熟度 28%、今日復習"
    assert card(panel, "today").accessibleName().startswith("36マス中31マス正解")
    assert "フィルタを反転した（12回）" in card(panel, "usual_mistakes").accessibleName()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("spoken", LANGUAGES)
@pytest.mark.parametrize("size", [(320, 690), (320, 1050)])
def test_nothing_is_cut_off_or_covered(panel, size, spoken, theme) -> None:
    panel.window().resize(*size)
    appearance.apply(theme)
    language.apply(spoken)
    settle()
    assert not faults(panel)
    assert not edges_inked(skills(panel))


@pytest.mark.parametrize("theme", THEMES)
def test_all_words_can_be_read(panel, theme) -> None:
    appearance.apply(theme)
    now = colours.current()
    focus = colours.blend(now.accent, now.panel, 0.1)
    for ink, ground in (
        (now.text, now.panel),
        (now.text, focus),
        (now.read_text, now.panel),
        (now.dim, now.panel),
        (now.dim, now.background),
    ):
        assert contrast(ink, QColor(ground)) >= 4.5


def test_the_theme_changes_what_is_written_too(panel, learner) -> None:
    learner.mistakes = ()
    panel.refresh()
    assert colours.LIGHT.dim in card(panel, "usual_mistakes").text()
    appearance.apply("dark")
    QApplication.processEvents()
    assert colours.DARK.dim in card(panel, "usual_mistakes").text()


def test_it_shows_a_practice_as_it_is(qtbot, store) -> None:
    practice = Practice(store, store.add_learner("Aoi"))
    panel = PracticePanel(practice)
    in_window(qtbot, panel, size=(340, 720))
    rows = skills(panel)
    assert rows.count() == len(practice.standings()) > 5
    assert all(rows.item(n).data(SPOKEN).endswith(", not begun") for n in range(rows.count()))
    (first, *_) = practice.round()
    exercise = first.exercise()
    wanted = {blank.name: str(blank.answer) for blank in exercise.blanks}
    practice.record(first, grade(exercise, wanted), wanted)
    panel.refresh()
    assert f"of {len(exercise.blanks)} cells right" in card(panel, "today").text()
