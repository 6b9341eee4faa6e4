"""All that a run of the program leaves behind for when something goes wrong."""

from __future__ import annotations

import logging
import time
from types import TracebackType

from PySide6.QtCore import QTimer

from cnn_tutor.app.errors.crash_trace import CrashTrace
from cnn_tutor.app.errors.error_handler import ErrorHandler
from cnn_tutor.app.errors.log import Log

_log = logging.getLogger(__name__)

_WAIT_MS = 2000
"""How long the log waits for the window to stand; an error opens it at once."""


class Run:
    """Logs when a run begins and ends, and what no one caught; the context gives who listens."""

    def __init__(self, folder: str) -> None:
        self._crash = CrashTrace(folder)
        self._log = Log(folder, self._begin)
        self._handler = ErrorHandler(self._log)
        self._since = time.strftime("%H:%M:%S")
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._log.open)

    def __enter__(self) -> ErrorHandler:
        self._crash.start()
        self._timer.start(_WAIT_MS)
        return self._handler.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.stop()
        self._handler.__exit__(kind, error, trace)
        _log.info("End")
        self._log.close()
        self._crash.stop()

    def _begin(self) -> None:
        """Write how the run began, and how an earlier one has ended if that was badly."""
        from cnn_tutor.app.errors.error_report import versions

        _log.info("Begun at %s: %s", self._since, versions())
        crash = self._crash.take() if self._log.works else ""
        if crash:
            _log.critical("An earlier run has crashed:\n%s", crash)
