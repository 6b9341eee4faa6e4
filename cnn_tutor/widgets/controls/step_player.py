"""The transport bar: first, back, play, forward, last, a scrubber and a speed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QEvent, QSignalBlocker, Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QLabel,
    QSlider,
    QToolButton,
    QWidget,
)

from cnn_tutor.document.playback import Playback
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study import numbers
from cnn_tutor.widgets.controls.boxes import CalmWheel, ChoiceBox
from cnn_tutor.widgets.controls.breaking import BreakingRow
from cnn_tutor.widgets.controls.buttons import RELABELS, with_icon, with_keys
from cnn_tutor.widgets.controls.layouts import fixed, named, row
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.icons import icon, tinted

_SLOWEST, _FASTEST = 0.25, 64.0

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "play": "F5",
        "first": "Alt+Home",
        "back": "Alt+Left",
        "forward": "Alt+Right",
        "last": "Alt+End",
    }
)
"""The shortcuts of the buttons; the menu has them."""


class SpeedBox(QDoubleSpinBox):
    """A speed that doubles and halves with each step; any other one can be typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(_SLOWEST, _FASTEST)
        self.setDecimals(2)
        self.setSuffix("×")
        self.setValue(1.0)
        self.setKeyboardTracking(False)
        CalmWheel(self)

    def stepBy(self, steps: int) -> None:
        self.setValue(self.value() * 2.0**steps)

    def textFromValue(self, value: float) -> str:
        return numbers.plain(value)

    def valueFromText(self, text: str) -> float:
        return numbers.parse(text.removesuffix(self.suffix()))

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        try:
            speed = self.valueFromText(text)
        except Refusal:
            return (QValidator.State.Intermediate, text, position)
        known = _SLOWEST <= speed <= _FASTEST
        state = QValidator.State.Acceptable if known else QValidator.State.Intermediate
        return (state, text, position)


class StepPlayer(BreakingRow):
    """Plays the output of a layer, forward and back, by itself or step by step.

    A ``compact`` one stands among other controls, without a strip of its own, the unit and the
    speed.
    """

    def __init__(
        self, playback: Playback, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        transport, details = QWidget(), QWidget()
        margins, spacing = ((0, 0, 0, 0), 6) if compact else ((22, 10, 22, 10), 10)
        super().__init__(transport, details, spacing, margins, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("compact", compact)
        self._playback = playback
        self._buttons: dict[str, QToolButton] = {}
        self._leading = False
        actions: dict[str, Callable[[], None]] = {
            "first": playback.first,
            "back": playback.back,
            "play": playback.toggle,
            "forward": playback.forward,
            "last": playback.last,
        }
        for name, action in actions.items():
            button = fixed(with_icon(named(QToolButton(), f"step_{name}"), 18), 36, 36)
            button.clicked.connect(action)
            self._buttons[name] = button
        self._slider = named(QSlider(Qt.Orientation.Horizontal), "step_slider")
        self._slider.setMinimum(1)
        CalmWheel(self._slider)
        self._slider.valueChanged.connect(self._seek)
        buttons = self._buttons.values()
        row(*buttons, (self._slider, 1), on=transport, spacing=spacing).insertSpacing(5, 6)
        self._place = named(QLabel(), "step_place")
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._unit = named(ChoiceBox(), "step_unit")
        self._unit.addItems(["", ""])
        self._unit.currentIndexChanged.connect(lambda unit: playback.set_by_terms(unit == 1))
        self._speed_label = QLabel()
        self._speed = named(SpeedBox(), "step_speed")
        self._speed.valueChanged.connect(playback.set_speed)
        self._speed_label.setBuddy(self._speed)
        parts = (self._place, self._unit, self._speed_label, self._speed)
        row(*parts, on=details, spacing=spacing)
        for part in parts[1:]:
            part.setHidden(compact)
        playback.moved.connect(self._follow)
        playback.playing_changed.connect(self._show_playing)
        self._label()
        self._follow()

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first."""
        return self._buttons["play"]

    def _label(self) -> None:
        """Put every word into the language that is on and draw the icons in its theme."""
        names = {
            "first": self.tr("First step"),
            "back": self.tr("One step back"),
            "play": self.tr("Play"),
            "forward": self.tr("One step forward"),
            "last": self.tr("Last step"),
        }
        for name, text in names.items():
            self._buttons[name].setAccessibleName(text)
            self._buttons[name].setToolTip(with_keys(text, KEYS[name]))
            self._buttons[name].setIcon(icon(name))
        self._slider.setAccessibleName(self.tr("Step"))
        self._unit.setItemText(0, self.tr("by cell"))
        self._unit.setItemText(1, self.tr("by term"))
        self._unit.setAccessibleName(self.tr("What one step is"))
        self._speed_label.setText(self.tr("Speed"))
        self._speed.setAccessibleName(self.tr("Speed"))
        self._show_playing(self._playback.playing)

    def set_leading(self, leading: bool) -> None:
        """Have its play button be the one blue button of the page, or not."""
        if leading != self._leading:
            self._leading = leading
            play = self._buttons["play"]
            play.setProperty("leads", leading)
            play.style().polish(play)
            self._show_playing(self._playback.playing)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in RELABELS:
            self._label()
            self._follow()
        super().changeEvent(event)

    def _seek(self, position: int) -> None:
        if position != self._playback.position:
            self._playback.pause()
            self._playback.seek(position)

    def _follow(self) -> None:
        playback = self._playback
        with QSignalBlocker(self._slider):
            self._slider.setMaximum(playback.count)
            self._slider.setPageStep(max(1, playback.count // 10))
            self._slider.setValue(playback.position)
        with QSignalBlocker(self._unit):
            self._unit.setCurrentIndex(int(playback.by_terms))
        self._place.setMinimumWidth(
            self._place.fontMetrics().horizontalAdvance(f"{playback.count} / {playback.count}")
        )
        self._place.setText(f"{playback.position} / {playback.count}")
        for name in ("first", "back"):
            self._buttons[name].setEnabled(playback.position > 1)
        for name in ("forward", "last"):
            self._buttons[name].setEnabled(not playback.at_end or not playback.all_reached)

    def _show_playing(self, playing: bool) -> None:
        button = self._buttons["play"]
        text = self.tr("Pause") if playing else self.tr("Play")
        name = "pause" if playing else "play"
        ink = colours.current().on_accent
        button.setIcon(tinted(name, ink) if self._leading else icon(name))
        button.setAccessibleName(text)
        button.setToolTip(with_keys(text, KEYS["play"]))
