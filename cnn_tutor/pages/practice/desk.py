"""What an exercise is worked at: its board, the sheet of answers, and boxes to write them into."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Document
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.pages.practice.answer_line import AnswerLine
from cnn_tutor.pages.practice.answer_room import AnswerRoom
from cnn_tutor.pages.practice.answer_sheet import AnswerSheet
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.pages.views.cells.layer_board import LayerBoard
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.widgets.controls.boxes import finish_typing
from cnn_tutor.widgets.controls.scrolling import ZoomArea
from cnn_tutor.widgets.overlays.notice import Notice


class Desk(QObject):
    """The parts for one exercise after the other, which the ``page`` lays out.

    ``board`` is the board, ``box`` stands for the cell of it that the keyboard is at, ``line`` is
    for blanks beside the board, in its ``room``; ``notice`` says why something can't be written.
    """

    def __init__(self, page: QWidget, sheet: type[AnswerSheet] = AnswerSheet) -> None:
        super().__init__(page)
        self._page = page
        first = next(iter(presets().values()))
        self.document = Document(first.project(), page)
        self.shown = ShownLayer(self.document, locked=True)
        self.sheet = sheet(self.document, self.shown, page)
        self.state = LabState(self.document, self.shown, self.sheet, parent=page)
        self.line, self.box = AnswerLine(self.sheet), AnswerLine(self.sheet, follows=True)
        self.room = AnswerRoom(self.line, page)
        self.board = LayerBoard(self.document, self.state, after=self.box.last)
        self.place = ZoomArea(self.board)
        """Where the board is."""
        self.board.reached.connect(self.place.bring)
        self.notice = Notice(page)
        self._refused = False
        self.board.said.connect(self._refuse)
        self.board.visited.connect(lambda port, at: self.box.go_to(self.sheet.blank_at(port, at)))
        for line in (self.line, self.box):
            line.typed.connect(self.notice.hide)
        self.sheet.changed.connect(self.notice.hide)

    def begin(self) -> bool:
        """Show the boxes of the exercise that is on; return whether it has a board, too."""
        exercise = self.sheet.exercise
        self.line.begin()
        self.box.begin()
        on_board = exercise is not None and exercise.network is None
        self.place.setVisible(on_board)
        self.room.stand_alone(not on_board)
        return on_board

    def finish_typing(self) -> bool:
        """Take over what is being typed; False if it could not be had, and why has been said."""
        self._refused = False
        finish_typing(self._page)
        for line in (self.line, self.box):
            line.take()
        return not self._refused

    def say_unread(self) -> bool:
        """Say beside a box why its text is no number, and go there; False if all can be read."""
        for line in (self.line, self.box):
            if line.unread is not None:
                box, refusal = line.unread
                place = QRect(box.mapTo(self._page, QPoint()), box.size())
                self.notice.say(words.explain(refusal), place)
                box.setFocus()
                box.selectAll()
                return True
        return False

    def go_to_answer(self) -> bool:
        """Bring the keyboard to where an answer is to be written; False if there is nowhere.

        What the answer is about comes into sight.
        """
        self.show_asked()
        box = self.line.first_open
        if box is not None:
            box.setFocus()
            box.selectAll()
            return True
        place = self.sheet.open
        if place is not None and self.board.isVisible():
            self.board.go_to(*place)
        return place is not None

    def show_asked(self) -> None:
        """Bring the cells that the exercise asks for into sight, and what they are made of."""
        exercise = self.sheet.exercise
        if exercise is None or not self.board.isVisible():
            return
        place = self.sheet.open
        if place is not None and place[0] == OUTPUT:
            self.state.pin(*place)  # its filter is to be seen
        first = (place,) if place is not None else ()
        self.board.show_cells([*first, *self._about(exercise), *self.sheet.places])

    def _about(self, exercise: Exercise) -> Iterator[tuple[str, Index]]:
        """Go through the cells that an exercise points at, and those that its output reads."""
        place = self.sheet.open
        at = place[1] if place is not None and place[0] == OUTPUT else exercise.at
        if at and not any(blank.mark for blank in exercise.blanks):  # they would be the answer
            yield OUTPUT, at
            explanation = self.shown.explain(at)
            for port in exercise.layer.inputs:
                yield from ((port, cell.index) for cell in explanation.cells(port))
        yield from exercise.given

    def retranslate(self) -> None:
        """Write everything in the language that is on."""
        self.notice.hide()
        self.board.retranslate()
        self.line.retranslate()
        self.box.retranslate()

    def _refuse(self, text: str, place: QRect) -> None:
        """Say at a cell of the board why something can't be written there."""
        self._refused = True
        self.notice.say(text, place.translated(self.board.mapTo(self._page, QPoint())))
