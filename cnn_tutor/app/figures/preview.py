"""Shows a picture as large as there is room, on a chequered ground where one sees through it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnn_tutor.widgets.style import colours

_LEAST = QSize(420, 320)
_SQUARE, _MIDDLE = 8, 128


class Preview(QWidget):
    """A picture, made smaller where it does not fit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture, self._ground = QImage(), QColor()
        """The picture that is shown, and what its colours are made for."""
        self.setMinimumSize(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, picture: QImage, ground: QColor) -> None:
        """Show a picture; ``ground`` is what its colours are made for."""
        self.picture, self._ground = picture, ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture.isNull():
            return
        theme = colours.current()
        fitting = self.picture.deviceIndependentSize().toSize()
        room = self.size() - QSize(2, 2)
        if fitting.width() > room.width() or fitting.height() > room.height():
            fitting.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(QPoint(), fitting)
        place.moveCenter(self.rect().center())
        with QPainter(self) as painter:
            painter.fillRect(place, QBrush(_chequers(self._ground)))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self.picture)
            painter.setPen(colours.colour(theme.line))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))


def _chequers(ground: QColor) -> QPixmap:
    """Return a tile of squares in two tones of a colour."""
    tile = QPixmap(2 * _SQUARE, 2 * _SQUARE)
    tile.fill(ground)
    other = ground.lighter(150) if ground.lightness() < _MIDDLE else ground.darker(108)
    with QPainter(tile) as painter:
        for corner in (0, _SQUARE):
            painter.fillRect(corner, corner, _SQUARE, _SQUARE, other)
    return tile
