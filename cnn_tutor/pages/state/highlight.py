"""What is highlighted when a cell is pointed at, worked out from the layer's explanation."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from cnn_tutor.engine.explanation import OUTPUT, STEP, Cell, Explanation, Index, Term
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.study.formula import Pointed
from cnn_tutor.widgets.grids.marks import Mark

PortMarks = dict[str, dict[Index, Mark]]

_ASKED_LIMIT = 32
"""Outputs that are asked one by one what they meet; of more, only the ends are."""

_WINNERS_LIMIT = 256
"""Outputs of which the winners are looked for; of more, of none."""


@dataclass(frozen=True)
class Highlight:
    """The cell that is pointed at and the cells of every port that go with it.

    ``explanation`` is that of the output cell that is looked at: the pointed-at one, or the
    chosen one while something else is pointed at. ``shown`` is how many of its terms have been
    added up so far. While that output is asked for, its result is ``hidden``, and so are those of
    its steps. ``terms`` are those of its terms that are pointed at or that the pointed-at cell
    takes part in, counted over all steps.
    """

    port: str
    at: Index
    marks: Mapping[str, Mapping[Index, Mark]]
    explanation: Explanation
    shown: int
    hidden: bool = False
    terms: frozenset[int] = frozenset()

    @property
    def about_input(self) -> bool:
        """Whether a cell is pointed at that is no output: of one, only its ``terms`` matter."""
        return self.port != OUTPUT

    @property
    def pointed(self) -> Pointed:
        """Which terms stand out where the formula is written, and whether others are faint."""
        return Pointed(self.terms, self.about_input)

    @property
    def complete(self) -> bool:
        """Whether all terms have been added up."""
        return self.shown >= sum(len(step.terms) for step in self.explanation.steps)


def on_output(shown_layer: ShownLayer, at: Index, shown: int | None = None) -> Highlight:
    """Highlight what an output cell reads; the term that was added last stands out.

    ``shown`` is how many terms have been added up so far; all if it is not given.
    """
    explanation = shown_layer.explain(at)
    marks: PortMarks = {OUTPUT: {at: Mark.WRITTEN}}
    terms = [term for step in explanation.steps for term in step.terms]
    shown = len(terms) if shown is None else min(shown, len(terms))
    for port in type(shown_layer.layer).inputs:
        marks[port] = {cell.index: _tone(port) for cell in explanation.cells(port)}
    if 0 < shown < len(terms):
        _mark(marks, terms[shown - 1].factors, Mark.ACTIVE)
    for term in winners(explanation, shown):
        _mark(marks, term.factors, Mark.WON)
    return Highlight(OUTPUT, at, marks, explanation, shown)


def on_term(shown_layer: ShownLayer, at: Index, place: int) -> Highlight:
    """Highlight an output cell as :func:`on_output` does, and one of its terms above all."""
    found = on_output(shown_layer, at)
    terms = [term for step in found.explanation.steps for term in step.terms]
    marks = {port: dict(cells) for port, cells in found.marks.items()}
    meant = _summed_up(found.explanation, place)
    for n in meant:
        _mark(marks, terms[n].factors, Mark.ACTIVE)
    return replace(found, marks=marks, terms=meant)


def on_input(shown_layer: ShownLayer, port: str, at: Index, chosen: Highlight) -> Highlight:
    """Highlight every output that one input cell or weight takes part in, and what it meets there.

    What is said of the ``chosen`` output stays, unless a single other one takes part.

    Of many outputs only the first and the last are asked which cells they meet: as the output
    moves on evenly, so do they.
    """
    region = shown_layer.layer.affected(port, at, shown_layer.shapes)
    axes = [range(part.start, part.stop, part.step or 1) for part in region]
    reached = list(itertools.product(*axes))
    marks: PortMarks = {port: {at: _tone(port) | Mark.ACTIVE}}
    if not reached:
        return replace(chosen, port=port, at=at, marks=marks, terms=frozenset())
    marks[OUTPUT] = dict.fromkeys(reached, Mark.REACHED)
    if len(reached) <= _ASKED_LIMIT:
        asked = map(shown_layer.explain, reached)
        met = [partner for output in asked for partner in _partners(output, port, at)]
        if len(reached) == 1 and reached[0] != chosen.explanation.output:
            chosen = on_output(shown_layer, reached[0])  # there is no doubt which one is meant
    else:
        first, last = (_partners(shown_layer.explain(reached[n]), port, at) for n in (0, -1))
        met = [
            (meets, cell)
            for meets, index in first
            for other, end in last
            if other == meets
            for cell in _between(index, end, axes)
        ]
    for meets, index in met:
        marks.setdefault(meets, {})[index] = _tone(meets)
    terms = _terms_with(chosen.explanation, port, at)
    return replace(chosen, port=port, at=at, marks=marks, terms=terms)


def without_result(found: Highlight, workings: bool) -> Highlight:
    """Hide what the output that is looked at comes to; without ``workings``, its products, too.

    What it reads stays highlighted, so that the learner sees what to multiply, but no winner does,
    nor a single cell that is only passed on. A single product is the answer, so it is hidden, too.
    """
    terms = [term for step in found.explanation.steps for term in step.terms]
    passed_on = len(terms) == len(terms[0].factors) == 1 and terms[0].scale == 1
    marks = {
        port: {at: mark & ~Mark.WON if mark & Mark.WON else mark for at, mark in cells.items()}
        for port, cells in found.marks.items()
    }
    if passed_on:
        marks = {port: cells if port == OUTPUT else {} for port, cells in marks.items()}
    shown = found.shown if workings and len(terms) > 1 else 0
    return replace(found, marks=marks, shown=shown, hidden=True)


def only_pointed(
    found: Highlight, pointed: Mapping[str, tuple[Index, ...]], workings: bool
) -> Highlight:
    """Highlight nothing but the cells that are ``pointed`` out, as the learner is to find the rest.

    ``workings`` says that the products are shown all the same.
    """
    tones = {"x": Mark.READ, OUTPUT: Mark.WRITTEN}
    marks = {
        port: dict.fromkeys(
            cells, tones.get(port, Mark.WEIGHT) | (Mark.ACTIVE if len(cells) == 1 else Mark.NONE)
        )
        for port, cells in pointed.items()
    }
    output = dict.fromkeys(pointed.get(OUTPUT, ()), Mark.WRITTEN)
    several = sum(len(step.terms) for step in found.explanation.steps) > 1
    shown = found.shown if workings and several else 0  # a single product is the answer
    at = found.explanation.output
    return replace(
        found, port=OUTPUT, at=at, marks={**marks, OUTPUT: output}, shown=shown, hidden=True
    )


def winners(explanation: Explanation, shown: int) -> list[Term]:
    """Return the terms that are the largest of their step, all of them where several tie.

    Only cells compete, and only in steps whose terms are all among the first ``shown``.
    """
    found, before = [], 0
    for step in explanation.steps:
        before += len(step.terms)
        competing = [term for term in step.terms if term.factors]
        if step.fold == "max" and len(competing) > 1 and before <= shown:
            found += [term for term in competing if term.value == step.value]
    return found


def all_winners(shown_layer: ShownLayer) -> dict[Index, tuple[Index, ...]]:
    """Return for each output the cells of ``x`` that are the largest of its window.

    None are looked for in a layer that takes no maximum, or has very many outputs.
    """
    shape = shown_layer.shapes[OUTPUT]
    first = shown_layer.explain((0,) * len(shape))
    if all(step.fold != "max" for step in first.steps) or np.prod(shape) > _WINNERS_LIMIT:
        return {}
    found = {}
    for at in itertools.product(*map(range, shape)):
        explanation = shown_layer.explain(at)
        count = sum(len(step.terms) for step in explanation.steps)
        cells = (cell for term in winners(explanation, count) for cell in term.factors)
        found[at] = tuple(cell.index for cell in cells if cell.port == "x")
    return found


def with_winners(
    marks: Mapping[str, Mapping[Index, Mark]],
    won: Mapping[Index, Iterable[Index]],
    reached: Callable[[Index], bool],
) -> dict[str, Mapping[Index, Mark]]:
    """Return the marks with those of the winners of all outputs that have been reached."""
    best = {cell: Mark.BEST for at, cells in won.items() if reached(at) for cell in cells}
    seen = {cell: mark | best.get(cell, Mark.NONE) for cell, mark in marks.get("x", {}).items()}
    return {**marks, "x": {**best, **seen}}


def _terms_with(explanation: Explanation, port: str, at: Index) -> frozenset[int]:
    """The terms that a cell takes part in, and those that go on with what comes of them."""
    found: set[int] = set()
    told: set[int] = set()
    place = 0
    for n, step in enumerate(explanation.steps):
        for term in step.terms:
            results = [cell.index[0] for cell in term.factors if cell.port == STEP]
            cells = [(cell.port, cell.index) for cell in term.factors]
            if (port, at) in cells or told.intersection(results):
                found.add(place)
                told.add(n)
            place += 1
    return frozenset(found)


def term_of_result(explanation: Explanation, step: int) -> int | None:
    """Return the place of the first term that goes on with a step's result; None for none."""
    terms = [term for step in explanation.steps for term in step.terms]
    results = ([c.index[0] for c in term.factors if c.port == STEP] for term in terms)
    return next((n for n, steps in enumerate(results) if step in steps), None)


def _summed_up(explanation: Explanation, place: int) -> frozenset[int]:
    """A term and, where it is the result of an earlier step, the terms of that step."""
    terms = [term for step in explanation.steps for term in step.terms]
    lengths = (len(step.terms) for step in explanation.steps)
    starts = list(itertools.accumulate(lengths, initial=0))
    found, left = set(), [place]
    while left:
        found.add(n := left.pop())
        for cell in terms[n].factors:
            if cell.port == STEP:
                step = cell.index[0]
                left += range(starts[step], starts[step + 1])
    return frozenset(found)


def _tone(port: str) -> Mark:
    return Mark.READ if port == "x" else Mark.WEIGHT


def _mark(marks: PortMarks, cells: Iterable[Cell], mark: Mark) -> None:
    for cell in cells:
        if cell.index in marks.get(cell.port, {}):
            marks[cell.port][cell.index] |= mark


def _partners(explanation: Explanation, port: str, at: Index) -> list[tuple[str, Index]]:
    """The cells that stand in one term with a cell, each with its port."""
    return [
        (cell.port, cell.index)
        for step in explanation.steps
        for term in step.terms
        if any(cell.port == port and cell.index == at for cell in term.factors)
        for cell in term.factors
        if cell.port not in (port, STEP)
    ]


def _between(first: Index, last: Index, axes: list[range]) -> list[Index]:
    """All indices from the first to the last.

    Rows and columns go in as many even steps as the outputs do, other axes, such as the
    filters, one by one.
    """
    lines = []
    for place, (a, b) in enumerate(zip(first, last, strict=True)):
        strides = place < 2 <= len(axes) and len(axes[place]) > 1
        count = len(axes[place]) if strides else abs(b - a) + 1
        lines.append([int(i) for i in np.linspace(a, b, count)])
    return list(itertools.product(*lines))
