"""The hooks of Python and Qt for what nobody caught."""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Callable
from types import ModuleType
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
        self._before: dict[tuple[ModuleType, str], Callable[..., Any]] = {}
        self._messages: Callable[..., Any] | None = None
        """What got Qt's messages before; None if Qt itself did."""

    def install(self) -> None:
        """Listen from now on."""
        hooks: dict[tuple[ModuleType, str], Callable[..., Any]] = {
            (sys, "excepthook"): self._except,
            (threading, "excepthook"): self._end_thread,
            (sys, "unraisablehook"): self._lose,
            (warnings, "showwarning"): self._warn,
        }
        for (owner, name), hook in hooks.items():
            self._before[owner, name] = getattr(owner, name)
            setattr(owner, name, hook)
        self._messages = qInstallMessageHandler(self._say)

    def remove(self) -> None:
        """Put everything back as it was."""
        for (owner, name), hook in self._before.items():
            setattr(owner, name, hook)
        qInstallMessageHandler(self._messages)

    def _except(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        if isinstance(error, Exception):
            self._caught(error)
        else:  # somebody wants to stop the program
            self._before[sys, "excepthook"](kind, error, trace)

    def _end_thread(self, lost: threading.ExceptHookArgs) -> None:
        if isinstance(lost.exc_value, Exception):
            self._caught(lost.exc_value)

    def _lose(self, lost: sys.UnraisableHookArgs) -> None:
        _log.warning("%s: %r", lost.err_msg or "Lost", lost.exc_value, extra=PRINTED)
        self._before[sys, "unraisablehook"](lost)

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
        self._before[warnings, "showwarning"](message, category, filename, lineno, file, line)

    def _say(self, level: QtMsgType, context: QMessageLogContext, text: str) -> None:
        _log.log(_LEVELS.get(level.name, logging.WARNING), "Qt: %s", text, extra=PRINTED)
        if self._messages is not None:
            self._messages(level, context, text)
        elif sys.stderr is not None:  # there is none where no terminal is
            print(qFormatLogMessage(level, context, text), file=sys.stderr)
