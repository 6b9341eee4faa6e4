"""The theme that was chosen, or the system's: palette and style sheet of the whole program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from string import Template
from typing import Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from cnn_tutor.bundled import bundled
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.colours import DARK, HIGH, HIGH_BLACK, HIGH_WHITE, LIGHT, Colours
from cnn_tutor.widgets.style.focus_ring import follow_keyboard
from cnn_tutor.widgets.style.sizes import SCROLL_BAR, by_letters

Theme = Literal["light", "dark", "high-contrast", "high-contrast-white", "system"]
_ASKS_FOR_CONTRAST = hasattr(Qt, "ContrastPreference")
"""Whether Qt knows if the system is set to high contrast; it does from 6.10 on."""

_CHOSEN, _PAINTED = "chosen_theme", "painted_theme"
"""Properties of the application: the theme that was chosen, and the background it came to."""

THEMES: tuple[Theme, ...] = ("system", "light", "dark", "high-contrast", "high-contrast-white")

_PAINTED_AS: dict[Theme, Colours] = {
    "light": LIGHT,
    "dark": DARK,
    "high-contrast": HIGH_BLACK,
    "high-contrast-white": HIGH_WHITE,
}
_FUSIONS_OUTLINE = 140
"""How much darker than a window, in percent, Fusion draws the edges of its controls."""

_WITH_EDGES = ("QAbstractButton", "QAbstractSpinBox", "QComboBox", "QLineEdit", "QTextEdit")
"""The controls whose edges Fusion draws."""


def apply(theme: Theme) -> None:
    """Paint the whole program in a theme."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setProperty(_CHOSEN, theme)
    chosen = _PAINTED_AS.get(theme) or _of_system()
    painted = app.property(_PAINTED)
    if painted == chosen.background:
        return
    app.setProperty(_PAINTED, chosen.background)
    if painted is None:  # it goes through all widgets, and stays
        app.setStyle("fusion")
        follow_keyboard(app)
    colours.use(chosen)
    _set_palette(app, chosen)
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


def other_ground() -> Theme:
    """Return the theme of the same contrast as the one that is on, on a dark ground or a light."""
    now = colours.current()
    return next(
        theme
        for theme, found in _PAINTED_AS.items()
        if (found in HIGH) == (now in HIGH) and found.dark != now.dark
    )


def follow_system(changed: Callable[[], None]) -> None:
    """Have a method called whenever the system turns to other colours, as long as its object lives.

    No function of ours stands between: it would keep the object.
    """
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(changed)
    if _ASKS_FOR_CONTRAST:
        hints.accessibility().contrastPreferenceChanged.connect(changed)


def chosen() -> Theme:
    """Return the theme that was chosen last."""
    app = QApplication.instance()
    return cast(Theme, app.property(_CHOSEN)) if app is not None else "system"


def fixed_font() -> str:
    """Return the families for program text, for a style sheet."""
    return '"DejaVu Sans Mono", "Cascadia Mono", Menlo, Consolas, monospace'


def _of_system() -> Colours:
    hints = QGuiApplication.styleHints()
    scheme = hints.colorScheme()
    if _ASKS_FOR_CONTRAST:
        wanted = hints.accessibility().contrastPreference()
        if wanted == Qt.ContrastPreference.HighContrast:
            # Windows does not say of its contrast themes whether they are dark or light.
            return HIGH_WHITE if scheme == Qt.ColorScheme.Light else HIGH_BLACK
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def _set_palette(app: QApplication, c: Colours) -> None:
    palette = _palette(c)
    app.setPalette(palette)
    # Fusion takes the edges of controls from the window's colour: they would all but vanish.
    palette.setColor(QPalette.ColorRole.Window, QColor(c.border).lighter(_FUSIONS_OUTLINE))
    for name in _WITH_EDGES:
        app.setPalette(palette, name)  # type: ignore[arg-type]  # takes text, not bytes


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
        fixed_font=fixed_font(),
        scroll_bar=SCROLL_BAR,
    )
