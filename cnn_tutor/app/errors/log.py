"""The log: what happened in the last runs, for who has to find out why something went wrong."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QUrl

from cnn_tutor.app.errors.redact_home import without_home
from cnn_tutor.document.own_files import data_folder
from cnn_tutor.project.private import private

if TYPE_CHECKING:
    from io import TextIOWrapper

FILE_LIMIT = 256 * 1024
"""The size of the log, in bytes, at which it becomes the older one and a new one is begun."""

PACKAGE = logging.getLogger("cnn_tutor")
"""The logger above those of all modules of the package, ``logging.getLogger(__name__)``."""

_KINDS_LIMIT = 500
"""Different texts whose repeats are counted at a time."""


def log_folder() -> str:
    """Return where the log is kept, beside all else that the program keeps of a learner's."""
    return f"{data_folder()}/log"


def open_folder(folder: str) -> bool:
    """Show a folder where the system shows folders, once it is made; say whether that is done."""
    from PySide6.QtGui import QDesktopServices  # a log needs no screen

    with private():
        made = QDir().mkpath(folder)
    return made and QDesktopServices.openUrl(QUrl.fromLocalFile(folder))


class Log(logging.FileHandler):
    """Writes lines into a file that is opened with the first one; the older half lies beside it.

    Between :meth:`listen` and :meth:`close` it has all that the package logs. The program goes on
    without a log where none can be written. What comes again and again is written the 1st, 10th,
    100th ... time only.
    """

    def __init__(self, folder: str, opened: Callable[[], object] = lambda: None) -> None:
        """``opened`` is called when the file has been opened, to log what comes first."""
        super().__init__(f"{folder}/cnn-tutor.log", encoding="utf-8", delay=True, errors="replace")
        self.setLevel(logging.INFO)
        self.setFormatter(_Lines())
        self.folder = folder
        self._opened = opened
        self._counts = Counter[str]()

    @property
    def file(self) -> str:
        """The path of the file that is written to; empty for none."""
        return self.baseFilename if self.stream is not None else ""

    def open(self) -> None:
        """Open the file, if it is not open."""
        if self.stream is None:
            with suppress(OSError):
                self.stream = self._open()
                self._opened()

    def listen(self) -> None:
        """Write what the package logs from now on."""
        if PACKAGE.level == logging.NOTSET:
            PACKAGE.setLevel(logging.INFO)
        PACKAGE.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; never raises."""
        try:
            if self.stream is not None and self.stream.tell() > FILE_LIMIT:
                self.stream.close()
                self.stream = None  # a new file, as soon as one can be opened
            self.open()
            again = self._counted(record)
            if self.stream is not None and again is not None:
                super().emit(again)
        except Exception:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk is no reason to say anything, least of all by the log."""

    def close(self) -> None:
        """Let go of the file; nothing more is written."""
        PACKAGE.removeHandler(self)
        with suppress(OSError):  # the disk may be full
            super().close()

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        with private():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > FILE_LIMIT:
                path.replace(f"{path}.1")
            return super()._open()

    def _counted(self, record: logging.LogRecord) -> logging.LogRecord | None:
        """Return the 1st, 10th, 100th ... record of the same text, saying how often it came."""
        text = record.getMessage()
        if len(self._counts) > _KINDS_LIMIT:
            self._counts.clear()
        self._counts[text] += 1
        count = self._counts[text]
        if str(count).strip("0") != "1":
            return None
        if count > 1:
            record = copy(record)  # others hear of it, too
            record.msg, record.args = "%s (%d times)", (text, count)
        return record


class _Lines(logging.Formatter):
    """Moment, process, level and module, then the text, whose further lines are set in."""

    def format(self, record: logging.LogRecord) -> str:
        moment = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(record.created))
        text = without_home(super().format(record)).rstrip().replace("\n", "\n    ")
        module = record.name.removeprefix(f"{PACKAGE.name}.")
        return f"{moment} [{os.getpid()}] {record.levelname} {module}: {text}"
