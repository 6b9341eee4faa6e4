"""A tensor on the screen, every cell of which can be edited like a spreadsheet's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QWidget

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.widgets.controls.gestures import GridCell
from cnn_tutor.widgets.grids.answer_model import Asked, ModelIndex
from cnn_tutor.widgets.grids.cell_delegate import CellDelegate
from cnn_tutor.widgets.grids.cell_editing import Explains
from cnn_tutor.widgets.grids.cell_menu import CellMenu
from cnn_tutor.widgets.grids.cell_mouse import CellMouse
from cnn_tutor.widgets.grids.plain_cells import PlainCells
from cnn_tutor.widgets.grids.tensor_model import TensorModel


class TensorGrid(CellMouse):
    """A plane of a tensor. It says what the learner wants to write and never writes itself.

    Typing, F2, Enter, Ctrl+Enter, Tab, Delete, Ctrl+Up and Ctrl+Down, the brush, copying, pasting
    and its menu all end in ``cells_edited``. Cells that are ``switches`` hold 1 or 0: a click or
    the space bar turns them over.
    """

    turned = Signal(int)
    """Emitted with 1 on Ctrl+Page Down and -1 on Ctrl+Page Up, which turn planes like sheets."""

    def __init__(
        self,
        tone: str,
        editable: bool,
        switches: bool = False,
        explains: Explains = lambda _: True,
        parent: QWidget | None = None,
        model: TensorModel | None = None,
    ) -> None:
        super().__init__(model or TensorModel(editable, switches=switches), explains, parent)
        delegate = CellDelegate(self, tone)
        self.setItemDelegate(delegate)
        self._plain_cells = PlainCells(self, delegate)
        if switches:  # a double click has turned its cell over twice
            self.setEditTriggers(self.editTriggers() & ~self.EditTrigger.DoubleClicked)
        self._tone = tone
        self._stay = self._open = self._upward = False
        self.locked = False
        """Whether numbers are given, and not computed, that can't be changed all the same."""
        keys = QKeySequence.StandardKey
        self._standard = {keys.Copy: self.copy, keys.Cut: self.cut, keys.Paste: self.paste}
        self._model.edited.connect(lambda cells: self.cells_edited.emit(cells, 0))
        self._model.answered.connect(self._answer)
        self._model.refused.connect(self._refuse)
        self._kept: Index = ()
        self._model.modelAboutToBeReset.connect(self._keep_place)
        self._model.modelReset.connect(self._take_place)

    def ask(self, asked: Asked | None) -> None:
        """Ask the learner for cells, which can be written into then; None for none.

        What is written there is ``answered``, what is deleted ``taken_back``.
        """
        self._model.ask(asked)
        self.allow_composing()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            self._plain_cells.paint(painter, event.region())

    # --- keyboard --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == self.State.EditingState:
            # The editor lets Enter pass; to move on here would close it under its delegate.
            self._upward = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._fill_with_typed()
            super().keyPressEvent(event)
            return
        for key, action in self._standard.items():
            if event.matches(key):
                action()
                return
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        match event.key():
            case Qt.Key.Key_Up if control:
                self.nudge(1)
            case Qt.Key.Key_Down if control:
                self.nudge(-1)
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                self.clear_cells()
            case Qt.Key.Key_PageDown if control:
                self.turned.emit(1)
            case Qt.Key.Key_PageUp if control:
                self.turned.emit(-1)
            case Qt.Key.Key_Space if self._model.switches and self.editable:
                self.turn_over()
            case Qt.Key.Key_Space if self._model.asks:
                self.turn_marks_over()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if control:
                number = self._model.number(*self._keyboard_cell)
                if number is not None:
                    self.fill_with(number)
            case Qt.Key.Key_Menu:
                self._open_menu()
            case Qt.Key.Key_F10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._open_menu()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                up = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self._step(self.CursorAction.MoveUp if up else self.CursorAction.MoveDown)
            case _ if _is_typed(event) and not control and self._refuses_typing:
                why = "given_cell" if self.locked else "computed_cell"
                self.refused.emit(*self._keyboard_cell, Refusal(why))
            case _:
                super().keyPressEvent(event)

    @property
    def _refuses_typing(self) -> bool:
        """Whether nothing is typed in the keyboard's cell; in a grid of input, typing finds one."""
        return not self.editable and not self._takes_typing(*self._keyboard_cell)

    def _fill_with_typed(self) -> None:
        """Write what is being typed into all selected cells, and leave them selected."""
        assert self.editor is not None
        try:
            number = self._model.read(self.editor.text())
        except Refusal:
            return  # Enter goes on to say why
        self._stay = True
        self.fill_with(number)

    @property
    def _keyboard_cell(self) -> GridCell:
        current = self.currentIndex()
        return current.row(), current.column()

    def event(self, event: QEvent) -> bool:
        # Qt takes Tab for the focus before keyPressEvent sees it, unless the table navigates
        # with it; ours leaves the grid after its last cell, so that Tab is never caught in it.
        # Not in focusNextPrevChild, which Qt also calls when an editor goes.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            actions = self.CursorAction
            tabs = {Qt.Key.Key_Tab: actions.MoveNext, Qt.Key.Key_Backtab: actions.MovePrevious}
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in tabs and not control and self._step(tabs[Qt.Key(event.key())]):
                return True
        return super().event(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        moves = {
            hints.EditNextItem: self.CursorAction.MoveNext,
            hints.EditPreviousItem: self.CursorAction.MovePrevious,
            hints.SubmitModelCache: (
                self.CursorAction.MoveUp if self._upward else self.CursorAction.MoveDown
            ),
        }
        if hint in moves and (not self._stay or (self._open and hint != hints.SubmitModelCache)):
            self._step(moves[hint])
        self._stay = self._open = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        current = self.currentIndex()
        if current.isValid():  # Qt comes to a cell without choosing it
            self.go_to(current.row(), current.column())
        else:
            self.go_to(*self._model.nearest((0, 0)))

    # --- the menu of a cell ----------------------------------------------------------------------

    @property
    def random_range(self) -> tuple[int, int]:
        """The least and the largest of random numbers like those of the exercises."""
        if self._model.switches:
            return 0, 1
        return (0, 9) if self._tone == "read" else (-2, 2)

    def cell_menu(self, at: GridCell | None) -> CellMenu:
        """Return the menu of a cell, or that of the grid as a whole."""
        return CellMenu(self, at, self.random_range, self.copy_picture)

    def copy_picture(self) -> None:
        """Copy the cells as they are painted, as a picture; of very many, those in sight."""
        QGuiApplication.clipboard().setImage(self._plain_cells.picture())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._pop_up(self.indexAt(event.pos()), event.globalPos())
        else:
            self._open_menu()
        event.accept()

    def _open_menu(self) -> None:
        current = self.currentIndex()
        below = self.ground_rect(current.row(), current.column()).bottomLeft()
        place = below if self._can_choose(current) else QPoint()
        self._pop_up(current, self.viewport().mapToGlobal(place))

    def _pop_up(self, index: ModelIndex, place: QPoint) -> None:
        at = (index.row(), index.column()) if self._can_choose(index) else None
        menu = self.cell_menu(at)
        menu.aboutToHide.connect(self._leave_menu)
        self.in_menu = True
        menu.popup(place)

    def _leave_menu(self) -> None:
        self.in_menu = False
        self.viewport().update()

    def _can_choose(self, index: ModelIndex) -> bool:
        return bool(self._model.flags(index) & Qt.ItemFlag.ItemIsSelectable)

    # --- inside ----------------------------------------------------------------------------------

    def _keep_place(self) -> None:
        current = self.currentIndex()
        if current.isValid():
            self._kept = self._model.tensor_index(current.row(), current.column())

    def _take_place(self) -> None:
        """Go back to the same cell of the tensor, or the nearest that there still is."""
        if self._kept and self._model.rowCount() and self._model.columnCount():
            self.go_to(*self._model.nearest(self._kept))

    def _refuse(self, row: int, column: int, refusal: Refusal) -> None:
        # What was typed is gone; the keyboard stays where it has to be typed again.
        self._stay = True
        self.refused.emit(row, column, refusal)

    def _answer(self, index: Index, number: float) -> None:
        # Right or wrong, the keyboard stays where the learner sees what has become of it; of what
        # is not judged yet there is nothing to see, so that Tab goes on.
        self.answered.emit(index, number)
        cell = self._model.cell_of(index)
        self._stay = True
        self._open = cell is not None and self._model.right(*cell) is None

    def _step(self, action: QAbstractItemView.CursorAction) -> bool:
        """Move the keyboard's cell; return whether there was anywhere to go."""
        before = self.currentIndex()
        after = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        way = (after.row() - before.row(), after.column() - before.column())
        wraps = (action == self.CursorAction.MoveNext and way < (0, 0)) or (
            action == self.CursorAction.MovePrevious and way > (0, 0)
        )
        if not after.isValid() or way == (0, 0) or wraps:
            return False
        self.setCurrentIndex(after)
        return True


def _is_typed(event: QKeyEvent) -> bool:
    return bool(event.text().strip()) and event.text().isprintable()  # Esc has a text, too
