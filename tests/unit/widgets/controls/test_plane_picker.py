"""Picking planes: what the arrows ask for, and what stands between them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import language
from cnn_tutor.widgets.controls.plane_picker import PlanePicker
from tests.helpers.widgets import LEFT, OFFSCREEN, Key, focused, in_window, press

pytestmark = OFFSCREEN


class Bench:
    """A picker that shows what it asks for, and what it has asked for."""

    def __init__(self, qtbot: QtBot, first: int, seen: int, count: int) -> None:
        self.qtbot, self.picker = qtbot, PlanePicker("pick")
        self.picked: list[int] = []
        self.picker.picked.connect(self.picked.append)
        self.picker.picked.connect(lambda first: self.picker.show_planes(first, seen, count))
        self.picker.show_planes(first, seen, count)
        in_window(qtbot, self.picker)

    def button(self, way: str) -> QToolButton:
        found = self.picker.findChild(QToolButton, f"pick_{way}")
        assert found is not None
        return found

    def click(self, way: str) -> None:
        self.qtbot.mouseClick(self.button(way), LEFT)

    @property
    def text(self) -> str:
        (label,) = self.picker.findChildren(QLabel)
        return label.text()


@pytest.mark.parametrize(
    ("first", "seen", "count", "text"),
    [(0, 3, 16, "1–3 / 16"), (13, 3, 16, "14–16 / 16"), (4, 1, 6, "5 / 6"), (0, 2, 2, "1–2 / 2")],
)
def test_it_says_which_of_how_many_are_seen(
    qtbot: QtBot, first: int, seen: int, count: int, text: str
) -> None:
    assert Bench(qtbot, first, seen, count).text == text


def test_an_arrow_asks_for_the_planes_before_or_after_as_far_as_there_are_any(
    qtbot: QtBot,
) -> None:
    bench = Bench(qtbot, 0, 3, 8)
    enabled = []
    for way in ("back", "forward", "forward", "forward", "back", "back", "back"):
        enabled.append([bench.button(way).isEnabled() for way in ("back", "forward")])
        bench.click(way)
    assert bench.picked == [3, 5, 2, 0]  # the last page is full
    first, middle, last = [False, True], [True, True], [True, False]
    assert enabled == [first, first, middle, last, last, middle, first]
    assert bench.text == "1–3 / 8"


def test_the_keyboard_works_it(qtbot: QtBot) -> None:
    bench = Bench(qtbot, 2, 2, 10)
    bench.button("back").setFocus()
    press(qtbot, Key.Key_Tab, Key.Key_Space, Key.Key_Space)
    assert focused() is bench.button("forward")
    assert bench.picked == [4, 6]


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_its_arrows_have_names(qtbot: QtBot, spoken: str) -> None:
    bench = Bench(qtbot, 2, 2, 8)
    language.apply(spoken)
    QApplication.processEvents()
    names = [bench.button(way).accessibleName() for way in ("back", "forward")]
    assert len(set(names)) == 2
    assert names == [bench.button(way).toolTip() for way in ("back", "forward")]
    assert all(name and name.isascii() == (spoken == "en") for name in names)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_arrows_come_past_every_plane(qtbot: QtBot, data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 16))
    seen = data.draw(st.integers(1, count - 1))
    picker = PlanePicker("pick")
    qtbot.addWidget(picker)
    picked: list[int] = []
    picker.picked.connect(picked.append)
    for way, start in (("forward", 0), ("back", count - seen)):
        first, met = start, set(range(start, start + seen))
        picker.show_planes(first, seen, count)
        button = picker.findChild(QToolButton, f"pick_{way}")
        assert button is not None
        while button.isEnabled():
            qtbot.mouseClick(button, LEFT)
            assert 0 <= picked[-1] <= count - seen
            assert picked[-1] != first
            first = picked[-1]
            met |= set(range(first, first + seen))
            picker.show_planes(first, seen, count)
        assert met == set(range(count))
