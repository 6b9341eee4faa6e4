"""A theme paints the whole program, and the system's is followed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.app.style import appearance
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.colours import DARK, LIGHT


@pytest.mark.parametrize(("theme", "painted"), [("dark", DARK), ("light", LIGHT)])
def test_palette_style_sheet_and_colours_are_those_of_the_theme(qapp, theme, painted) -> None:
    appearance.apply(theme)
    assert appearance.chosen() == theme
    assert colours.current() is painted
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(painted.background)
    assert painted.accent in qapp.styleSheet()


def test_the_theme_of_the_system_is_followed(qapp, monkeypatch) -> None:
    for scheme, painted in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        hints = type("Hints", (), {"colorScheme": lambda _, scheme=scheme: scheme})()
        monkeypatch.setattr(appearance.QGuiApplication, "styleHints", lambda hints=hints: hints)
        appearance.apply("system")
        assert appearance.chosen() == "system"
        assert colours.current() is painted


def test_one_widget_can_be_dressed_in_a_theme_of_its_own(qtbot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    label = QLabel("text", box)
    appearance.dress(box, DARK)
    label.ensurePolished()
    assert label.palette().color(label.foregroundRole()) == QColor(DARK.text)
    assert appearance.chosen() == "light"
    assert colours.current() is LIGHT
