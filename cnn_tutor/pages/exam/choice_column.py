"""The numbers to choose from, one under the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QLabel,
    QRadioButton,
    QWidget,
)

from cnn_tutor.study import numbers, words
from cnn_tutor.study.exam.question import CHOICES
from cnn_tutor.study.grading.sheet import RIGHT, WRONG
from cnn_tutor.widgets.controls.layouts import column, fixed, named
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style.sizes import measured, px
from cnn_tutor.widgets.style.states import set_state

_WIDTH = 210
_INSIDE = Qt.ShortcutContext.WidgetWithChildrenShortcut
_SIGNS = {RIGHT: "✓", WRONG: "✗"}


class ChoiceColumn(QFrame):
    """Under the name of the blank, a radio button for each number, with the key that chooses it.

    The keys work on all of the ``page`` as long as there is something to choose.
    """

    chosen = Signal(float)
    """Emitted when the learner has chosen a number."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setObjectName("choices")
        fixed(self, _WIDTH)
        self._title = WrappedLabel()
        self._group = QButtonGroup(self)
        self._signs: list[QLabel] = []
        self._numbers: tuple[float, ...] = ()
        self._keys: list[QShortcut] = []
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        measured(grid, lambda grid: grid.setVerticalSpacing(px(6)))
        for place in range(CHOICES):
            key = named(QLabel(str(place + 1)), "choice_key")
            button, sign = named(QRadioButton(), f"choice[{place + 1}]"), QLabel()
            self._group.addButton(button, place)
            self._signs.append(sign)
            for at, part in enumerate((key, button, sign)):
                grid.addWidget(part, place, at)
            self._keys.append(QShortcut(QKeySequence(key.text()), page, context=_INSIDE))
            self._keys[-1].activated.connect(lambda place=place: self.choose(place))
        self._group.idClicked.connect(self.choose)
        column(self._title, grid, on=self, margins=(16, 14, 16, 16), spacing=10)

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first: what is chosen, or the first number."""
        return self._group.checkedButton() or self._group.button(0)

    def begin(self, choices: Sequence[float], title: str) -> None:
        """Show the numbers of a question under the name of its blank; nothing without numbers."""
        self._numbers = tuple(choices)
        self.setVisible(bool(choices))
        for key in self._keys:
            key.setEnabled(bool(choices))  # else it is a digit
        self._title.setText(f"{title} =")
        for place, number in enumerate(choices):
            button = self._group.button(place)
            button.setText(numbers.show(number))
            button.setAccessibleName(f"{title} = {numbers.show(number)}")

    def show_chosen(self, number: float | None) -> None:
        """Show which number is chosen; None for none."""
        self._group.setExclusive(False)  # or one would always stay chosen
        for place, one in enumerate(self._numbers):
            self._group.button(place).setChecked(one == number)
        self._group.setExclusive(True)

    def judge(self, right: float | None) -> None:
        """Show which number is right, and whether the chosen one is; None takes it back."""
        for place, number in enumerate(self._numbers):
            button, sign = self._group.button(place), self._signs[place]
            button.setEnabled(right is None)
            state = ""
            if right is not None and (number == right or button.isChecked()):
                state = RIGHT if number == right else WRONG
            sign.setText(_SIGNS.get(state, ""))
            for part in (button, sign):
                set_state(part, state)
            button.setAccessibleDescription(words.say(f"drill.judged_{state}") if state else "")

    def choose(self, place: int) -> None:
        """Choose the number at a place from 0, as by a click."""
        if self._group.button(place).isEnabled():
            self._group.button(place).setChecked(True)
            self._group.button(place).setFocus()
            self.chosen.emit(self._numbers[place])
