"""The menus and their actions; every command of the program is here by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize
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
from cnn_tutor.pages.state.offers import OFFERS
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.widgets.style.icons import icon

if TYPE_CHECKING:
    from cnn_tutor.app.main_window import MainWindow

translate = QCoreApplication.translate
_Keys = QKeySequence.StandardKey
_Shortcut = QKeySequence.StandardKey | str | None


class Actions:
    """Builds the menu bar of a window and keeps its words in the language that is on."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._texts: list[tuple[QAction | QMenu, Callable[[], str]]] = []
        self._views: list[QAction] = []
        self._icons: list[tuple[QAction, str]] = []
        self._bar = window.menuBar()
        self._file(window)
        self._edit(window)
        self._view(window)
        StepsMenu(self._menu(lambda: translate("menu", "&Steps")), self._add, window)
        lesson = self._menu(lambda: translate("menu", "&Lesson"))
        self._lesson = LessonMenu(lesson, self._add, window)
        practice = self._menu(lambda: translate("menu", "P&ractice"))
        self._practice = PracticeMenu(practice, self._add, self._menu, window)
        self._presets(window)
        self._help(window)
        self._fill_corner()
        self.retranslate()
        self.restyle()
        self.show_theme(window.theme)

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

    def _file(self, window: MainWindow) -> None:
        files = window.files
        menu = self._menu(lambda: translate("menu", "&File"))
        self._add(menu, lambda: translate("menu", "&New"), files.new, _Keys.New, "new")
        self._add(menu, lambda: translate("menu", "&Open…"), files.open, _Keys.Open, "open")
        recent = self._menu(lambda: translate("menu", "Open &recent"), menu)
        recent.aboutToShow.connect(lambda: files.fill_recent(recent))
        UnsavedMenu(self._menu(lambda: translate("menu", "&Unsaved work"), menu), window)
        lessons = window.lesson_files
        self._add(menu, lambda: translate("menu", "Open &lesson…"), lessons.open, "Ctrl+L")
        self._add(menu, lambda: translate("menu", "Open lesson &folder…"), lessons.open_folder)
        menu.addSeparator()
        self._add(menu, lambda: translate("menu", "&Save"), files.save, _Keys.Save, "save")
        self._add(menu, lambda: translate("menu", "Save &as…"), files.save_as, "Ctrl+Shift+S")
        menu.addSeparator()
        quit_ = self._add(None, lambda: translate("menu", "&Quit"), window.close, "Ctrl+Q")
        quit_.setMenuRole(QAction.MenuRole.QuitRole)
        menu.addAction(quit_)

    def _edit(self, window: MainWindow) -> None:
        menu = self._menu(lambda: translate("menu", "&Edit"))
        stack = window.undo_group
        self.undo = self._undo_action(menu, stack, back=True)
        self.redo = self._undo_action(menu, stack, back=False)
        menu.addSeparator()
        for text, method, keys in (
            (lambda: translate("menu", "Cu&t"), "cut", _Keys.Cut),
            (lambda: translate("menu", "&Copy"), "copy", _Keys.Copy),
            (lambda: translate("menu", "&Paste"), "paste", _Keys.Paste),
            (lambda: translate("menu", "Make &0"), "clear_cells", None),
        ):
            self._add(menu, text, partial(_send, method), keys)
        menu.addSeparator()
        menu.addAction(window.lab.brush)

    def _view(self, window: MainWindow) -> None:
        menu = self._menu(lambda: translate("menu", "&View"))
        names = {
            "system": lambda: translate("menu", "As the &system"),
            "light": lambda: translate("menu", "&Light"),
            "dark": lambda: translate("menu", "&Dark"),
        }
        themes = self._menu(lambda: translate("menu", "&Theme"), menu)
        self._themes = QActionGroup(themes)
        for theme in THEMES:
            action = self._add(themes, names[theme], partial(window.set_theme, theme))
            action.setCheckable(True)
            action.setData(theme)
            self._themes.addAction(action)
        languages = self._menu(lambda: translate("menu", "&Language"), menu)
        self.languages = QActionGroup(languages)
        for code, name in language.NAMES.items():
            action = languages.addAction(name)
            action.setCheckable(True)
            action.setData(code)
            action.triggered.connect(lambda _=False, code=code: window.set_language(code))
            self.languages.addAction(action)
        menu.addSeparator()
        for n, key in enumerate(OFFERS, 1):
            show = partial(window.lab.views.show_view, key)
            action = self._add(menu, partial(words.say, f"views.{key}"), show, f"Ctrl+{n}")
            action.setData(key)
            self._views.append(action)
        window.lab.views.offered_changed.connect(self._offer_views)
        window.practice.changed.connect(self._offer_views)
        self._offer_views()
        menu.addSeparator()
        shades = self._add(
            menu, lambda: translate("menu", "&Colour cells by value"), lambda: None, "F7"
        )
        shades.setCheckable(True)
        shades.setChecked(window.shaded)
        shades.toggled.connect(window.set_shaded)
        self._add(
            menu, lambda: translate("menu", "Next &part of the window"), window.next_part, "F6"
        )
        self._add(
            menu,
            lambda: translate("menu", "Previous p&art of the window"),
            partial(window.next_part, -1),
            "Shift+F6",
        )
        self._add(menu, lambda: translate("menu", "&Full screen"), window.toggle_full_screen, "F11")

    def _offer_views(self) -> None:
        """Let only those views be chosen that the layer has."""
        offered = [] if self._window.practice.on else self._window.lab.views.offered
        for action in self._views:
            action.setEnabled(action.data() in offered)

    def _presets(self, window: MainWindow) -> None:
        menu = self._menu(lambda: translate("menu", "&Presets"))
        groups: dict[str, QMenu] = {}
        for key, preset in presets().items():
            group = preset.group
            if group not in groups:
                groups[group] = self._menu(partial(words.say, f"chapters.{group}"), menu)
            self._add(groups[group], partial(_title, key), partial(window.chapters.choose, key))

    def _help(self, window: MainWindow) -> None:
        menu = self._menu(lambda: translate("menu", "&Help"))
        self._add(
            menu,
            lambda: translate("menu", "&Keyboard and mouse"),
            lambda: help_boxes.show_keyboard_help(window),
            _Keys.HelpContents,
            "help",
        )
        self._add(menu, lambda: translate("menu", "&Glossary"), window.show_glossary, "Shift+F1")
        self._add(
            menu,
            lambda: translate("menu", "Show &log folder"),
            lambda: help_boxes.show_log_folder(window),
        )
        about = self._add(
            None,
            lambda: translate("menu", "&About CNN Tutor"),
            lambda: help_boxes.show_about(window),
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
            None, self._other_language, self._window.switch_language, None, "language"
        )
        theme = self._add(
            None,
            lambda: translate("menu", "Light or dark"),
            self._window.switch_theme,
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
        action = QAction(self._window)
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
