"""The menus and their actions; every command of the program is here by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from cnn_tutor.app.framing import CHAPTERS, PANEL
from cnn_tutor.app.menus import help as help_boxes
from cnn_tutor.app.menus.figure_menu import FigureMenu
from cnn_tutor.app.menus.fitting_bar import FittingMenuBar
from cnn_tutor.app.menus.menu import Menu
from cnn_tutor.app.menus.practice_menu import PracticeMenu
from cnn_tutor.app.menus.unsaved_menu import UnsavedMenu
from cnn_tutor.app.style import appearance, language
from cnn_tutor.app.style.appearance import THEMES, Theme
from cnn_tutor.app.window_parts import WindowParts
from cnn_tutor.document.playback import Playback
from cnn_tutor.pages.lesson import caption_card
from cnn_tutor.pages.panels.side_panel import KEYS as PANEL_KEYS
from cnn_tutor.pages.state.lab_state import Snapshot
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.boards.views import VIEWS, view_keys
from cnn_tutor.widgets.controls import step_player
from cnn_tutor.widgets.controls.buttons import with_icon, with_keys
from cnn_tutor.widgets.controls.layouts import row
from cnn_tutor.widgets.style import motion
from cnn_tutor.widgets.style.icons import icon
from cnn_tutor.widgets.style.sizes import measured

CHAPTERS_KEYS = "Ctrl+B"
"""Folds the list of chapters away, or shows it again."""

translate = QCoreApplication.translate
_Keys = QKeySequence.StandardKey
_Role = QAction.MenuRole


class MenuBar(QObject):
    """Builds the menu bar of a window and keeps its words in the language that is on.

    What concerns the window itself is announced, for the window to do.
    """

    theme_chosen = Signal(str)
    """Emitted when a theme is chosen, with its key."""

    language_chosen = Signal(str)
    """Emitted when a language is chosen, with its code."""

    shading_chosen = Signal(bool)
    """Emitted when cells are to be coloured strongly by their numbers, or quietly."""

    motion_chosen = Signal(bool)
    """Emitted when what changes on a board is to move while it is played, or not."""

    part_chosen = Signal(int)
    """Emitted when the keyboard is to go to the next part of the window, by -1 back."""

    glossary_chosen = Signal()
    """Emitted when the glossary is asked for."""

    def __init__(self, parts: WindowParts, shaded: bool) -> None:
        super().__init__(parts.parent)
        self._parts = parts
        self._bar = FittingMenuBar()
        parts.parent.setMenuBar(self._bar)
        file = self._file()
        FigureMenu(file, self._edit(), parts)
        self._end(file)
        self._view(shaded)
        self._steps()
        self._lesson()
        practice = Menu(self._bar, lambda: translate("menu", "P&ractice"))
        self._practice = PracticeMenu(practice, parts)
        self._presets()
        self._help()
        self._fill_corner()
        for menu in self._bar.findChildren(Menu):
            parts.parent.addActions(menu.actions())  # whose keys work without the bar, too
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Write every menu in the language that is on."""
        for menu in self._bar.findChildren(Menu):
            menu.retranslate()
        for action in self._languages.actions():
            action.setChecked(action.data() == words.language())
        self._other_language.setText(language.NAMES[_other_language()])
        self._other_theme.setText(translate("menu", "Light or dark"))
        for button in self._buttons:
            _say_keys(button.defaultAction())
            button.setAccessibleName(button.defaultAction().text().replace("&", ""))

    def restyle(self) -> None:
        """Draw the icons in the theme that is on."""
        for menu in self._bar.findChildren(Menu):
            menu.restyle()
        self._other_language.setIcon(icon("language"))
        self._other_theme.setIcon(icon("theme"))

    def show_theme(self, theme: Theme) -> None:
        """Tick the theme that is on."""
        for action in self._themes.actions():
            action.setChecked(action.data() == theme)

    # --- menus -----------------------------------------------------------------------------------

    def _file(self) -> Menu:
        files = self._parts.files
        menu = Menu(self._bar, lambda: translate("menu", "&File"))
        menu.add(lambda: translate("menu", "&New"), files.new, _Keys.New, "new")
        menu.add(lambda: translate("menu", "&Open…"), files.open, _Keys.Open, "open")
        recent = Menu(menu, lambda: translate("menu", "Open &recent"))
        recent.aboutToShow.connect(lambda: files.fill_recent(recent))
        UnsavedMenu(Menu(menu, lambda: translate("menu", "&Unsaved work")), self._parts)
        lessons = self._parts.lesson_files
        menu.add(lambda: translate("menu", "Open &lesson…"), lessons.open, "Ctrl+L")
        menu.add(lambda: translate("menu", "Open lesson &folder…"), lessons.open_folder)
        menu.addSeparator()
        menu.add(lambda: translate("menu", "&Save"), files.save, _Keys.Save, "save")
        menu.add(lambda: translate("menu", "Save &as…"), files.save_as, "Ctrl+Shift+S")
        save_step = self._parts.lesson_steps.save
        step = menu.add(lambda: translate("menu", "Save board as lesson s&tep…"), save_step)
        practice = self._parts.practice
        practice.changed.connect(lambda: step.setEnabled(not practice.on))
        return menu

    def _end(self, menu: Menu) -> None:
        menu.addSeparator()
        close = self._parts.parent.close
        menu.add(lambda: translate("menu", "&Quit"), close, "Ctrl+Q", role=_Role.QuitRole)

    def _edit(self) -> Menu:
        menu = Menu(self._bar, lambda: translate("menu", "&Edit"))
        stack = self._parts.undo_group
        undo = self.undo = menu.add(
            lambda: _undo_text(stack.undoText()), stack.undo, _Keys.Undo, "undo"
        )
        stack.canUndoChanged.connect(undo.setEnabled)
        stack.undoTextChanged.connect(lambda what: undo.setText(_undo_text(what)))
        stack.undoTextChanged.connect(lambda _: _say_keys(undo))
        redo = self.redo = menu.add(
            lambda: _redo_text(stack.redoText()), stack.redo, _Keys.Redo, "redo"
        )
        also, usual = QKeySequence("Ctrl+Y"), redo.shortcuts()
        if also not in usual:  # given twice, it would be ambiguous and do nothing
            redo.setShortcuts([*usual, also])
        stack.canRedoChanged.connect(redo.setEnabled)
        stack.redoTextChanged.connect(lambda what: redo.setText(_redo_text(what)))
        stack.redoTextChanged.connect(lambda _: _say_keys(redo))
        for action in (undo, redo):
            action.setEnabled(False)
        menu.addSeparator()
        for text, method, keys in (
            (lambda: translate("menu", "Cu&t"), "cut", _Keys.Cut),
            (lambda: translate("menu", "&Copy"), "copy", _Keys.Copy),
            (lambda: translate("menu", "&Paste"), "paste", _Keys.Paste),
            (lambda: translate("menu", "Set to &0"), "clear_cells", None),
        ):
            menu.add(text, partial(_send, method), keys)
        menu.addSeparator()
        menu.addAction(self._parts.lab.brush)
        menu.addSeparator()
        return menu

    def _view(self, shaded: bool) -> None:
        menu = Menu(self._bar, lambda: translate("menu", "&View"))
        names = {
            "system": lambda: translate("menu", "As the &system"),
            "light": lambda: translate("menu", "&Light"),
            "dark": lambda: translate("menu", "&Dark"),
            "high-contrast": lambda: translate("menu", "&High contrast (black)"),
            "high-contrast-white": lambda: translate("menu", "High contrast (&white)"),
        }
        themes = Menu(menu, lambda: translate("menu", "&Theme"))
        self._themes = QActionGroup(themes)
        for theme in THEMES:
            action = themes.add(names[theme], partial(self.theme_chosen.emit, theme))
            action.setCheckable(True)
            action.setData(theme)
            self._themes.addAction(action)
        languages = Menu(menu, lambda: translate("menu", "&Language"))
        self._languages = QActionGroup(languages)
        for code, name in language.NAMES.items():
            action = languages.addAction(name)
            action.setCheckable(True)
            action.setData(code)
            action.triggered.connect(lambda _=False, code=code: self.language_chosen.emit(code))
            self._languages.addAction(action)
        menu.addSeparator()
        self._views = QActionGroup(menu)
        for key in VIEWS:
            show = partial(self._parts.lab.state.show_view, key)
            action = menu.add(partial(words.say, f"views.{key}"), show, view_keys(key))
            action.setCheckable(True)
            action.setData(key)
            self._views.addAction(action)
        self._parts.lab.state.updated.connect(self._on_updated)
        self._parts.practice.changed.connect(self._offer_views)
        self._offer_views()
        menu.addSeparator()
        shades = menu.add(lambda: translate("menu", "Strong &colours by value"), lambda: None, "F7")
        shades.setCheckable(True)
        shades.setChecked(shaded)
        shades.toggled.connect(self.shading_chosen)
        moves = menu.add(lambda: translate("menu", "&Motion while playing"), lambda: None)
        moves.setCheckable(True)
        moves.setChecked(motion.wanted())
        moves.toggled.connect(self.motion_chosen)
        ahead, back = (partial(self.part_chosen.emit, by) for by in (1, -1))
        menu.add(lambda: translate("menu", "Next &part of the window"), ahead, "F6")
        menu.add(lambda: translate("menu", "Previous p&art of the window"), back, "Shift+F6")
        menu.addSeparator()
        self._frame(menu)

    def _frame(self, menu: Menu) -> None:
        """Offer what can be done to the frame around the board."""
        framing = self._parts.framing
        for text, does, keys in (
            (lambda: translate("menu", "Zoom &in"), partial(framing.zoom_by, 1), "Ctrl++"),
            (lambda: translate("menu", "Zoom &out"), partial(framing.zoom_by, -1), "Ctrl+-"),
            (lambda: translate("menu", "&Zoom to 100 %"), partial(framing.set_zoom, 100), "Ctrl+0"),
        ):
            action = menu.add(text, does, keys)
            if keys == "Ctrl++":  # "+" is on the key of "=" on many keyboards
                action.setShortcuts([QKeySequence(keys), QKeySequence("Ctrl+=")])
        menu.addSeparator()
        self._folding = {}
        for name, text, keys in (
            (CHAPTERS, lambda: translate("menu", "C&hapters"), CHAPTERS_KEYS),
            (PANEL, lambda: translate("menu", "Pa&nel beside the board"), PANEL_KEYS),
        ):
            action = menu.add(text, partial(framing.toggle, name), keys)
            action.setCheckable(True)
            self._folding[name] = action
        present = menu.add(lambda: translate("menu", "Pr&esentation"), self._present, "F11")
        present.setCheckable(True)
        self._presentation = present
        framing.changed.connect(self._on_framed)
        self._on_framed()

    def _present(self) -> None:
        self._parts.framing.present(not self._parts.framing.presents)

    def _on_framed(self) -> None:
        """Tick what is on."""
        framing = self._parts.framing
        for name, action in self._folding.items():
            action.setChecked(framing.shows(name))
        self._presentation.setChecked(framing.presents)

    def _on_updated(self, old: Snapshot, new: Snapshot, _: object) -> None:
        if (old.offered, old.view) != (new.offered, new.view):
            self._offer_views()

    def _offer_views(self) -> None:
        """Let only those views be chosen that the layer has, and tick the one that is on."""
        now = self._parts.lab.state.now
        offered = [] if self._parts.practice.on else now.offered
        for action in self._views.actions():
            action.setEnabled(action.data() in offered)
            action.setChecked(action.data() == now.view)

    def _steps(self) -> None:
        """Do what the buttons of the step player do, on the page that is on."""
        menu = Menu(self._bar, lambda: translate("menu", "&Steps"))
        for text, method, name in (
            (lambda: translate("menu", "&Play or pause"), Playback.toggle, "play"),
            (lambda: translate("menu", "&First"), Playback.first, "first"),
            (lambda: translate("menu", "&Back"), Playback.back, "back"),
            (lambda: translate("menu", "F&orward"), Playback.forward, "forward"),
            (lambda: translate("menu", "&Last"), Playback.last, "last"),
        ):
            menu.add(text, partial(self._play, method), step_player.KEYS[name], name)

    def _play(self, method: Callable[[Playback], None]) -> None:
        practice = self._parts.practice
        playback = practice.playback if practice.on else self._parts.lab.playback
        if playback is not None:
            method(playback)

    def _lesson(self) -> None:
        menu = Menu(self._bar, lambda: translate("menu", "&Lesson"))
        guide = self._parts.lab.guide
        open_lab, card = self._parts.chapters.open_lab, caption_card
        self._of_lesson = [
            menu.add(text, method, keys)
            for text, method, keys in (
                (lambda: translate("menu", "&Next step"), guide.next, card.NEXT_KEYS),
                (lambda: translate("menu", "&Back one step"), guide.back, card.BACK_KEYS),
                (
                    lambda: translate("menu", "Back to the &lesson"),
                    guide.restore,
                    card.RESTORE_KEYS,
                ),
                (lambda: translate("menu", "&Show me how"), guide.show_how, card.SHOW_KEYS),
                (lambda: translate("menu", "&Free lab on this topic"), open_lab, None),
                (lambda: translate("menu", "&Close this lesson"), self._close_lesson, None),
            )
        ]
        guide.changed.connect(self._offer_steps)
        self._parts.practice.changed.connect(self._offer_steps)
        self._offer_steps()

    def _offer_steps(self) -> None:
        """Let only that be chosen which there is to do in the lesson that is on."""
        guide = self._parts.lab.guide
        lesson = guide.lesson
        can = (
            guide.can_go_on,
            guide.place > 0,
            guide.strayed,
            guide.attempt.task is not None and not guide.solved,
            lesson is not None and bool(lesson.lab),
            lesson is not None and lesson.key in guide.library.own,
        )
        for action, enabled in zip(self._of_lesson, can, strict=True):
            action.setEnabled(enabled and not self._parts.practice.on)

    def _close_lesson(self) -> None:
        """Take the lesson that is on out of the list."""
        lesson = self._parts.lab.guide.lesson
        if lesson is not None:
            self._parts.chapters.close(lesson.key, self._parts.lesson_files.close)

    def _presets(self) -> None:
        menu = Menu(self._bar, lambda: translate("menu", "&Presets"))
        groups: dict[str, Menu] = {}
        self._boards = QActionGroup(menu)
        self._boards.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for key, preset in presets().items():
            group = preset.group
            if group not in groups:
                groups[group] = Menu(menu, partial(words.say, f"chapters.{group}"))
            choose = partial(self._parts.chapters.choose, key)
            action = groups[group].add(partial(_title, key), choose)
            action.setCheckable(True)
            action.setData(key)
            self._boards.addAction(action)
        menu.aboutToShow.connect(self._tick_board)

    def _tick_board(self) -> None:
        """Tick the board that is open, if it is one of these."""
        for action in self._boards.actions():
            action.setChecked(action.data() == self._parts.chapters.on)

    def _help(self) -> None:
        menu = Menu(self._bar, lambda: translate("menu", "&Help"))
        keyboard = partial(help_boxes.show_keyboard_help, self._parts.parent)
        keys = _Keys.HelpContents
        menu.add(lambda: translate("menu", "&Keyboard and mouse"), keyboard, keys, "help")
        menu.add(lambda: translate("menu", "&Glossary"), self.glossary_chosen.emit, "Shift+F1")
        log_folder = partial(help_boxes.show_log_folder, self._parts.report)
        menu.add(lambda: translate("menu", "Show &log folder"), log_folder)
        about = partial(help_boxes.show_about, self._parts.parent)
        menu.add(lambda: translate("menu", "&About CNN Tutor"), about, role=_Role.AboutRole)

    def _fill_corner(self) -> None:
        """Put what is used most at the right end of the menu bar."""
        corner = QWidget(self._bar)
        corner.setObjectName("corner")
        self._other_language, self._other_theme = QAction(self), QAction(self)
        self._other_language.triggered.connect(lambda: self.language_chosen.emit(_other_language()))
        self._other_theme.triggered.connect(
            lambda: self.theme_chosen.emit(appearance.other_ground())
        )
        self._buttons: list[QToolButton] = []
        for action in (self.undo, self.redo, self._other_language, self._other_theme):
            button = with_icon(QToolButton(), 18)
            button.setDefaultAction(action)
            self._buttons.append(button)
        row(*self._buttons, on=corner, margins=(0, 0, 8, 0), spacing=2)
        measured(corner, self._bar.put_corner)


def _other_language() -> str:
    return "en" if words.language() == "ja" else "ja"


def _say_keys(action: QAction) -> None:
    """Have the button of an action say its shortcut, too."""
    action.setToolTip(with_keys(action.text().replace("&", ""), action.shortcut()))


def _undo_text(what: str) -> str:
    undo = translate("menu", "&Undo: {what}") if what else translate("menu", "&Undo")
    return undo.format(what=what)


def _redo_text(what: str) -> str:
    redo = translate("menu", "&Redo: {what}") if what else translate("menu", "&Redo")
    return redo.format(what=what)


def _title(key: str) -> str:
    return presets()[key].title


def _send(method: str) -> None:
    """Do something in the widget that has the keyboard, if it can do it."""
    does = getattr(QApplication.focusWidget(), method, None)
    if callable(does):
        does()
