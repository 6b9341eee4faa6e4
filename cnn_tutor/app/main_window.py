"""The main window: chapters at the left, the lab of the open project beside them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
    QUndoGroup,
)
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from cnn_tutor.app.chapters.chapter_list import ChapterList
from cnn_tutor.app.chapters.chapters import Chapters
from cnn_tutor.app.chapters.lesson_files import SUFFIX as LESSON_SUFFIX
from cnn_tutor.app.chapters.lesson_files import LessonFiles
from cnn_tutor.app.chapters.lesson_steps import LessonSteps
from cnn_tutor.app.chapters.practice_pages import Page, PracticePages
from cnn_tutor.app.closing import Closing
from cnn_tutor.app.files.project_files import ProjectFiles
from cnn_tutor.app.framing import CHAPTERS, PANEL, Framing
from cnn_tutor.app.menus.menu_bar import CHAPTERS_KEYS, MenuBar
from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.style import appearance, language, letters
from cnn_tutor.app.style.appearance import Theme
from cnn_tutor.app.window_parts import WindowParts
from cnn_tutor.bundled import bundled
from cnn_tutor.document.autosave.autosave import Autosave
from cnn_tutor.document.document import Document
from cnn_tutor.document.files import DocumentFile
from cnn_tutor.pages.lab_page import LabPage
from cnn_tutor.pages.lesson.caption_card import CHAPTER, PRACTISE
from cnn_tutor.project.file import SUFFIX
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.widgets.controls.fold import Fold, FoldButton
from cnn_tutor.widgets.controls.layouts import column, row
from cnn_tutor.widgets.overlays.notice import Notice
from cnn_tutor.widgets.style import motion
from cnn_tutor.widgets.style.rich_text import TERM

if TYPE_CHECKING:
    from cnn_tutor.app.glossary.glossary_window import GlossaryWindow

_START_SIZE = QSize(1360, 850)


class MainWindow(QMainWindow):
    """The program's window. Without preferences it remembers nothing and starts afresh."""

    def __init__(self, preferences: Preferences | None = None) -> None:
        theme: Theme = preferences.theme if preferences else "system"
        letters.apply(preferences.zoom if preferences else 100)
        appearance.apply(theme)  # while there is no window yet that would hear of it half made
        super().__init__()
        self._preferences = preferences
        self.shaded = preferences.shaded if preferences else False
        motion.want(preferences.motion if preferences else True)
        first = next(iter(presets().values()))
        self.document = Document(first.project(), self)
        file = DocumentFile(self.document)
        self.autosave: Autosave | None = None
        if preferences:
            self.autosave = Autosave(preferences.work_folder, self.document, file)
        self.files = ProjectFiles(self, file, self.document, self.autosave, preferences)
        self.lab = LabPage(self.document)
        self.guide = self.lab.guide
        self.pages = QStackedWidget()
        self.undo_group = QUndoGroup(self)
        self.undo_group.addStack(self.document.undo_stack)
        self.undo_group.setActiveStack(self.document.undo_stack)
        self.practice = PracticePages(
            self.pages, self.undo_group, preferences, self.guide.library, self
        )
        self.guide.progress = self.practice.progress
        self.chapters = Chapters(self.document, self.files, self.guide, self.practice, self)
        self.lesson_files = LessonFiles(self, self.guide.library, preferences)
        self._glossary: GlossaryWindow | None = None
        self._list = ChapterList(self.guide.library, self.guide.progress, preferences)
        self._notice = Notice(self.pages)
        self._notice.setObjectName("page_notice")
        self._status = QLabel()
        self._status.setObjectName("status")
        self._sidebar = self._build()
        self.pages.addWidget(self.lab)  # once all is in its place, for it to be styled only once
        self.framing = Framing(self, self._sidebar, self.pages, preferences)
        self.parts = WindowParts(
            parent=self,
            document=self.document,
            files=self.files,
            lesson_files=self.lesson_files,
            lesson_steps=LessonSteps(self, self.lab.state, self.lesson_files),
            chapters=self.chapters,
            practice=self.practice,
            lab=self.lab,
            undo_group=self.undo_group,
            autosave=self.autosave,
            preferences=preferences,
            framing=self.framing,
            report=self.report,
        )
        self._closing = Closing(self.parts, preferences)
        self._menus = MenuBar(self.parts, self.shaded)
        self._menus.show_theme(theme)
        self._connect()
        self._retranslate()
        self.lab.board.set_shaded(self.shaded)
        self.resize(_START_SIZE.boundedTo(self.screen().availableSize()))
        self.setMinimumSize(letters.LEAST_WINDOW)
        self.lab.views.view.first_part.setFocus()

    @property
    def page(self) -> Page:
        """The page that is on: the lab, exercises, or their results."""
        return cast(Page, self.pages.currentWidget())

    # --- what can be asked of it -----------------------------------------------------------------

    def open_chapter(self, key: str) -> None:
        """Open what the chapter list shows under a key, or the exercise that a code names.

        A chapter can be undone; KeyError if there is none of that key. The open file, if any, is
        let go of, so that saving can't overwrite it with the chapter.
        """
        self.chapters.open(key)

    def open_path(self, path: str) -> None:
        """Open a project file or a lesson."""
        if path.lower().endswith(LESSON_SUFFIX):
            self.lesson_files.load([Path(path)])
        else:
            self.files.open_path(path)

    def follow_link(self, address: str) -> None:
        """Go where a link in a caption leads: to the glossary, to a chapter, or to practice."""
        if address.startswith(TERM):
            self.show_glossary(address.removeprefix(TERM))
        elif address.startswith(CHAPTER):  # never to a file, a page or a program
            self.chapters.choose(address.removeprefix(CHAPTER))
        elif address.startswith(PRACTISE):
            self.practice.practise_lesson(address.removeprefix(PRACTISE))

    def show_glossary(self, term: str = "") -> None:
        """Open the glossary, at a term if one is given."""
        if self._glossary is None:
            from cnn_tutor.app.glossary.glossary_window import GlossaryWindow

            self._glossary = GlossaryWindow(self)
        self._glossary.show_term(term)

    def set_language(self, code: str) -> None:
        """Say everything in ``"ja"`` or ``"en"`` from now on."""
        language.apply(code)
        if self._preferences:
            self._preferences.language = code

    def set_theme(self, theme: Theme) -> None:
        """Paint everything in a theme from now on, at the next start too."""
        self.show_theme(theme)
        if self._preferences:
            self._preferences.theme = theme

    def show_theme(self, theme: Theme) -> None:
        """Paint everything in a theme until the program is closed."""
        appearance.apply(theme)
        self._menus.show_theme(theme)

    def set_shaded(self, shaded: bool) -> None:
        """Colour all cells strongly by their numbers, or quietly."""
        self.lab.board.set_shaded(shaded)
        if self._preferences:
            self._preferences.shaded = shaded

    def set_motion(self, on: bool) -> None:
        """Let what changes on a board move while it is played, at the next start too, or not."""
        motion.want(on)
        if self._preferences:
            self._preferences.motion = on

    def next_part(self, by: int = 1) -> None:
        """Move the keyboard to the chapters, the lesson, the board, the settings, and round again.

        By -1 it goes the other way.
        """
        chapters = [(self._sidebar, self._list)] if self._sidebar.is_open else []
        move_focus([*chapters, *self.page.parts], by)

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> Fold:
        """Lay everything out; return what folds the chapters away."""
        sidebar = QWidget()
        sidebar.setObjectName("sidebar")
        sidebar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        sidebar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        folding = FoldButton("fold_chapters", _hides_chapters, CHAPTERS_KEYS, True, sidebar)
        below = row((self._status, 1), folding, margins=(0, 0, 10, 0), spacing=0)
        column((self._list, 1), below, on=sidebar, margins=(0, 8, 0, 0))
        fold = Fold(sidebar, folding, _shows_chapters, CHAPTERS_KEYS, at_left=True)
        centre = QWidget()
        row(fold, (self.pages, 1), on=centre, spacing=0)
        self.setCentralWidget(centre)
        self.setAcceptDrops(True)
        self.setWindowIcon(QIcon(str(bundled("icons", "app.svg"))))
        return fold

    def _connect(self) -> None:
        self._list.chosen.connect(self.chapters.choose)
        self.lesson_files.changed.connect(self._list.refill)
        self.lesson_files.opened.connect(self.chapters.open_anew)
        self.guide.progressed.connect(self._list.show_progress)
        menus = self._menus
        menus.theme_chosen.connect(self.set_theme)
        menus.language_chosen.connect(self.set_language)
        menus.shading_chosen.connect(self.set_shaded)
        menus.motion_chosen.connect(self.set_motion)
        menus.part_chosen.connect(self.next_part)
        menus.glossary_chosen.connect(self.show_glossary)
        panel = partial(self.framing.toggle, PANEL)
        self._sidebar.toggled.connect(partial(self.framing.toggle, CHAPTERS))
        self.lab.fold.toggled.connect(panel)
        self.lab.needed.connect(self._follow_needs)
        self.pages.currentChanged.connect(self._follow_needs)
        self.practice.panel_toggled.connect(panel)
        self.practice.changed.connect(self.framing.fit)  # the page may be a new one
        self.framing.changed.connect(self._follow_framing)
        self.lab.linked.connect(self.follow_link)
        self.document.replaced.connect(self._follow)
        self.practice.changed.connect(self._show_state)
        self.practice.said.connect(self.report)
        self.practice.learner_changed.connect(self._follow_learner)
        self.document.undo_stack.cleanChanged.connect(self._show_state)
        self.files.file.path_changed.connect(self._show_state)
        self.files.failed.connect(self.lab.notify)
        self.files.said.connect(self.report)
        self.files.file.path_changed.connect(self.lab.hush)
        appearance.follow_system(self._follow_system)

    def _follow(self, other_work: bool) -> None:
        """Show the lab when something is opened in it."""
        if other_work:
            self._notice.hide()  # it was about what is put away
            self.practice.leave()
        self._show_state()

    def _follow_needs(self) -> None:
        """Show the panel of the lab once the lesson needs it; other pages have theirs always."""
        in_lab = self.page is self.lab
        self.framing.set_needed(not in_lab or PANEL in self.guide.has)
        if in_lab and PANEL in self.guide.needs:
            self.framing.open(PANEL)
        elif self.guide.lesson is None or PANEL not in self.guide.has:
            self.framing.release()

    def _follow_framing(self) -> None:
        self.lab.set_presented(self.framing.presents)

    def _follow_learner(self) -> None:
        """Show how far the learner who is at it now has come in the lessons."""
        self.guide.use_progress(self.practice.progress)
        self._list.progress = self.practice.progress
        self._list.show_progress()

    def report(self, text: str) -> None:
        """Show a message at the top of the page that is on."""
        top = self.pages.rect()
        top.setHeight(1)
        self._notice.say(text, top)

    def _show_state(self) -> None:
        """Say which file is open and whether it is saved."""
        clean = self.document.undo_stack.isClean()
        name = self.files.file.name or self.tr("Untitled")
        self.setWindowTitle(f"{name}[*] — CNN Tutor")
        self.setWindowModified(not clean)
        if not self.files.file.name:
            self._status.setText(self.tr("Not saved to a file"))
        else:
            self._status.setText(self.tr("Saved ✓") if clean else self.tr("Changes not saved"))
        self._list.show_due(self.practice.due())
        self._list.show_chapter(self.chapters.on)

    def _retranslate(self) -> None:
        self._menus.retranslate()
        self._show_state()

    def _follow_system(self) -> None:
        if appearance.chosen() == "system":
            appearance.apply("system")

    # --- events ----------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.files.look()  # the learner may come back from what has changed it
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._menus.restyle()
        elif event.type() == QEvent.Type.WindowStateChange and not self.isFullScreen():
            self.framing.present(False)  # the system has ended it

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.framing.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.windowHandle().installEventFilter(self.framing)  # before any part gets the wheel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.framing.presents:
            self.framing.present(False)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event)
        if path:
            event.acceptProposedAction()
            self.open_path(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.framing.present(False)  # it is not what the window was like
        if self._closing.holds():
            event.ignore()
        else:
            super().closeEvent(event)


def _hides_chapters() -> str:
    return QCoreApplication.translate("MainWindow", "Hide the chapters")


def _shows_chapters() -> str:
    return QCoreApplication.translate("MainWindow", "Show the chapters")


def _dropped_file(event: QDropEvent) -> str:
    """Return the path of the project or lesson that is dragged over the window, else nothing."""
    urls = event.mimeData().urls()
    path = urls[0].toLocalFile() if len(urls) == 1 else ""
    return path if path.lower().endswith((SUFFIX, LESSON_SUFFIX)) else ""


def move_focus(parts: Sequence[tuple[QWidget, QWidget]], by: int) -> None:
    """Move the keyboard ``by`` parts on from the one that has it, and round again at the end.

    Each part stands with what the keyboard comes to first in it.
    """
    focus = QApplication.focusWidget()
    here = (  # a part may stand in one that comes after it
        n
        for n, (part, _) in enumerate(parts)
        if focus is not None and (part is focus or part.isAncestorOf(focus))
    )
    now = next(here, -1 if by > 0 else 0)
    _, first = parts[(now + by) % len(parts)]
    first.setFocus(Qt.FocusReason.ShortcutFocusReason)
