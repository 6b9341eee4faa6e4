"""Light, dark or the system's choice: palette and style sheet of the whole program."""

from __future__ import annotations

from typing import Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.colours import DARK, LIGHT, Colours
from cnn_tutor.widgets.style.sizes import SCROLL_BAR

Theme = Literal["light", "dark", "system"]
_CHOSEN, _PAINTED = "chosen_theme", "painted_theme"
"""Properties of the application: the theme that was chosen, and the background it came to."""

THEMES: tuple[Theme, ...] = ("system", "light", "dark")


def apply(theme: Theme) -> None:
    """Paint the whole program in a theme."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setProperty(_CHOSEN, theme)
    chosen = DARK if theme == "dark" or (theme == "system" and _system_is_dark()) else LIGHT
    painted = app.property(_PAINTED)
    if painted == chosen.background:
        return
    app.setProperty(_PAINTED, chosen.background)
    if painted is None:  # it goes through all widgets, and stays
        app.setStyle("fusion")
    colours.use(chosen)
    app.setPalette(_palette(chosen))
    app.setStyleSheet(_sheet(chosen))


def chosen() -> Theme:
    """Return the theme that was chosen last."""
    app = QApplication.instance()
    return cast(Theme, app.property(_CHOSEN)) if app is not None else "system"


def fixed_font() -> str:
    """Return the families for program text, for a style sheet."""
    return '"DejaVu Sans Mono", "Cascadia Mono", Menlo, Consolas, monospace'


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(c: Colours) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, colour in {
        roles.Window: c.background,
        roles.WindowText: c.text,
        roles.Base: c.panel,
        roles.AlternateBase: c.background,
        roles.Text: c.text,
        roles.PlaceholderText: c.dim,
        roles.Button: c.panel,
        roles.ButtonText: c.text,
        roles.BrightText: c.wrong,
        roles.ToolTipBase: c.panel,
        roles.ToolTipText: c.text,
        roles.Highlight: c.accent,
        roles.HighlightedText: c.on_accent,
        roles.Accent: c.accent,
        roles.Link: c.accent_text,
        roles.Light: c.panel,
        roles.Midlight: c.line,
        roles.Mid: c.line,
        roles.Dark: c.line,
        roles.Shadow: c.line,
    }.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.dim))
    return palette


def _sheet(c: Colours) -> str:
    selected = colours.blend(c.accent, c.sidebar, 0.16).name()
    thumb = colours.blend(c.dim, c.panel, 0.45).name()
    return f"""
    QMenuBar {{ background: {c.panel}; padding: 4px 8px; border-bottom: 1px solid {c.line}; }}
    QMenuBar::item {{ padding: 5px 10px; border-radius: 6px; background: transparent; }}
    QMenuBar::item:selected {{ background: {selected}; }}
    QMenu {{ background: {c.panel}; border: 1px solid {c.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 28px 5px 24px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    QMenu::item:disabled {{ color: {c.dim}; background: transparent; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
    QToolTip {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
    #sidebar {{ background: {c.sidebar}; border-right: 1px solid {c.line}; }}
    #chapters {{ background: transparent; border: 1px solid transparent;
        outline: none; padding: 3px 9px; }}
    #chapters::item {{ padding: 0 10px; border-radius: 7px; color: {c.text}; }}
    #chapters:focus {{ border: 1px solid {c.accent}; border-radius: 8px; }}
    #chapters::item:hover {{ background: {selected}; }}
    #chapters::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    #chapters::item:disabled {{ color: {c.dim}; background: transparent; }}
    #status {{ color: {c.dim}; padding: 10px 20px; }}
    #inspector {{ background: {c.panel}; border-left: 1px solid {c.line}; }}
    #inspector_page {{ background: {c.panel}; }}
    #player {{ background: {c.panel}; border-top: 1px solid {c.line}; }}
    #player QToolButton {{ background: {c.panel}; border: 1px solid {c.line};
        border-radius: 9px; }}
    #player QToolButton:hover {{ border-color: {c.accent}; }}
    #player QToolButton:focus {{ border: 2px solid {c.accent}; }}
    #player QToolButton#step_play {{ background: {c.accent}; border-color: {c.accent}; }}
    #player QToolButton#step_play:focus {{ border: 2px solid {c.text}; }}
    #corner QToolButton {{ border: none; border-radius: 6px; padding: 4px 8px; }}
    #corner QToolButton:hover, #corner QToolButton:focus {{ background: {selected}; }}
    #caption_card {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 11px; }}
    #lesson_place {{ border: none; border-radius: 6px; padding: 3px 4px; color: {c.dim}; }}
    #lesson_place:hover, #lesson_place:focus {{ background: {selected}; }}
    #lesson_place::menu-indicator {{ width: 0; }}
    #lesson_task {{ font-weight: bold; }}
    #lesson_task[done="true"] {{ color: {c.written_text}; }}
    #lesson_number {{ background: {c.background}; border: 1px solid {c.line}; border-radius: 6px;
        padding: 2px 8px; }}
    #lesson_number:focus {{ border-color: {c.accent}; }}
    #lesson_next {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.line};
        border-radius: 8px; padding: 6px 14px; }}
    #lesson_next[ready="true"] {{ background: {c.accent}; color: {c.on_accent};
        border-color: {c.accent}; }}
    #lesson_next:hover {{ border-color: {c.accent}; }}
    #lesson_next:focus {{ border: 2px solid {c.text}; padding: 5px 13px; }}
    #lesson_next:disabled {{ background: {c.panel}; color: {c.dim}; border-color: {c.line}; }}
    #lesson_back, #lesson_show, #lesson_restore {{ border: 1px solid {c.line}; border-radius: 8px;
        background: {c.panel}; padding: 4px 8px; }}
    #lesson_back, #lesson_restore {{ padding: 6px; }}
    #lesson_back:hover, #lesson_show:hover, #lesson_restore:hover,
    #lesson_back:focus, #lesson_show:focus, #lesson_restore:focus {{ border-color: {c.accent}; }}
    #exercise_place, #exercise_code {{ color: {c.dim}; }}
    #exercise_title {{ font-weight: bold; }}
    #summary_card {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 11px; }}
    #cell_editor {{ background: {c.panel}; border: 2px solid {c.accent}; }}
    #feedback_card {{ background: {c.panel}; border: 1px solid {c.line};
        border-left: 4px solid {c.line}; border-radius: 8px; }}
    #feedback_card[tone="wrong"] {{ border-left-color: {c.wrong}; }}
    #feedback_card[tone="right"] {{ border-left-color: {c.written}; }}
    #feedback_card[tone="hint"] {{ border-left-color: {c.accent}; }}
    #check, #hint, #show_solution, #try_again, #next_exercise {{ background: {c.panel};
        border: 1px solid {c.line}; border-radius: 8px; padding: 7px 16px; }}
    #check, #next_exercise[ready="true"] {{ background: {c.accent}; color: {c.on_accent};
        border-color: {c.accent}; }}
    #check:hover, #hint:hover, #show_solution:hover, #try_again:hover, #next_exercise:hover {{
        border-color: {c.text}; }}
    #check:focus, #hint:focus, #show_solution:focus, #try_again:focus, #next_exercise:focus {{
        border: 2px solid {c.text}; padding: 6px 15px; }}
    #hint:disabled {{ color: {c.dim}; }}
    #answer_line QLineEdit {{ background: {c.panel}; border: 1px solid {c.line};
        border-radius: 6px; padding: 4px 8px; }}
    #answer_line QLineEdit:focus {{ border: 2px solid {c.accent}; padding: 3px 7px; }}
    #answer_line [state="right"] {{ color: {c.written_text}; font-weight: bold; }}
    #answer_line [state="wrong"] {{ color: {c.wrong_text}; font-weight: bold; }}
    #caption_title {{ font-weight: bold; color: {c.dim}; }}
    QLabel[heading="true"] {{ font-weight: bold; color: {c.dim}; padding-top: 4px; }}
    QLabel[card="true"] {{ background: {c.background}; border-radius: 8px; padding: 7px 10px; }}
    #formula, #code {{ background: {c.background}; border: 1px solid {c.background};
        border-radius: 8px; padding: 4px 6px; }}
    #formula:focus, #code:focus {{ border-color: {c.accent}; }}
    #code {{ font-family: {fixed_font()}; font-size: 12px; }}
    #brush {{ border: 1px solid transparent; border-radius: 6px; }}
    #brush:hover {{ background: {selected}; }}
    #brush:checked, #brush:focus {{ border-color: {c.accent}; }}
    #brush:checked {{ background: {selected}; }}
    #copy_code {{ border: none; border-radius: 6px; padding: 4px; }}
    #copy_code:hover, #copy_code:focus {{ background: {selected}; }}
    #code_tabs::tab, #views::tab {{ padding: 4px 8px; border: none;
        border-bottom: 2px solid transparent; color: {c.dim}; background: transparent; }}
    #code_tabs::tab:selected, #views::tab:selected {{ color: {c.accent_text};
        border-bottom-color: {c.accent}; }}
    #code_tabs:focus, #views:focus {{ border-bottom: 1px dotted {c.accent}; }}
    #practice_panel {{ background: {c.panel}; border-left: 1px solid {c.line}; }}
    #practice_panel_page {{ background: {c.panel}; }}
    #skills {{ background: transparent; outline: none; }}
    #results_title {{ font-size: 21px; font-weight: bold; }}
    #results_sum {{ color: {c.dim}; }}
    #results_intro_title {{ font-size: 17px; font-weight: bold; }}
    QFrame[results_card="true"] {{ background: {c.panel}; border: 1px solid {c.line};
        border-radius: 11px; }}
    #skill_table QHeaderView {{ background: transparent; }}
    #practise_due, #begin_practising {{ background: {c.accent}; color: {c.on_accent};
        border: 1px solid {c.accent}; border-radius: 8px; padding: 6px 14px; }}
    #practise_due:focus, #begin_practising:focus {{ border: 2px solid {c.text};
        padding: 5px 13px; }}
    #learner_menu {{ border: 1px solid {c.line}; border-radius: 8px; background: {c.panel};
        padding: 4px; }}
    #learner_menu:hover, #learner_menu:focus {{ border-color: {c.accent}; }}
    #learner_menu::menu-indicator {{ width: 0; }}
    #glossary {{ background: {c.background}; }}
    #glossary_search {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 9px;
        padding: 7px 10px; }}
    #glossary_search:focus {{ border-color: {c.accent}; }}
    #glossary_search QToolButton {{ border: none; padding: 0; }}
    #glossary_terms {{ background: transparent; border: 1px solid transparent; outline: none;
        padding: 3px; }}
    #glossary_terms:focus {{ border-color: {c.accent}; border-radius: 8px; }}
    #glossary_terms::item {{ border-radius: 7px; }}
    #glossary_terms::item:hover {{ background: {selected}; }}
    #glossary_terms::item:selected {{ background: {c.accent}; }}
    #glossary_details {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 11px; }}
    #glossary_details:focus {{ border-color: {c.accent}; }}
    #glossary_nothing {{ color: {c.dim}; }}
    #refusal {{ color: {c.wrong_text}; }}
    #notice, #page_notice {{ background: {c.panel}; color: {c.wrong_text};
        border: 1px solid {c.wrong}; border-radius: 8px; padding: 8px 12px; }}
    #sign {{ color: {c.dim}; font-size: 28px; }}
    #running_sum {{ font-size: 17px; }}
    #step_place {{ color: {c.text}; }}
    QSlider {{ min-height: 24px; }}
    QSlider::groove {{ height: 4px; border-radius: 2px; background: {c.line}; }}
    QSlider::sub-page {{ border-radius: 2px; background: {c.accent}; }}
    QSlider::handle {{ width: 16px; height: 16px; margin: -6px 0; border-radius: 8px;
        background: {c.accent}; }}
    QSlider::handle:focus {{ border: 2px solid {c.text}; width: 14px; height: 14px; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QScrollBar {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ width: {SCROLL_BAR}px; }}
    QScrollBar:horizontal {{ height: {SCROLL_BAR}px; }}
    QScrollBar::handle {{ background: {thumb}; border-radius: 4px; margin: 2px; min-width: 24px;
        min-height: 24px; }}
    QScrollBar::handle:hover {{ background: {c.dim}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QTableView {{ background: transparent; border: none; }}
    """
