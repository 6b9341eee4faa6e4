"""The text that says what went wrong, to be copied for whoever looks after the program."""

from __future__ import annotations

import platform
from collections.abc import Callable

import numpy as np
from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication, QUndoStack

from cnn_tutor import __version__
from cnn_tutor.app.errors.faults import Faults
from cnn_tutor.app.errors.redact_home import without_home
from cnn_tutor.app.style import appearance
from cnn_tutor.app.window_parts import WindowParts
from cnn_tutor.study import words
from cnn_tutor.study.exercises.code import encode

COMMANDS_LIMIT = 20
"""The last commands of each undo stack that are named."""


def versions() -> str:
    """Say which program this is, and what it runs on."""
    return (
        f"CNN Tutor {__version__}\n"
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {pyside_version}, "
        f"NumPy {np.__version__}\n{platform.platform()}"
    )


def circumstances(parts: WindowParts) -> str:
    """Say where the learner is and what was done last.

    The labels are English in every language: who reads them may not speak the learner's. What
    can't be found out, because it is what is broken, is a question mark.
    """
    lines = [
        versions(),
        f"Display: {_found(QGuiApplication.platformName)}, language {words.language()}, "
        f"theme {_found(appearance.chosen)}",
        f"Page: {_found(lambda: parts.practice.on or 'lab')}",
        f"Chapter: {_found(lambda: parts.document.project.origin or '-')}",
    ]
    exercise = _found(lambda: _exercise(parts))
    if exercise:
        lines.append(f"Exercise: {exercise}")
    lines.append(_found(lambda: _commands(parts.undo_group.stacks())))
    return without_home("\n".join(lines))


def error_report(facts: str, faults: Faults, log: str) -> str:
    """Return the whole report: the circumstances, where the log is if anywhere, every error."""
    parts = [f"{facts}\nLog: {log or 'none'}"]
    for fault in faults.list:
        times = f" ({fault.times} times)" if fault.times > 1 else ""
        parts.append(f"{fault.name}{times}\n\n{fault.traceback}")
    if faults.others:
        parts.append(f"Others: {faults.others}")
    return without_home("\n\n".join(parts)) + "\n"


def _exercise(parts: WindowParts) -> str:
    if not parts.practice.on_exercise:
        return ""
    exercise = parts.practice.page.drill.exercise
    return "" if exercise is None else f"{encode(exercise)} ({exercise.shape}, {exercise.kind})"


def _commands(stacks: list[QUndoStack]) -> str:
    """Name what was done last, the newest last; the first stack is that of the board."""
    lines = []
    for n, stack in enumerate(stacks):
        count = stack.count()
        if count:
            lines.append("Last commands in practice:" if n else "Last commands on the board:")
        for place in range(max(0, count - COMMANDS_LIMIT), count):
            undone = " (undone)" if place >= stack.index() else ""
            lines.append(f"  {stack.text(place)}{undone}")
    return "\n".join(lines or ["Last commands: none"])


def _found(fact: Callable[[], str]) -> str:
    try:
        return fact()
    except Exception:  # the report must come out whatever is broken
        return "?"
