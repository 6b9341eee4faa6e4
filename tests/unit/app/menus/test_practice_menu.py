"""The menu of practice opens rounds, skills and quizzes; what is done to an exercise needs one."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.study.exercises.generator import quizzes
from cnn_tutor.study.practice.mastery.skills import skills
from tests.helpers.lesson_window import settle
from tests.helpers.practice_window import CELL

OF_AN_EXERCISE = {
    "Check the answer",
    "Hint",
    "Show the solution",
    "Try again with other numbers",
    "Next exercise",
}


WAITS = "Go on with your round"


def menu(window: MainWindow) -> QMenu:
    (found,) = (m for m in window.menuBar().findChildren(QMenu) if m.title() == "P&ractice")
    return found


def submenu(window: MainWindow, text: str) -> QMenu:
    (found,) = (m for m in menu(window).findChildren(QMenu) if m.title() == text)
    found.aboutToShow.emit()
    return found


def test_what_is_done_to_an_exercise_needs_one(window: MainWindow) -> None:
    def grey() -> set[str]:
        texts = (a.text().replace("&", "") for a in menu(window).actions() if not a.isEnabled())
        return set(filter(None, texts))

    assert grey() == OF_AN_EXERCISE | {WAITS}
    window.practice.set_one(*CELL)
    settle()
    assert grey() == {"Exercise from board…", WAITS}  # the board is not the one of the lab


def test_a_skill_is_practised(window: MainWindow) -> None:
    listed = submenu(window, "Practise a &skill").actions()
    assert len(listed) == len(skills())
    listed[0].trigger()
    settle()
    item = window.practice.page.drill.item
    assert item is not None
    assert item.skill == next(iter(skills()))


def test_a_quiz_is_opened(window: MainWindow) -> None:
    listed = submenu(window, "Quizzes of the &decks").actions()
    assert [action.text() for action in listed] == [
        quiz.name.replace("&", "&&") for quiz in quizzes().values()
    ]
    listed[0].trigger()
    settle()
    first = next(iter(quizzes().values()))
    exercise = window.practice.page.drill.exercise
    assert (exercise.shape, exercise.kind, exercise.seed) == (first.shape, first.kind, first.seed)
