"""All that a run of the program leaves behind for when something goes wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

from cnn_tutor.app.errors.crash_trace import CrashTrace
from cnn_tutor.app.errors.error_handler import ErrorHandler
from cnn_tutor.app.errors.log import Log

_log = logging.getLogger(__name__)

_WAIT_MS = 2000
"""How long the log waits for the window to stand; an error opens it at once."""


@contextmanager
def logged_run(folder: str) -> Iterator[ErrorHandler]:
    """Log when a run begins and ends, and what no one caught; the context gives who listens."""
    crash, since = CrashTrace(folder), time.strftime("%H:%M:%S")

    def begin() -> None:
        """Write how the run began, and how an earlier one has ended if that was badly."""
        from cnn_tutor.app.errors.error_report import versions

        _log.info("Begun at %s: %s", since, versions())
        left = crash.take() if log.works else ""
        if left:
            _log.critical("An earlier run has crashed:\n%s", left)

    log = Log(folder, begin)
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(log.open)
    crash.start()
    timer.start(_WAIT_MS)
    try:
        with ErrorHandler(log) as handler:
            yield handler
    finally:
        timer.stop()
        _log.info("End")
        log.close()
        crash.stop()
