"""Somebody who works in the window as a learner does, and sees how it looks."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from cnn_tutor.app.main_window import MainWindow
from tests.helpers import lesson_window
from tests.helpers.boards import plain
from tests.helpers.lesson_window import settle
from tests.helpers.looking import faults_of
from tests.helpers.typist import Stuck, Typist

__all__ = ["Player", "Stuck"]


class Player(Typist):
    """Collects what is wrong with the window, each with where that was."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.faults: list[str] = []

    def look_over(self, where: str) -> None:
        """See that nothing is cut off, covered or nameless, and that the window keeps its size."""
        settle()
        found = faults_of(self.window)
        if self.window.size().toTuple() != (1280, 720):
            found.append(f"the window has grown to {self.window.size().toTuple()}")
        self.faults += [f for fault in found if (f := f"{where}: {fault}") not in self.faults]

    def part(self, name: str) -> QWidget:
        """Return a part of the window by its name."""
        settle()
        found = self.window.findChild(QWidget, name)
        if found is None:
            raise Stuck(f"there is no {name} in the window")
        return found

    def said(self, name: str) -> str:
        """Return what can be read on a label or a button, without its markup."""
        part = self.part(name)
        assert isinstance(part, QLabel | QAbstractButton)
        return plain(part) if part.isVisible() else ""

    def messages(self) -> list[str]:
        """Return the messages that can be seen and say something."""
        return [text for text in lesson_window.said(self.window) if text.strip()]
