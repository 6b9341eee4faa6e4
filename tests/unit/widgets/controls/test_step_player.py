"""The transport bar: every button, the scrubber, the unit and the speed."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QSlider, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.app.style import appearance, language
from cnn_tutor.document.playback import BASE_INTERVAL, Playback
from cnn_tutor.widgets.controls.step_player import SpeedBox, StepPlayer
from tests.helpers.widgets import CTRL, LEFT, Key, in_window, press, type_text

BUTTONS = ("first", "back", "play", "forward", "last")


class Bar:
    """A player over an output of 3×4 cells of 5 terms each."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.playback = Playback()
        self.player = StepPlayer(self.playback)
        self.playback.start((3, 4, 1), 5)
        self.window = in_window(qtbot, self.player, size=(900, 80))

    def part(self, name: str, kind: type = QWidget) -> QWidget:
        found = self.player.findChild(kind, f"step_{name}")
        assert found is not None
        return found

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.part(name), LEFT)

    def focus(self, name: str) -> None:
        """Bring the keyboard to a part."""
        self.part(name).setFocus()
        self.qtbot.waitUntil(self.part(name).hasFocus)

    @property
    def slider(self) -> QSlider:
        return self.part("slider", QSlider)

    @property
    def speed(self) -> SpeedBox:
        return self.part("speed", SpeedBox)

    @property
    def unit(self) -> QComboBox:
        return self.part("unit", QComboBox)

    def enabled(self) -> set[str]:
        return {name for name in BUTTONS if self.part(name).isEnabled()}


@pytest.fixture
def bar(qtbot: QtBot) -> Bar:
    return Bar(qtbot)


@pytest.mark.parametrize(
    ("start", "name", "end"),
    [(7, "first", 1), (7, "back", 6), (7, "forward", 8), (7, "last", 12)],
)
def test_each_button_goes_where_it_says(
    qtbot: QtBot, bar: Bar, start: int, name: str, end: int
) -> None:
    bar.playback.seek(start)
    bar.click("play")
    bar.click(name)  # which stops the playing
    assert bar.playback.position == end
    assert not bar.playback.playing
    assert bar.part("play").accessibleName() == "Play"
    bar.playback.seek(start)
    bar.focus(name)
    press(qtbot, Key.Key_Space)
    assert bar.playback.position == end
    assert bar.slider.value() == end
    assert bar.part("place", QLabel).text() == f"{end} / 12"


def test_playing_from_the_end_starts_over_and_stops_at_the_end(qtbot: QtBot, bar: Bar) -> None:
    button = bar.part("play")
    names = []
    for _ in range(3):
        names.append((button.accessibleName(), button.toolTip(), bar.playback.playing))
        bar.click("play")
    still, playing = ("Play", "Play (F5)", False), ("Pause", "Pause (F5)", True)
    assert names == [still, playing, still]
    bar.click("play")
    bar.click("last")
    bar.playback.set_speed(BASE_INTERVAL)
    places: list[int] = []
    bar.slider.valueChanged.connect(places.append)
    bar.playback.moved.connect(lambda: places.append(bar.slider.value()))
    bar.click("play")
    qtbot.waitUntil(lambda: not bar.playback.playing)
    assert places == list(range(1, 13))
    assert bar.part("play").accessibleName() == "Play"


def test_buttons_that_lead_nowhere_are_off(bar: Bar) -> None:
    assert bar.enabled() == {"first", "back", "play"}
    bar.click("first")
    assert bar.enabled() == {"play", "forward", "last"}
    bar.click("forward")
    assert bar.enabled() == set(BUTTONS)


@pytest.mark.parametrize(
    ("key", "end"),
    [
        (Key.Key_Right, 7),
        (Key.Key_Left, 5),
        (Key.Key_Home, 1),
        (Key.Key_End, 12),
        (Key.Key_PageUp, 7),
        (Key.Key_PageDown, 5),
    ],
)
def test_the_slider_goes_by_keys_and_stops_the_playing(
    qtbot: QtBot, bar: Bar, key: Key, end: int
) -> None:
    bar.playback.seek(6)
    bar.click("play")
    bar.focus("slider")
    press(qtbot, key)
    assert bar.playback.position == end
    assert not bar.playback.playing
    bar.playback.start((20, 10, 1), 5)
    bar.playback.seek(100)
    press(qtbot, Key.Key_PageUp)
    assert bar.playback.position == 120  # many are paged in tenths


def test_the_unit_is_chosen_with_the_keyboard(qtbot: QtBot, bar: Bar) -> None:
    bar.playback.seek(3)
    bar.focus("unit")
    press(qtbot, Key.Key_Down)
    assert bar.playback.by_terms
    assert bar.unit.currentText() == "by term"
    assert (bar.playback.position, bar.slider.value(), bar.slider.maximum()) == (15, 15, 60)
    assert bar.part("place", QLabel).text() == "15 / 60"
    bar.click("back")
    assert bar.playback.terms == 4
    bar.focus("unit")
    press(qtbot, Key.Key_Up)
    assert (bar.playback.by_terms, bar.playback.position, bar.slider.maximum()) == (False, 3, 12)


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_tab_goes_through_every_part_and_each_has_a_name_in_the_language_that_is_on(
    qtbot: QtBot, bar: Bar, spoken: str
) -> None:
    bar.playback.seek(5)
    bar.focus("first")
    names = []
    for _ in range(8):
        names.append(bar.window.focusWidget().objectName().removeprefix("step_"))
        press(qtbot, Key.Key_Tab)
    assert names == [*BUTTONS, "slider", "unit", "speed"]
    english = {name: bar.part(name).accessibleName() for name in BUTTONS}
    language.apply(spoken)
    qtbot.waitUntil(
        lambda: (bar.part("first").accessibleName() == "First step") == (spoken == "en")
    )
    for name in names:
        assert bar.part(name).accessibleName()
    for name in BUTTONS:
        assert (bar.part(name).accessibleName() == english[name]) == (spoken == "en")
        assert bar.part(name).toolTip().startswith(f"{bar.part(name).accessibleName()} (")


def test_the_icons_follow_the_theme(bar: Bar) -> None:
    bar.playback.seek(5)

    def drawn() -> list[bytes]:
        images = []
        for name in BUTTONS:
            button = bar.part(name, QAbstractButton)
            image = button.icon().pixmap(18, 18).toImage()
            images.append(bytes(image.constBits()))
        return images

    light = drawn()
    appearance.apply("dark")
    assert all(a != b for a, b in zip(light, drawn(), strict=True))
    assert not any(a == b for a, b in itertools.combinations(light, 2))


def test_the_speed_doubles_and_halves(qtbot: QtBot, bar: Bar) -> None:
    bar.focus("speed")
    seen = [bar.speed.text()]
    for key in [Key.Key_Up] * 7 + [Key.Key_Down] * 9:
        press(qtbot, key)
        seen.append(bar.speed.text())
    up = ["1×", "2×", "4×", "8×", "16×", "32×", "64×", "64×"]
    assert seen == [*up, *up[5::-1], "0.5×", "0.25×", "0.25×"]


@pytest.mark.parametrize(
    ("text", "speed"), [("40", 40), ("２", 2), ("1.25", 1.25), ("999", 1), ("0", 1), ("x", 1)]
)
def test_any_speed_in_reach_can_be_typed_and_is_used(
    qtbot: QtBot, bar: Bar, text: str, speed: float
) -> None:
    bar.playback.seek(11)
    bar.focus("speed")
    press(qtbot, Key.Key_A, modifiers=CTRL)
    type_text(qtbot, text)
    assert bar.speed.value() == 1
    press(qtbot, Key.Key_Return)
    assert (bar.speed.value(), bar.speed.text()) == (speed, f"{speed}×")
    bar.click("play")
    timer = bar.playback.findChild(QTimer)
    assert timer.isActive()
    assert timer.interval() == int(BASE_INTERVAL / speed)
