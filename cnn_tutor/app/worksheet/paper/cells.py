"""Cells, the grids that they make up, and the groups of these that are one part of an equation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Blank


class Cell(NamedTuple):
    """One cell: the number that is given in it, or the answer that belongs there.

    One that is neither given nor ``asked`` is left open. ``pointed`` are those that the prompt
    speaks of; ``mark`` are those that may have to be marked.
    """

    given: str = ""
    answer: str = ""
    asked: bool = False
    mark: bool = False
    pointed: bool = False


@dataclass(frozen=True)
class Grid:
    """One plane of numbers under its title; ``firsts`` count the cells of each line from it."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    port: str = ""
    place: int | None = None
    """The channel that it belongs to, where there are several."""
    counted: bool = False
    """Whether its rows and columns have their numbers beside them, from 0."""
    step: int = 1
    """How much a row counts: a vector that is written in several lines goes on in each."""


@dataclass(frozen=True)
class Group:
    """Grids that stand for one thing, in rows and columns, and the sign before them."""

    grids: tuple[tuple[Grid, ...], ...]
    sign: str = ""


def blank_cell(blank: Blank, number: str = "") -> Cell:
    """Return a cell for a blank; a ``number`` in it is seen where it is only to be marked."""
    if blank.mark:
        return Cell(number, "✓" if blank.answer else "", asked=True, mark=True)
    return Cell("", numbers.brief(blank.answer), asked=True)
