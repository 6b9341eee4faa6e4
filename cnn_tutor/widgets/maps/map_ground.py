"""The maps of a picture of a network, painted once and kept until something in them changes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from cnn_tutor.study.numbers import show
from cnn_tutor.widgets.grids.fitting import fit
from cnn_tutor.widgets.maps.map_pictures import MapPictures
from cnn_tutor.widgets.maps.map_plan import MapPlan
from cnn_tutor.widgets.maps.map_stack import MapStack
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.shades import ink_on, shade

_LINED = 6.0
"""From this size on lines part the cells; from the other on a number is written in each."""

_NUMBERED = 22.0
_SMALLEST, _TALLEST = 9, 26
"""The height of the letters. All in pixels."""

_LETTERS = 5
"""Longer numbers are shortened rather than all of them written smaller."""

_DIGIT = 0.58
"""The width of a digit beside its height."""


class MapGround:
    """Two sheets: the coloured cells, and the numbers that are laid over whatever lights up."""

    def __init__(self) -> None:
        self._sheets: dict[str, QPixmap] = {}
        self._painted_for: tuple[object, ...] = ()

    def forget(self) -> None:
        """Paint both sheets anew when they are next looked at."""
        self._sheets.clear()

    def maps(self, widget: QWidget, plan: MapPlan, pictures: Sequence[MapPictures]) -> QPixmap:
        """Return the sheet with the cells."""
        return self._sheet("maps", widget, plan, pictures)

    def numbers(self, widget: QWidget, plan: MapPlan, pictures: Sequence[MapPictures]) -> QPixmap:
        """Return the sheet with the numbers of those cells that are large enough, else clear."""
        return self._sheet("numbers", widget, plan, pictures)

    def _sheet(
        self, name: str, widget: QWidget, plan: MapPlan, pictures: Sequence[MapPictures]
    ) -> QPixmap:
        ratio = widget.devicePixelRatioF()
        painted_for = (widget.size(), ratio, colours.current().dark)
        if painted_for != self._painted_for:
            self._sheets.clear()
            self._painted_for = painted_for
        if name not in self._sheets:
            sheet = QPixmap(widget.size() * ratio)
            sheet.setDevicePixelRatio(ratio)
            sheet.fill(Qt.GlobalColor.transparent)
            painter = QPainter(sheet)
            try:
                for stack, picture in zip(plan.stacks, pictures, strict=True):
                    if name == "maps":
                        _paint_cells(painter, stack, picture)
                    elif stack.cell >= _NUMBERED:
                        _write_numbers(painter, stack, picture, widget.font().family())
            finally:
                painter.end()
            self._sheets[name] = sheet
        return self._sheets[name]


def _paint_cells(painter: QPainter, stack: MapStack, picture: MapPictures) -> None:
    theme = colours.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for plane, image in enumerate(picture.images(stack)):
        rect = stack.plane_rect(plane)
        rows = round(rect.height() / stack.cell)
        painter.drawImage(rect, image, QRectF(0, 0, stack.columns, rows))
        painter.setPen(QPen(colours.blend(theme.dim, theme.panel, 0.55), 1))
        if stack.cell >= _LINED:
            painter.drawLines(_between(rect, rows, stack))
        if stack.gap:
            painter.drawRect(rect)
    if not stack.gap:
        painter.drawRect(stack.rect)


def _between(rect: QRectF, rows: int, stack: MapStack) -> list[QLineF]:
    """The lines between the cells of a plane."""
    flat = [
        QLineF(rect.left(), y, rect.right(), y)
        for y in (rect.top() + n * stack.cell for n in range(1, rows))
    ]
    upright = [
        QLineF(x, rect.top(), x, rect.bottom())
        for x in (rect.left() + n * stack.wide for n in range(1, stack.columns))
    ]
    return flat + upright


def _write_numbers(painter: QPainter, stack: MapStack, picture: MapPictures, family: str) -> None:
    longest = min(max(len(show(float(value))) for value in picture.values.flat), _LETTERS)
    size = min(round(stack.cell * 0.44), int((stack.wide - 8) / (longest * _DIGIT)))
    size, room = max(_SMALLEST, min(size, _TALLEST)), int(stack.wide - 6)
    for index in np.ndindex(stack.shape):
        value = float(picture.values[index])
        plane, row, column = stack.spot(index)
        corner = stack.plane_rect(plane).topLeft()
        box = QRectF(
            corner.x() + column * stack.wide, corner.y() + row * stack.cell, stack.wide, stack.cell
        )
        text, font = fit(value, room, size, family, False)
        painter.setFont(font)
        painter.setPen(colours.colour(ink_on(shade(value, picture.largest))))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
