"""The menu of a lesson: its steps, and the way out of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cnn_tutor.app.menus.menu import Menu
from cnn_tutor.app.window_parts import WindowParts

translate = QCoreApplication.translate


class LessonMenu:
    """Fills the menu; only what there is to do in the lesson that is on can be chosen."""

    def __init__(self, menu: Menu, parts: WindowParts) -> None:
        self._parts = parts
        guide = self._guide = parts.lab.guide
        open_lab = parts.chapters.open_lab
        self._actions = [
            menu.add(text, method, keys)
            for text, method, keys in (
                (lambda: translate("menu", "&Next step"), guide.next, "Alt+PgDown"),
                (lambda: translate("menu", "&Back one step"), guide.back, "Alt+PgUp"),
                (lambda: translate("menu", "Back to the &lesson"), guide.restore, "F8"),
                (lambda: translate("menu", "&Show me how"), guide.show_how, "Ctrl+F8"),
                (lambda: translate("menu", "&Free lab on this topic"), open_lab, None),
                (lambda: translate("menu", "&Close this lesson"), self._close, None),
            )
        ]
        guide.changed.connect(self._offer)
        self._parts.practice.changed.connect(self._offer)
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
            action.setEnabled(enabled and not self._parts.practice.on)

    def _close(self) -> None:
        """Take the lesson that is on out of the list, if it was opened from a file."""
        lesson = self._guide.lesson
        if lesson is not None and lesson.key in self._guide.library.own:
            self._parts.chapters.close(lesson.key, self._parts.lesson_files.close)
