"""The log: what happened in the last runs, for who has to find out why something went wrong."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QUrl

from cnn_tutor.app.errors.redact_home import without_home
from cnn_tutor.document.own_files import data_folder
from cnn_tutor.project.private import private

if TYPE_CHECKING:
    from io import TextIOWrapper
    from logging.handlers import RotatingFileHandler

FILE_LIMIT = 256 * 1024
"""The size of a file of the log, in bytes, before the next one is begun."""

FULL_FILES_LIMIT = 2
"""Full files kept beside the one that is written."""

PACKAGE = logging.getLogger("cnn_tutor")
"""The logger above those of all modules of the package, ``logging.getLogger(__name__)``."""

_NAME = "cnn-tutor.log"
_KINDS_LIMIT = 500


def log_folder() -> str:
    """Return where the log is kept, beside all else that the program keeps of a learner's."""
    return f"{data_folder()}/log"


def open_folder(folder: str) -> bool:
    """Show a folder where the system shows folders, once it is made; say whether that is done."""
    from PySide6.QtGui import QDesktopServices  # a log needs no screen

    with private():
        made = QDir().mkpath(folder)
    return made and QDesktopServices.openUrl(QUrl.fromLocalFile(folder))


class Log(logging.Handler):
    """Writes lines into files that take turns; the file is opened with the first line.

    Between :meth:`listen` and :meth:`close` it has all that the package logs. The program goes on
    without a log where none can be written. What comes again and again is written the 1st, 10th,
    100th ... time only.
    """

    def __init__(self, folder: str, opened: Callable[[], object] = lambda: None) -> None:
        """``opened`` is called when the file has been opened, to log what comes first."""
        super().__init__(logging.INFO)
        self.folder = folder
        self.path = f"{folder}/{_NAME}"
        self._opened = opened
        self._counts: dict[str, int] = {}
        self._handler: RotatingFileHandler | None = None
        self._tried = False

    @property
    def works(self) -> bool:
        """Whether there is a file that is written to."""
        return self._handler is not None

    @property
    def file(self) -> str:
        """The path of the file that is written to; empty for none."""
        return self.path if self.works else ""

    def open(self) -> None:
        """Open the file, if that has not been tried yet."""
        if not self._tried:
            self._tried = True
            self._handler = self._made()
            self._opened()

    def listen(self) -> None:
        """Write what the package logs from now on."""
        if PACKAGE.level == logging.NOTSET:
            PACKAGE.setLevel(logging.INFO)
        PACKAGE.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; never raises."""
        try:
            self.open()
            again = self._counted(record)
            if self._handler is not None and again is not None:
                self._handler.emit(again)
        except Exception:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk is no reason to say anything, least of all by the log."""

    def close(self) -> None:
        """Let go of the file; nothing more is written."""
        PACKAGE.removeHandler(self)
        if self._handler is not None:
            with suppress(OSError):  # the disk may be full
                self._handler.close()
            self._handler = None
        super().close()

    def _counted(self, record: logging.LogRecord) -> logging.LogRecord | None:
        """Return the 1st, 10th, 100th ... record of the same text, saying how often it came."""
        text = record.getMessage()
        if text not in self._counts and len(self._counts) >= _KINDS_LIMIT:
            return None
        count = self._counts[text] = self._counts.get(text, 0) + 1
        if str(count).strip("0") != "1":
            return None
        if count > 1:
            record = copy(record)  # others hear of it, too
            record.msg, record.args = "%s (%d times)", (text, count)
        return record

    def _made(self) -> RotatingFileHandler | None:
        # It takes some milliseconds to import, which the start can't spare.
        from logging.handlers import RotatingFileHandler

        class Private(RotatingFileHandler):
            def _open(self) -> TextIOWrapper:
                with private():
                    return super()._open()

        try:
            with private():
                QDir().mkpath(self.folder)
            handler = Private(
                self.path,
                maxBytes=FILE_LIMIT,
                backupCount=FULL_FILES_LIMIT,
                encoding="utf-8",
                errors="replace",
            )
        except OSError:
            return None
        handler.setFormatter(_Lines())
        handler.handleError = self.handleError  # type: ignore[method-assign]
        return handler


class _Lines(logging.Formatter):
    """Moment, process, level and module, then the text, whose further lines are set in."""

    def format(self, record: logging.LogRecord) -> str:
        moment = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(record.created))
        text = without_home(super().format(record)).rstrip().replace("\n", "\n    ")
        module = record.name.removeprefix(f"{PACKAGE.name}.")
        return f"{moment} [{os.getpid()}] {record.levelname} {module}: {text}"
