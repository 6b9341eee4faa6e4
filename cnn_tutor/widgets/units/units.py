"""What a diagram of units is told: the units, the lines between them, the titles over them."""

from __future__ import annotations

from dataclasses import dataclass

from cnn_tutor.engine.arrays import Array

LEFT, RIGHT = SIDES = ("left", "right")


@dataclass(frozen=True)
class Unit:
    """One circle: what it is called, where it stands and what is written beside it.

    ``group`` is what it belongs to in its column, such as a row of an image; ``tip`` says in full
    what it is.
    """

    label: str
    column: int = 0
    group: int = 0
    beside: str = ""
    tip: str = ""


@dataclass(frozen=True)
class Edges:
    """The lines: from which unit at the left to which at the right, and how much each weighs."""

    starts: Array
    ends: Array
    weights: Array


@dataclass(frozen=True)
class Caption:
    """The title over a side: its name, its shape in a quieter tone, and its columns' names."""

    title: str
    detail: str = ""
    columns: tuple[str, ...] = ()
