"""Layouts written as they are read: what stands in a row, and what in a column."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Item = QWidget | QLayout
Part = int | Item | tuple[Item, int] | tuple[QWidget, int, Qt.AlignmentFlag]
"""A widget or a layout, maybe with its stretch and alignment; or room left over, by its stretch."""

Margins = tuple[int, int, int, int]
Named = TypeVar("Named", bound=QObject)


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


def _fill(layout: QBoxLayout, parts: tuple[Part, ...], margins: Margins, spacing: int) -> None:
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
            continue
        item, stretch, *alignment = part if isinstance(part, tuple) else (part, 0)
        if isinstance(item, QWidget):
            layout.addWidget(item, stretch, *alignment)
        else:
            layout.addLayout(item, stretch)
