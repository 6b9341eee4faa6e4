"""One run of the program: puts back what was open, draws a screenshot, or shows the window."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PySide6.QtCore import QFile, QSize, Qt
from PySide6.QtWidgets import QApplication

from cnn_tutor import __version__
from cnn_tutor.app import language
from cnn_tutor.app.lesson_files import SUFFIX
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.preferences import Preferences
from cnn_tutor.project.file import FileError
from cnn_tutor.study import words
from cnn_tutor.study.lessons.fault import LessonError


class Session:
    """Runs the program as the command line says."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options

    def run(self) -> int:
        """Show the window until it is closed, or draw it once; return the exit code."""
        options = self._options
        app = QApplication(sys.argv[:1])
        app.setApplicationName("cnn-tutor")
        app.setApplicationDisplayName("CNN Tutor")
        app.setApplicationVersion(__version__)
        app.setDesktopFileName("cnn-tutor")
        # A picture shows what it is asked for, on every machine alike.
        preferences = None if options.screenshot else Preferences()
        remembered = preferences.language if preferences else None
        language.apply(options.lang or remembered or language.system_language())
        window = MainWindow(preferences)
        # Left to Python's collector, a window would be taken apart piece by piece.
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if options.theme:
            window.show_theme(options.theme)
        fault = self._open(window, preferences)
        if fault:
            print(f"cnn-tutor: {fault}", file=sys.stderr)
            return 2
        if options.screenshot:
            return self._draw(app, window)
        assert preferences is not None
        if not window.restoreGeometry(preferences.geometry) or options.size:
            window.resize(QSize(*options.size) if options.size else window.size())
        window.show()
        return app.exec()

    def _open(self, window: MainWindow, preferences: Preferences | None) -> str | None:
        """Open what the command line names, else what was open last; return what went wrong."""
        options = self._options
        step = options.step or 0
        try:
            if options.file and options.file.lower().endswith(SUFFIX):
                key = window.lesson_files.add(Path(options.file))
                window.document.open(window.chapters.project(key, step))
            elif options.file:
                window.files.file.open(options.file)
            elif options.open and window.practice.knows(options.open):
                window.open_chapter(options.open)
                window.practice.answer(options.answer or ())
            elif options.open:
                window.document.open(window.chapters.project(options.open, step))
            elif preferences:
                _restore(window, preferences)
        except (FileError, LessonError) as error:
            return " ".join(f"{options.file or options.open}: {words.explain(error)}".split())
        if step and window.guide.lesson is None:
            window.lab.walk.seek(step)
        return None

    def _draw(self, app: QApplication, window: MainWindow) -> int:
        options = self._options
        window.resize(QSize(*(options.size or (1280, 720))))
        window.show()
        app.processEvents()
        window.lab.finish()
        app.processEvents()
        if window.grab().save(options.screenshot):
            return 0
        problem = words.say("errors.image_save")
        print(f"cnn-tutor: {options.screenshot}: {problem}", file=sys.stderr)
        return 2


def _restore(window: MainWindow, preferences: Preferences) -> None:
    """Put back what was open when the program was closed: unsaved work, a file, or a chapter."""
    if window.kept_work is not None and window.kept_work.restore():
        return
    path, chapter = preferences.open_path, preferences.chapter
    if path and QFile.exists(path):
        window.files.load(path)
        return
    # The chapter, or where its step has gone since, its lesson; who starts for the first time is
    # taken by the hand.
    for key in (chapter, chapter.partition("/")[0]) if chapter else window.guide.library:
        try:
            window.document.open(window.chapters.project(key))
        except (KeyError, LessonError):
            continue
        return
