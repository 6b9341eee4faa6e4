"""The menu of a lesson: its steps, and the way out of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from cnn_tutor.app.main_window import MainWindow

translate = QCoreApplication.translate
Add = Callable[[QMenu, Callable[[], str], Callable[[], object], str | None], QAction]


class LessonMenu:
    """Fills the menu; only what there is to do in the lesson that is on can be chosen."""

    def __init__(self, menu: QMenu, add: Add, window: MainWindow) -> None:
        guide = self._guide = window.guide
        self._actions = [
            add(menu, text, method, keys)
            for text, method, keys in (
                (lambda: translate("menu", "&Next step"), guide.next, "Alt+PgDown"),
                (lambda: translate("menu", "&Back one step"), guide.back, "Alt+PgUp"),
                (lambda: translate("menu", "Back to the &lesson"), guide.restore, "F8"),
                (lambda: translate("menu", "&Show me how"), guide.show_how, "Ctrl+F8"),
                (
                    lambda: translate("menu", "&Free lab on this topic"),
                    window.chapters.open_lab,
                    None,
                ),
                (lambda: translate("menu", "&Close this lesson"), window.close_lesson, None),
            )
        ]
        self._desk = window.practice
        guide.changed.connect(self._offer)
        self._desk.changed.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        guide, lesson = self._guide, self._guide.lesson
        can = (
            guide.can_go_on,
            guide.place > 0,
            guide.strayed,
            guide.attempt.task is not None and not guide.solved,
            lesson is not None and bool(lesson.lab),
            lesson is not None and lesson.key in guide.library.own,
        )
        for action, enabled in zip(self._actions, can, strict=True):
            action.setEnabled(enabled and not self._desk.on)
