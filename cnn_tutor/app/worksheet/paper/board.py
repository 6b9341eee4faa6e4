"""What stands on paper for an exercise: grids in a row that read as an equation, lines below."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from cnn_tutor.app.worksheet.paper.cells import Cell, Grid, Group, blank_cell
from cnn_tutor.app.worksheet.paper.workings import workings
from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.pages.state import planes
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import OUTPUT, PRODUCTS, STEPS, Exercise

LONG = 10
"""So many numbers of a vector stand in one line."""


@dataclass(frozen=True)
class Line:
    """A blank that stands below the grids, under its label."""

    label: str
    cell: Cell


@dataclass(frozen=True)
class Board:
    """Everything of an exercise but its words: rows of groups, and lines."""

    rows: tuple[tuple[Group, ...], ...]
    lines: tuple[Line, ...]


def board(exercise: Exercise, upright: bool = False) -> Board:
    """Return what stands on paper, in the language that is on.

    ``upright`` says that vectors are columns.
    """
    on_board = {*exercise.layer.inputs, OUTPUT, PRODUCTS, STEPS}
    lines = tuple(
        Line(words.pick(blank.label) if blank.label else blank.name, blank_cell(blank))
        for blank in exercise.blanks
        if blank.port not in on_board
    )
    shown = len(lines) < len(exercise.blanks) or exercise.shown or exercise.given or exercise.at
    rows = (_equation(exercise, upright), *workings(exercise)) if shown else ()
    return Board(rows, lines)


def has_vectors(exercise: Exercise) -> bool:
    """Say whether any tensor is a vector, which may lie or stand."""
    return any(tensor.ndim == 1 and tensor.size > 1 for tensor in exercise.tensors.values())


def _equation(exercise: Exercise, upright: bool) -> tuple[Group, ...]:
    layer = exercise.layer
    tensors = {port: exercise.tensors[port] for port in layer.inputs if port in exercise.tensors}
    shapes: dict[str, Shape] = {**shapes_of(tensors)}
    shapes[OUTPUT] = layer.output_shape(shapes)
    given: dict[str, Array] = {**tensors, **exercise.shown}
    if OUTPUT not in given and any(b.port in tensors and not b.mark for b in exercise.blanks):
        given[OUTPUT] = layer.forward(tensors)  # what is sought can only be found from it
    sought = any(blank.port == OUTPUT for blank in exercise.blanks)
    if OUTPUT not in given and not sought and not exercise.at:
        del shapes[OUTPUT]  # it would only be in the way
    signs = words.table("kinds").get(layer.kind, {}).get("signs", {})
    groups = []
    for port, shape in shapes.items():
        sign = signs.get(port, "∘")
        if port == "x":
            sign = ""
        elif port == OUTPUT:
            sign = "=" if len(tensors) > 1 else "→"
        cells = _Cells(exercise, port, given.get(port))
        groups.append(Group(_arranged(layer.kind, port, shape, cells, upright), sign))
    return tuple(groups)


class _Cells:
    """The cells of one port by their index."""

    def __init__(self, exercise: Exercise, port: str, given: Array | None) -> None:
        self._given, self._switch = given, port in type(exercise.layer).switches
        self._asked = {blank.index: blank for blank in exercise.blanks if blank.port == port}
        pointed = {at for where, at in exercise.given if where == port}
        if port == OUTPUT and exercise.at and not exercise.given and exercise.at not in self._asked:
            pointed = {exercise.at}
        self._pointed = pointed

    def __call__(self, at: Index) -> Cell:
        blank = self._asked.get(at)
        number = "" if self._given is None else numbers.brief(float(self._given[at]))
        if blank is None:
            return Cell(number, pointed=at in self._pointed)
        if self._switch:  # where the number itself is what a mark says
            return blank_cell(replace(blank, mark=False))
        return blank_cell(blank, number)


def _arranged(
    kind: str, port: str, shape: Shape, cells: _Cells, upright: bool
) -> tuple[tuple[Grid, ...], ...]:
    """Return the planes of a tensor: channels below each other, filters beside each other."""
    name = words.port(kind, port)
    counted = port in ("x", OUTPUT)
    if len(shape) < 2:
        return ((_vector(name, port, shape, cells, upright, counted),),)
    places = list(itertools.product(*map(range, shape[2:])))
    grids = {
        suffix: Grid(
            _title(name, port, suffix, shape),
            tuple(tuple(cells((i, j, *suffix)) for j in range(shape[1])) for i in range(shape[0])),
            port,
            suffix[0] if planes.tinted(port, shape) and suffix else None,
            counted,
        )
        for suffix in places
    }
    if len(shape) == 4:
        return tuple(tuple(grids[c, f] for f in range(shape[3])) for c in range(shape[2]))
    telling = [grid for grid in grids.values() if port != OUTPUT or _tells(grid)]
    return tuple((grid,) for grid in telling or grids.values())


def _tells(grid: Grid) -> bool:
    return any(cell.given or cell.asked or cell.pointed for row in grid.rows for cell in row)


def _title(name: str, port: str, suffix: Index, shape: Shape) -> str:
    first, detail = planes.title(name, port, suffix, shape, pixels=False)
    if port == "x" and first != name:
        first = f"{name} {first}"
    return f"{first} {detail}".strip()


def _vector(
    name: str, port: str, shape: Shape, cells: _Cells, upright: bool, counted: bool
) -> Grid:
    flat = [cells((n,)) for n in range(shape[0] if shape else 1)]
    counted = counted and len(flat) > 1
    if upright and len(flat) <= 2 * LONG:
        return Grid(name, tuple((cell,) for cell in flat), port, counted=counted)
    lines = tuple(tuple(flat[n : n + LONG]) for n in range(0, len(flat), LONG))
    return Grid(name, lines, port, counted=counted, step=LONG if len(lines) > 1 else 0)
