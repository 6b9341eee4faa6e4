"""A bar for work that takes long: how far it is, and a button that calls it off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

PATIENCE_MS = 1000
"""How long something takes before a bar is seen."""

_STEPS = 200


class CalledOff(Exception):
    """Who had to wait does not want to any more."""


@contextmanager
def progress_bar(window: QWidget, title: str, text: str) -> Iterator[Callable[[float], None]]:
    """Give what is called with the share that is done; it raises CalledOff when it is to end.

    The bar is there when it takes long. Events are handled meanwhile, but the window takes none.
    """
    bar: QProgressDialog | None = None

    def show(share: float) -> None:
        nonlocal bar
        if bar is None:
            cancel = QCoreApplication.translate("ProgressBar", "Cancel")
            bar = QProgressDialog(text, cancel, 0, _STEPS, window)
            bar.setObjectName("progress")
            bar.setWindowTitle(title)
            bar.setWindowModality(Qt.WindowModality.WindowModal)
            bar.setMinimumDuration(PATIENCE_MS)
        bar.setValue(int(share * (_STEPS - 1)))
        if bar.wasCanceled():
            raise CalledOff

    try:
        yield show
    finally:
        if bar is not None:
            bar.close()
            bar.deleteLater()
