"""File ▸ Unsaved work: what is in no file and not open, of this run or an earlier one."""

from __future__ import annotations

from PySide6.QtCore import QDir, QFileInfo, QObject
from PySide6.QtWidgets import QMenu

from cnn_tutor.app.style.language import time_text
from cnn_tutor.app.window_parts import WindowParts
from cnn_tutor.document.autosave.folder import Head
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError
from cnn_tutor.project.plain_text import harmless
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets


class UnsavedMenu(QObject):
    """Lists the work that waits, the newest first, as it is when the menu opens."""

    def __init__(self, menu: QMenu, parts: WindowParts) -> None:
        super().__init__(menu)
        self._menu, self._parts = menu, parts
        menu.setObjectName("unsaved_work")
        menu.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self._menu.clear()
        kept = self._parts.autosave
        for work in kept.waiting() if kept is not None else []:
            if work.head is not None:
                text = words.say(
                    "kept.entry", time=time_text(work.when), what=self._what(work.head)
                )
                action = self._menu.addAction(text.replace("&", "&&"))
                action.triggered.connect(lambda _=False, name=work.name: self._choose(name))
        if self._menu.isEmpty():
            self._menu.addAction(self.tr("None")).setEnabled(False)

    def _what(self, head: Head) -> str:
        """Return the name of the file that work belongs to, or the title of its chapter."""
        if head.path:
            return harmless(QFileInfo(head.path).fileName(), limits.MAX_ARGUMENT)
        library, chapter = self._parts.lab.guide.library, head.origin.partition("/")[0]
        if chapter in library:
            return library[chapter].title
        return presets()[chapter].title if chapter in presets() else self.tr("Untitled")

    def _choose(self, name: str) -> None:
        self._parts.files.ask_about_changes(lambda: self._open(name))

    def _open(self, name: str) -> None:
        kept = self._parts.autosave
        try:
            if kept is not None:
                kept.take(name)
        except FileError as error:
            folder = QDir.toNativeSeparators(kept.folder) if kept is not None else ""
            said = [words.explain(error)]
            if error.reason != "kept_in_use":
                said.append(words.say("kept.unreadable", folder=folder))
            self._parts.report("\n".join(said))
