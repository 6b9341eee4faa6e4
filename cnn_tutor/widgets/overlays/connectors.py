"""The lines that join a window, its product grid and the output cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from cnn_tutor.widgets.style import colours

_RADIUS = 7.0
_WIDTH = 1.75
_DOT = 3.0


@dataclass(frozen=True)
class Connector:
    """A line through points, its corners rounded, in the colour of what it carries."""

    points: tuple[tuple[float, float], ...]
    tone: str
    """``"read"``, ``"written"``, or the hex name of a channel's colour."""

    dashes: tuple[float, ...] = ()
    """How it is dashed, in widths of the line."""


def between(old: Sequence[Connector], new: Sequence[Connector], share: float) -> list[Connector]:
    """Return lines on their way from where they were; those that have no such are there at once."""
    moved = []
    for n, line in enumerate(new):
        was = old[n] if n < len(old) else line
        if was.tone != line.tone or len(was.points) != len(line.points):
            was = line
        points = tuple(
            (x + share * (to_x - x), y + share * (to_y - y))
            for (x, y), (to_x, to_y) in zip(was.points, line.points, strict=True)
        )
        moved.append(replace(line, points=points))
    return moved


class Connectors(QWidget):
    """A clear sheet over the board on which the lines are drawn."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.lines: tuple[Connector, ...] = ()
        """The lines that are drawn."""
        self._paths: list[QPainterPath] = []

    def set_lines(self, lines: Sequence[Connector]) -> None:
        """Draw these lines; only the ground that old and new ones cover is painted again."""
        if tuple(lines) == self.lines:
            return
        ground = self._ground()
        self.lines = tuple(lines)
        self._paths = [_rounded(line.points) for line in self.lines]
        self.update(ground.united(self._ground()))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours.current()
        tones = {"read": theme.read_line, "written": theme.written}
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for line, path in zip(self.lines, self._paths, strict=True):
                ink = colours.colour(tones.get(line.tone, line.tone))
                pen = QPen(ink, _WIDTH)
                if line.dashes:
                    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                    pen.setDashPattern(line.dashes)
                painter.strokePath(path, pen)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink)
                painter.drawEllipse(QPointF(*line.points[-1]), _DOT, _DOT)

    def _ground(self) -> QRegion:
        """The thin boxes along the lines, so that grids under a bend are left alone."""
        ground = QRegion()
        for line in self.lines:
            for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
                box = QRectF(QPointF(min(x1, x2), min(y1, y2)), QPointF(max(x1, x2), max(y1, y2)))
                ground += box.adjusted(-5, -5, 5, 5).toAlignedRect()
        return ground


def _rounded(points: Sequence[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        a, b, c = QPointF(*before), QPointF(*corner), QPointF(*after)
        path.lineTo(_towards(b, a))
        path.quadTo(b, _towards(b, c))
    path.lineTo(QPointF(*points[-1]))
    return path


def _towards(start: QPointF, end: QPointF) -> QPointF:
    way = QLineF(start, end)
    way.setLength(min(_RADIUS, way.length() / 2))
    return way.p2()
