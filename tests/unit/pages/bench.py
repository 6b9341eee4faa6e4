"""What the tests of a lab's views share: a view in a window, worked as a learner does."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.document.document import Document
from cnn_tutor.document.playback import Playback
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.pages.views.matrices.matrix_view import MatrixView
from cnn_tutor.pages.views.units.units_view import UnitsView
from cnn_tutor.pages.views.view import View
from cnn_tutor.project.project import Project
from cnn_tutor.study.boards.views import UNITS
from cnn_tutor.widgets.grids.matrix_grid import MatrixGrid
from tests.helpers.states import lab_state
from tests.helpers.widgets import in_window


@dataclass
class Bench:
    """A view with all that it listens to; its edits are written into the document."""

    view: View
    window: QWidget
    document: Document
    shown: ShownLayer
    playback: Playback
    state: LabState
    edits: list[tuple[object, object, int]]

    def grid(self, port: str) -> MatrixGrid:
        return self.view.findChild(MatrixGrid, f"matrix[{port}]")

    def read(self, port: str) -> list[list[str]]:
        model = self.grid(port).model()
        return [
            [model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def centre(self, port: str, row: int, column: int) -> QPoint:
        grid = self.grid(port)
        return grid.visualRect(grid.model().index(row, column)).center()

    def hover(self, port: str, row: int, column: int) -> None:
        move(self.grid(port).viewport(), self.centre(port, row, column))

    def click(self, port: str, row: int, column: int) -> None:
        at = self.centre(port, row, column)
        QTest.mouseClick(self.grid(port).viewport(), LEFT, NONE, at)

    def marked(self, port: str, mark: object) -> set[tuple[int, int]]:
        grid = self.grid(port)
        model = grid.model()
        return {
            (row, column)
            for row in range(model.rowCount())
            for column in range(model.columnCount())
            if grid.mark(row, column) & mark
        }

    def leave(self) -> None:
        """Move the pointer off everything that can be pointed at."""
        move(self.view, QPoint(1, 1))


LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def move(widget: QWidget, at: QPoint) -> None:
    QTest.mouseMove(widget, at)
    QApplication.processEvents()


def bench(
    qtbot: QtBot,
    kind: type[View],
    project: Project,
    size: tuple[int, int] = (1100, 700),
) -> Bench:
    """Show a view of a project's layer."""
    document = Document(project)
    state = lab_state(document)
    beside = [MatrixView(document, state, tab=UNITS)] if kind is UnitsView else []
    view = kind(document, state, *beside)
    state.show_view(view.key)
    edits: list[tuple[object, object, int]] = []

    def write(at, cells, gesture):
        edits.append((at, cells, gesture))
        document.edit(at, cells, "", gesture)

    view.edited.connect(write)
    window = in_window(qtbot, view, size=size)
    QApplication.processEvents()
    return Bench(view, window, document, state.shown, state.playback, state, edits)
