"""Where the interpreter stood when it crashed: a file that it can still write to by itself."""

from __future__ import annotations

import faulthandler
from pathlib import Path
from typing import BinaryIO

from cnn_tutor.project.private import private

_NAME = "crash.txt"
_READ_LIMIT = 64 * 1024


class CrashTrace:
    """Has the interpreter leave a trace in a folder if it crashes; all programs share the file."""

    def __init__(self, folder: str) -> None:
        self._path = Path(folder, _NAME)
        self._file: BinaryIO | None = None

    def start(self) -> None:
        """Be ready for a crash from now on; who has asked Python for that already gets it there."""
        if faulthandler.is_enabled():
            return
        try:
            with private():
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("ab")
            faulthandler.enable(self._file)
        except (OSError, RuntimeError, ValueError):
            self.stop()

    def stop(self) -> None:
        """Be ready no more."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None

    def take(self) -> str:
        """Return what an earlier run has left, and empty the file."""
        try:
            if not self._path.is_file() or not self._path.stat().st_size:
                return ""
            with self._path.open("r+b") as file:
                left = file.read(_READ_LIMIT)
                file.truncate(0)
        except OSError:
            return ""
        return left.decode("utf-8", "replace")
