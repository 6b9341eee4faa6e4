"""Where answers are written that have no cell on the board: in a line, or in a drawn chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.pages.practice import chain_stops
from cnn_tutor.pages.practice.answer_sheet import AnswerSheet
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import Blank
from cnn_tutor.study.grading.sheet import NOT_A_NUMBER, RIGHT, WRONG
from cnn_tutor.study.naming import blank_name
from cnn_tutor.widgets.charts.layer_chain import LayerChain
from cnn_tutor.widgets.controls.layouts import column, row, spaced
from cnn_tutor.widgets.style.sizes import LETTERS, px
from cnn_tutor.widgets.style.states import set_state

_WIDTH, _SIGN, _APART = 76, 16, 8
_SIGNS = {RIGHT: "✓", WRONG: "✗", NOT_A_NUMBER: "?"}


class _Field(NamedTuple):
    """What stands side by side for one blank."""

    label: QLabel
    box: QLineEdit
    sign: QLabel


class AnswerLine(QWidget):
    """A labelled box for each blank beside the board.

    Where the exercise has a chain of layers, that is drawn, with its boxes in it. One that
    ``follows`` has a single box for the blank of the board that the keyboard is at. The first box
    in use is ``answer``, the others are called after their blanks, ``answer[size]``.
    """

    hinted = Signal()
    """Emitted when H is pressed, a letter that is in no number."""

    typed = Signal()
    """Emitted when something else is being typed; it is not on the sheet yet."""

    entered = Signal(QWidget)
    """Emitted with the box that the keyboard has come to."""

    def __init__(
        self, sheet: AnswerSheet, follows: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("answer_line")
        self._sheet, self._follows = sheet, follows
        self._current = ""
        self._fields: list[_Field] = []
        self._names: list[str] = []
        """The blanks for which the first fields stand, in their order."""
        self._grid = spaced(QGridLayout(), _APART, 6)
        self._chain = LayerChain(self)
        self._chain.hide()
        self._chain.placed.connect(self._place_in_chain)
        self._chained: dict[str, int] = {}
        """The blanks of the chain, each with its place there."""
        self._settings: Mapping[str, str] = {}
        """The same with the settings of the layer that they are about."""
        below = row(1, self._grid, *(() if follows else (1,)))
        column(1, self._chain, below, 1, on=self, spacing=14)
        self._ensure(1)
        sheet.changed.connect(self._follow)
        LETTERS.changed.connect(self._arrange)

    @property
    def last(self) -> QLineEdit:
        """The box that the keyboard leaves last."""
        return self._fields[-1].box

    @property
    def first_open(self) -> QLineEdit | None:
        """The first box in sight that is not right yet."""
        for field, name in zip(self._fields, self._names, strict=False):
            if self._sheet.state(name) != RIGHT and not self._sheet.is_filled(name):
                return field.box
        return None

    @property
    def entries(self) -> dict[str, str]:
        """What stands in the boxes in sight, by blank, as far as it is typed."""
        pairs = zip(self._names, self._fields, strict=False)
        return {name: field.box.text().replace(numbers.MINUS, "-") for name, field in pairs}

    @property
    def unread(self) -> tuple[QLineEdit, Refusal] | None:
        """The first box in sight whose text is no number, and why; None if there is none."""
        for field in self._fields[: len(self._names)]:
            if field.box.isVisible() and field.box.text().strip():
                try:
                    numbers.parse(field.box.text())
                except Refusal as refusal:
                    return field.box, refusal
        return None

    def begin(self) -> None:
        """Show the boxes of another exercise."""
        exercise = self._sheet.exercise
        told = chain_stops.told(exercise) if exercise else ()
        beside = tuple(blank for blank in self._sheet.beside if blank.name not in told)
        cells = tuple(blank for blank in self._sheet.blanks if not blank.mark)
        for field in self._fields:
            field.box.clear()  # what was being typed belongs to the exercise before
        if not self._follows:
            self._show(beside)
            return
        shown = () if beside else cells[:1]
        self._current = shown[0].name if shown else ""
        self._show(shown)

    def go_to(self, blank: Blank | None) -> None:
        """Stand for the blank of the board that the learner has come to."""
        if blank is None or blank.mark or blank.name == self._current or self._sheet.beside:
            return
        self._current = blank.name
        self._show((blank,))

    def take(self) -> None:
        """Take over what has been typed."""
        for name, text in self.entries.items():
            self._sheet.enter(name, text)

    def retranslate(self) -> None:
        blanks = {blank.name: blank for blank in self._sheet.blanks}
        self._show(tuple(blanks[name] for name in self._names if name in blanks))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit):
            self.entered.emit(watched)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_H and not event.modifiers():
                self.hinted.emit()
                return True
            arrows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            if event.key() in arrows and isinstance(watched, QLineEdit):
                self._move(watched, arrows[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    # --- inside ----------------------------------------------------------------------------------

    def _move(self, box: QLineEdit, by: int) -> None:
        shown = [field.box for field in self._fields[: len(self._names)]]
        place = shown.index(box) + by
        if 0 <= place < len(shown):
            shown[place].setFocus(Qt.FocusReason.TabFocusReason)
            shown[place].selectAll()

    def _ensure(self, count: int) -> None:
        while len(self._fields) < count:
            # Without a parent they would be windows for the moment until they are placed.
            box, label, sign = QLineEdit(self), QLabel(self), QLabel(self)
            box.setMaxLength(40)
            box.setFixedWidth(px(_WIDTH))
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.installEventFilter(self)
            box.editingFinished.connect(self.take)
            box.textEdited.connect(self.typed)
            label.setBuddy(box)
            label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            sign.setFixedWidth(px(_SIGN))
            if self._fields:  # else Tab would come to it after everything that is there already
                self.setTabOrder(self.last, box)
            self._fields.append(_Field(label, box, sign))

    def _show(self, blanks: tuple[Blank, ...]) -> None:
        self._ensure(len(blanks))
        self._show_chain()
        self._names = [blank.name for blank in blanks]
        exercise = self._sheet.exercise
        for n, field in enumerate(self._fields):
            shown = n < len(blanks) and exercise is not None
            for part in field:
                part.setVisible(shown)
            chained = shown and blanks[n].name in self._chained
            field.label.setVisible(shown and not chained)
            set_state(field.box, chained, "chained")
            field.box.setObjectName("")
            if shown and exercise is not None:
                said = words.pick(blank_name(exercise, blanks[n]))
                field.label.setText(f"{said} =")
                field.box.setAccessibleName(said)
                field.box.setObjectName(f"answer[{blanks[n].name}]" if n else "answer")
        self.setVisible(bool(blanks))
        self._arrange()
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _show_chain(self) -> None:
        exercise = None if self._follows else self._sheet.exercise
        self._chained.clear()
        self._chain.setVisible(exercise is not None and bool(exercise.chain))
        if exercise is not None and exercise.chain:
            names = chain_stops.asked(exercise)
            self._chained.update({name: n for n, name in enumerate(names)})
            self._chain.show_chain(chain_stops.start(exercise), chain_stops.stops(exercise))
            self._chain.setAccessibleName(chain_stops.spoken(exercise))
        self._settings = chain_stops.settings(exercise) if exercise is not None else {}

    def _place_in_chain(self) -> None:
        """Put the boxes of the chain to where it has room for them."""
        places = self._chain.fields
        for name, field in zip(self._names, self._fields, strict=False):
            if name in self._chained:
                box, sign = places[self._chained[name]]
                for part, place in ((field.box, box), (field.sign, sign)):
                    if part.parentWidget() is not self._chain:
                        self._grid.removeWidget(part)
                        part.setParent(self._chain)
                        part.show()
                    part.setFixedSize(place.size())
                    part.move(place.topLeft())
                field.sign.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _arrange(self) -> None:
        """Put as many boxes side by side as there is room for, but for those of the chain."""
        self._place_in_chain()
        pairs = zip(self._names, self._fields, strict=False)
        fields = [field for name, field in pairs if name not in self._chained]
        count = len(fields)
        wide = [field.label.sizeHint().width() for field in fields]
        for across in range(max(count, 1), 0, -1):
            columns = [max(wide[n::across], default=0) for n in range(across)]
            rest = across * px(_WIDTH + _SIGN + 3 * _APART)
            if sum(columns) + rest <= self.width():
                break
        rows = -(-count // across)
        across = -(-count // max(rows, 1))  # as many in every row, or nearly so
        for n in range(count):
            down, column = divmod(n, across)
            fields[n].box.setFixedSize(px(_WIDTH), fields[n].box.sizeHint().height())
            fields[n].sign.setFixedSize(px(_SIGN), fields[n].box.sizeHint().height())
            fields[n].sign.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            for place, part in enumerate(fields[n]):
                self._grid.addWidget(part, down, 3 * column + place)

    def _follow(self) -> None:
        for (_, box, sign), name in zip(self._fields, self._names, strict=False):
            state, text = self._sheet.state(name), self._sheet.text(name)
            fixed = state == RIGHT or self._sheet.solved or self._sheet.is_filled(name)
            if fixed and len(text) > numbers.BRIEF:  # one that was computed, not typed
                text = numbers.brief(numbers.parse(text))
            text = text.replace("-", numbers.MINUS)
            if (fixed or not (box.hasFocus() and box.isModified())) and box.text() != text:
                box.setText(text)
            box.setReadOnly(fixed)
            sign.setText(_SIGNS.get(state, ""))
            said = words.say(f"drill.judged_{state}") if state in _SIGNS else ""
            parts = (said, self._settings.get(name, ""))
            box.setAccessibleDescription("\n".join(filter(None, parts)))
            for part in (box, sign):
                if part.property("state") != state:
                    part.setProperty("state", state)
                    part.style().polish(part)
