"""The menus and their actions; every command of the program is here by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoGroup
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QToolButton, QWidget

from cnn_tutor.app.menus import help as help_boxes
from cnn_tutor.app.menus.bar_menu import BarMenu
from cnn_tutor.app.menus.lesson_menu import LessonMenu
from cnn_tutor.app.menus.practice_menu import PracticeMenu
from cnn_tutor.app.menus.steps_menu import StepsMenu
from cnn_tutor.app.menus.unsaved_menu import UnsavedMenu
from cnn_tutor.app.style import language
from cnn_tutor.app.style.appearance import THEMES, Theme
from cnn_tutor.app.window_parts import WindowParts
from cnn_tutor.pages.state.lab_state import Snapshot
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.boards.views import VIEWS
from cnn_tutor.widgets.style.icons import icon

translate = QCoreApplication.translate
_Keys = QKeySequence.StandardKey
_Shortcut = QKeySequence.StandardKey | str | None


class MenuBar(QObject):
    """Builds the menu bar of a window and keeps its words in the language that is on.

    What concerns the window itself is announced, for the window to do.
    """

    theme_chosen = Signal(str)
    """Emitted when a theme is chosen, with its key."""

    other_theme_chosen = Signal()
    """Emitted when the button is pressed that goes from light to dark, or back."""

    language_chosen = Signal(str)
    """Emitted when a language is chosen, with its code."""

    other_language_chosen = Signal()
    """Emitted when the button is pressed that goes from one language to the other."""

    shading_chosen = Signal(bool)
    """Emitted when cells are to be coloured by their numbers, or plain."""

    part_chosen = Signal(int)
    """Emitted when the keyboard is to go to the next part of the window, or by -1 to the last."""

    full_screen_chosen = Signal()
    """Emitted when the window is to fill the screen, or be a window again."""

    glossary_chosen = Signal()
    """Emitted when the glossary is asked for."""

    def __init__(self, parts: WindowParts, shaded: bool) -> None:
        super().__init__(parts.parent)
        self._parts = parts
        self._texts: list[tuple[QAction | QMenu, Callable[[], str]]] = []
        self._views: list[QAction] = []
        self._icons: list[tuple[QAction, str]] = []
        self._bar = parts.parent.menuBar()
        self._file()
        self._edit()
        self._view(shaded)
        StepsMenu(self._menu(lambda: translate("menu", "&Steps")), self._add, parts)
        lesson = self._menu(lambda: translate("menu", "&Lesson"))
        self._lesson = LessonMenu(lesson, self._add, parts)
        practice = self._menu(lambda: translate("menu", "P&ractice"))
        self._practice = PracticeMenu(practice, self._add, self._menu, parts)
        self._presets()
        self._help()
        self._fill_corner()
        self.retranslate()
        self.restyle()

    def retranslate(self) -> None:
        """Write every menu in the language that is on."""
        for item, text in self._texts:
            if isinstance(item, QMenu):
                item.setTitle(text())
            else:
                item.setText(text())
        for button, action in self._buttons:
            name = action.text().replace("&", "")
            button.setAccessibleName(name)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{name} ({keys})" if keys else name)

    def restyle(self) -> None:
        """Draw the icons in the theme that is on."""
        for action, name in self._icons:
            action.setIcon(icon(name))

    def show_theme(self, theme: Theme) -> None:
        """Tick the theme that is on."""
        for action in self._themes.actions():
            action.setChecked(action.data() == theme)

    # --- menus -----------------------------------------------------------------------------------

    def _file(self) -> None:
        files = self._parts.files
        menu = self._menu(lambda: translate("menu", "&File"))
        self._add(menu, lambda: translate("menu", "&New"), files.new, _Keys.New, "new")
        self._add(menu, lambda: translate("menu", "&Open…"), files.open, _Keys.Open, "open")
        recent = self._menu(lambda: translate("menu", "Open &recent"), menu)
        recent.aboutToShow.connect(lambda: files.fill_recent(recent))
        UnsavedMenu(self._menu(lambda: translate("menu", "&Unsaved work"), menu), self._parts)
        lessons = self._parts.lesson_files
        self._add(menu, lambda: translate("menu", "Open &lesson…"), lessons.open, "Ctrl+L")
        self._add(menu, lambda: translate("menu", "Open lesson &folder…"), lessons.open_folder)
        menu.addSeparator()
        self._add(menu, lambda: translate("menu", "&Save"), files.save, _Keys.Save, "save")
        self._add(menu, lambda: translate("menu", "Save &as…"), files.save_as, "Ctrl+Shift+S")
        menu.addSeparator()
        quit_ = self._add(
            None, lambda: translate("menu", "&Quit"), self._parts.parent.close, "Ctrl+Q"
        )
        quit_.setMenuRole(QAction.MenuRole.QuitRole)
        menu.addAction(quit_)

    def _edit(self) -> None:
        menu = self._menu(lambda: translate("menu", "&Edit"))
        stack = self._parts.undo_group
        self.undo = self._undo_action(menu, stack, back=True)
        self.redo = self._undo_action(menu, stack, back=False)
        menu.addSeparator()
        for text, method, keys in (
            (lambda: translate("menu", "Cu&t"), "cut", _Keys.Cut),
            (lambda: translate("menu", "&Copy"), "copy", _Keys.Copy),
            (lambda: translate("menu", "&Paste"), "paste", _Keys.Paste),
            (lambda: translate("menu", "Set to &0"), "clear_cells", None),
        ):
            self._add(menu, text, partial(_send, method), keys)
        menu.addSeparator()
        menu.addAction(self._parts.lab.brush)

    def _view(self, shaded: bool) -> None:
        menu = self._menu(lambda: translate("menu", "&View"))
        names = {
            "system": lambda: translate("menu", "As the &system"),
            "light": lambda: translate("menu", "&Light"),
            "dark": lambda: translate("menu", "&Dark"),
        }
        themes = self._menu(lambda: translate("menu", "&Theme"), menu)
        self._themes = QActionGroup(themes)
        for theme in THEMES:
            action = self._add(themes, names[theme], partial(self.theme_chosen.emit, theme))
            action.setCheckable(True)
            action.setData(theme)
            self._themes.addAction(action)
        languages = self._menu(lambda: translate("menu", "&Language"), menu)
        self.languages = QActionGroup(languages)
        for code, name in language.NAMES.items():
            action = languages.addAction(name)
            action.setCheckable(True)
            action.setData(code)
            action.triggered.connect(lambda _=False, code=code: self.language_chosen.emit(code))
            self.languages.addAction(action)
        menu.addSeparator()
        for n, key in enumerate(VIEWS, 1):
            show = partial(self._parts.lab.state.show_view, key)
            action = self._add(menu, partial(words.say, f"views.{key}"), show, f"Ctrl+{n}")
            action.setData(key)
            self._views.append(action)
        self._parts.lab.state.updated.connect(self._on_updated)
        self._parts.practice.changed.connect(self._offer_views)
        self._offer_views()
        menu.addSeparator()
        shades = self._add(
            menu, lambda: translate("menu", "&Colour cells by value"), lambda: None, "F7"
        )
        shades.setCheckable(True)
        shades.setChecked(shaded)
        shades.toggled.connect(self.shading_chosen)
        self._add(
            menu,
            lambda: translate("menu", "Next &part of the window"),
            partial(self.part_chosen.emit, 1),
            "F6",
        )
        self._add(
            menu,
            lambda: translate("menu", "Previous p&art of the window"),
            partial(self.part_chosen.emit, -1),
            "Shift+F6",
        )
        self._add(
            menu, lambda: translate("menu", "&Full screen"), self.full_screen_chosen.emit, "F11"
        )

    def _on_updated(self, old: Snapshot, new: Snapshot, _: object) -> None:
        if old.offered != new.offered:
            self._offer_views()

    def _offer_views(self) -> None:
        """Let only those views be chosen that the layer has."""
        offered = [] if self._parts.practice.on else self._parts.lab.state.now.offered
        for action in self._views:
            action.setEnabled(action.data() in offered)

    def _presets(self) -> None:
        menu = self._menu(lambda: translate("menu", "&Presets"))
        groups: dict[str, QMenu] = {}
        for key, preset in presets().items():
            group = preset.group
            if group not in groups:
                groups[group] = self._menu(partial(words.say, f"chapters.{group}"), menu)
            self._add(
                groups[group], partial(_title, key), partial(self._parts.chapters.choose, key)
            )

    def _help(self) -> None:
        menu = self._menu(lambda: translate("menu", "&Help"))
        self._add(
            menu,
            lambda: translate("menu", "&Keyboard and mouse"),
            lambda: help_boxes.show_keyboard_help(self._parts.parent),
            _Keys.HelpContents,
            "help",
        )
        self._add(
            menu, lambda: translate("menu", "&Glossary"), self.glossary_chosen.emit, "Shift+F1"
        )
        self._add(
            menu,
            lambda: translate("menu", "Show &log folder"),
            lambda: help_boxes.show_log_folder(self._parts.report),
        )
        about = self._add(
            None,
            lambda: translate("menu", "&About CNN Tutor"),
            lambda: help_boxes.show_about(self._parts.parent),
        )
        about.setMenuRole(QAction.MenuRole.AboutRole)
        menu.addAction(about)

    def _fill_corner(self) -> None:
        """Put what is used most at the right end of the menu bar."""
        corner = QWidget(self._bar)
        corner.setObjectName("corner")
        row = QHBoxLayout(corner)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(2)
        self._buttons: list[tuple[QToolButton, QAction]] = []
        other = self._add(
            None, self._other_language, self.other_language_chosen.emit, None, "language"
        )
        theme = self._add(
            None,
            lambda: translate("menu", "Light or dark"),
            self.other_theme_chosen.emit,
            None,
            "theme",
        )
        for action in (self.undo, self.redo, other, theme):
            button = QToolButton()
            button.setIconSize(QSize(18, 18))
            button.setDefaultAction(action)
            row.addWidget(button)
            self._buttons.append((button, action))
        self._bar.setCornerWidget(corner)

    # --- making ----------------------------------------------------------------------------------

    def _menu(self, text: Callable[[], str], parent: QMenu | None = None) -> QMenu:
        above = parent or self._bar
        menu = BarMenu(above)
        above.addMenu(menu)
        self._texts.append((menu, text))
        return menu

    def _add(
        self,
        menu: QMenu | None,
        text: Callable[[], str],
        does: Callable[[], object],
        keys: _Shortcut = None,
        drawing: str = "",
    ) -> QAction:
        action = QAction(self._parts.parent)
        action.triggered.connect(lambda: does())
        if isinstance(keys, str):
            action.setShortcut(QKeySequence(keys))
        elif keys is not None:
            action.setShortcuts(QKeySequence.keyBindings(keys))
        if menu is not None:
            menu.addAction(action)
        self._texts.append((action, text))
        if drawing:
            self._icons.append((action, drawing))
        return action

    def _undo_action(self, menu: QMenu, stack: QUndoGroup, back: bool) -> QAction:
        """An undo or redo action that says what it would undo, in the language that is on."""
        if back:
            action = self._add(
                menu, lambda: _undo_text(stack.undoText()), stack.undo, _Keys.Undo, "undo"
            )
            stack.canUndoChanged.connect(action.setEnabled)
            stack.undoTextChanged.connect(lambda what: action.setText(_undo_text(what)))
        else:
            action = self._add(
                menu, lambda: _redo_text(stack.redoText()), stack.redo, _Keys.Redo, "redo"
            )
            also, usual = QKeySequence("Ctrl+Y"), action.shortcuts()
            if also not in usual:  # given twice, it would be ambiguous and do nothing
                action.setShortcuts([*usual, also])
            stack.canRedoChanged.connect(action.setEnabled)
            stack.redoTextChanged.connect(lambda what: action.setText(_redo_text(what)))
        action.setEnabled(False)
        return action

    @staticmethod
    def _other_language() -> str:
        return language.NAMES["en" if words.language() == "ja" else "ja"]


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
