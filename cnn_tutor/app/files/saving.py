"""Writes a file that the learner has asked for, and says where it is or why it isn't."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDir, QFileInfo, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from cnn_tutor.app.files.dialogs import file_dialog, message_box
from cnn_tutor.app.files.exporting import export
from cnn_tutor.app.progress_bar import CalledOff, progress_bar
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import words
from cnn_tutor.study.practice.gradebook import gradebook
from cnn_tutor.study.practice.record.store import Store

translate = QCoreApplication.translate


def ask_and_save(
    window: QWidget, title: str, kinds: str, name: str, write: Callable[[str], object]
) -> None:
    """Let a file be chosen, a name being suggested, and save it there; no dialog blocks.

    ``title`` stands over every dialog, and ``kinds`` is the filter for names, as in
    ``"Tables (*.csv)"``. See :func:`save` for ``write``.
    """
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = file_dialog(window, "saving_dialog", title, folder, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(QFileInfo(name).suffix())
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: save(window, title, path, write))
    dialog.open()


def save(window: QWidget, title: str, path: str, write: Callable[[str], object]) -> None:
    """Write a file, and offer to open it or say why it can't be written.

    ``write`` gets its path, and may raise a Refusal, or CalledOff where nothing is to be said.
    """
    try:
        write(path)
    except CalledOff:
        return
    except Refusal as refusal:
        fault = f"{QFileInfo(path).fileName()}: {words.explain(refusal)}"
        box = message_box(window, "saving_failed", QMessageBox.Icon.Warning, fault)
    else:
        said, buttons = translate("Saving", "It has been saved:"), QMessageBox.StandardButton
        box = message_box(window, "saving_done", QMessageBox.Icon.Information, said)
        box.setInformativeText(QDir.toNativeSeparators(path))
        box.setStandardButtons(buttons.Open | buttons.Close)
        box.setDefaultButton(buttons.Open)
        open_it = box.button(buttons.Open).clicked
        open_it.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(path)))
    box.setWindowTitle(title)
    box.open()


def save_gradebook(window: QWidget, store: Store) -> None:
    """Ask for a file and write the results of all learners there, in the language that is on."""
    title = translate("Gradebook", "Results")
    kinds = translate("Gradebook", "Tables ({pattern})").format(pattern="*.csv")

    def write(path: str) -> None:
        text = translate("Gradebook", "Going through all answers…")
        with progress_bar(window, title, text) as progress:
            table = gradebook(store, progress)
        export(path, table)

    name = translate("Gradebook", "results") + ".csv"
    ask_and_save(window, title, kinds, name, write)
