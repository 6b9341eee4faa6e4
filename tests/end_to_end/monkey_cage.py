"""What a monkey may not do, and what has to hold of the window that it plays with."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QDir, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.document import files, writing
from cnn_tutor.document.autosave import autosave
from cnn_tutor.document.document import Document
from cnn_tutor.project.file import FileError, encode
from cnn_tutor.study.boards.presets import presets
from tests.helpers.example_lesson import EXAMPLE

_OF_THE_PLATFORM = "This plugin does not support"
_OF_FILES = "edit: "
"""Said where Qt's own dialog offers to rename what can't be."""
_GONE = "already deleted"
_BAD = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
_OWN = "monkey_"


def check_numbers(window: MainWindow) -> None:
    """The numbers that are kept up to date cell by cell are those computed from the start."""
    for document in window.findChildren(Document):
        evaluation, anew = document.evaluation, document.project.evaluated()
        for node in document.project.network.nodes:
            found, right = evaluation.value(node.name), anew.value(node.name)
            assert np.allclose(found, right, rtol=1e-9, atol=1e-9, equal_nan=True), node.name


def check_undo(window: MainWindow) -> None:
    """All can be undone and done again, and is the same then."""
    document = window.document
    stack, before = document.undo_stack, document.project
    index = stack.index()
    stack.setIndex(0)
    check_numbers(window)
    stack.setIndex(index)
    check_numbers(window)
    assert encode(before) == encode(document.project), "done again, the work is another"


def guard(fault: Callable[[str], None], folder: Path) -> None:
    """Hear of everything that goes wrong, and let nothing be done outside of the folder."""

    def warned(kind: QtMsgType, context: object, text: str) -> None:
        asked = isinstance(QApplication.activeModalWidget(), QFileDialog)
        if text.startswith(_OF_THE_PLATFORM) or (asked and text.startswith(_OF_FILES)):
            return
        if kind in _BAD:
            fault(f"Qt: {text}\n{''.join(traceback.format_stack(limit=12))}")

    def raised(kind: type, error: BaseException, trace: object) -> None:
        fault("".join(traceback.format_exception(kind, error, trace)))  # type: ignore[arg-type]

    def unraisable(args: object) -> None:
        fault(f"unraisable: {args}")

    qInstallMessageHandler(warned)
    sys.excepthook = raised
    sys.unraisablehook = threading.excepthook = unraisable
    QDesktopServices.openUrl = lambda url: True  # type: ignore[method-assign,assignment]
    write = writing.write

    def write_inside(path: str, data: bytes, *, own: bool = False) -> None:
        if not _inside(path, folder):
            raise FileError("file_save", detail="outside")
        write(path, data, own=own)

    for module in (writing, files, autosave):
        module.write = write_inside


def allow(error: RuntimeError) -> None:
    """Let the monkey itself take hold of what is gone.

    PySide gives a dead object's wrapper out again for another one at its place.
    """
    last = traceback.extract_tb(error.__traceback__)[-1].filename
    if _GONE not in str(error) or not Path(last).name.startswith(_OWN):
        raise error


def _inside(path: str, folder: Path) -> bool:
    return Path(path).resolve().is_relative_to(folder.resolve())


def keep_inside(folder: Path) -> None:
    """Bring every dialog for files back that has gone astray."""
    for dialog in QApplication.topLevelWidgets():
        if not isinstance(dialog, QFileDialog) or not dialog.isVisible():
            continue
        if not _inside(dialog.directory().absolutePath(), folder):
            dialog.setDirectory(QDir.homePath())


def files_in(folder: Path) -> list[Path]:
    """Make files to drop and to open: projects and lessons, sound and spoilt ones."""
    project, other = (encode(presets()[key].project()) for key in ("convolution", "deep"))
    made = {
        "sound.cnnt": project,
        "other.cnnt": other,
        "cut.cnnt": project[: len(project) // 2],
        "empty.cnnt": b"",
        "lesson.toml": EXAMPLE.encode(),
        "spoilt.toml": b"title = 3\n",
        "notes.txt": b"hello",
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return [*(folder / name for name in made), folder / "missing.cnnt"]
