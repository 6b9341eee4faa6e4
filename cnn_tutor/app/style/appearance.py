"""Light, dark or the system's choice: palette and style sheet of the whole program."""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from cnn_tutor.bundled import bundled
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.colours import DARK, LIGHT, Colours
from cnn_tutor.widgets.style.sizes import SCROLL_BAR, by_letters

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


def restyle() -> None:
    """Bring the style sheet to the size that the letters have now."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyleSheet(_sheet(colours.current()))


def dress(widget: QWidget, theme: Colours) -> None:
    """Give a widget and its children the palette and the style sheet of a theme."""
    widget.setPalette(_palette(theme))
    # Labels that a style sheet is about take no palette from what they stand in.
    widget.setStyleSheet(f"QLabel {{ color: {theme.text}; }}\n{_sheet(theme)}")


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
    """Return the style sheet in colours, all its lengths but the scroll bars' by the letters."""
    sheet = bundled("style", "window.qss").read_text("utf-8")
    return Template(by_letters(sheet)).substitute(
        asdict(c),
        selected=colours.blend(c.accent, c.sidebar, 0.16).name(),
        thumb=colours.blend(c.dim, c.panel, 0.45).name(),
        fixed_font=fixed_font(),
        scroll_bar=SCROLL_BAR,
    )
