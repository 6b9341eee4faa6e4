"""Cells that can be worked out from the output, one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Array, Tensors, as_floats, shapes_of
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Pair
from cnn_tutor.study import naming
from cnn_tutor.study import numbers as readings
from cnn_tutor.study.exercise import Exercise, ExerciseShape, Outcome
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.levers import Wanted
from cnn_tutor.study.exercises.shapes import _cells

_LINEAR = ("sum", "mean")
"""The folds that grow evenly with each of their terms."""


def on_one_map(
    layer: Layer,
    tensors: Tensors,
    sides: Pair,
    pad: int,
    rng: Generator,
) -> tuple[Layer, Tensors]:
    """Return a layer as one filter over one map, padded all round; as it is if it can't be so.

    ``sides`` are those of the map and of the filter.
    """
    side, size = sides
    wanted = Wanted(
        lengths=(side, side),
        channels=1,
        sizes=(size, size),
        strides=(1, 1),
        pads=((pad, pad), (pad, pad)),
        filters=1,
    )
    return levers.made(type(layer), 0, wanted, rng) or (layer, tensors)


def ask(
    source: ExerciseShape,
    layer: Layer,
    tensors: Tensors,
    asked: str,
    cells: Sequence[int],
    **said: object,
) -> Exercise:
    """Return the exercise in which some cells of the ``asked`` port are blank, counted through."""
    shape = tensors[asked].shape
    places = [tuple(int(n) for n in np.unravel_index(cell, shape)) for cell in cells]
    prompt = source.text(
        "prompt",
        layer=naming.described(layer, shapes_of(tensors)),
        count=len(cells),
        **said,
    )
    blanks = tuple(_cells.blank(asked, at, tensors[asked][at]) for at in places)
    exercise = Exercise(layer, tensors, prompt, blanks, source.text("rule"), source)
    return _cells.precise(exercise)


def linear(layer: Layer, tensors: Tensors, port: str) -> bool:
    """Say whether each output is a sum in which every cell of a port counts by itself."""
    at = (0,) * len(layer.output_shape(shapes_of(tensors)))
    steps = layer.explain(tensors, at).steps
    terms = [term for step in steps for term in step.terms]
    return (
        all(step.fold in _LINEAR for step in steps)
        and all(sum(cell.port == port for cell in term.factors) < 2 for term in terms)
        and any(cell.port == port for term in terms for cell in term.factors)
    )


def solvable(layer: Layer, tensors: Tensors, port: str = "x") -> bool:
    """Say whether there is a cell of a port that can be found from the output."""
    return linear(layer, tensors, port) and bool(effects(layer, tensors, port).any())


def effects(layer: Layer, tensors: Tensors, port: str) -> Array:
    """Return how much each cell of a port counts in each output, (outputs, cells).

    That of ``x`` is found for all cells at once, as a batch.
    """
    shape = np.shape(tensors[port])
    size = int(np.prod(shape))
    units = np.eye(size).reshape(size, *shape)
    none = as_floats(layer.forward({**tensors, port: np.zeros(shape)})).reshape(-1)
    if port == "x":
        each = layer.forward({**tensors, "x": units}).reshape(size, -1)
    else:
        each = np.stack([layer.forward({**tensors, port: unit}).reshape(-1) for unit in units])
    found: Array = (each - none).T
    return found


def chosen(counts: Array, most: int, rng: Generator) -> list[int]:
    """Return cells that can be left out, chosen at random; ``most`` limits how many.

    There is always an output next in which only one of them is still unknown, so that the way
    through is by hand; and so no other numbers give the same output.
    """
    seen = np.abs(counts) > 1e-9
    found: list[int] = []
    for cell in rng.permutation(counts.shape[1]):
        if len(found) == most:
            break
        if _solvable(seen[:, [*found, cell]]):
            found.append(int(cell))
    return sorted(found)


def gives_output(exercise: Exercise, port: str, numbers: Mapping[str, float]) -> bool:
    """Say whether numbers in the blanks of one port give the output that is shown."""
    tensor = np.array(as_floats(exercise.tensors[port]))
    for blank in exercise.blanks:
        if blank.name not in numbers:
            return False
        tensor[blank.index] = numbers[blank.name]
    wanted = exercise.layer.forward(exercise.tensors)
    got = exercise.layer.forward({**exercise.tensors, port: tensor})
    pairs = zip(np.ravel(got), np.ravel(wanted), strict=True)
    return all(readings.agree(float(mine), float(its)) for mine, its in pairs)


def outcomes(exercise: Exercise) -> Iterator[Outcome]:
    """Go through the numbers that mistakes lead to in the blanks of one port."""
    port = exercise.blanks[0].port
    answers = {blank.name: blank.answer for blank in exercise.blanks}
    if any(answers.values()):
        yield Outcome("signs_reversed", {name: -n for name, n in answers.items() if n})
    kept = _with_bias(exercise, port)
    if kept:
        yield Outcome("bias_kept", exercise.differing(kept))
    tensor = exercise.tensors[port]
    if port != "x" and tensor.ndim > 1 and tensor.shape[0] == tensor.shape[1] > 1:
        turned = np.swapaxes(tensor, 0, 1)
        across = {blank.name: float(turned[blank.index]) for blank in exercise.blanks}
        if any(across[name] != answer for name, answer in answers.items()):
            yield Outcome("unknowns_transposed", exercise.differing(across))


def _with_bias(exercise: Exercise, port: str) -> dict[str, float]:
    """Return what blanks come to if the bias is not taken off the outputs that tell them."""
    layer, tensors = exercise.layer, exercise.tensors
    others = {p: np.zeros_like(tensors[p]) for p in type(layer).weights if np.ndim(tensors[p]) == 1}
    if port in others or not any(tensors[p].any() for p in others):
        return {}
    bias = (layer.forward(tensors) - layer.forward({**tensors, **others})).reshape(-1)
    shape = np.shape(tensors[port])
    cells = [int(np.ravel_multi_index(blank.index, shape)) for blank in exercise.blanks]
    counts = effects(layer, tensors, port)[:, cells]
    found: dict[str, float] = {}
    for n, blank in enumerate(exercise.blanks):
        alone = np.flatnonzero(
            (np.abs(counts[:, n]) > 1e-9) & ((np.abs(counts) > 1e-9).sum(1) == 1)
        )
        if alone.size:
            first = alone[0]
            found[blank.name] = blank.answer + float(bias[first] / counts[first, n])
    return found


def _solvable(seen: Array) -> bool:
    """Say whether cells, one a column, can be found one at a time from the outputs, the rows."""
    left = np.ones(seen.shape[1], bool)
    while left.any():
        alone = seen[:, left].sum(1) == 1
        now = seen[alone][:, left].any(0)
        if not now.any():
            return False
        left[np.flatnonzero(left)[now]] = False
    return True
