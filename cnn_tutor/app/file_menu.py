"""New, open, save, save as and the recent files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDir, QFileInfo, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QMenu,
    QMessageBox,
    QWidget,
)

from cnn_tutor.app.preferences import Preferences
from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile
from cnn_tutor.project import limits
from cnn_tutor.project.file import SUFFIX, FileError
from cnn_tutor.project.plain_text import harmless
from cnn_tutor.study import words
from cnn_tutor.study.presets import presets
from cnn_tutor.widgets.unfinished import finish_typing

_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose


class FileMenu(QObject):
    """What the File menu does; its dialogs never block the program."""

    failed = Signal(str)
    """The message that says which file could not be read or written, and why."""

    def __init__(
        self, window: QWidget, document: Document, preferences: Preferences | None
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._preferences = window, document, preferences
        self.file = DocumentFile(document)
        self.put_aside: Callable[[], bool] = lambda: True
        """Keeps work that is left without a question; False if it can't."""

    def new(self) -> None:
        """Start over with the first preset, after asking about unsaved work."""
        first = next(iter(presets().values()))
        self.ask_about_changes(lambda: self.file.new(first.project()))

    def open(self) -> None:
        """Let the learner choose a file to open, after asking about unsaved work."""
        self.ask_about_changes(self._choose_file)

    def open_path(self, path: str) -> None:
        """Open a file, after asking about unsaved work."""
        self.ask_about_changes(lambda: self.load(path))

    def load(self, path: str) -> bool:
        """Open a file at once; return whether that worked."""
        try:
            self.file.open(path)
        except FileError as error:
            self._fail(path, error)
            return False
        self._remember()
        return True

    def save(self) -> None:
        """Save to the open file, or ask for one."""
        self.finish_typing()
        if self.file.path:
            self._save_to(self.file.path)
        else:
            self.save_as()

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a file and save there."""
        self.finish_typing()
        dialog = self._dialog(self.tr("Save project"), QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.selectFile(self.file.name or self.tr("untitled") + SUFFIX)
        dialog.fileSelected.connect(lambda path: self._save_to(path, then))
        dialog.open()

    def finish_typing(self) -> None:
        """Take over what is being typed into a cell or a setting."""
        finish_typing(self._window)

    def fill_recent(self, menu: QMenu) -> None:
        """Put the recent files into a menu."""
        menu.clear()
        paths = self._preferences.recent_files if self._preferences else []
        for path in paths:
            action = menu.addAction(QDir.toNativeSeparators(path).replace("&", "&&"))
            action.triggered.connect(lambda _=False, path=path: self.open_path(path))
        if not paths:
            menu.addAction(self.tr("No recent files")).setEnabled(False)
        elif self._preferences:
            menu.addSeparator()
            menu.addAction(self.tr("Clear this list")).triggered.connect(
                self._preferences.clear_recent
            )

    def _choose_file(self) -> None:
        dialog = self._dialog(self.tr("Open project"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.load)
        dialog.open()

    def _dialog(self, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
        folder = QFileInfo(self.file.path).path() if self.file.path else QDir.homePath()
        dialog = QFileDialog(self._window, title, folder)
        dialog.setObjectName("file_dialog")
        dialog.setAcceptMode(mode)
        kinds = self.tr("CNN Tutor projects ({pattern})").format(pattern=f"*{SUFFIX}")
        dialog.setNameFilters([kinds, self.tr("All files (*)")])
        dialog.setAttribute(_DELETE)
        return dialog

    def _save_to(self, path: str, then: Callable[[], object] | None = None) -> None:
        try:
            self.file.save(path)
        except FileError as error:
            self._fail(path, error)
            return
        self._remember()
        if then:
            then()

    def ask_about_changes(self, then: Callable[[], object]) -> None:
        """Do something that puts the open work away: at once, or when the learner has said so."""
        self.finish_typing()
        if self._document.undo_stack.isClean():
            then()
            return
        box = QMessageBox(self._window)
        box.setObjectName("unsaved_changes")
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(self.tr("Your changes have not been saved."))
        box.setInformativeText(self.tr("Do you want to save them first?"))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        box.setAttribute(_DELETE)

        def answer(button: int) -> None:
            if button == buttons.Discard:
                then()
            elif button == buttons.Save and self.file.path:
                self._save_to(self.file.path, then)
            elif button == buttons.Save:
                self.save_as(then)

        box.finished.connect(answer)
        box.open()

    def _remember(self) -> None:
        if self._preferences:
            self._preferences.add_recent(self.file.path)

    def _fail(self, path: str, error: FileError) -> None:
        name = harmless(QFileInfo(path).fileName(), limits.MAX_ARGUMENT)
        self.failed.emit(f"{name}: {words.explain(error)}")
