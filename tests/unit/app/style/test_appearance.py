"""A theme paints the whole program, and the system's is followed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from cnn_tutor.app.style import appearance
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.colours import DARK, HIGH_BLACK, HIGH_WHITE, LIGHT
from tests.helpers.widgets import contrast, in_window, picture, pixels

PAINTED = {
    "dark": DARK,
    "light": LIGHT,
    "high-contrast": HIGH_BLACK,
    "high-contrast-white": HIGH_WHITE,
}


@pytest.mark.parametrize(("theme", "painted"), PAINTED.items())
def test_palette_style_sheet_and_colours_are_those_of_the_theme(qapp, theme, painted) -> None:
    appearance.apply(theme)
    assert appearance.chosen() == theme
    assert colours.current() is painted
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(painted.background)
    assert painted.accent in qapp.styleSheet()


class System(QObject):
    """The hints of a system that can turn to other colours, with contrast as from Qt 6.10 on."""

    colorSchemeChanged = Signal(Qt.ColorScheme)  # noqa: N815
    contrastPreferenceChanged = Signal(object)  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self.scheme, self.high = Qt.ColorScheme.Light, False

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme

    def accessibility(self) -> System:
        return self

    def contrastPreference(self) -> Qt.ContrastPreference:
        wanted = Qt.ContrastPreference
        return wanted.HighContrast if self.high else wanted.NoPreference


@pytest.fixture
def system(monkeypatch) -> System:
    made = System()
    monkeypatch.setattr(appearance.QGuiApplication, "styleHints", lambda: made)
    return made


SCHEMES = {
    (Qt.ColorScheme.Dark, False): DARK,
    (Qt.ColorScheme.Light, False): LIGHT,
    (Qt.ColorScheme.Unknown, False): LIGHT,
    (Qt.ColorScheme.Dark, True): HIGH_BLACK,
    (Qt.ColorScheme.Light, True): HIGH_WHITE,
    (Qt.ColorScheme.Unknown, True): HIGH_BLACK,
}


@pytest.mark.parametrize(("says", "painted"), SCHEMES.items())
def test_the_theme_of_the_system_is_followed(qapp, system, says, painted) -> None:
    if says[1] and not appearance._ASKS_FOR_CONTRAST:
        pytest.skip("Qt does not know of high contrast before 6.10")
    system.scheme, system.high = says
    appearance.apply("system")
    assert appearance.chosen() == "system"
    assert colours.current() is painted


def test_a_system_that_turns_to_other_colours_is_heard(qapp, system) -> None:
    heard: list[int] = []
    appearance.follow_system(lambda: heard.append(1))
    system.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert len(heard) == 1
    system.contrastPreferenceChanged.emit(None)
    assert len(heard) == 1 + appearance._ASKS_FOR_CONTRAST


@pytest.mark.parametrize(
    ("theme", "other"),
    [
        ("light", "dark"),
        ("dark", "light"),
        ("high-contrast", "high-contrast-white"),
        ("high-contrast-white", "high-contrast"),
    ],
)
def test_the_other_ground_is_of_the_same_contrast(qapp, theme, other) -> None:
    appearance.apply(theme)
    assert appearance.other_ground() == other


@pytest.mark.parametrize("theme", PAINTED)
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton, QLineEdit, QSpinBox, QComboBox])
def test_the_edge_of_a_control_is_seen(qtbot, theme, kind) -> None:
    appearance.apply(theme)
    box = kind()
    in_window(qtbot, QPushButton(), box)
    across = pixels(picture(box))[box.height() // 2, : box.height()]
    ground = colours.current().panel
    assert max(contrast(QColor.fromRgb(int(dot)), ground) for dot in across[:-1]) >= 3


def test_one_widget_can_be_dressed_in_a_theme_of_its_own(qtbot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    label = QLabel("text", box)
    appearance.dress(box, DARK)
    label.ensurePolished()
    assert label.palette().color(label.foregroundRole()) == QColor(DARK.text)
    assert appearance.chosen() == "light"
    assert colours.current() is LIGHT
