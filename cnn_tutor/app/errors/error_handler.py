"""What becomes of an error that nobody caught: it is logged and reported once, and work is kept."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from cnn_tutor.app.errors.fatal_error import unexpected_error
from cnn_tutor.app.errors.faults import Faults
from cnn_tutor.app.errors.guarded_overrides import GuardedOverrides
from cnn_tutor.app.errors.hooks import PRINTED, Hooks
from cnn_tutor.app.errors.log import Log
from cnn_tutor.document.document import Document
from cnn_tutor.project.file import FileError
from cnn_tutor.study import words

if TYPE_CHECKING:
    from cnn_tutor.app.errors.error_window import ErrorWindow
    from cnn_tutor.app.window_parts import WindowParts

_log = logging.getLogger(__name__)

_PACE_MS = 500
"""How soon after one another errors may change what is on the screen."""


class ErrorHandler(QObject):
    """Listens for errors as long as its context lasts, so that the program goes on after each.

    ``parts`` are those of the window that the report stands before; without, errors are only
    logged. ``faults``
    are the errors that came. An error is logged where it strikes, in whatever thread; the window
    hears of it when Qt is done with what it was doing.
    """

    _struck = Signal()

    def __init__(self, log: Log) -> None:
        super().__init__()
        self.faults = Faults()
        self.parts: WindowParts | None = None
        self._log = log
        self._hooks, self._overrides = Hooks(self.caught), GuardedOverrides()
        self._lock, self._busy = threading.RLock(), False
        self._report: ErrorWindow | None = None
        self._facts = ""
        self._problem: str | None = None
        self._tried = self._reported = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show)
        # Queued: in the middle of painting, or of a change, is no time to open a window.
        self._struck.connect(self._wait, Qt.ConnectionType.QueuedConnection)

    def __enter__(self) -> ErrorHandler:
        self._log.listen()
        self._hooks.install()
        self._overrides.install()
        return self

    def __exit__(self, *_: object) -> None:
        self._overrides.remove()
        self._hooks.remove()

    def caught(self, error: BaseException) -> None:
        """Take note of an error; never raises, and may be called from any thread."""
        with self._lock:
            if self._busy:
                return  # it comes of reporting another one
            self._busy = True
            try:
                fault = self.faults.add(error)
                if fault is not None:
                    _log.error("%s", fault.traceback, extra=PRINTED)
                    if sys.stderr is not None:
                        print(fault.traceback, file=sys.stderr)
                self._struck.emit()
            except Exception:  # nothing is left to report it to
                pass
            finally:
                self._busy = False

    def _wait(self) -> None:
        if not self._timer.isActive():
            self._timer.start(0 if self._tried < len(self.faults.list) else _PACE_MS)

    def _show(self) -> None:
        """Mend and keep what can be, then show the report, or what it says now."""
        parts = self.parts
        if parts is None or not isValid(parts.parent) or not parts.parent.isVisible():
            return
        kinds = len(self.faults.list)
        new, first, self._tried = kinds > self._reported, kinds > self._tried, kinds
        if new:
            # First of all: the report may be what is broken.
            self._mend(parts)
            self._problem = self._keep(parts)
        try:
            self._write_report(parts, new)
            self._reported = kinds
        except Exception as error:
            _log.error("The report fails: %r", error)
            if first:
                self._report_in_window(parts)

    def _write_report(self, parts: WindowParts, new: bool) -> None:
        from cnn_tutor.app.errors.error_report import circumstances, error_report
        from cnn_tutor.app.errors.error_window import ErrorWindow

        if new or not self._facts:  # where the learner was when this one struck
            self._facts = circumstances(parts)
        if self._report is None:
            self._report = ErrorWindow(self._log.folder if self._log.file else "", parts.parent)
        # The same error is not reported again to who has closed it.
        if new or self._report.isVisible():
            text = error_report(self._facts, self.faults, self._log.file)
            self._report.show_report(text, self._problem)

    def _report_in_window(self, parts: WindowParts) -> None:
        """Say in the window itself what the report would have said first."""
        try:
            parts.report(unexpected_error(self.faults.list[-1].name, self._log.file))
        except Exception as error:
            _log.error("Nothing can be said: %r", error)

    def _mend(self, parts: WindowParts) -> None:
        """Have the numbers on every board be those of its project again."""
        for stack in parts.undo_group.stacks():
            document = stack.parent()
            if isinstance(document, Document):
                try:
                    document.mend()
                except Exception as error:
                    _log.error("The board is not mended: %r", error)

    def _keep(self, parts: WindowParts) -> str | None:
        """Keep the work that is in no file; return why that fails, None if it is kept."""
        if parts.autosave is None:
            return None  # a window that remembers nothing has nothing to keep
        try:
            parts.autosave.keep()
        except FileError as error:
            return words.explain(error)
        except Exception as error:
            _log.error("The work is not kept: %r", error)
            return type(error).__name__
        return None
