"""Asks for a name or a code, and says in place why one can't be taken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QWidget

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import words
from cnn_tutor.widgets.announcing import announce
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style.sizes import px

_WIDE = 340


class NameDialog(QDialog):
    """A field for one line; ``keep`` takes what is in it, or raises a refusal that is shown.

    ``asks`` names the field, and with ``_dialog`` the whole. It is opened with ``open``, blocks
    nothing, and is gone when it is closed.
    """

    def __init__(
        self,
        title: str,
        text: str,
        keep: Callable[[str], object],
        parent: QWidget | None = None,
        asks: str = "learner_name",
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{asks}_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._keep = keep
        self._field = named(QLineEdit(text), asks)
        self._field.setMinimumWidth(px(_WIDE))
        self._field.selectAll()
        self._refusal = named(WrappedLabel(), "refusal")
        self._refusal.setTextFormat(Qt.TextFormat.PlainText)
        self._refusal.hide()
        label = QLabel(self.tr("Name") if asks == "learner_name" else self.tr("Code"))
        label.setBuddy(self._field)
        self._field.setAccessibleName(label.text())
        standard = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(standard.Ok | standard.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        ends = row(buttons, margins=(0, 6, 0, 0))
        parts = (label, self._field, self._refusal, ends)
        column(*parts, on=self, margins=(20, 18, 20, 16), spacing=8)
        self._field.textEdited.connect(self._refusal.hide)

    def accept(self) -> None:
        try:
            self._keep(self._field.text())
        except Refusal as refusal:
            self._refuse(words.explain(refusal))
        else:
            super().accept()

    def _refuse(self, text: str) -> None:
        self._refusal.setText(text)
        self._refusal.setAccessibleName(text)
        self._refusal.show()
        self._field.setFocus()
        self._field.selectAll()
        announce(self, text, urgent=True)
