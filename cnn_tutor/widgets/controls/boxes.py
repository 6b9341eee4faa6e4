"""Boxes that are typed into or chosen from. Those for numbers read what the one parser reads."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSlider,
    QSpinBox,
    QWidget,
)

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import numbers
from cnn_tutor.study.numbers import NotANumber
from cnn_tutor.widgets.controls.gestures import new_gesture

_LARGEST = 999_999
_ARROW = 24
"""What a box to choose from has beside its text, in pixels."""

_SHARE = 0.05
"""The step of a slider for a share."""


def finish_typing(part: QWidget) -> None:
    """Take over what is being typed into a cell or a setting of a window or of a part of it."""
    line = QApplication.focusWidget()
    if isinstance(line, QLineEdit | QAbstractSpinBox) and part.isAncestorOf(line):
        grid: QWidget | None = line
        while grid is not None and not isinstance(grid, QAbstractItemView):
            grid = grid.parentWidget()
        line.clearFocus()
        (grid or line).setFocus()  # the keyboard stays where it was


class CalmWheel(QObject):
    """Leaves the wheel over a box, a slider or tabs to the page behind: it scrolls.

    Only a number that is being edited takes it: a spin box or a slider that has the keyboard.
    With Ctrl it never does, which people turn to zoom.
    """

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self._edits = isinstance(box, QAbstractSpinBox | QAbstractSlider)
        if box.focusPolicy() == Qt.FocusPolicy.WheelFocus or self._edits:
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel gives it no keyboard
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QWheelEvent):
            return False
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self._edits and watched is QApplication.focusWidget() and not control:
            return False
        event.ignore()
        return True


class ChoiceBox(QComboBox):
    """A box to choose one of several names from: as wide as the widest, changed by a choice only.

    Qt's own stays as wide as the widest name it ever had, and a wheel that passes changes it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._label: QLabel | None = None
        CalmWheel(self)

    def setAccessibleName(self, name: str) -> None:
        """Name it for a screen reader.

        On Linux that reads a label beside it; where there is none, one is put there that nobody
        sees.
        """
        super().setAccessibleName(name)
        self._stand_by()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ParentChange:
            self._stand_by()

    def _stand_by(self) -> None:
        """Have the label that names it beside it."""
        parent, name = self.parentWidget(), self.accessibleName()
        if parent is None or not name:
            return
        if self._label is None:
            read = QAccessible.queryAccessibleInterface(self)
            if read.relations(QAccessible.RelationFlag.Label):
                return
            self._label = QLabel(parent)
            self._label.hide()
            self._label.setBuddy(self)
            self.destroyed.connect(self._label.deleteLater)
        elif self._label.parent() is not parent:
            self._label.setParent(parent)
        self._label.setText(name)

    def sizeHint(self) -> QSize:
        texts = (self.itemText(n) for n in range(self.count()))
        widest = max(map(self.fontMetrics().horizontalAdvance, texts), default=0)
        return super().sizeHint().expandedTo(QSize(widest + _ARROW, 0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class WholeBox(QSpinBox):
    """A spin box for a whole number; whether a number can be had is decided elsewhere."""

    refused = Signal(object)
    """Emitted with the Refusal that says why what was typed is no whole number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(-_LARGEST, _LARGEST)
        self.setKeyboardTracking(False)
        CalmWheel(self)

    def event(self, event: QEvent) -> bool:
        if _leaves_undo(self.lineEdit(), event):
            event.ignore()
            return False
        return super().event(event)

    def show_value(self, value: int) -> None:
        """Show a number without announcing it as the learner's."""
        with QSignalBlocker(self):
            self.setValue(value)
        self.lineEdit().setModified(False)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            _whole(self._typed(text))
        except Refusal:
            return (QValidator.State.Intermediate, text, position)
        return (QValidator.State.Acceptable, text, position)

    def valueFromText(self, text: str) -> int:
        return _whole(self._typed(text))

    def fixup(self, text: str) -> str:
        try:
            _whole(self._typed(text))
        except Refusal as refusal:
            self.refused.emit(refusal)
        return str(self.value())

    def _typed(self, text: str) -> str:
        """Return what stands in the box; Qt may hand over what it shows, blanks for line breaks."""
        line = self.lineEdit()
        return line.text() if text == line.displayText() else text


class ShareSlider(QSlider):
    """A slider for a share from 0 up to, but without, 1, in steps of 0.05."""

    entered = Signal(float, int)
    """Emitted with the share that the learner wants, and the gesture: one drag has one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, round(1 / _SHARE) - 1)
        self.setPageStep(2)
        self._gesture = 0
        CalmWheel(self)
        self.sliderPressed.connect(self._press)
        self.valueChanged.connect(self._announce)

    def show_value(self, value: float) -> None:
        """Show a share, or the step nearest to it, without announcing it as the learner's."""
        if not self.isSliderDown():
            with QSignalBlocker(self):
                self.setValue(round(value / _SHARE))

    def _press(self) -> None:
        self._gesture = new_gesture()

    def _announce(self, step: int) -> None:
        gesture = self._gesture if self.isSliderDown() else 0
        self.entered.emit(round(step * _SHARE, 2), gesture)


class NumberEdit(QLineEdit):
    """A line for any number; Up and Down change it by 1."""

    entered = Signal(float)
    """Emitted with the number that the learner wants."""

    refused = Signal(object)
    """Emitted with the Refusal that says why what was typed is no number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = 0.0
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(40)
        self.editingFinished.connect(self._read)

    def show_value(self, value: float) -> None:
        """Show a number without announcing it as the learner's."""
        self._value = value
        self.setText(numbers.plain(value))
        self.setModified(False)

    def event(self, event: QEvent) -> bool:
        if _leaves_undo(self, event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1.0, Qt.Key.Key_Down: -1.0}
        if event.key() in steps:
            self._read()  # the step goes on from what has been typed
            self.entered.emit(self._value + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.show_value(self._value)

    def _read(self) -> None:
        if not self.isModified():
            return
        self.setModified(False)
        try:
            value = numbers.parse(self.text())
        except Refusal as refusal:
            self.show_value(self._value)
            self.refused.emit(refusal)
            return
        if value == self._value:
            self.show_value(value)
        else:
            self.entered.emit(value)


def _leaves_undo(line: QLineEdit, event: QEvent) -> bool:
    """Say whether Undo and Redo are meant for the work: nothing has been typed in the line yet."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and not line.isModified()
        and (
            event.matches(QKeySequence.StandardKey.Undo)
            or event.matches(QKeySequence.StandardKey.Redo)
        )
    )


def _whole(text: str) -> int:
    try:
        value = numbers.parse(text)
    except NotANumber as error:
        raise Refusal("not_whole", text=text.strip()[:20] or "…") from error
    if not value.is_integer() or abs(value) > _LARGEST:
        raise Refusal("not_whole", text=text.strip()[:20])
    return int(value)
