"""The keyboard help and the About box."""

from __future__ import annotations

import html
import platform
from collections.abc import Callable

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QCoreApplication, QDir, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QMessageBox,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cnn_tutor import __version__
from cnn_tutor.app.errors.log import log_folder, open_folder
from cnn_tutor.study import words
from cnn_tutor.widgets.style.icons import drawing

translate = QCoreApplication.translate

_TITLE_BAR = 40
"""Height of the window, in pixels, that stays free for the title bar of what opens over it."""


def show_keyboard_help(parent: QWidget) -> QDialog:
    """Open a list of everything that the keyboard and the mouse can do; does not block."""
    dialog = QDialog(parent)
    dialog.setObjectName("keyboard_help")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(translate("help", "Keyboard and mouse"))
    text = QLabel(_table())
    text.setTextFormat(Qt.TextFormat.RichText)
    text.setAccessibleName(dialog.windowTitle())
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    ground = QScrollArea()  # few screens are high enough for all of it
    ground.setFrameShape(QFrame.Shape.NoFrame)
    ground.setWidgetResizable(True)
    ground.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    ground.setWidget(text)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 16)
    column.setSpacing(14)
    column.addWidget(ground)
    column.addWidget(buttons)
    bar = ground.verticalScrollBar().sizeHint().width()
    ground.setMinimumWidth(text.sizeHint().width() + bar)
    frame = column.contentsMargins()
    beside = frame.top() + frame.bottom() + column.spacing() + buttons.sizeHint().height()
    wanted = QSize(ground.minimumWidth() + frame.left() + frame.right(), 0)
    wanted.setHeight(min(text.sizeHint().height() + beside, parent.height() - _TITLE_BAR))
    dialog.resize(wanted)
    ground.setFocus()
    dialog.open()
    return dialog


def show_about(parent: QWidget) -> QMessageBox:
    """Open the About box; does not block."""
    box = QMessageBox(parent)
    box.setObjectName("about")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(translate("help", "About CNN Tutor"))
    box.setIconPixmap(drawing("app", 64))
    box.setText(f"<h3>CNN Tutor {__version__}</h3>")
    machine = f"Python {platform.python_version()} · PySide6 {pyside_version}"
    # What has to be said of some kinds of layer, such as which convolution is meant.
    kinds = [entry["about"] for entry in words.table("kinds").values() if "about" in entry]
    said = [words.say("help.about"), *map(words.pick, kinds), machine]
    box.setInformativeText("<br><br>".join(map(html.escape, said)))
    box.open()
    return box


def show_log_folder(report: Callable[[str], None]) -> None:
    """Open the folder of the log where the system shows folders, else say where it is."""
    folder = log_folder()
    if not open_folder(folder):
        said = translate("help", "The log is in {folder}")
        if not QDir(folder).exists():
            said = translate("help", "There is no log, as {folder} can't be made")
        report(said.format(folder=folder))


def _table() -> str:
    rows = []
    for entry in words.table("help").values():
        if "keys" not in entry:
            continue
        keys = " / ".join(
            QKeySequence(k).toString(QKeySequence.SequenceFormat.NativeText) for k in entry["keys"]
        )
        shown = words.pick(entry["shown"]) if "shown" in entry else keys
        rows.append(
            f"<tr><td style='padding:3px 24px 3px 0'><b>{html.escape(shown)}</b></td>"
            f"<td style='padding:3px 0'>{html.escape(words.pick(entry))}</td></tr>"
        )
    return f"<table>{''.join(rows)}</table>"
