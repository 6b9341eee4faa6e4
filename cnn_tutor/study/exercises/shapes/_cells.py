"""What the shapes share that ask for output numbers: which cells, how they are called and said."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Array, Tensors, shapes_of
from cnn_tutor.engine.explanation import OUTPUT, Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study import naming, words
from cnn_tutor.study.exercise import Blank, Exercise, ExerciseShape, Outcome, Text
from cnn_tutor.study.exercises.shapes._texts import cell_name, joined
from cnn_tutor.study.mistakes import places, pooling, values
from cnn_tutor.study.mistakes.case import Case

_ZERO_SHARE = 1 / 3
"""How often a 0 is asked for, where some outputs are 0 and others are not."""

_FILLED_SHARE = 1 / 2
"""How often a window is asked for that lies in the input, where padding is not read at all."""

_CELLS_LIMIT = 36
"""Cells that are asked for. Of a larger output it is one map."""


def computed(layer: Layer, tensors: Tensors) -> Case | None:
    """Return a layer with its output; None where a strange kind has none of finite numbers."""
    if not set(layer.inputs) <= set(tensors):
        return None
    given = Case(layer, tensors)
    sound = given.output.ndim and given.output.size and np.isfinite(given.output).all()
    return given if sound else None


def ask(
    source: ExerciseShape,
    given: Case,
    entry: str,
    cell: Index,
    blanks: Iterable[Blank],
    rule: Text | None = None,
    **more: Any,
) -> Exercise:
    """Return an exercise about outputs with an entry of its shape's file as the prompt.

    ``cell`` is an output cell that the prompt and the rule can be about; ``more`` are other fields
    of the exercise.
    """
    layer, tensors = given.layer, given.tensors
    exercise = Exercise(
        layer=layer,
        tensors=tensors,
        prompt=source.text(entry, **_said(layer, tensors, cell)),
        blanks=tuple(blanks),
        rule=rule or _rule_of(given, cell) or source.text("rule"),
        source=source,
        **more,
    )
    return precise(exercise)


@cache
def example(kind: type[Layer]) -> Case | None:
    """Return the first output of the easiest sample of a kind, to see what it is made of."""
    layer, tensors = kind.sample(np.random.default_rng(0), 0)
    given = computed(layer, tensors)
    return None if given is None else given.about((0,) * given.output.ndim)


def telling(given: Case, rng: Generator) -> Index:
    """Pick an output cell whose number tells mistakes apart: off the diagonal, at the edge."""
    layer, tensors, output = given.layer, given.tensors, given.output
    sliding = layer.windows(shapes_of(tensors))
    if len(sliding) == 2 and output.ndim >= 3:
        filled = not layer.padding_counts and rng.random() < _FILLED_SHARE
        found = places.telling(layer, tuple(sliding), filled)
        place = found[rng.integers(len(found))]
        lead = tuple(int(rng.integers(n)) for n in output.shape[:-3])
        return (*lead, *place, int(rng.integers(output.shape[-1])))
    zero = output == 0
    if zero.any() and not zero.all():
        wanted = zero if rng.random() < _ZERO_SHARE else ~zero
    else:
        wanted = np.ones(output.shape, bool)
    cells = [tuple(at) for at in np.argwhere(wanted).tolist()]
    read = [at for at in cells if any(c.value for c in layer.explain(tensors, at).cells("x"))]
    cells = read or cells
    return cells[rng.integers(len(cells))]


def blank(port: str, at: Index, answer: float, mark: bool = False) -> Blank:
    """Return the blank on one cell of a tensor, named for it: ``output[0,1,0]``."""
    return Blank(cell_name(port, at), float(answer) + 0.0, port, at, mark)


def _said(layer: Layer, tensors: Tensors, at: Index) -> dict[str, object]:
    return {
        "layer": naming.described(layer, shapes_of(tensors)),
        "cell": naming.output_place(layer, shapes_of(tensors), at),
        "map": at[-1] + 1,
    }


def precise(exercise: Exercise) -> Exercise:
    """Return an exercise whose prompt says how precise an answer has to be, where that matters.

    It does where an answer has more than two decimals. Nobody is to find powers of e by head.
    """
    blanks = [blank for blank in exercise.blanks if not blank.mark]
    if all(math.isclose(blank.answer, round(blank.answer, 2)) for blank in blanks):
        return exercise
    notes = words.table("practice")
    parts = [exercise.prompt, notes["decimals"]]
    asked = exercise.at or next((b.index for b in blanks if b.port == OUTPUT), ())
    steps = exercise.layer.explain(exercise.tensors, asked).steps if asked else ()
    if any(step.fold == "exp" for step in steps):
        parts.append(notes["calculator"])
    return replace(exercise, prompt=joined({"ja": "", "en": " "}, parts))


def few(output: Array, rng: Generator) -> list[Index] | None:
    """Return all cells of an output; of a large one those of one map, None if that is large."""
    cells = list(np.ndindex(output.shape))
    if len(cells) > _CELLS_LIMIT:
        chosen = int(rng.integers(output.shape[-1]))
        cells = [at for at in cells if at[-1] == chosen]
    return cells if len(cells) <= _CELLS_LIMIT else None


def _rule_of(given: Case, at: Index) -> Text | None:
    return _rule(given.layer, tuple(shapes_of(given.tensors).items()), at)


@lru_cache(maxsize=64)
def _rule(layer: Layer, shapes: tuple[tuple[str, Shape], ...], at: Index) -> Text | None:
    case = Case(layer, {port: np.ones(shape) for port, shape in shapes}, (at,))
    rules, own = words.table("rules"), words.table("kinds").get(layer.kind, {})
    slides = bool(layer.windows(case.shapes))
    if case.products is not None:
        meet = "channels" if case.products.depth > 1 else "products" if slides else "inputs"
        return dict(rules[meet])
    of_window = rules.get(pooling.folded(case.explanations[0])) if slides else None
    known: Text | None = of_window or own.get("rule") or own.get("about")
    return known


def mixed(given: Case) -> bool:
    """Say whether switches are on and off, so that both are seen at work."""
    tensors = given.tensors
    for port in type(given.layer).switches:
        on = np.broadcast_to(tensors[port] != 0, tensors["x"].shape)
        if not (tensors["x"][on].any() and tensors["x"][~on].any()):
            return False
    return True


def asked(exercise: Exercise) -> Case:
    """Return the output cells that an exercise asks for, as what mistakes are made about."""
    blanks = [blank for blank in exercise.blanks if blank.port == OUTPUT and not blank.mark]
    return Case(exercise.layer, exercise.tensors, tuple(blank.index for blank in blanks))


def outcomes(case: Case) -> Iterator[Outcome]:
    """Go through what the main mistakes about output numbers leave in their blanks."""
    return values.outcomes(case, values.ways(case), _names(case))


def rarer(case: Case) -> Iterator[Outcome]:
    """Go through what the others leave there."""
    return values.outcomes(case, values.rarer(case), _names(case))


def slipped(case: Case) -> Iterator[Outcome]:
    """Go through what slips leave in the blanks of output numbers."""
    return values.slips(case, _names(case))


def _names(case: Case) -> list[str]:
    return [cell_name(OUTPUT, at) for at in case.cells]
