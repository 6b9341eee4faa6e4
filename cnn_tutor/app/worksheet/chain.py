"""A chain of layers on paper, with boxes to write into or the answers in them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextDocument

from cnn_tutor.app.worksheet import ink
from cnn_tutor.app.worksheet.figure import LABEL_POINTS, NUMBER_POINTS
from cnn_tutor.app.worksheet.ink import MM
from cnn_tutor.pages.practice import chain_stops
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.widgets.charts.chain_drawing import ChainDrawing, Inks

_BELOW = 4 * MM
_INKS = Inks(*map(QColor, (ink.TEXT, ink.DIM, ink.DIM, ink.OPEN)))


class ChainFigure:
    """The chain of an exercise, in the language that is on, and what stands ``below`` it, if any.

    It is drawn like a document of rich text: see :class:`QTextDocument`.
    """

    def __init__(
        self, exercise: Exercise, answered: bool, room: float, below: QTextDocument | None
    ) -> None:
        start, stops = chain_stops.start(exercise), chain_stops.stops(exercise)
        self._chain = ChainDrawing(start, stops, ink.font(LABEL_POINTS), room)
        self._below = below
        answers = (exercise.blank(name).answer for name in chain_stops.asked(exercise))
        self._answers = [numbers.brief(answer) if answered else "" for answer in answers]

    def size(self) -> QSizeF:
        """Return how large it is."""
        chain = self._chain.size
        if self._below is None:
            return chain
        below = self._below.size()
        wide = max(chain.width(), below.width())
        return QSizeF(wide, chain.height() + _BELOW + below.height())

    def drawContents(self, painter: QPainter) -> None:
        """Draw it from the painter's origin on."""
        self._chain.paint(painter, _INKS)
        painter.save()
        painter.setFont(ink.font(NUMBER_POINTS, bold=True))
        for place, answer in zip(self._chain.fields, self._answers, strict=True):
            self._paint_field(painter, place, answer)
        if self._below is not None:
            painter.translate(0, self._chain.size.height() + _BELOW)
            painter.setPen(QColor(ink.TEXT))
            self._below.drawContents(painter)
        painter.restore()

    def _paint_field(self, painter: QPainter, place: QRectF, answer: str) -> None:
        painter.setPen(QPen(QColor(ink.TEXT), 8))
        painter.setBrush(QColor(ink.ANSWERED) if answer else Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        painter.setPen(QColor(ink.ANSWER))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, answer)
