"""A little button for each question of an exam, to go to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from cnn_tutor.study import words
from cnn_tutor.widgets.controls.layouts import fixed, named, row
from cnn_tutor.widgets.style.states import set_state

OPEN, ANSWERED, RIGHT, WRONG, LEFT = "open", "answered", "right", "wrong", "left"
"""How a question can stand: before the exam is over open or answered, after that as it went."""

_SIGNS = {RIGHT: "✓", WRONG: "✗"}
_SIZE = 30


class QuestionRow(QWidget):
    """Numbers from 1 on; the arrow keys go from one to the next, Tab past them all."""

    chosen = Signal(int)
    """Emitted when the learner wants to go to a question, with its place from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("question_row")
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._row = row(1, on=self, spacing=4)

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first: the question that the learner is at."""
        return self._group.checkedButton() or self

    def show_states(self, states: Sequence[str], place: int) -> None:
        """Show how each question stands, and at which of them the learner is."""
        for number in range(len(self._group.buttons()), len(states)):
            button = fixed(named(QToolButton(), f"question[{number + 1}]"), _SIZE, _SIZE)
            button.setCheckable(True)
            self._group.addButton(button, number)
            self._row.insertWidget(number, button)
        for number, each in enumerate(self._group.buttons()):
            each.setVisible(number < len(states))
            if number < len(states):
                state = states[number]
                each.setText(_SIGNS.get(state, str(number + 1)))
                said = words.say(f"exam.{state}_question", place=number + 1)
                each.setAccessibleName(said)
                each.setToolTip(said)
                set_state(each, state)
        self._group.button(place).setChecked(True)
