"""The dialogs of files: none of them blocks the program, and each is gone when it is closed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from cnn_tutor.study import words

_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose


def file_dialog(
    window: QWidget, name: str, title: str, folder: str, kinds: str = ""
) -> QFileDialog:
    """Return a dialog for a file; ``kinds`` is the filter for names, as in ``"Tables (*.csv)"``.

    The system's own is used where it speaks the language that is on, and Qt's where it would not.
    """
    dialog = QFileDialog(window, title, folder)
    spoken = QLocale(words.language()).language()
    other = QLocale.system().language() != spoken
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, other)
    dialog.setObjectName(name)
    dialog.setAttribute(_DELETE)
    if kinds:
        dialog.setNameFilters([kinds, QCoreApplication.translate("FileDialog", "All files (*)")])
    return dialog


def message_box(window: QWidget, name: str, icon: QMessageBox.Icon, text: str) -> QMessageBox:
    """Return a box with a text that is shown as it is, whatever a file's name looks like."""
    box = QMessageBox(window)
    box.setObjectName(name)
    box.setIcon(icon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setText(text)
    box.setAttribute(_DELETE)
    return box
