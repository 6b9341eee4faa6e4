"""What every plot is: a picture in the colours of the theme that takes neither pointer nor keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.app.style.appearance import Theme
from cnn_tutor.widgets.charts.day_chart import Bar, DayChart
from cnn_tutor.widgets.charts.plot import Plot
from cnn_tutor.widgets.style import colours
from tests.helpers.widgets import OFFSCREEN, Key, focused, in_window, inked, picture, press

pytestmark = OFFSCREEN


def days(as_bars: bool) -> DayChart:
    made = DayChart(as_bars)
    made.show_values([Bar(date(2025, 2, n), date(2025, 2, n + 1), n) for n in (1, 2)], [(2, "2")])
    return made


@pytest.fixture(params=[lambda: days(True), lambda: days(False)])
def plot(request: pytest.FixtureRequest, qtbot: QtBot) -> Plot:
    made = request.param()
    in_window(qtbot, QLineEdit(), made, QLineEdit(), size=(520, 400))
    return made


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_painted_in_the_theme_that_is_on(plot: Plot, theme: Theme) -> None:
    appearance.apply(theme)
    QApplication.processEvents()
    assert picture(plot).pixelColor(2, 2) == QColor(colours.current().panel)
    assert len(inked(plot, colours.current().accent))


def test_the_pointer_and_the_keyboard_pass_it_by(qtbot: QtBot, plot: Plot) -> None:
    assert plot.childAt(plot.rect().center()) is None  # whoever drags there moves no axis
    before, after = plot.window().findChildren(QLineEdit)
    before.setFocus()
    press(qtbot, Key.Key_Tab)
    assert focused() is after
