"""The window that reports an unexpected error, with a text to copy."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from cnn_tutor.app.errors.log import open_folder
from cnn_tutor.app.errors.redact_home import without_home
from cnn_tutor.app.style.appearance import fixed_font
from cnn_tutor.widgets.controls.layouts import column, fitting
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel

_COPIED_MS = 2000
_SIZE = (680, 480)


class ErrorWindow(QDialog):
    """Says that something went wrong, whether the work is kept, and that one can go on.

    It blocks nothing. ``log_folder`` is what its button opens; there is none where it is empty.
    """

    def __init__(self, log_folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error_report")
        self._log_folder = log_folder
        self._problem: str | None = None
        self._report = ""
        self._title = QLabel()
        self._title.setStyleSheet("font-size: 17px; font-weight: bold")
        self._message = WrappedLabel()
        self._message.setObjectName("error_message")
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._text = QPlainTextEdit()
        self._text.setObjectName("error_text")
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setStyleSheet(f"font-family: {fixed_font()}; font-size: 12px")
        roles = QDialogButtonBox.ButtonRole
        self._buttons = QDialogButtonBox()
        self._copy = self._button("error_copy", roles.ActionRole)
        self._folder = self._button("error_log_folder", roles.ActionRole)
        self._folder.setVisible(bool(log_folder))
        self._close = self._button("error_close", roles.RejectRole)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_COPIED_MS)
        self._build()
        self._timer.timeout.connect(self.retranslate)
        self._copy.clicked.connect(self._copy_text)
        self._folder.clicked.connect(self._show_folder)
        self._buttons.rejected.connect(self.reject)
        self.retranslate()
        self.resize(fitting(self, *_SIZE))

    def show_report(self, text: str, problem: str | None) -> None:
        """Open the window with a report, or write it into the open one.

        ``problem`` says why the work could not be kept; None if it is.
        """
        self._problem = problem
        self._say()
        self._report = text
        # What is being marked with the mouse stays, however often the error comes meanwhile.
        if text != self._text.toPlainText() and not self._text.textCursor().hasSelection():
            at = self._text.verticalScrollBar().value()
            self._text.setPlainText(text)
            self._text.verticalScrollBar().setValue(at)
        if not self.isVisible():
            self.show()
            self.activateWindow()
            self._text.setFocus()

    def retranslate(self) -> None:
        """Put every word into the language that is on; the report itself stays as it is."""
        self.setWindowTitle(self.tr("Unexpected error"))
        self._title.setText(self.tr("Something unexpected happened"))
        self._text.setAccessibleName(self.tr("Report of the error"))
        self._copy.setText(
            self.tr("Copied ✓") if self._timer.isActive() else self.tr("&Copy the report")
        )
        self._folder.setText(self.tr("Show &log folder"))
        self._close.setText(self.tr("Close"))
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # --- inside ----------------------------------------------------------------------------------

    def _build(self) -> None:
        parts = (self._title, self._message, (self._text, 1), self._buttons)
        column(*parts, on=self, margins=(20, 18, 20, 16), spacing=12)

    def _button(self, name: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        button = self._buttons.addButton("", role)
        button.setObjectName(name)
        button.setAutoDefault(False)  # Enter belongs to what was being typed
        return button

    def _say(self) -> None:
        if self._problem is None:
            kept = self.tr("Your work has been kept, and you can go on.")
        else:
            kept = self.tr(
                "You can go on, but your work could not be kept: {problem}\n"
                "Please save it to a file (File ▸ Save as…)."
            ).format(problem=self._problem)
        found = self.tr(
            "The report below helps to find the cause. Nothing of it is sent anywhere: copy it and "
            "pass it on to whoever looks after the program, with a word on what you were doing."
        )
        self._message.setText(f"{kept}\n\n{found}")

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._timer.start()
        self.retranslate()

    def _show_folder(self) -> None:
        if not open_folder(self._log_folder):
            self._folder.setText(without_home(self._log_folder))
