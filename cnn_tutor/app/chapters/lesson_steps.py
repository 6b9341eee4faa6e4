"""What is on the board, saved as a step of a teacher's lesson."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileInfo, QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from cnn_tutor.app.chapters.lesson_files import SUFFIX, LessonFiles
from cnn_tutor.app.files import saving
from cnn_tutor.app.files.dialogs import file_dialog
from cnn_tutor.app.files.exporting import export
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.project import limits
from cnn_tutor.project.plain_text import harmless
from cnn_tutor.study.lessons import reader
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.writer import begun, continued
from cnn_tutor.widgets.controls.boxes import finish_typing


class LessonSteps(QObject):
    """Writes the board into a new lesson, or at the end of one that there is.

    The board stays on, for the teacher to go on to the next step.
    """

    def __init__(self, window: QWidget, state: LabState, lessons: LessonFiles) -> None:
        super().__init__(window)
        self._window, self._state, self._lessons = window, state, lessons
        self._path = ""

    def save(self) -> None:
        """Let a lesson be chosen, a new one or one that there is, and save the board there."""
        finish_typing(self._window)
        scene = self._state.scene
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = QStandardPaths.writableLocation(place)
        folder = QFileInfo(self._path).path() if self._path else folder
        kinds = self.tr("Lessons ({pattern})").format(pattern=f"*{SUFFIX}")
        title = self.tr("Save the board as a lesson step: a new lesson, or one to add it to")
        dialog = file_dialog(self._window, "lesson_step_dialog", title, folder, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # nothing is written over
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.selectFile(self._path or self.tr("My lesson") + SUFFIX)
        dialog.fileSelected.connect(lambda path: self._save(path, scene))
        dialog.open()

    def _save(self, path: str, scene: Scene) -> None:
        def write(name: str) -> None:
            file = Path(name)
            if file.exists():
                data, _ = continued(reader.content_of(file), scene, file.parent)
            else:
                data, _ = begun(scene, harmless(file.stem, limits.MAX_LETTERS), file.parent)
            export(name, data)
            self._lessons.add(file)
            self._path = name

        saving.save(self._window, self.tr("Save board as lesson step"), path, write)
