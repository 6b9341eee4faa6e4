"""The window as the program builds it: with settings, unsaved work and practice on the disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.style import language
from cnn_tutor.document.own_files import set_program_name


def home(folder: str) -> dict[str, str]:
    """Return the environment in which all that the program keeps is in a folder."""
    return {
        "HOME": folder,
        "XDG_CONFIG_HOME": f"{folder}/config",
        "XDG_DATA_HOME": f"{folder}/data",
    }


@contextmanager
def started() -> Iterator[tuple[MainWindow, Path]]:
    """Show a window of 1280×720 that has a home of its own; give it and where answers are kept."""
    app = QApplication.instance() or QApplication(["benchmark"])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(home(folder))
        set_program_name()
        language.apply("en")
        preferences = Preferences()
        window = MainWindow(preferences)
        window.resize(1280, 720)
        window.show()
        settle()
        yield window, Path(preferences.practice_path)
        window.close()
        settle()


def settle() -> None:
    """Let everything be laid out and painted, and what that brings about; let old parts go."""
    loop = QEventLoop()
    while loop.processEvents():
        pass
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    while loop.processEvents():
        pass
