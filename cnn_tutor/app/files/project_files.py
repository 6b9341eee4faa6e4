"""New, open, save, save as and the recent files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDir, QFileInfo, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from cnn_tutor.app.files.dialogs import file_dialog, message_box
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.document.autosave.autosave import Autosave
from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile, stamp
from cnn_tutor.project import limits
from cnn_tutor.project.file import SUFFIX, FileError
from cnn_tutor.project.plain_text import harmless
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.widgets.controls.boxes import finish_typing


class ProjectFiles(QObject):
    """What the File menu does; its dialogs never block the program."""

    failed = Signal(str)
    """Emitted when a file could not be read or written, with a message that says which and why."""

    said = Signal(str)
    """Emitted with what the learner has to know of the open file."""

    def __init__(
        self,
        window: QWidget,
        file: DocumentFile,
        document: Document,
        autosave: Autosave | None,
        preferences: Preferences | None,
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._preferences = window, document, preferences
        self.file, self._autosave = file, autosave
        self._reported = ""

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

    def look(self) -> None:
        """See whether somebody else has done anything to the open file, and say it once."""
        strayed = self.file.look()
        if strayed not in ("", self._reported):
            self.said.emit(words.say(f"kept.open_file_{strayed}", file=_shown(self.file.path)))
        self._reported = strayed

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

    def put_aside(self) -> bool:
        """Keep work that is left without a question; return False if that fails."""
        return self._autosave is None or self._autosave.put_aside()

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
        kinds = self.tr("CNN Tutor projects ({pattern})").format(pattern=f"*{SUFFIX}")
        dialog = file_dialog(self._window, "file_dialog", title, folder, kinds)
        dialog.setAcceptMode(mode)
        return dialog

    def _save_to(
        self, path: str, then: Callable[[], object] | None = None, over: str | None = None
    ) -> None:
        """Save there and go on; ask first if somebody else has written the file since.

        ``over`` is the stamp of what may be written over; that of what can't be read is empty.
        """
        own = QFileInfo(path).absoluteFilePath() == self.file.path
        strayed, reported = self.file.look() if own else "", self._reported
        self._reported = strayed
        changed = strayed == "changed" and QFileInfo(path).isFile()  # else it can't be written
        if changed and (there := stamp(path)) != over:
            self._ask_what_to_keep(path, then, there)
            return
        try:
            self.file.save(path)
        except FileError as error:
            self._fail(path, error)
            return
        self._reported = ""
        self._remember()
        if strayed == "gone" and reported != strayed:
            self.said.emit(words.say("kept.written_anew", file=_shown(path)))
        if then:
            then()

    def _ask_what_to_keep(self, path: str, then: Callable[[], object] | None, there: str) -> None:
        """Ask which of two versions is to be in the file; neither is lost unasked."""
        text = self.tr("{name} has been changed since you opened or saved it.")
        box = self._question("file_changed", text.format(name=_shown(path)))
        box.setInformativeText(
            self.tr(
                "Another program or window has written to it. Save your version as another file, "
                "overwrite what is there, or reload it? When you reload, your version waits under "
                "File ▸ Unsaved work."
            )
        )
        save_as = box.addButton(self.tr("Save &as…"), QMessageBox.ButtonRole.AcceptRole)
        overwrite = box.addButton(self.tr("&Overwrite"), QMessageBox.ButtonRole.DestructiveRole)
        reload = box.addButton(self.tr("&Reload"), QMessageBox.ButtonRole.ResetRole)
        box.setDefaultButton(save_as)
        box.addButton(QMessageBox.StandardButton.Cancel)
        for button, object_name in (
            (save_as, "save_as"),
            (overwrite, "overwrite"),
            (reload, "reload"),
        ):
            button.setObjectName(object_name)
        save_as.clicked.connect(lambda: self.save_as(then))
        overwrite.clicked.connect(lambda: self._save_to(path, then, there))
        reload.clicked.connect(lambda: self.put_aside() and self.load(path))
        box.open()

    def ask_about_changes(self, then: Callable[[], object]) -> None:
        """Do something that puts the open work away: at once, or when the learner has said so."""
        self.finish_typing()
        self.look()  # what its file has no more is not saved
        if self._document.undo_stack.isClean():
            then()
            return
        box = self._question("unsaved_changes", self.tr("Your changes have not been saved."))
        box.setInformativeText(self.tr("Do you want to save them first?"))
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)

        def answer(button: int) -> None:
            if button == buttons.Discard:
                then()
            elif button == buttons.Save and self.file.path:
                self._save_to(self.file.path, then)
            elif button == buttons.Save:
                self.save_as(then)

        box.finished.connect(answer)
        box.open()

    def _question(self, name: str, text: str) -> QMessageBox:
        return message_box(self._window, name, QMessageBox.Icon.Question, text)

    def _remember(self) -> None:
        if self._preferences:
            self._preferences.add_recent(self.file.path)

    def _fail(self, path: str, error: FileError) -> None:
        self.failed.emit(f"{_shown(path)}: {words.explain(error)}")


def _shown(path: str) -> str:
    return harmless(QFileInfo(path).fileName(), limits.MAX_ARGUMENT)
