"""What is painted over a board while something moves on it: veils that lift, numbers that fly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Veil:
    """The ground of a place, laid over what stands there; ``opacity`` 0 lets all of it be seen."""

    rect: QRect
    ground: QColor
    opacity: float


@dataclass(frozen=True)
class Flying:
    """A number on its way."""

    text: str
    font: QFont
    ink: QColor
    centre: QPointF
    opacity: float

    @property
    def rect(self) -> QRect:
        """All that it can cover."""
        room = QFontMetrics(self.font).boundingRect(self.text).adjusted(-4, -4, 4, 4)
        room.moveCenter(self.centre.toPoint())
        return room


class MotionSheet(QWidget):
    """A clear sheet over the board. It takes no clicks."""

    painted = Signal()
    """Emitted while it is painted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._veils: Sequence[Veil] = ()
        self._flying: Sequence[Flying] = ()
        self.hide()  # until there is something to draw: it covers no part of a board that is still

    def draw(self, veils: Sequence[Veil], flying: Sequence[Flying]) -> None:
        """Draw these and nothing else; only their ground and that of the last ones is painted."""
        ground = self._ground()
        self._veils, self._flying = veils, flying
        self.update(ground.united(self._ground()))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            for veil in self._veils:
                painter.setOpacity(veil.opacity)
                painter.fillRect(veil.rect, veil.ground)
            for number in self._flying:
                painter.setOpacity(number.opacity)
                painter.setFont(number.font)
                painter.setPen(number.ink)
                painter.drawText(number.rect, Qt.AlignmentFlag.AlignCenter, number.text)
        self.painted.emit()

    def _ground(self) -> QRegion:
        ground = QRegion()
        for rect in (*(v.rect for v in self._veils), *(f.rect for f in self._flying)):
            ground += rect
        return ground
