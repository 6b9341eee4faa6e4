"""The lines between a window, its products and the output cell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QColor, QPaintEvent, QRegion
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance
from cnn_tutor.widgets.overlays.connectors import Connector, Connectors, between
from cnn_tutor.widgets.style import colours
from tests.helpers.widgets import LEFT, in_window, picture, pixels

BEND = Connector(((20, 20), (120, 20), (120, 90)), "read")
STRAIGHT = Connector(((20, 150), (180, 150)), "written")


class Watch(QObject):
    """Collects the regions that a widget is painted in."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def board(qtbot: QtBot) -> tuple[QWidget, Connectors]:
    ground = QWidget()
    sheet = Connectors(ground)
    in_window(qtbot, ground, size=(240, 240))
    sheet.setGeometry(ground.rect())
    return ground, sheet


def distance(one: QColor, other: QColor) -> int:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)
    return sum(abs(a - b) for a, b in pairs)


def inked(ground: QWidget, sheet: Connectors) -> np.ndarray:
    """Say of every pixel whether the lines are what is seen there."""
    lines = sheet.lines
    image = pixels(picture(ground))
    sheet.set_lines(())
    bare = pixels(picture(ground))
    sheet.set_lines(lines)
    return image != bare


def test_a_dashed_line_has_gaps_and_keeps_its_dashes_on_its_way(qtbot: QtBot) -> None:
    ground, sheet = board(qtbot)
    dashed = replace(STRAIGHT, dashes=colours.dashes(1))
    counts = []
    for line in (STRAIGHT, dashed):
        sheet.set_lines([line])
        counts.append(int(np.abs(np.diff(inked(ground, sheet)[150].astype(int))).sum()))
    assert counts[0] == 2
    assert counts[1] > 10
    moved = Connector(((20, 160), (180, 160)), "written", dashed.dashes)
    (half,) = between([dashed], [moved], 0.5)
    assert half == Connector(((20, 155), (180, 155)), "written", dashed.dashes)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_are_drawn_along_their_points_in_their_colours(qtbot: QtBot, theme: str) -> None:
    appearance.apply(theme)  # type: ignore[arg-type]
    ground, sheet = board(qtbot)
    sheet.set_lines([BEND, STRAIGHT])
    image = picture(ground)
    now = colours.current()
    for x, y, name in ((70, 20, now.read_line), (120, 60, now.read_line), (100, 150, now.written)):
        near = [image.pixelColor(x + dx, y + dy) for dx in (-1, 0) for dy in (-1, 0)]
        assert min(distance(colour, QColor(name)) for colour in near) < 60


def test_nothing_is_drawn_away_from_the_lines(qtbot: QtBot) -> None:
    ground, sheet = board(qtbot)
    sheet.set_lines([BEND, STRAIGHT])
    ys, xs = np.nonzero(inked(ground, sheet))
    assert len(ys) > 200
    for y, x in zip(ys.tolist(), xs.tolist(), strict=True):
        on_bend = (16 <= y <= 24 and 18 <= x <= 124) or (16 <= x - 100 <= 24 and 16 <= y <= 94)
        assert on_bend or (146 <= y <= 154 and 18 <= x <= 184)


def test_a_line_has_round_corners_and_ends_in_a_dot(qtbot: QtBot) -> None:
    ground, sheet = board(qtbot)
    sheet.set_lines([BEND, STRAIGHT])
    ink = inked(ground, sheet)
    assert not ink[20, 120]
    assert ink[19:21, 60].any()
    assert ink[140:160, 180].sum() > ink[140:160, 100].sum()
    sheet.set_lines([Connector(((20, 20), (20, 20), (24, 20), (24, 23)), "read")])
    assert inked(ground, sheet).any()  # shorter than its corners are round


@pytest.mark.parametrize("new", [(), (STRAIGHT,), (BEND, STRAIGHT), (BEND,)])
def test_only_the_ground_of_old_and_new_lines_is_painted_again(
    qtbot: QtBot, new: tuple[Connector, ...]
) -> None:
    _, sheet = board(qtbot)
    sheet.set_lines([BEND])
    sheet.repaint()
    watch, elsewhere = Watch(sheet), QRect(200, 200, 5, 5)
    sheet.set_lines(new)
    sheet.update(elsewhere)
    qtbot.waitUntil(lambda: not watch.region.isEmpty())
    area = sum(rect.width() * rect.height() for rect in watch.region)
    assert area < 5000
    assert not watch.region.contains(QPoint(60, 60))
    assert (watch.region == QRegion(elsewhere)) == (new == (BEND,))
    assert sheet.lines == new


def test_the_mouse_goes_through_the_lines(qtbot: QtBot) -> None:
    button = QPushButton("under")
    window = in_window(qtbot, button)
    sheet = Connectors(window)
    sheet.setGeometry(window.rect())
    sheet.set_lines([Connector(((0, 0), (400, 400)), "read")])
    sheet.show()
    assert window.childAt(button.geometry().center()) is button
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(window.childAt(button.geometry().center()), LEFT)


def test_lines_go_from_where_they_were_to_where_they_are() -> None:
    there = Connector(((20, 40), (120, 40), (160, 90)), "read")
    half = Connector(((20, 30), (120, 30), (140, 90)), "read")
    assert between([BEND], [there], 0.5) == [half]
    assert between([BEND], [there], 1.0) == [there]
    assert between([BEND], [there, STRAIGHT], 0.5) == [half, STRAIGHT]  # it has just come
    assert between([STRAIGHT], [there], 0.5) == [there]  # it has other bends
