"""What the menus offer to take along: the board as a picture, its formulas as LaTeX."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QGuiApplication

from cnn_tutor.app.menus.menu import Menu
from cnn_tutor.app.settings.settings_file import FigureLook
from cnn_tutor.app.window_parts import WindowParts
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.study import latex, words
from cnn_tutor.study.glossary import plain
from cnn_tutor.widgets.controls.boxes import finish_typing

if TYPE_CHECKING:
    from cnn_tutor.app.figures.source import Source

translate = QCoreApplication.translate


class FigureMenu:
    """Exports the board that is on and copies it, its formula and that of its size.

    What is done to cells can be chosen in the menus of the cells, too.
    """

    def __init__(self, file: Menu, edit: Menu, parts: WindowParts) -> None:
        self._parts = parts
        export = file.add(
            lambda: translate("menu", "Export &figure…"), self._export, "Ctrl+Shift+E"
        )
        picture = edit.add(
            lambda: translate("menu", "Copy board as pict&ure"), self._copy, "Ctrl+Shift+C"
        )
        formula = edit.add(
            lambda: translate("menu", "Copy &formula as LaTeX"), partial(self._copy_latex, _formula)
        )
        size = edit.add(
            lambda: translate("menu", "Copy &size formula as LaTeX"),
            partial(self._copy_latex, _size),
        )
        self._of_board, self._of_cells = (export, picture, formula, size), (picture, formula)
        lab = parts.lab
        for action in self._of_cells:
            lab.board.add_cell_action(action)
        self._board = lab.board
        written = lab.inspector.formula
        written.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        written.customContextMenuRequested.connect(self._open_formula_menu)
        self._formula_action = formula
        lab.inspector.size_card.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        lab.inspector.size_card.addAction(size)
        parts.practice.changed.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        practice = self._parts.practice
        for action in self._of_board:
            action.setEnabled(_has_board(self._parts))
        if practice.on_exercise and self._board is self._parts.lab.board:
            self._board = practice.page.board  # it is there from the first exercise on
            for action in self._of_cells:
                self._board.add_cell_action(action)

    @property
    def _look(self) -> FigureLook:
        preferences = self._parts.preferences
        return preferences.figure if preferences else FigureLook()

    def _export(self) -> None:
        from cnn_tutor.app.figures.figure_dialog import FigureDialog

        source = self._source()
        FigureDialog(self._parts.parent, source, self._parts.preferences).open()

    def _copy(self) -> None:
        from cnn_tutor.app.figures.export import Order, clipping
        from cnn_tutor.app.figures.figure_dialog import THEMES
        from cnn_tutor.app.figures.stage import Stage

        source, look = self._source(), self._look
        stage = Stage(source, source.state.view, THEMES[look.theme])
        order = Order(look.kind, look.scale, look.transparent, title=source.title)
        QGuiApplication.clipboard().setMimeData(clipping(stage, order))
        stage.close()

    def _source(self) -> Source:
        finish_typing(self._parts.parent)
        source = source_of(self._parts)
        assert source is not None
        return source

    def _copy_latex(self, write: Callable[[LabState], str | None]) -> None:
        text = write(_state(self._parts))
        if text is None:
            self._parts.report(words.say("errors.no_formula"))
        else:
            QGuiApplication.clipboard().setText(text)

    def _open_formula_menu(self, place: QPoint) -> None:
        written = self._parts.lab.inspector.formula
        menu = written.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._formula_action)
        menu.popup(written.mapToGlobal(place))


def source_of(parts: WindowParts) -> Source | None:
    """Return what figures are made of now; None where the page has no board."""
    from cnn_tutor.app.figures.source import Source

    if not _has_board(parts):
        return None
    state = _state(parts)
    if parts.practice.on:
        page = parts.practice.page
        exercise = page.drill.exercise
        assert exercise is not None
        said = exercise.source.name, plain(words.pick(exercise.prompt))
        return Source(page.document, state, page.board, False, *said)
    lab = parts.lab
    view, said = lab.views.view, lab.caption.plain_caption
    return Source(parts.document, state, view, lab.board.shaded, *said)


def _has_board(parts: WindowParts) -> bool:
    practice = parts.practice
    if not practice.on:
        return True
    exercise = practice.page.drill.exercise if practice.on_exercise else None
    return exercise is not None and exercise.network is None


def _state(parts: WindowParts) -> LabState:
    return parts.practice.page.state if parts.practice.on else parts.lab.state


def _formula(state: LabState) -> str | None:
    """Return the formula of the cell that is looked at; None where its number is asked for."""
    return None if state.pinned.hidden else latex.formula(state.pinned.explanation)


def _size(state: LabState) -> str | None:
    """Return the formula of the output's size; None for a layer whose window does not slide."""
    windows = state.shown.windows
    return latex.size(windows) if windows else None
