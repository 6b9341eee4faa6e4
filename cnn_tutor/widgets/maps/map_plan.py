"""Where everything in a picture of a network is: a column for every value, from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from cnn_tutor.engine.explanation import Shape
from cnn_tutor.widgets.maps.map_stack import MapStack, scaled

_BETWEEN = 24.0
"""The least room between two columns, for the lines that join them, in pixels."""

_SHARE = 0.03
"""The same as a share of the whole width, where there is more room."""

_LARGEST = 72.0
"""The largest cell, in pixels."""

_LEAST = 1.25
"""Smaller cells can't be pointed at; then the picture rather gets wider than its window."""


@dataclass(frozen=True)
class MapPlan:
    """The stacks of maps, each with the slot that it shares with its title."""

    stacks: tuple[MapStack, ...]
    slots: tuple[QRectF, ...]


def least_width(shapes: Sequence[Shape], titles: Sequence[float], height: float) -> float:
    """Return how wide a picture has to be that is so high and has titles of these widths."""
    stacks = [scaled(shape, _LEAST, height, _LARGEST) for shape in shapes]
    return sum(_slots(stacks, titles)) + _BETWEEN * len(titles)


def planned(
    shapes: Sequence[Shape], titles: Sequence[float], width: float, top: float, height: float
) -> MapPlan:
    """Place values beside each other, spread evenly over a width.

    ``titles`` are the widths that their titles need; ``top`` and ``height`` say where the maps
    are to be. All maps have one scale, so that a smaller map looks smaller; only very small ones
    are drawn larger.
    """
    width = max(width, least_width(shapes, titles, height))
    between = max(_BETWEEN, _SHARE * width)
    stacks = _stacks(shapes, titles, width - between * len(shapes), height)
    slots = _slots(stacks, titles)
    gap = (width - sum(slots)) / len(slots)
    x = gap / 2
    placed, boxes = [], []
    for stack, slot in zip(stacks, slots, strict=True):
        rect = stack.rect
        left, up = x + (slot - rect.width()) / 2, top + (height - rect.height()) / 2
        placed.append(replace(stack, x=float(round(left)), y=float(round(up))))
        boxes.append(QRectF(x, top, slot, height))
        x += slot + gap
    return MapPlan(tuple(placed), tuple(boxes))


def _stacks(
    shapes: Sequence[Shape], titles: Sequence[float], room: float, height: float
) -> list[MapStack]:
    """Return the stacks with the largest cells that have room beside each other."""
    # One after the other: maps move into fewer columns as they shrink, so that a smaller scale
    # may fit where a larger one does not, and the other way round.
    whole = [float(scale) for scale in range(round(_LARGEST), 8, -1)]
    fine = [scale / 4 for scale in range(32, round(_LEAST * 4), -1)]
    for scale in (*whole, *fine):
        stacks = [scaled(shape, scale, height, _LARGEST) for shape in shapes]
        high = max(stack.rect.height() for stack in stacks)
        if high <= height and sum(_slots(stacks, titles)) <= room:
            return stacks
    return [scaled(shape, _LEAST, height, _LARGEST) for shape in shapes]


def _slots(stacks: Sequence[MapStack], titles: Sequence[float]) -> list[float]:
    return [max(stack.rect.width(), title) for stack, title in zip(stacks, titles, strict=True)]
