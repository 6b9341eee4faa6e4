"""One run of the program: puts back what was open, draws a screenshot, or shows the window."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QFileInfo, QSize, Qt
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.chapters.lesson_files import SUFFIX
from cnn_tutor.app.cli.exit_codes import fault
from cnn_tutor.app.errors.error_handler import ErrorHandler
from cnn_tutor.app.errors.fatal_error import end_by, show_end, unexpected_error
from cnn_tutor.app.errors.log import Log, log_folder
from cnn_tutor.app.errors.run import logged_run
from cnn_tutor.app.files.exporting import export_picture
from cnn_tutor.app.main_window import MainWindow
from cnn_tutor.app.menus.alt_key import AltKey
from cnn_tutor.app.restoring import Restoring
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.style import language
from cnn_tutor.document.own_files import set_program_name
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError
from cnn_tutor.project.plain_text import harmless
from cnn_tutor.study import words
from cnn_tutor.widgets.announcing import ANNOUNCER
from cnn_tutor.widgets.style import colours


class Session:
    """Runs the program as the command line says."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options

    def run(self) -> int:
        """Show the window until it is closed, or draw it once; return the exit code."""
        app = QApplication(sys.argv[:1])
        try:
            return self._run(app)
        except Exception as error:  # before there is a window to say it
            said = end_by(error)
            code = fault(said)
            if not self._draws:
                show_end(said)
            return code

    def _run(self, app: QApplication) -> int:
        options = self._options
        set_program_name()
        app.setApplicationDisplayName("CNN Tutor")
        app.setDesktopFileName("cnn-tutor")
        # A picture shows what it is asked for, on every machine alike.
        preferences = None if self._draws else Preferences()
        remembered = preferences.language if preferences else None
        language.apply(options.lang or remembered or language.system_language())
        if preferences is None:
            return self._drawn(app)
        with logged_run(log_folder()) as handler:
            return self._window(app, preferences, handler)

    def _window(self, app: QApplication, preferences: Preferences, handler: ErrorHandler) -> int:
        """Show the window until it is closed."""
        options = self._options
        window = self._made(preferences)
        handler.parts = window.parts
        try:
            wrong = self._open(window, preferences)
        except Exception as error:  # the window can be worked in all the same
            handler.caught(error)
            wrong = None
        if wrong:
            return fault(wrong)
        if not window.restoreGeometry(preferences.geometry) or options.size:
            window.resize(QSize(*options.size) if options.size else window.size())
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
        ANNOUNCER.follow_keyboard(app)
        window.show()
        AltKey(window.windowHandle())
        window.framing.present(options.presentation)
        return app.exec()

    @property
    def _draws(self) -> bool:
        """Whether there is only a picture to be made."""
        return bool(self._options.screenshot or self._options.figure)

    def _drawn(self, app: QApplication) -> int:
        """Draw the window or its board into a file; an error on the way spoils the picture."""
        log = Log(log_folder())
        with ErrorHandler(log) as handler:
            window = self._made(None)
            draw = self._draw if self._options.screenshot else self._draw_figure
            wrong = self._open(window, None) or draw(app, window)
        if handler.faults.list:
            wrong = unexpected_error(handler.faults.list[0].name, log.file)
        log.close()
        return fault(wrong) if wrong else 0

    def _made(self, preferences: Preferences | None) -> MainWindow:
        window = MainWindow(preferences)
        # Left to Python's collector, a window would be taken apart piece by piece.
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._options.theme:
            window.show_theme(self._options.theme)
        if self._options.zoom:
            window.framing.show_zoom(self._options.zoom)
        return window

    def _open(self, window: MainWindow, preferences: Preferences | None) -> str | None:
        """Open what the command line names, else what was open last; return what went wrong."""
        options = self._options
        asked = options.file or options.open
        restoring = Restoring(window, preferences) if preferences else None
        step = options.step or 0
        try:
            if options.file and options.file.lower().endswith(SUFFIX):
                key = window.lesson_files.add(Path(options.file))
                window.document.open(window.chapters.project(key, step))
            elif options.file:
                (restoring or window.files.file).open(options.file)
            elif options.open and window.practice.knows(options.open):
                window.open_chapter(options.open)
                window.practice.answer(options.answer or ())
            elif options.open:
                window.document.open(window.chapters.project(options.open, step))
        except Refusal as error:
            return f"{harmless(asked, limits.MAX_ARGUMENT)}: {words.explain(error)}"
        if restoring and not asked:
            restoring.restore()
        if step and window.guide.lesson is None:
            window.lab.playback.seek(step)
        if restoring:
            restoring.report()
        return None

    def _draw(self, app: QApplication, window: MainWindow) -> str | None:
        """Draw the window into a file; return what went wrong."""
        options = self._options
        window.resize(QSize(*(options.size or (1280, 720))))
        window.framing.present(options.presentation, full_screen=False)
        window.show()
        app.processEvents()
        window.lab.finish()
        app.processEvents()
        try:
            export_picture(options.screenshot, window.grab())
        except FileError as error:
            return f"{options.screenshot}: {words.explain(error)}"
        return None

    def _draw_figure(self, app: QApplication, window: MainWindow) -> str | None:
        """Draw the board into a file; return what went wrong."""
        from cnn_tutor.app.figures.export import Order, write_figure
        from cnn_tutor.app.figures.stage import Stage
        from cnn_tutor.app.menus.figure_menu import source_of

        options = self._options
        window.show()
        app.processEvents()
        source = source_of(window.parts)
        if source is None:
            return words.say("errors.figure_none")
        if options.size:
            source = replace(source, room=QSize(*options.size))
        kind = QFileInfo(options.figure).suffix().lower()
        last = 0 if window.guide.lesson else options.step or 0
        stage = Stage(source, source.state.view, colours.current())
        try:
            write_figure(options.figure, stage, Order(kind, title=source.title, last=last))
        except Refusal as refusal:
            return f"{options.figure}: {words.explain(refusal)}"
        finally:
            stage.close()
        return None
