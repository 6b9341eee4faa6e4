"""What is said where an unexpected error ends the program, and no window is there to say it."""

from __future__ import annotations

import logging

from cnn_tutor.app.faults import Faults
from cnn_tutor.app.tilde import without_home
from cnn_tutor.study import words


def end_by(error: Exception) -> str:
    """Log an error and return the line that tells of it."""
    faults = Faults()
    faults.add(error)
    fault = faults.list[0]
    return unexpected_error(fault.name, _logged(fault.traceback))


def unexpected_error(name: str, log: str) -> str:
    """Return the line that names an error and the file of the log, if it is in one."""
    said = words.say("errors.unexpected", error=without_home(name))
    return f"{said} {words.say('errors.unexpected_log', log=without_home(log))}" if log else said


def _logged(text: str) -> str:
    """Write into the log and return its path; empty if that can't be."""
    try:
        from PySide6.QtCore import QCoreApplication

        from cnn_tutor.app.log import Log, log_folder

        if QCoreApplication.instance() is None:  # its folders go by the program's name
            QCoreApplication.setApplicationName("cnn-tutor")
        log = Log(log_folder())
        log.write(logging.ERROR, text)
        works = log.works
        log.close()
    except Exception:  # Qt itself may be what is broken
        return ""
    return log.path if works else ""
