"""Lets a teacher save everybody's results as a table for a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from cnn_tutor.app.files.exporting import export
from cnn_tutor.app.files.saving import Saving
from cnn_tutor.app.progress_bar import CalledOff, progress_bar
from cnn_tutor.study.practice.gradebook import gradebook
from cnn_tutor.study.practice.record.store import Store


def save_gradebook(window: QWidget, store: Store) -> None:
    """Ask for a file and write the results of all learners there, in the language that is on."""
    title = QCoreApplication.translate("Gradebook", "Results")
    kinds = QCoreApplication.translate("Gradebook", "Tables ({pattern})").format(pattern="*.csv")

    def save(path: str) -> bool:
        text = QCoreApplication.translate("Gradebook", "Going through all answers…")
        try:
            with progress_bar(window, title, text) as progress:
                table = gradebook(store, progress)
        except CalledOff:
            return False
        export(path, table)
        return True

    name = QCoreApplication.translate("Gradebook", "results") + ".csv"
    Saving(window, title, kinds, "csv").ask(name, save)
