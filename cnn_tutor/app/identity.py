"""What the program is called, as far as Qt wants to know."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cnn_tutor import __version__


def introduce() -> None:
    """Tell Qt the program's name, by which its folders go."""
    QCoreApplication.setApplicationName("cnn-tutor")
    QCoreApplication.setApplicationVersion(__version__)
