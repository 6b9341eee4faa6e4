"""A form of settings: it says what the learner wants, and shows what came of it."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QWidget,
)

from cnn_tutor.widgets.announcing import announce
from cnn_tutor.widgets.controls.boxes import ChoiceBox, NumberEdit, ShareSlider, WholeBox
from cnn_tutor.widgets.controls.layouts import fixed, row, spaced
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel

Editor = Literal["wholes", "number", "choice", "switch", "share"]


@dataclass(frozen=True)
class Choice:
    """One of the things that can be chosen; ``refusal`` says why it can't be now."""

    value: str
    label: str
    refusal: str = ""


@dataclass(frozen=True)
class Field:
    """One row: whole numbers, a number, a choice, a switch, or a share from 0 up to 1.

    ``names`` are spoken for each of its boxes. As text, ``key`` is the name of the box.
    """

    key: Hashable
    label: str
    editor: Editor
    value: Any
    names: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


class SettingsForm(QWidget):
    """Rows of settings that announce themselves; a message stands under the row it is about."""

    wanted = Signal(object, object, int)
    """Emitted with a field's key, the value that the learner wants it to have, and which drag of a
    slider it belongs to, so that all of it is undone at once; 0 for none."""

    refused = Signal(object, object)
    """Emitted with a field's key and the Refusal of what was typed there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = spaced(QGridLayout(self), 8, 4)
        self._layout.setColumnStretch(0, 1)
        self._rows: dict[Hashable, _Row] = {}

    def show_fields(self, fields: Sequence[Field]) -> None:
        """Show these settings; rows that stay keep their boxes, and the keyboard in them."""
        old = self._rows
        self._rows = {field.key: self._row_of(field, old.get(field.key)) for field in fields}
        kept = list(self._rows.values())
        if kept != list(old.values()):
            for row in old.values():
                if row not in kept:
                    row.remove()
            for place, row in enumerate(kept):
                row.put(self._layout, 2 * place)
            for before, after in itertools.pairwise(self.editors):
                self.setTabOrder(before, after)
        for field in fields:
            self._rows[field.key].show(field)

    @property
    def editors(self) -> list[QWidget]:
        """Every box, in the order in which they are read."""
        return [editor for row in self._rows.values() for editor in row.editors]

    @property
    def keys(self) -> list[Hashable]:
        """The keys of the rows, from top to bottom."""
        return list(self._rows)

    def row(self, key: Hashable) -> tuple[QWidget, ...]:
        """Return what stands in a row, its label and its boxes; nothing for a key without row."""
        return self._rows[key].parts if key in self._rows else ()

    def show_refusal(self, key: Hashable, text: str) -> QWidget | None:
        """Say under a row why it can't be so, and put its value back; return what says it."""
        self.clear_refusals()
        row = self._rows.get(key)
        if row is None:
            return None
        row.say(text)
        row.show(row.field)
        return row.message

    def clear_refusals(self) -> None:
        """Take all messages back."""
        for one in self._rows.values():
            one.say("")

    def _row_of(self, field: Field, old: _Row | None) -> _Row:
        """Return the row of before, if its boxes are the ones that a field needs, or a new one."""
        if old is not None and _boxes(old.field) == _boxes(field):
            return old
        row = _Row(self, field)
        row.wanted.connect(lambda value, gesture: self.wanted.emit(field.key, value, gesture))
        row.refused.connect(lambda refusal: self.refused.emit(field.key, refusal))
        return row


def _boxes(field: Field) -> tuple[str, int]:
    """Which boxes a field needs, and how many."""
    return field.editor, len(field.value) if isinstance(field.value, tuple) else 1


class _Row(QObject):
    wanted = Signal(object, int)
    """Emitted with the value that the learner wants, and the gesture that it belongs to."""

    refused = Signal(object)
    """Emitted with the Refusal of what was typed."""

    def __init__(self, form: SettingsForm, field: Field) -> None:
        super().__init__(form)
        self.field = field
        self._label = QLabel(form)
        self.message = WrappedLabel(form)
        self.message.setTextFormat(Qt.TextFormat.PlainText)  # what was typed can look like HTML
        self.message.setObjectName("refusal")
        self.message.hide()
        self.editors = self._make(field)
        self._box = QWidget(form)
        for n, editor in enumerate(self.editors):
            editor.setObjectName(f"{field.key}[{n}]" if len(self.editors) > 1 else str(field.key))
        row(1, *self.editors, on=self._box, spacing=4)
        self._label.setBuddy(self.editors[0])
        self.parts: tuple[QWidget, ...] = (self._label, self._box)

    def put(self, layout: QGridLayout, place: int) -> None:
        layout.addWidget(self._label, place, 0)
        layout.addWidget(self._box, place, 1)
        layout.addWidget(self.message, place + 1, 0, 1, 2)
        self._label.show()
        self._box.show()

    def show(self, field: Field) -> None:
        self.field = field
        self._label.setText(field.label)
        values = field.value if isinstance(field.value, tuple) else (field.value,)
        values = values * len(self.editors) if field.editor == "share" else values
        for n, (editor, value) in enumerate(zip(self.editors, values, strict=True)):
            name = field.names[min(n, len(field.names) - 1)] if field.names else field.label
            editor.setAccessibleName(name)
            editor.setToolTip(name)
            if isinstance(editor, QComboBox):
                self._show_choices(editor, field)
            elif isinstance(editor, QCheckBox):
                editor.setChecked(value)
            elif isinstance(editor, WholeBox | NumberEdit | ShareSlider):
                editor.show_value(value)

    def say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))
        announce(self.message, text, urgent=True)

    def remove(self) -> None:
        self.wanted.disconnect()  # what was typed there is meant for nothing that is left
        self.refused.disconnect()
        for widget in (self._label, self.message, self._box):
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    def _make(self, field: Field) -> tuple[QWidget, ...]:
        if field.editor == "wholes":
            several = isinstance(field.value, tuple)
            boxes = tuple(WholeBox() for _ in (field.value if several else (0,)))

            def announce() -> None:
                values = tuple(box.value() for box in boxes)
                self._want(values if several else values[0])

            for box in boxes:
                fixed(box, 58)
                box.valueChanged.connect(announce)
                box.refused.connect(self.refused)
            return boxes
        if field.editor == "number":
            return (self._number(120),)
        if field.editor == "share":
            slider = fixed(ShareSlider(), 66)
            slider.entered.connect(self._want)
            return (slider, self._number(58))
        if field.editor == "switch":
            switch = QCheckBox()
            switch.clicked.connect(self._want)
            return (switch,)
        choice = fixed(ChoiceBox(), 120)
        choice.activated.connect(lambda place: self._choose(choice.itemData(place)))
        return (choice,)

    def _number(self, width: int) -> NumberEdit:
        line = fixed(NumberEdit(), width)
        line.entered.connect(self._want)
        line.refused.connect(self.refused)
        return line

    def _want(self, value: object, gesture: int = 0) -> None:
        self.wanted.emit(value, gesture)

    def _choose(self, value: str) -> None:
        if value != self.field.value:
            self._want(value)

    @staticmethod
    def _show_choices(combo: QComboBox, field: Field) -> None:
        wanted = [(choice.value, choice.label) for choice in field.choices]
        if [(combo.itemData(n), combo.itemText(n)) for n in range(combo.count())] != wanted:
            combo.clear()
            for value, label in wanted:
                combo.addItem(label, value)
        items = combo.model()
        assert isinstance(items, QStandardItemModel)
        for n, choice in enumerate(field.choices):
            items.item(n).setEnabled(not choice.refusal)
            combo.setItemData(n, choice.refusal or None, Qt.ItemDataRole.ToolTipRole)
        combo.setCurrentIndex(combo.findData(field.value))
