"""What stands on paper for an exercise: grids in a row that read as an equation, lines below."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import NamedTuple

from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.explanation import OUTPUT, Index, Shape, Step
from cnn_tutor.pages.state import planes
from cnn_tutor.pages.views.cells.tables import Table, tables
from cnn_tutor.study import naming, numbers, words
from cnn_tutor.study.exercise import PRODUCTS, STEPS, Blank, Exercise

LINE_LENGTH = 10
"""Numbers of a vector in one line."""

PRODUCT_GRIDS = 3
"""Grids of products beside each other."""


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
    """One plane of numbers under its title.

    ``channel`` is the one that it belongs to, where there are several. A grid that is ``counted``
    has the numbers of its rows and columns beside them; a row counts ``step``, as a vector that is
    written in several lines goes on in each.
    """

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    port: str = ""
    channel: int | None = None
    counted: bool = False
    step: int = 1


@dataclass(frozen=True)
class Group:
    """Grids that stand for one thing, in rows and columns, and the sign before them."""

    grids: tuple[tuple[Grid, ...], ...]
    sign: str = ""

    @property
    def cells(self) -> list[Cell]:
        """All cells of its grids."""
        grids = itertools.chain(*self.grids)
        return [cell for grid in grids for row in grid.rows for cell in row]


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
    in_chain = {name for link in exercise.chain for name in link.blanks}
    lines = tuple(
        Line(words.pick(blank.label) if blank.label else blank.name, _blank_cell(blank))
        for blank in exercise.blanks
        if blank.port not in on_board and blank.name not in in_chain
    )
    elsewhere = len(lines) + len(in_chain)
    shown = elsewhere < len(exercise.blanks) or exercise.shown or exercise.given or exercise.at
    rows = (_equation(exercise, upright), *_workings(exercise)) if shown else ()
    return Board(rows, lines)


def has_vectors(exercise: Exercise) -> bool:
    """Say whether any tensor is a vector, which may be a row or a column."""
    return any(tensor.ndim == 1 and tensor.size > 1 for tensor in exercise.tensors.values())


def _blank_cell(blank: Blank, number: str = "") -> Cell:
    """Return a cell for a blank; a ``number`` in it is seen where it is only to be marked."""
    if blank.mark:
        return Cell(number, "✓" if blank.answer else "", asked=True, mark=True)
    return Cell("", numbers.brief(blank.answer), asked=True)


# --- the equation --------------------------------------------------------------------------------


def _equation(exercise: Exercise, upright: bool) -> tuple[Group, ...]:
    layer = exercise.layer
    tensors = {port: exercise.tensors[port] for port in layer.inputs if port in exercise.tensors}
    shapes: dict[str, Shape] = {**shapes_of(tensors)}
    shapes[OUTPUT] = layer.output_shape(shapes)
    given: dict[str, Array] = {**tensors, **exercise.shown}
    switches = type(layer).switches
    inside = [
        b for b in exercise.blanks if b.port in tensors and (not b.mark or b.port in switches)
    ]
    if OUTPUT not in given and (exercise.board or inside):
        # What is sought can only be found from it; and of a board only the blanks are left out.
        given[OUTPUT] = layer.forward(tensors)
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
        groups.append(Group(_grids(layer.kind, port, shape, cells, upright), sign))
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
            return _blank_cell(replace(blank, mark=False))
        return _blank_cell(blank, number)


def _grids(
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
    filled = [grid for grid in grids.values() if port != OUTPUT or _is_filled(grid)]
    return tuple((grid,) for grid in filled or grids.values())


def _is_filled(grid: Grid) -> bool:
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
    if upright and len(flat) <= 2 * LINE_LENGTH:
        return Grid(name, tuple((cell,) for cell in flat), port, counted=counted)
    lines = tuple(tuple(flat[n : n + LINE_LENGTH]) for n in range(0, len(flat), LINE_LENGTH))
    return Grid(name, lines, port, counted=counted, step=LINE_LENGTH)


# --- the way to one output number ----------------------------------------------------------------


def _workings(exercise: Exercise) -> tuple[tuple[Group, ...], ...]:
    """Return the rows below the equation: the products of each step, and what they make.

    There are none where the way is neither asked for nor shown.
    """
    if not exercise.workings and not any(b.port in (PRODUCTS, STEPS) for b in exercise.blanks):
        return ()
    explanation = exercise.layer.explain(exercise.tensors, exercise.at)
    known = {table.place: table for table in tables(explanation)}
    rows: list[list[Group]] = []
    tabled = 0
    for place, step in enumerate(explanation.steps):
        table = known.get(place)
        if not rows or (table is not None and tabled % PRODUCT_GRIDS == 0):
            rows.append([])
        tabled += table is not None
        products = []
        if table is not None and _has_products(exercise, place):
            products = _products(exercise, step, table, several=len(known) > 1)
        rows[-1] += products
        for blank in exercise.blanks:
            if (blank.port, blank.index) == (STEPS, (place,)):
                title = words.pick(naming.blank_name(exercise, blank))
                grid = Grid(title, ((_blank_cell(blank),),), STEPS)
                rows[-1].append(Group(((grid,),), "→" if products else ""))
    return tuple(tuple(row) for row in rows if row)


def _has_products(exercise: Exercise, place: int) -> bool:
    asked = (b for b in exercise.blanks if b.port == PRODUCTS and b.index[0] == place)
    return exercise.workings or any(asked)


def _products(exercise: Exercise, step: Step, table: Table, several: bool) -> list[Group]:
    """Return the products of a step in a grid, and what is added to them, such as the bias."""
    channel = table.plane[0] if several and table.plane and not table.spans else None
    name = "" if channel is None else planes.channel(channel, False)
    cells = [_product(exercise, table.place, n, step) for n in range(len(step.terms))]
    inside, columns = cells[: table.inside], max(table.columns, 1)
    rows = tuple(tuple(inside[n : n + columns]) for n in range(0, len(inside), columns))
    title = f"{words.say('layers.products')} {name}".strip()
    groups = [Group(((Grid(title, rows, PRODUCTS, channel),),))]
    for n in range(table.inside, len(step.terms)):
        factors = step.terms[n].factors
        added = words.port(exercise.layer.kind, factors[0].port) if factors else ""
        groups.append(Group(((Grid(added, ((cells[n],),)),),), "+"))
    return groups


def _product(exercise: Exercise, step: int, term: int, found: Step) -> Cell:
    for blank in exercise.blanks:
        if (blank.port, blank.index) == (PRODUCTS, (step, term)):
            return _blank_cell(blank)
    value = found.terms[term]
    told = exercise.workings or len(value.factors) == 1
    return Cell(numbers.brief(value.value) if told else "")
