"""Where the program keeps what is its own, which nothing else is ever written over."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths

from cnn_tutor import __version__

_PLACES = QStandardPaths.StandardLocation


def set_program_name() -> None:
    """Give Qt the program's name, which its folders have."""
    QCoreApplication.setApplicationName("cnn-tutor")
    QCoreApplication.setApplicationVersion(__version__)


def config_folder() -> str:
    """Return where the settings are."""
    return QStandardPaths.writableLocation(_PLACES.AppConfigLocation)


def data_folder() -> str:
    """Return where all else is that the program keeps: practice, unsaved work, the log."""
    return QStandardPaths.writableLocation(_PLACES.AppDataLocation)


def is_own(path: str) -> bool:
    """Return whether a path leads into one of the program's own folders, be it by links."""
    place = Path(os.path.realpath(path))
    folders = (config_folder(), data_folder())
    return any(place.is_relative_to(os.path.realpath(folder)) for folder in folders)
