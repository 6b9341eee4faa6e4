"""All that a run of the program leaves behind for when something goes wrong."""

from __future__ import annotations

import faulthandler
import logging
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import QTimer

from cnn_tutor.app.errors.error_handler import ErrorHandler
from cnn_tutor.app.errors.log import Log
from cnn_tutor.project.private import private

_log = logging.getLogger(__name__)

_WAIT_MS = 2000
"""How long the log waits for the window to stand; an error opens it at once."""


@contextmanager
def logged_run(folder: str) -> Iterator[ErrorHandler]:
    """Log when a run begins and ends, and what no one caught; the context gives who listens."""
    trace, since = Path(folder, "crash.txt"), time.strftime("%H:%M:%S")

    def begin() -> None:
        """Write how the run began, and how an earlier one has ended if that was badly."""
        from cnn_tutor.app.errors.error_report import versions

        _log.info("Begun at %s: %s", since, versions())
        left = _taken(trace)
        if left:
            _log.critical("An earlier run has crashed:\n%s", left)

    log = Log(folder, begin)
    timer = QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(log.open)
    timer.start(_WAIT_MS)
    with ExitStack() as ending:
        _trace_crashes(trace, ending)
        ending.callback(log.close)
        ending.callback(_log.info, "End")
        ending.callback(timer.stop)
        yield ending.enter_context(ErrorHandler(log))


def _trace_crashes(path: Path, ending: ExitStack) -> None:
    """Have the interpreter write where it stood if it crashes; all programs share the file.

    Who has asked Python for that already gets it there.
    """
    if faulthandler.is_enabled():
        return
    with suppress(OSError), private():
        path.parent.mkdir(parents=True, exist_ok=True)
        file = ending.enter_context(path.open("ab"))
        faulthandler.enable(file)
        ending.callback(faulthandler.disable)


def _taken(trace: Path) -> str:
    """Return what an earlier run has left as it crashed, and empty the file."""
    with suppress(OSError):
        left = trace.read_bytes()
        os.truncate(trace, 0)
        return left.decode("utf-8", "replace")
    return ""
