"""The window as the program builds it: with settings, unsaved work and practice on the disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.style import language
from cnn_tutor.document.own_files import set_program_name
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.project.project import Project


def home(folder: str) -> dict[str, str]:
    """Return the environment in which all that the program keeps is in a folder."""
    return {
        "HOME": folder,
        "XDG_CONFIG_HOME": f"{folder}/config",
        "XDG_DATA_HOME": f"{folder}/data",
    }


def board(
    side: int, kernel: int, depth: int = 1, filters: int = 1, scale: float = 1, **settings: Any
) -> Project:
    """Return a convolution; of a ``scale`` other than 1 it has numbers of many digits."""
    rng = np.random.default_rng(0)
    shape = (kernel, kernel, depth, filters)
    weights = rng.integers(-2, 3, shape) if scale == 1 else scale * rng.normal(size=shape)
    tensors = {"kernel": weights, "bias": np.zeros(filters)}
    return Project.of(rng.integers(0, 10, (side, side, depth)), Conv2D(**settings), tensors)


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
