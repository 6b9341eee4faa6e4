"""Lessons that a teacher has written: opened from files, and remembered until they are closed."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from cnn_tutor.app.files.dialogs import file_dialog, message_box
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.project import limits
from cnn_tutor.project.plain_text import harmless
from cnn_tutor.study import words
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.library import Library

SUFFIX = ".toml"
_SHOWN_LIMIT = 5


class LessonFiles(QObject):
    """Opens lesson files into the library; what is wrong with one is said with file and line."""

    changed = Signal()
    """Emitted when other lessons are listed."""

    opened = Signal(str)
    """Emitted when the learner has opened a lesson, with its key."""

    def __init__(self, window: QWidget, library: Library, preferences: Preferences | None) -> None:
        super().__init__(window)
        self._window, self._library, self._preferences = window, library, preferences
        self._missing: dict[str, str] = {}
        if preferences:
            self._open_again(preferences.lesson_paths)

    def open(self) -> None:
        """Let a lesson file be chosen and open it."""
        kinds = self.tr("Lessons ({pattern})").format(pattern=f"*{SUFFIX}")
        dialog = self._dialog(self.tr("Open lesson"), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.load([Path(path)]))
        dialog.open()

    def open_folder(self) -> None:
        """Let a folder be chosen and open all lessons in it."""
        dialog = self._dialog(self.tr("Open a folder of lessons"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.load_folder(Path(path)))
        dialog.open()

    def load_folder(self, folder: Path) -> None:
        """Open all lessons that lie in a folder, in the order of their names."""
        found = nsmallest(limits.MAX_FOLDER, folder.glob(f"*{SUFFIX}"))
        if not found:
            self._complain([words.say("errors.lesson_none", text=str(folder))])
        self.load(found)

    def load(self, paths: Iterable[Path]) -> None:
        """Open lessons and go to the first of them; say of each file that is none why not."""
        keys, faults = [], []
        begun = monotonic()
        for path in paths:
            try:
                if monotonic() - begun > limits.MAX_FOLDER_SECONDS:
                    raise LessonError("lesson_folder_slow")
                keys.append(self._library.open(path).key)
            except LessonError as error:
                name = harmless(path.name, limits.MAX_ARGUMENT)
                faults.append(f"{name}: {words.explain(error)}")
        if keys:
            self._remember()
            self.changed.emit()
            self.opened.emit(keys[0])
        if faults:
            self._complain(faults)

    def add(self, path: Path) -> str:
        """Open a lesson without going to it, and return its key.

        Raises:
            LessonError: if the file is not sound; nothing is changed then.
        """
        key = self._library.open(path).key
        self._remember()
        self.changed.emit()
        return key

    def close(self, key: str) -> None:
        """Take a lesson out of the list again; its file stays."""
        self._library.close(key)
        self._missing.pop(key, None)
        self._remember()
        self.changed.emit()

    def _open_again(self, paths: dict[str, str]) -> None:
        """Open the lessons of the last start; what can't be opened is still remembered."""
        begun = monotonic()
        for number, (key, path) in enumerate(paths.items()):
            if number < limits.MAX_FOLDER and monotonic() - begun < limits.MAX_FOLDER_SECONDS:
                try:
                    self._library.open(Path(path), key)
                except LessonError:
                    self._missing[key] = path  # its disk may be there again at the next start
            else:
                self._library.expect(Path(path), key)
                self._missing[key] = path

    def _remember(self) -> None:
        if self._preferences:
            own = {key: str(entry.path) for key, entry in self._library.own.items()}
            # What was opened goes first, and is opened again before what waits.
            self._preferences.lesson_paths = own | {**self._missing, **own}

    def _dialog(self, title: str, kinds: str = "") -> QFileDialog:
        own = list(self._library.own.values())
        folder = str(own[-1].path.parent) if own else QDir.homePath()
        return file_dialog(self._window, "lesson_dialog", title, folder, kinds)

    def _complain(self, faults: list[str]) -> None:
        shown = faults[:_SHOWN_LIMIT]
        if len(faults) > len(shown):
            shown.append(self.tr("… and {count} more").format(count=len(faults) - len(shown)))
        text = "\n\n".join(shown)
        box = message_box(self._window, "lesson_error", QMessageBox.Icon.Warning, text)
        box.setWindowTitle(self.tr("Open lesson"))
        box.open()
