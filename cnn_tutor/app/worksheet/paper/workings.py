"""The way to one output number on paper: the products of each step, and what they make."""

from __future__ import annotations

from cnn_tutor.app.worksheet.paper.cells import Cell, Grid, Group, blank_cell
from cnn_tutor.engine.explanation import Step
from cnn_tutor.pages.state import planes
from cnn_tutor.pages.views.cells.tables import Table, tables
from cnn_tutor.study import naming, numbers, words
from cnn_tutor.study.exercise import PRODUCTS, STEPS, Exercise

_BESIDE = 3
"""So many grids of products stand beside each other; what goes on with their sums, too."""

Row = tuple[Group, ...]


def workings(exercise: Exercise) -> tuple[Row, ...]:
    """Return the rows below the equation; none where the way is neither asked for nor shown."""
    if not exercise.workings and not any(b.port in (PRODUCTS, STEPS) for b in exercise.blanks):
        return ()
    explanation = exercise.layer.explain(exercise.tensors, exercise.at)
    known = {table.place: table for table in tables(explanation)}
    several = len(known) > 1
    rows: list[list[Group]] = []
    tabled = 0
    for place, step in enumerate(explanation.steps):
        table = known.get(place)
        if not rows or (table is not None and tabled % _BESIDE == 0):
            rows.append([])
        tabled += table is not None
        rows[-1] += _step(exercise, place, step, table, several)
    return tuple(tuple(row) for row in rows if row)


def _step(
    exercise: Exercise, place: int, step: Step, table: Table | None, several: bool
) -> list[Group]:
    """Return the products of a step, where they are asked for or told, and its result."""
    groups: list[Group] = []
    channel = table.plane[0] if table and several and table.plane and not table.spans else None
    name = "" if channel is None else planes.channel(channel, False)
    if table is not None and _has_products(exercise, place):
        cells = [_product(exercise, place, n, step) for n in range(len(step.terms))]
        inside, columns = cells[: table.inside], max(table.columns, 1)
        rows = tuple(tuple(inside[n : n + columns]) for n in range(0, len(inside), columns))
        title = f"{words.say('layers.products')} {name}".strip()
        groups.append(Group(((Grid(title, rows, PRODUCTS, channel),),)))
        for n in range(table.inside, len(step.terms)):
            factors = step.terms[n].factors
            added = words.port(exercise.layer.kind, factors[0].port) if factors else ""
            groups.append(Group(((Grid(added, ((cells[n],),)),),), "+"))
    for blank in exercise.blanks:
        if (blank.port, blank.index) == (STEPS, (place,)):
            title = words.pick(naming.blank_name(exercise, blank))
            grid = Grid(title, ((blank_cell(blank),),), STEPS)
            groups.append(Group(((grid,),), "→" if groups else ""))
    return groups


def _has_products(exercise: Exercise, place: int) -> bool:
    asked = (b for b in exercise.blanks if b.port == PRODUCTS and b.index[0] == place)
    return exercise.workings or any(asked)


def _product(exercise: Exercise, step: int, term: int, found: Step) -> Cell:
    for blank in exercise.blanks:
        if (blank.port, blank.index) == (PRODUCTS, (step, term)):
            return blank_cell(blank)
    value = found.terms[term]
    told = exercise.workings or len(value.factors) == 1
    return Cell(numbers.brief(value.value) if told else "")
