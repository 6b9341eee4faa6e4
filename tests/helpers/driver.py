from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

from cnn_tutor.document.document import Document
from cnn_tutor.pages.lab_page import LabPage
from cnn_tutor.project.project import Project
from cnn_tutor.study.boards.presets import presets
from tests.helpers.typist import type_letters
from tests.helpers.widgets import turn_wheel


class Driver:
    """Works a lab as a learner does: with mouse and keys, by the names of its parts."""

    def __init__(self, lab: QWidget, document: Document | None = None) -> None:
        self.lab, self.document = lab, document

    def grid(self, name: str) -> QTableView:
        settle()
        found = self.lab.findChild(QTableView, name)
        assert found is not None, name
        return found

    def part(self, name: str) -> QWidget:
        settle()
        found = self.lab.findChild(QWidget, name)
        assert found is not None, name
        return found

    def read(self, name: str) -> list[list[str]]:
        model = self.grid(name).model()
        return [
            [model.index(r, c).data() for c in range(model.columnCount())]
            for r in range(model.rowCount())
        ]

    def centre(self, name: str, row: int, column: int) -> QPoint:
        grid = self.grid(name)
        return grid.visualRect(grid.model().index(row, column)).center()

    def click(self, name: str, row: int, column: int) -> None:
        QTest.mouseClick(
            self.grid(name).viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            self.centre(name, row, column),
        )

    def hover(self, name: str, row: int, column: int) -> None:
        QTest.mouseMove(self.grid(name).viewport(), self.centre(name, row, column))
        QApplication.processEvents()

    def leave(self) -> None:
        """Move the pointer off every grid."""
        QTest.mouseMove(self.lab, QPoint(2, 2))
        QApplication.processEvents()

    def type(self, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
        type_letters(text)
        QTest.keyClick(QApplication.focusWidget(), end)
        QApplication.processEvents()  # the delegate commits when the editor is done with the key

    def write(self, name: str, row: int, column: int, text: str) -> None:
        self.click(name, row, column)
        self.type(text)

    def press(self, name: str) -> None:
        QTest.mouseClick(self.part(name), Qt.MouseButton.LeftButton)

    def drag(self, name: str, *cells: tuple[int, int]) -> None:
        """Press on the first cell, move over the others and let go on the last one."""
        viewport = self.grid(name).viewport()
        button, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(viewport, button, held, self.centre(name, *cells[0]))
        for cell in cells[1:]:
            QTest.mouseMove(viewport, self.centre(name, *cell))
            QApplication.processEvents()
        QTest.mouseRelease(viewport, button, held, self.centre(name, *cells[-1]))

    def wheel(
        self,
        name: str,
        row: int,
        column: int,
        clicks: int,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        viewport = self.grid(name).viewport()
        turn_wheel(viewport, self.centre(name, row, column), 120 * clicks, held)

    def editing(self) -> bool:
        return any(
            view.state() == QAbstractItemView.State.EditingState
            for view in self.lab.findChildren(QAbstractItemView)
        )


def settle() -> None:
    """Place what is new and let go of what is off the screen, as an event loop does."""
    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def drive(qtbot) -> Iterator[Callable[[Project | str], Driver]]:
    """Open a lab on a project, or on a preset by its key."""

    def start(project: Project | str = "convolution") -> Driver:
        if isinstance(project, str):
            project = presets()[project].project()
        document = Document(project)
        lab = LabPage(document)
        document.setParent(lab)
        qtbot.addWidget(lab)
        lab.resize(1080, 660)
        lab.show()
        qtbot.waitExposed(lab)
        lab.activateWindow()
        qtbot.waitUntil(lab.isActiveWindow)
        return Driver(lab, document)

    return start
