"""An exam from its first question to the review, with keys and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QRadioButton,
)

from cnn_tutor.app.style import appearance, language
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exam.sitting import INTERVAL
from cnn_tutor.widgets.overlays.notice import Notice
from tests.helpers.lesson_window import on_screen
from tests.helpers.looking import faults_of
from tests.helpers.typist import settle
from tests.helpers.widgets import LEFT, OFFSCREEN
from tests.unit.pages.exam.conftest import Candidate, sit_down
from tests.unit.study.exam.given import right, wrong

pytestmark = OFFSCREEN
Key = Qt.Key
NEAR = 80
"""So far a message may be from its box, in pixels."""


def test_it_begins_with_the_button_and_at_the_first_question(candidate: Candidate) -> None:
    assert candidate.focus is candidate.part("begin_exam")
    candidate.press(Key.Key_Return)
    assert candidate.said("exercise_place") == "Question 1 of 20"
    assert "40:00" in candidate.said("exam_clock")
    assert candidate.kept == candidate.exam


def test_a_number_is_chosen_by_its_key_and_by_a_click(candidate: Candidate) -> None:
    candidate.begin()
    question = candidate.go_to(candidate.find("choice"))
    (blank,) = question.exercise.blanks
    for place, key in enumerate((Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4)):
        candidate.press(key)
        button = candidate.part(f"choice[{place + 1}]")
        assert isinstance(button, QRadioButton)
        assert button.isChecked()
        assert button.text() == numbers.show(question.choices[place])
        assert candidate.kept.answers[candidate.exam.place] == {
            blank.name: numbers.exact(question.choices[place])
        }
    candidate.click("choice[2]")
    assert numbers.parse(candidate.sheet_text(blank.name)) == question.choices[1]
    candidate.page.document.undo_stack.undo()
    settle()
    assert candidate.part("choice[4]").isChecked()


def test_a_choice_takes_no_other_number_on_its_board(candidate: Candidate) -> None:
    candidate.begin()
    question = candidate.go_to(candidate.find("choice"))
    (blank,) = question.exercise.blanks
    assert blank.port  # it is a cell of the board
    assert not candidate.part("answer").isVisible()
    candidate.page.sheet.write(blank.port, blank.index, 4321.0)
    assert candidate.sheet_text(blank.name) == ""
    candidate.page.sheet.write(blank.port, blank.index, question.choices[0])
    assert candidate.part("choice[1]").isChecked()


def test_numbers_are_written_and_kept_as_they_are_typed(candidate: Candidate) -> None:
    candidate.begin()
    place = candidate.find("line")
    question = candidate.go_to(place)
    first = question.exercise.blanks[0].name
    assert candidate.focus is candidate.part("answer")
    candidate.type("1")
    assert candidate.kept.answers[place] == {first: "1"}
    candidate.type("2")
    assert candidate.kept.answers[place] == {first: "12"}  # nobody has pressed Enter
    candidate.press(Key.Key_Return)
    assert candidate.exam.place == place + 1
    candidate.go_to(place)
    assert candidate.part("answer").text() == "12"


def test_digits_are_digits_where_nothing_is_to_be_chosen(candidate: Candidate) -> None:
    candidate.begin()
    candidate.go_to(candidate.find("choice"))
    candidate.go_to(candidate.find("line"))
    candidate.type("3")
    assert candidate.part("answer").text() == "3"


def test_what_is_no_number_is_said_at_once_and_nothing_else(candidate: Candidate) -> None:
    candidate.begin()
    candidate.go_to(candidate.find("line"))
    keys = candidate.said("feedback")
    candidate.type("12x")
    assert "12x" in candidate.said("feedback")
    candidate.press(Key.Key_Backspace)
    assert candidate.said("feedback") == keys


def test_cells_of_the_board_are_written_and_marked(candidate: Candidate) -> None:
    candidate.begin()
    place = candidate.find("cell")
    question = candidate.go_to(place)
    candidate.type("7")
    candidate.press(Key.Key_Tab)
    assert candidate.kept.answers[place] == {question.exercise.blanks[0].name: "7"}
    place = candidate.find("marks")
    candidate.go_to(place)
    candidate.press(Key.Key_Space)
    assert list(candidate.kept.answers[place].values()) == ["1"]
    candidate.press(Key.Key_Space)
    assert candidate.kept.answers[place] == {}


def test_the_row_shows_what_is_answered_and_goes_there(candidate: Candidate) -> None:
    candidate.begin()
    place = candidate.find("choice")
    candidate.go_to(place)
    candidate.press(Key.Key_3)
    button = candidate.part(f"question[{place + 1}]")
    assert button.accessibleName() == f"Question {place + 1}, answered"
    other = candidate.part(f"question[{place + 2}]")
    assert other.accessibleName() == f"Question {place + 2}, open"
    button.setFocus()
    candidate.press(Key.Key_Right, Key.Key_Right)
    assert candidate.said("exercise_place") == f"Question {place + 3} of 20"
    candidate.click("previous_question")
    candidate.click("previous_question")
    assert candidate.said("exercise_place") == f"Question {place + 1} of 20"
    candidate.click("next_question")
    assert candidate.exam.place == place + 1


def test_the_ends_have_no_way_on(candidate: Candidate) -> None:
    candidate.begin()
    assert not candidate.part("previous_question").isEnabled()
    candidate.go_to(19)
    assert not candidate.part("next_question").isEnabled()
    candidate.press(Key.Key_Return)
    assert candidate.focus is candidate.part("hand_in")


def test_nothing_is_judged_before_the_end(candidate: Candidate) -> None:
    candidate.begin()
    for place, question in enumerate(candidate.exam.questions):
        candidate.go_to(place)
        candidate.fill(right(question))
        assert not any(candidate.page.sheet.state(b.name) != "empty" for b in candidate.blanks)
        assert not candidate.page.sheet.solved
        assert "✓" not in candidate.said("feedback")
    assert candidate.part("hand_in").property("ready")


# --- the clock -----------------------------------------------------------------------------------


def test_the_clock_goes_on_warns_and_can_be_hidden(candidate: Candidate) -> None:
    candidate.begin()
    candidate.pass_time(90)
    assert "38:30" in candidate.said("exam_clock")
    assert not candidate.part("exam_clock").property("state")
    candidate.pass_time(33 * 60 + 29)
    assert not candidate.part("exam_clock").property("state")
    candidate.pass_time(1)
    assert candidate.part("exam_clock").property("state") == "warning"
    candidate.click("hide_clock")
    assert not candidate.part("exam_clock").isVisible()
    candidate.pass_time(1)
    assert not candidate.part("exam_clock").isVisible()
    candidate.click("hide_clock")
    assert candidate.part("exam_clock").isVisible()


def test_when_the_time_is_up_the_result_is_there(candidate: Candidate) -> None:
    candidate.begin()
    candidate.go_to(candidate.find("line"))
    candidate.type("5")
    candidate.pass_time(40 * 60)
    assert candidate.exam.over
    assert candidate.part("exam_answers").isVisible()
    assert candidate.failed == [words.say("exam.time_up")]
    assert candidate.kept.recorded
    assert not candidate.page.run.on


def test_the_question_of_handing_in_goes_when_the_time_is_up(candidate: Candidate) -> None:
    candidate.begin()
    candidate.click("hand_in")
    assert QApplication.activeModalWidget() is not None
    candidate.pass_time(40 * 60)
    assert QApplication.activeModalWidget() is None
    assert candidate.exam.over


def test_what_can_not_be_kept_is_said_once(candidate: Candidate) -> None:
    candidate.begin()
    candidate.go_to(candidate.find("line"))
    candidate.store._connection.execute("PRAGMA query_only = 1")
    candidate.type("5")
    candidate.pass_time(INTERVAL)
    candidate.pass_time(1)
    candidate.pass_time(INTERVAL)
    assert len(candidate.failed) == 1
    assert words.say("exam.waits") in candidate.failed[0]
    candidate.store._connection.execute("PRAGMA query_only = 0")
    candidate.pass_time(INTERVAL)
    assert candidate.kept == candidate.exam
    assert len(candidate.failed) == 1


# --- going on after the program was closed -------------------------------------------------------


def test_an_exam_goes_on_at_its_question_with_its_clock(candidate: Candidate, qtbot) -> None:
    candidate.begin()
    place = candidate.find("line")
    candidate.go_to(place)
    candidate.type("5")
    candidate.pass_time(60)
    candidate.page.stop()
    again = sit_down(qtbot, candidate.store)
    assert again.part("begin_exam").text() == "Go on (1 of 20, 39:00 left)"
    again.begin()
    assert again.said("exercise_place") == f"Question {place + 1} of 20"
    assert again.part("answer").text() == "5"
    assert "39:00" in again.said("exam_clock")


# --- its end -------------------------------------------------------------------------------------


def test_handing_in_asks_which_are_open_and_can_be_called_off(candidate: Candidate) -> None:
    candidate.begin()
    candidate.go_to(candidate.find("choice"))
    candidate.press(Key.Key_1)
    candidate.click("hand_in")
    box = QApplication.activeModalWidget()
    assert "19" in box.text()
    QTest.keyClick(box, Key.Key_Escape)
    settle()
    assert not candidate.exam.over
    candidate.hand_in()
    assert candidate.exam.over
    assert candidate.part("exam_answers").isVisible()


@pytest.fixture
def over(candidate: Candidate) -> Candidate:
    """An exam that is over: every second question is right, every fifth has no answer."""
    candidate.begin()
    for place, question in enumerate(candidate.exam.questions):
        if place % 5 != 4:
            candidate.go_to(place)
            candidate.fill((right if place % 2 else wrong)(question))
    candidate.hand_in()
    return candidate


def test_the_result_has_everything_by_skill_and_by_question(over: Candidate) -> None:
    assert over.said("exam_result") == "8 of 20 right"
    listed = over.part("exam_answers")
    assert isinstance(listed, QListWidget)
    signs = [listed.item(n).text()[0] for n in range(listed.count())]
    assert signs == [("–" if n % 5 == 4 else "✓" if n % 2 else "✗") for n in range(20)]
    assert over.store.count(1) == sum(map(bool, over.exam.answers))


def test_a_wrong_one_is_shown_with_its_mistake_and_the_way(over: Candidate) -> None:
    place = over.find("choice")
    while place % 2 or place % 5 == 4 or not over.exam.questions[place].choices:
        place += 1
    question = over.exam.questions[place]
    listed = over.part("exam_answers")
    QTest.mouseClick(
        listed.viewport(), LEFT, pos=listed.visualItemRect(listed.item(place)).center()
    )
    settle()
    said = over.said("feedback")
    (blank,) = question.exercise.blanks
    assert "✗" in said
    assert words.say("exam.solution") in said
    assert numbers.show(blank.answer) in said or numbers.brief(blank.answer) in said
    assert over.part("feedback_card").property("tone") == "wrong"
    chosen = next(n for n in range(4) if over.part(f"choice[{n + 1}]").isChecked())
    assert over.part(f"choice[{chosen + 1}]").property("state") == "wrong"
    before = over.exam
    over.press(Key.Key_1, Key.Key_2)
    assert over.exam == before
    assert not over.part("hand_in").isVisible()
    over.click("show_answers")
    assert numbers.agree(numbers.parse(over.sheet_text(blank.name)), blank.answer)
    over.click("show_answers")
    assert numbers.parse(over.sheet_text(blank.name)) == question.choices[chosen]
    with_skill = []
    over.page.practise.connect(with_skill.append)
    over.click("practise_skill")
    assert with_skill == [question.skill]
    over.click("to_result")
    assert listed.isVisible()


def test_questions_are_gone_through_by_keyboard(over: Candidate) -> None:
    assert over.focus is over.part("exam_answers")
    over.press(Key.Key_Down, Key.Key_Return)
    assert over.said("exercise_place") == "Question 2 of 20"
    assert "✓" in over.said("feedback")
    assert not over.part("show_answers").isEnabled()
    over.press(Key.Key_Right)
    assert over.said("exercise_place") == "Question 3 of 20"


def test_a_finished_exam_is_there_after_a_restart_until_another_begins(over, qtbot) -> None:
    over.page.stop()
    again = sit_down(qtbot, over.store)
    assert again.said("exam_result") == "8 of 20 right"
    again.click("another_exam")
    assert again.exam == over.exam
    again.begin()
    assert again.exam.done == 0
    assert again.said("exercise_place") == "Question 1 of 20"
    assert not again.kept.over


@pytest.mark.parametrize(("code", "theme"), [("ja", "dark"), ("en", "light")])
def test_nothing_is_cut_off_or_without_a_name(over: Candidate, code: str, theme: str) -> None:
    language.apply(code)
    appearance.apply(theme)
    settle()
    window = over.page.window()
    assert not faults_of(window)
    for place in (*range(0, 20, 3), over.find("line"), over.find("marks")):
        over.page._go_to(place)
        settle()
        faults = faults_of(window)
        assert not faults, "\n".join(faults)


def test_words_change_with_the_language_in_the_middle_of_a_question(candidate: Candidate) -> None:
    candidate.begin()
    candidate.go_to(candidate.find("line"))
    candidate.type("5")
    english = candidate.said("prompt"), candidate.said("feedback"), candidate.said("exam_clock")
    language.apply("ja")
    settle()
    japanese = candidate.said("prompt"), candidate.said("feedback"), candidate.said("exam_clock")
    assert not set(english) & set(japanese)
    assert candidate.part("answer").text() == "5"
    assert not candidate.part("choices").isVisible()


def test_what_is_no_number_is_told_beside_its_box(candidate: Candidate) -> None:
    candidate.begin()
    place = candidate.find("line")
    candidate.go_to(place)
    candidate.type("1o")
    candidate.press(Key.Key_Return)
    assert candidate.exam.place == place
    (notice,) = (n for n in candidate.page.findChildren(Notice) if n.isVisible())
    assert "1o" in notice.text()
    box = candidate.focus
    assert isinstance(box, QLineEdit)
    message, here = on_screen(notice), on_screen(box)
    assert not message.intersects(here)
    assert message.adjusted(-NEAR, -NEAR, NEAR, NEAR).intersects(here)
    for name in ("exercise_title", "exam_clock", "prompt"):
        for label in candidate.page.findChildren(QLabel, name):
            assert not message.intersects(on_screen(label)), name
    candidate.press(Key.Key_A, modifiers=Qt.KeyboardModifier.ControlModifier)
    candidate.type("1")
    assert not notice.isVisible()
    candidate.press(Key.Key_Return)
    assert candidate.exam.place == place + 1
