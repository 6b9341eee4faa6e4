"""A form of settings: it says what the learner wants, and shows what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from cnn_tutor.widgets.number_boxes import NumberEdit, WholeBox
from cnn_tutor.widgets.wrapped_label import WrappedLabel


@dataclass(frozen=True)
class Choice:
    """One of the things that can be chosen; ``refusal`` says why it can't be now."""

    value: str
    label: str
    refusal: str = ""


@dataclass(frozen=True)
class Field:
    """One row: whole numbers, a number or a choice. ``names`` are spoken for each of its boxes."""

    key: str
    label: str
    editor: Literal["wholes", "number", "choice"]
    value: Any
    names: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


class SettingsForm(QWidget):
    """Rows of settings that announce themselves; a message stands under the row it is about."""

    wanted = Signal(str, object)
    """A field's key and the value that the learner wants it to have."""

    refused = Signal(str, object)
    """A field's key and the Refusal of what was typed there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(8)
        self._layout.setVerticalSpacing(4)
        self._layout.setColumnStretch(0, 1)
        self._fields: tuple[Field, ...] = ()
        self._rows: dict[str, _Row] = {}

    def show_fields(self, fields: Sequence[Field]) -> None:
        """Show these settings; rows that stay keep their boxes, and the keyboard in them."""
        kept = [(f.key, f.editor) for f in self._fields] == [(f.key, f.editor) for f in fields]
        self._fields = tuple(fields)
        if not kept:
            for row in self._rows.values():
                row.remove()
            self._rows = {
                field.key: _Row(self, self._layout, 2 * n, field) for n, field in enumerate(fields)
            }
        for field in fields:
            self._rows[field.key].show(field)

    def show_refusal(self, key: str, text: str) -> None:
        """Say under a row why it can't be so, and put its value back."""
        for row_key, row in self._rows.items():
            row.say(text if row_key == key else "")
        for field in self._fields:
            if field.key == key:
                self._rows[key].show(field)

    def clear_refusals(self) -> None:
        """Take all messages back."""
        for row in self._rows.values():
            row.say("")


class _Row:
    def __init__(self, form: SettingsForm, layout: QGridLayout, place: int, field: Field) -> None:
        self._form, self._layout, self._key = form, layout, field.key
        self._label = QLabel()
        self._message = WrappedLabel()
        self._message.setObjectName("refusal")
        self._message.hide()
        self._editors = self._make(field)
        box = QHBoxLayout()
        box.setSpacing(4)
        for n, editor in enumerate(self._editors):
            editor.setObjectName(f"{field.key}[{n}]" if len(self._editors) > 1 else field.key)
            box.addWidget(editor)
        self._box = box
        self._label.setBuddy(self._editors[0])
        layout.addWidget(self._label, place, 0)
        layout.addLayout(box, place, 1)
        layout.addWidget(self._message, place + 1, 0, 1, 2)

    def show(self, field: Field) -> None:
        self._label.setText(field.label)
        values = field.value if isinstance(field.value, tuple) else (field.value,)
        for n, (editor, value) in enumerate(zip(self._editors, values, strict=True)):
            name = field.names[n] if field.names else field.label
            editor.setAccessibleName(name)
            editor.setToolTip(name)
            if isinstance(editor, QComboBox):
                self._show_choices(editor, field)
            elif isinstance(editor, WholeBox | NumberEdit):
                editor.show_value(value)

    def say(self, text: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))

    def remove(self) -> None:
        self._layout.removeItem(self._box)
        for widget in (self._label, self._message, *self._editors):
            self._layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _make(self, field: Field) -> tuple[QWidget, ...]:
        if field.editor == "wholes":
            boxes = tuple(WholeBox() for _ in field.value)
            for box in boxes:
                box.setFixedWidth(58)
                box.valueChanged.connect(
                    lambda _: self._form.wanted.emit(self._key, tuple(b.value() for b in boxes))
                )
                box.refused.connect(lambda refusal: self._form.refused.emit(self._key, refusal))
            return boxes
        if field.editor == "number":
            line = NumberEdit()
            line.setFixedWidth(120)
            line.entered.connect(lambda value: self._form.wanted.emit(self._key, value))
            line.refused.connect(lambda refusal: self._form.refused.emit(self._key, refusal))
            return (line,)
        choice = QComboBox()
        choice.setFixedWidth(120)
        choice.activated.connect(
            lambda place: self._form.wanted.emit(self._key, choice.itemData(place))
        )
        return (choice,)

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
