"""The hooks of Python and Qt for what nobody caught."""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any, TextIO

from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler

_log = logging.getLogger(__name__)

PRINTED = {"printed": True}
"""Said of a record whose text is on the terminal already."""

_LEVELS = {
    "QtDebugMsg": logging.DEBUG,
    "QtInfoMsg": logging.INFO,
    "QtWarningMsg": logging.WARNING,
    "QtCriticalMsg": logging.ERROR,
    "QtFatalMsg": logging.CRITICAL,
}


class Hooks:
    """Passes on what comes to them until they are removed; who listened before still hears it.

    ``caught`` gets every exception that came back to Qt, to the top of a thread or of the program.
    It may not raise, and may be called from any thread. Everything else is logged: messages of
    Qt, warnings, and errors that Python could not raise anywhere.
    """

    def __init__(self, caught: Callable[[BaseException], object]) -> None:
        self._caught = caught
        self._before: tuple[Any, ...] | None = None

    def install(self) -> None:
        """Listen from now on."""
        self._before = (
            sys.excepthook,
            threading.excepthook,
            sys.unraisablehook,
            warnings.showwarning,
            qInstallMessageHandler(self._say),
        )
        sys.excepthook = self._except
        threading.excepthook = self._end_thread
        sys.unraisablehook = self._lose
        warnings.showwarning = self._warn

    def remove(self) -> None:
        """Put everything back as it was."""
        if self._before is not None:
            (
                sys.excepthook,
                threading.excepthook,
                sys.unraisablehook,
                warnings.showwarning,
                messages,
            ) = self._before
            qInstallMessageHandler(messages)
            self._before = None

    def _except(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        if isinstance(error, Exception):
            self._caught(error)
        else:  # somebody wants to stop the program
            self._before_or(0, sys.__excepthook__)(kind, error, trace)

    def _end_thread(self, told: threading.ExceptHookArgs) -> None:
        if isinstance(told.exc_value, Exception):
            self._caught(told.exc_value)

    def _lose(self, told: sys.UnraisableHookArgs) -> None:
        _log.warning("%s: %r", told.err_msg or "Lost", told.exc_value, extra=PRINTED)
        self._before_or(2, sys.__unraisablehook__)(told)

    def _warn(
        self,
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if file is None:
            said = category.__name__, message, filename, lineno
            _log.warning("%s: %s (%s:%d)", *said, extra=PRINTED)
        self._before_or(3, lambda *_: None)(message, category, filename, lineno, file, line)

    def _say(self, level: QtMsgType, context: QMessageLogContext, text: str) -> None:
        _log.log(_LEVELS.get(level.name, logging.WARNING), "Qt: %s", text, extra=PRINTED)
        before = self._before[4] if self._before is not None else None
        if before is not None:
            before(level, context, text)
        elif sys.stderr is not None:  # there is none where no terminal is
            print(qFormatLogMessage(level, context, text), file=sys.stderr)

    def _before_or(self, place: int, otherwise: Callable[..., Any]) -> Callable[..., Any]:
        found = self._before[place] if self._before is not None else None
        return found or otherwise
