"""A form of settings: it says what the learner wants, and shows what came of it."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QWidget,
)

from cnn_tutor.widgets.controls.boxes import ChoiceBox, NumberEdit, ShareSlider, WholeBox
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
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(8)
        self._layout.setVerticalSpacing(4)
        self._layout.setColumnStretch(0, 1)
        self._fields: tuple[Field, ...] = ()
        self._rows: dict[Hashable, _Row] = {}

    def show_fields(self, fields: Sequence[Field]) -> None:
        """Show these settings; rows that stay keep their boxes, and the keyboard in them."""
        self._fields = tuple(fields)
        kept = [field.key for field in fields] == list(self._rows)
        if not kept or not all(self._rows[field.key].fits(field) for field in fields):
            old, self._rows = self._rows, {}
            for field in fields:
                row = old.get(field.key)
                if row is None or not row.fits(field):
                    row = _Row(self, field)
                else:
                    del old[field.key]
                self._rows[field.key] = row
            for row in old.values():
                row.remove()
            for place, row in enumerate(self._rows.values()):
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

    def finish(self) -> None:
        """Take what is being typed in a box as if Enter had been pressed."""
        for editor in self.editors:
            if editor.hasFocus():
                if isinstance(editor, QAbstractSpinBox):
                    editor.interpretText()
                elif isinstance(editor, NumberEdit):
                    editor.editingFinished.emit()

    def show_refusal(self, key: Hashable, text: str) -> QWidget | None:
        """Say under a row why it can't be so, and put its value back; return what says it."""
        for row_key, row in self._rows.items():
            row.say(text if row_key == key else "")
        for field in self._fields:
            if field.key == key:
                self._rows[key].show(field)
        return self._rows[key].message if key in self._rows else None

    def clear_refusals(self) -> None:
        """Take all messages back."""
        for row in self._rows.values():
            row.say("")


def _shape(field: Field) -> tuple[str, int]:
    """Which boxes a field needs, and how many."""
    return field.editor, len(field.value) if isinstance(field.value, tuple) else 1


class _Row:
    def __init__(self, form: SettingsForm, field: Field) -> None:
        self._form, self._key = form, field.key
        self._shape = _shape(field)
        self._value = field.value
        self._label = QLabel(form)
        self.message = WrappedLabel(form)
        self.message.setTextFormat(Qt.TextFormat.PlainText)  # what was typed can look like HTML
        self.message.setObjectName("refusal")
        self.message.hide()
        self.editors = self._make(field)
        self._box = QWidget(form)
        inner = QHBoxLayout(self._box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        inner.addStretch(1)
        for n, editor in enumerate(self.editors):
            editor.setObjectName(f"{field.key}[{n}]" if len(self.editors) > 1 else str(field.key))
            inner.addWidget(editor)
        self._label.setBuddy(self.editors[0])
        self.parts: tuple[QWidget, ...] = (self._label, self._box)

    def fits(self, field: Field) -> bool:
        """Say whether the boxes of this row are the ones that a field needs."""
        return self._shape == _shape(field)

    def put(self, layout: QGridLayout, place: int) -> None:
        """Stand in a row of the form; a widget that is in the layout already moves there."""
        layout.addWidget(self._label, place, 0)
        layout.addWidget(self._box, place, 1)
        layout.addWidget(self.message, place + 1, 0, 1, 2)
        self._label.show()
        self._box.show()

    def show(self, field: Field) -> None:
        self._value = field.value
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

    def remove(self) -> None:
        for editor in self.editors:  # what was typed there is meant for nothing that is left
            editor.blockSignals(True)
        for widget in (self._label, self.message, self._box):
            widget.hide()
            widget.deleteLater()

    def _make(self, field: Field) -> tuple[QWidget, ...]:
        if field.editor == "wholes":
            several = isinstance(field.value, tuple)
            boxes = tuple(WholeBox() for _ in (field.value if several else (0,)))

            def announce() -> None:
                values = tuple(box.value() for box in boxes)
                self._want(values if several else values[0])

            for box in boxes:
                box.setFixedWidth(58)
                box.valueChanged.connect(announce)
                box.refused.connect(lambda refusal: self._form.refused.emit(self._key, refusal))
            return boxes
        if field.editor == "number":
            return (self._number(120),)
        if field.editor == "share":
            slider = ShareSlider()
            slider.setFixedWidth(66)
            slider.entered.connect(self._want)
            return (slider, self._number(58))
        if field.editor == "switch":
            switch = QCheckBox()
            switch.clicked.connect(self._want)
            return (switch,)
        choice = ChoiceBox()
        choice.setFixedWidth(120)
        choice.activated.connect(lambda place: self._choose(choice.itemData(place)))
        return (choice,)

    def _number(self, width: int) -> NumberEdit:
        line = NumberEdit()
        line.setFixedWidth(width)
        line.entered.connect(self._want)
        line.refused.connect(lambda refusal: self._form.refused.emit(self._key, refusal))
        return line

    def _want(self, value: object, gesture: int = 0) -> None:
        self._form.wanted.emit(self._key, value, gesture)

    def _choose(self, value: str) -> None:
        if value != self._value:
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
