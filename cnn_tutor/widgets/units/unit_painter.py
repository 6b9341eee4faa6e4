"""How units, their connections and what stands beside them look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from cnn_tutor.engine.arrays import Array
from cnn_tutor.study import numbers
from cnn_tutor.widgets.grids.fitting import fit
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import largest, shade, shares
from cnn_tutor.widgets.style.sizes import px
from cnn_tutor.widgets.units.units import Caption, Edges

_SMALLEST_WITH_NUMBER = 9.5
_CROWD = 400
"""Dashes of more lines can't be told apart any more."""

_LABELLED_LIMIT = 16
"""The largest number of highlighted lines that are thick and have their weights written on them."""

_DASH, _HOLE = 6.0, 4.0
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_APART = 15.0
_SAMPLE, _SAMPLE_GAP, _ENTRIES_APART = 30.0, 6.0, 18.0
"""How long the line of an entry in a legend is, and the room before its text and the next one."""


@dataclass(frozen=True)
class Look:
    """How lines are drawn: all alike or by weight, highlighted or not, and how many they are."""

    plain: bool
    highlighted: bool
    count: int = 1

    @property
    def crowded(self) -> bool:
        """Whether dashes can't be told any more."""
        return self.count > _CROWD


def draw_lines(
    painter: QPainter,
    starts: Array,
    ends: Array,
    edges: Edges,
    lines: Iterable[int],
    look: Look,
) -> None:
    """Draw connections from middle to middle; the units are drawn over their ends."""
    parts = shares(edges.weights, largest(edges.weights)).tolist()
    by_weight: dict[float, list[QLineF]] = {}
    for line in lines:
        start, end = starts[edges.starts[line]], ends[edges.ends[line]]
        weight = 0.0 if look.plain else parts[line]
        by_weight.setdefault(round(weight, 3), []).append(QLineF(*start, *end))
    for weight in sorted(by_weight, key=abs):
        painter.setPen(line_pen(weight, look))
        painter.drawLines(by_weight[weight])


def line_pen(weight: float, look: Look) -> QPen:
    """Return the pen of a connection that weighs from −1 to 1: red and whole, blue and dashed."""
    theme, share = colours.current(), abs(weight)
    if look.plain or not weight:
        ink = QColor(theme.dim if look.highlighted else theme.line)
        if not look.highlighted:  # thousands of lines must not become a wall
            ink.setAlphaF(min(1.0, 12 / look.count**0.5))
        return QPen(ink, 1.4 if look.highlighted else 1.0)
    ink = QColor(shade(1.0 if weight > 0 else -1.0, 1.0))
    if not look.highlighted:
        ink.setAlphaF((0.16 + 0.16 * share) * min(1.0, 20 / look.count**0.5))
    width = 1.2 + 2.6 * share if look.highlighted else 0.8 + 1.2 * share
    if look.crowded:
        return QPen(ink, 1.0)  # thousands of thicker ones would take seconds
    if look.highlighted and look.count > _LABELLED_LIMIT:
        width = 0.9 + 1.5 * share
    pen = QPen(ink, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if weight < 0:
        pen.setDashPattern([_DASH / width, _HOLE / width])
    return pen


def draw_weights(
    painter: QPainter,
    starts: Array,
    ends: Array,
    edges: Edges,
    lines: Sequence[int],
) -> None:
    """Write the weight on each of a few highlighted lines, where they are far enough apart."""
    if not lines or len(lines) > _LABELLED_LIMIT or np.ptp(edges.weights) == 0:
        return
    first, last = edges.starts[list(lines)], edges.ends[list(lines)]
    # Lines that run together at one side are told apart at the other.
    gathering = len(set(last.tolist())) == 1
    if not gathering and len(set(first.tolist())) > 1:
        return
    share = 0.30 if gathering else 0.70
    points = starts[first] * (1 - share) + ends[last] * share
    heights = np.sort(points[:, 1])
    if len(heights) > 1 and np.diff(heights).min() < max(
        px(_APART), QFontMetricsF(painter.font()).height()
    ):
        return
    theme, metrics = colours.current(), QFontMetricsF(painter.font())
    for line, (x, y) in zip(lines, points, strict=True):
        text = numbers.show(float(edges.weights[line]))
        width = metrics.horizontalAdvance(text) + 6
        high = metrics.height()
        box = QRectF(x - width / 2, y - high / 2, width, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour(theme.background))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(colours.colour(theme.weight_text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def draw_unit(
    painter: QPainter,
    centre: QPointF,
    radius: float,
    value: float | None,
    mark: Mark,
    written: bool,
) -> None:
    """Draw one unit with its number, if there is room for it, and why it stands out."""
    theme = colours.current()
    tones = ((Mark.WRITTEN | Mark.REACHED, theme.written), (Mark.READ, theme.read_line))
    tone = next((name for kind, name in tones if mark & kind), "")
    thick = bool(mark & (Mark.WRITTEN | Mark.ACTIVE))
    small = radius < 5
    pen = QPen(colours.colour(tone or theme.dim), 1.2 if not tone else 3.0 if thick else 1.8)
    if small:
        pen.setWidthF(pen.widthF() / 1.5)
    if mark & Mark.REACHED:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    share = (0.30 if theme.dark else 0.22) * (2.5 if small else 1)
    painter.setBrush(colours.blend(tone, theme.cell, share) if tone else QColor(theme.cell))
    painter.drawEllipse(centre, radius, radius)
    if value is not None and radius >= _SMALLEST_WITH_NUMBER:
        size = round(min(px(28), radius * 0.9, max(px(14), radius * 0.6)))
        text, fitted = fit(value, round(2 * radius) - 6, size, painter.font().family(), written)
        painter.setFont(fitted)
        painter.setPen(colours.colour(theme.written_text if written else theme.text))
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def draw_keyboard(painter: QPainter, centre: QPointF, radius: float) -> None:
    """Draw a ring around the unit that the keyboard is at."""
    painter.setPen(colours.focus_pen())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius + 4, radius + 4)


def write(
    painter: QPainter,
    box: QRectF,
    text: str,
    ink: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
) -> None:
    """Write what a unit or a column is called, or what is added at a unit."""
    painter.setPen(colours.colour(ink))
    painter.drawText(box, _MIDDLE | side, text)


def draw_caption(painter: QPainter, at: QPointF, width: float, caption: Caption) -> None:
    """Write a title around a point, its detail beside it in a quieter tone."""
    theme, font = colours.current(), painter.font()
    bold = QFont(font)
    bold.setBold(True)
    wide = QFontMetricsF(bold).horizontalAdvance(caption.title)
    more = QFontMetricsF(font).horizontalAdvance(caption.detail) + px(8) if caption.detail else 0.0
    x = max(2.0, min(at.x() - (wide + more) / 2, width - wide - more - 2))
    painter.setFont(bold)
    painter.setPen(colours.colour(theme.text))
    painter.drawText(QRectF(x, at.y(), wide + 2, px(22)), _MIDDLE, caption.title)
    painter.setFont(font)
    painter.setPen(colours.colour(theme.dim))
    painter.drawText(QRectF(x + wide + px(8), at.y(), more, px(22)), _MIDDLE, caption.detail)


def legend_lines(
    entries: Sequence[tuple[float, str]], width: float, font: QFont
) -> list[list[tuple[float, str]]]:
    """Part the entries of a legend into as many lines as they need in a width."""
    lines: list[list[tuple[float, str]]] = []
    for entry in entries:
        if lines and _legend_width([*lines[-1], entry], QFontMetricsF(font)) <= width:
            lines[-1].append(entry)
        else:
            lines.append([entry])
    return lines


def draw_legend(
    painter: QPainter, box: QRectF, lines: Sequence[Sequence[tuple[float, str]]]
) -> None:
    """Show how a line of a weight from −1 to 1 looks, and say what it means."""
    metrics = QFontMetricsF(painter.font())
    high = box.height() / max(1, len(lines))
    for n, entries in enumerate(lines):
        x = box.center().x() - _legend_width(entries, metrics) / 2
        y = box.y() + (n + 0.5) * high
        for weight, text in entries:
            painter.setPen(line_pen(weight, Look(plain=False, highlighted=True)))
            painter.drawLine(QLineF(x, y, x + px(_SAMPLE), y))
            painter.setPen(colours.colour(colours.current().dim))
            wide = metrics.horizontalAdvance(text) + 2
            place = QRectF(x + px(_SAMPLE) + px(_SAMPLE_GAP), y - high / 2, wide, high)
            painter.drawText(place, _MIDDLE | Qt.AlignmentFlag.AlignLeft, text)
            x = place.right() + px(_ENTRIES_APART)


def _legend_width(entries: Sequence[tuple[float, str]], metrics: QFontMetricsF) -> float:
    each = sum(
        px(_SAMPLE) + px(_SAMPLE_GAP) + metrics.horizontalAdvance(text) + 2 for _, text in entries
    )
    return each + px(_ENTRIES_APART) * (len(entries) - 1)
