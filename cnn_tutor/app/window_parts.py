"""What a window is made of, handed to its menus and to what ends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QUndoGroup
from PySide6.QtWidgets import QMainWindow

from cnn_tutor.app.chapters.chapters import Chapters
from cnn_tutor.app.chapters.lesson_files import LessonFiles
from cnn_tutor.app.chapters.lesson_steps import LessonSteps
from cnn_tutor.app.chapters.practice_pages import PracticePages
from cnn_tutor.app.files.project_files import ProjectFiles
from cnn_tutor.app.framing import Framing
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.document.autosave.autosave import Autosave
from cnn_tutor.document.document import Document
from cnn_tutor.pages.lab_page import LabPage


@dataclass(frozen=True, eq=False)
class WindowParts:
    """The parts of one window, all of them made."""

    parent: QMainWindow
    """The window itself, for dialogs to stand over and actions to belong to."""

    document: Document
    files: ProjectFiles
    lesson_files: LessonFiles
    lesson_steps: LessonSteps
    chapters: Chapters
    practice: PracticePages
    lab: LabPage
    undo_group: QUndoGroup
    autosave: Autosave | None
    """None where nothing is kept from one start to the next."""

    preferences: Preferences | None
    """None where nothing is remembered."""

    framing: Framing

    report: Callable[[str], None]
    """Shows a message at the top of the page that is on."""
