"""Putting a widget into its box on a board."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from cnn_tutor.pages.views.cells.equation_layout import Box, Size


def within(box: Box, size: Size, cell: Size) -> Box:
    """The part of a box that a grid fills, which may be smaller than the largest of its kind."""
    wide, high = size[1] * cell[0], size[0] * cell[1]
    return Box(box.x, box.y, min(wide, box.width), min(high, box.height))


def put(widget: QWidget, box: Box) -> None:
    """Show a widget in a box."""
    widget.setGeometry(QRect(box.x, box.y, box.width, box.height))
    widget.show()
