"""Writes a file that the learner has asked for, and says where it is or why it isn't."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDir, QFileInfo, QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from cnn_tutor.app.files.dialogs import file_dialog, message_box
from cnn_tutor.app.files.exporting import export
from cnn_tutor.app.progress_bar import CalledOff, progress_bar
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import words
from cnn_tutor.study.practice.gradebook import gradebook
from cnn_tutor.study.practice.record.store import Store


class Saving(QObject):
    """Asks for a place, writes a file there and offers to open it; no dialog blocks the program.

    ``title`` stands over every dialog, ``kinds`` is the filter for names, as in
    ``"Tables (*.csv)"``, and ``suffix`` what the name gets that is typed without one.
    """

    def __init__(self, window: QWidget, title: str, kinds: str, suffix: str) -> None:
        super().__init__(window)
        self._window, self._title, self._kinds, self._suffix = window, title, kinds, suffix

    def ask(self, name: str, write: Callable[[str], bool]) -> None:
        """Let a file be chosen and write it.

        ``write`` gets its path, returns whether it has written it, and may raise a Refusal.
        """
        paths = QStandardPaths
        folder = paths.writableLocation(paths.StandardLocation.DocumentsLocation)
        dialog = file_dialog(self._window, "saving_dialog", self._title, folder, self._kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self._suffix)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.write(path, write))
        dialog.open()

    def write(self, path: str, write: Callable[[str], bool]) -> None:
        """Write the file and say how that went."""
        try:
            written = write(path)
        except Refusal as refusal:
            self._complain(f"{QFileInfo(path).fileName()}: {words.explain(refusal)}")
            return
        if written:
            self._show_done(path)

    def _show_done(self, path: str) -> None:
        said = self.tr("It has been saved:")
        box = self._box("saving_done", QMessageBox.Icon.Information, said)
        box.setInformativeText(QDir.toNativeSeparators(path))
        box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Close)
        box.setDefaultButton(QMessageBox.StandardButton.Open)

        def answer(button: int) -> None:
            if button == QMessageBox.StandardButton.Open:
                QDesktopServices.openUrl(QUrl.fromLocalFile(path))

        box.finished.connect(answer)
        box.open()

    def _complain(self, fault: str) -> None:
        self._box("saving_failed", QMessageBox.Icon.Warning, fault).open()

    def _box(self, name: str, icon: QMessageBox.Icon, text: str) -> QMessageBox:
        box = message_box(self._window, name, icon, text)
        box.setWindowTitle(self._title)
        return box


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
