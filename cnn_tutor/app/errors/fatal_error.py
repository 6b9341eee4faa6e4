"""What is said where an unexpected error ends the program, and no window is there to say it."""

from __future__ import annotations

import logging

from cnn_tutor.app.errors.faults import Faults
from cnn_tutor.app.errors.redact_home import without_home
from cnn_tutor.study import words

_log = logging.getLogger(__name__)

_UNSEEN = ("offscreen", "minimal", "")
"""The platforms of Qt that show nothing."""


def end_by(error: Exception) -> str:
    """Log an error and return the line that reports it."""
    faults = Faults()
    faults.add(error)
    fault = faults.list[0]
    return unexpected_error(fault.name, _logged(fault.traceback))


def show_end(said: str) -> None:
    """Show the line in a box, where there is a screen: who has clicked a symbol sees no terminal.

    It waits to be closed.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QMessageBox

    try:
        if QGuiApplication.platformName() in _UNSEEN:
            return
        box = QMessageBox(QMessageBox.Icon.Critical, "CNN Tutor", said)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.exec()
    except Exception:  # it has been printed, and is logged
        return


def unexpected_error(name: str, log: str) -> str:
    """Return the line that names an error and the file of the log, if it is in one."""
    said = words.say("errors.unexpected", error=without_home(name))
    return f"{said} {words.say('errors.unexpected_log', log=without_home(log))}" if log else said


def _logged(text: str) -> str:
    """Write into the log and return its path; empty if that can't be."""
    try:
        from PySide6.QtCore import QCoreApplication

        from cnn_tutor.app.errors.log import Log, log_folder
        from cnn_tutor.document.own_files import set_program_name

        if QCoreApplication.instance() is None:
            set_program_name()
        log = Log(log_folder())
        log.listen()
        _log.error("%s", text)
        file = log.file
        log.close()
    except Exception:  # Qt itself may be what is broken
        return ""
    return file
