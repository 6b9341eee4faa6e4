"""Layouts written as they are read: what stands in a row, and what in a column."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from cnn_tutor.widgets.style.sizes import measured, px

Item = QWidget | QLayout
Part = int | Item | tuple[Item, int] | tuple[QWidget, int, Qt.AlignmentFlag]
"""A widget or a layout, maybe with its stretch and alignment; or room left over, by its stretch."""

Margins = tuple[int, int, int, int]
"""Left, top, right and bottom; as the spacing, at the standard letters, see ``px``."""

Named = TypeVar("Named", bound=QObject)
Fixed = TypeVar("Fixed", bound=QWidget)
Spaced = TypeVar("Spaced", QGridLayout, QFormLayout)


def named(made: Named, name: str) -> Named:
    """Return an object under its name."""
    made.setObjectName(name)
    return made


def row(
    *parts: Part, on: QWidget | None = None, margins: Margins = (0, 0, 0, 0), spacing: int = -1
) -> QHBoxLayout:
    """Return a layout, that ``on`` a widget if one is given, with these parts side by side."""
    layout = QHBoxLayout() if on is None else QHBoxLayout(on)
    _fill(layout, parts, margins, spacing)
    return layout


def column(
    *parts: Part, on: QWidget | None = None, margins: Margins = (0, 0, 0, 0), spacing: int = -1
) -> QVBoxLayout:
    """Return a layout as :func:`row` does, with its parts one under the other."""
    layout = QVBoxLayout() if on is None else QVBoxLayout(on)
    _fill(layout, parts, margins, spacing)
    return layout


def fixed(widget: Fixed, wide: int = 0, high: int = 0) -> Fixed:
    """Return a widget of a fixed width, height, or both, given at the standard letters."""

    def measure(widget: Fixed) -> None:
        if wide:
            widget.setFixedWidth(px(wide))
        if high:
            widget.setFixedHeight(px(high))

    return measured(widget, measure)


def spaced(layout: Spaced, across: int, down: int) -> Spaced:
    """Return a grid without margins and with room between its columns and its rows."""

    def measure(layout: Spaced) -> None:
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(px(across))
        layout.setVerticalSpacing(px(down))

    return measured(layout, measure)


def fitting(dialog: QWidget, wide: int, high: int) -> QSize:
    """Return the size of a dialog, given at the standard letters.

    With larger ones it grows as far as the screen has room.
    """
    most = dialog.screen().availableSize().expandedTo(QSize(wide, high))
    return QSize(px(wide), px(high)).boundedTo(most)


def _fill(layout: QBoxLayout, parts: tuple[Part, ...], margins: Margins, spacing: int) -> None:
    def measure(layout: QBoxLayout) -> None:
        layout.setContentsMargins(*map(px, margins))
        layout.setSpacing(px(spacing) if spacing >= 0 else -1)

    measured(layout, measure)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
            continue
        item, stretch, *alignment = part if isinstance(part, tuple) else (part, 0)
        if isinstance(item, QWidget):
            layout.addWidget(item, stretch, *alignment)
        else:
            layout.addLayout(item, stretch)
