"""The menu of practice: rounds, the exercise that is on, and what a class needs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from cnn_tutor.app.menus.menu import Menu
from cnn_tutor.app.window_parts import WindowParts
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.study import words
from cnn_tutor.study.exam import EXAM
from cnn_tutor.study.practice import RESULTS
from cnn_tutor.widgets.controls.boxes import finish_typing

if TYPE_CHECKING:
    from cnn_tutor.pages.practice.drill import Drill

translate = QCoreApplication.translate


class PracticeMenu:
    """Fills the menu; what is done to an exercise can be chosen while one is on."""

    def __init__(self, menu: Menu, parts: WindowParts) -> None:
        self._parent, self._preferences = parts.parent, parts.preferences
        self._lab = parts.lab
        practice = self._practice = parts.practice
        menu.add(lambda: translate("menu", "&Practise now"), practice.practise, "F9")
        self._resume = menu.add(
            lambda: translate("menu", "Go on with your &round"), practice.resume
        )
        skills = Menu(menu, lambda: translate("menu", "Practise a &skill"))
        skills.aboutToShow.connect(lambda: self._fill(skills))
        quizzes = Menu(menu, lambda: translate("menu", "Quizzes of the &decks"))
        quizzes.aboutToShow.connect(lambda: self._fill_quizzes(quizzes))
        menu.add(lambda: translate("menu", "Exercise by &code…"), self._ask_code, "Ctrl+G")
        exam = partial(parts.chapters.choose, EXAM)
        menu.add(lambda: translate("menu", "&Exam"), exam, "Ctrl+E")
        menu.addSeparator()
        self._own = [
            menu.add(text, partial(self._do, method), keys)
            for text, method, keys in (
                (lambda: translate("menu", "Chec&k the answer"), "check", None),
                (lambda: translate("menu", "&Hint"), "hint", None),
                (lambda: translate("menu", "Show the so&lution"), "show_solution", "Ctrl+F9"),
                (lambda: translate("menu", "&Try again with other numbers"), "again", "Shift+F9"),
                (lambda: translate("menu", "&Next exercise"), "next", "Alt+N"),
            )
        ]
        menu.addSeparator()
        results = partial(parts.chapters.choose, RESULTS)
        menu.add(lambda: translate("menu", "&Results"), results, "Ctrl+R")
        menu.add(lambda: translate("menu", "Results as CS&V…"), self._save_results)
        menu.add(lambda: translate("menu", "&Worksheet…"), self._worksheet, "Ctrl+P")
        self._of_board = menu.add(
            lambda: translate("menu", "Exercise from &board…"),
            self._from_board,
            "Ctrl+Shift+P",
        )
        self._lab.board.add_cell_action(self._of_board)
        practice.changed.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        for action in self._own:
            action.setEnabled(self._practice.on_exercise)
        self._of_board.setEnabled(not self._practice.on)
        self._resume.setEnabled(self._practice.unfinished)

    def _fill(self, menu: QMenu) -> None:
        """List the skills when the menu opens; they take a moment to find."""
        from cnn_tutor.study.practice.mastery.skills import skills

        menu.clear()
        for key, skill in skills().items():
            action = menu.addAction(words.pick(skill.name).replace("&", "&&"))
            action.triggered.connect(lambda _=False, key=key: self._practice.practise(key))

    def _fill_quizzes(self, menu: QMenu) -> None:
        from cnn_tutor.study.exercises.generator import QUIZ, quizzes

        menu.clear()
        for quiz in quizzes().values():
            action = menu.addAction(quiz.name.replace("&", "&&"))
            facts = (quiz.shape, quiz.kind, QUIZ, quiz.seed)
            action.triggered.connect(lambda _=False, facts=facts: self._practice.set_one(*facts))

    def _do(self, method: str) -> None:
        drill: Drill = self._practice.page.drill
        getattr(drill, method)()

    def _ask_code(self) -> None:
        from cnn_tutor.pages.results.name_dialog import NameDialog

        title = translate("menu", "Exercise by code")
        NameDialog(title, "", self._practice.open_code, self._parent, asks="asked_code").open()

    def _worksheet(self) -> None:
        from cnn_tutor.app.worksheet.worksheet_dialog import WorksheetDialog

        WorksheetDialog(self._parent, self._preferences).open()

    def _from_board(self) -> None:
        """Ask for the selected cells of the board, or the whole output, on paper or by a code."""
        from cnn_tutor.app.worksheet.worksheet_dialog import OpenBoard, WorksheetDialog

        lab = self._lab
        port, cells = lab.board.selected
        finish_typing(self._parent)
        now = lab.state.now
        tensors = now.evaluation.tensors(now.layer)
        layer = now.project.network.node(now.layer).layer
        if port not in (*layer.inputs, OUTPUT):
            cells = []
        board = OpenBoard(layer, tensors, port, cells)
        WorksheetDialog(self._parent, self._preferences, board).open()

    def _save_results(self) -> None:
        from cnn_tutor.app.files.saving import save_gradebook

        save_gradebook(self._parent, self._practice.store)
