"""Keeps an error in a method that Qt calls from ending the whole program."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from PySide6.QtGui import QUndoCommand

_Command = TypeVar("_Command", bound=QUndoCommand)


def guarded_command(method: Callable[[_Command], None]) -> Callable[[_Command], None]:
    """Guard ``redo`` or ``undo``: the error is reported, and the command dropped from its stack.

    Out of a command that is being pushed no error may come: the stack would hold a command that
    Python has freed, which ends the process a little later.
    """

    @wraps(method)
    def safe(self: _Command) -> None:
        try:
            method(self)
        except Exception as error:
            report(error)
            self.setObsolete(True)

    return safe


def report(error: Exception) -> None:
    """Report an error like any other that nobody caught, and let go of what it held."""
    sys.excepthook(type(error), error, error.__traceback__)
    # A painter that is left open on what is soon gone ends the process; this ends the painter.
    traceback.clear_frames(error.__traceback__)
