"""Which input is joined to which output, and by what weight, read off the explanations."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import OUTPUT, STEP, Cell, Explanation, Index, Shape
from cnn_tutor.pages.state.shown_layer import ShownLayer

INPUTS_LIMIT, OUTPUTS_LIMIT = 100, 64
"""Units that are drawn at most."""

Key = tuple[str, Index]
"""A cell by its port and its index."""


@dataclass(frozen=True)
class Connections:
    """Every joint of a layer as a line from an input to an output, both counted in order."""

    inputs: tuple[Index, ...]
    outputs: tuple[Index, ...]
    starts: Array
    """The input of each line."""
    ends: Array
    """The output of each line."""
    weights: Array
    """What the input is multiplied by on each line; 1 where there is no weight."""
    carried: tuple[tuple[Key, ...], ...]
    """The cells whose numbers are the weight of each line."""
    added: tuple[tuple[Cell, ...], ...]
    """What is added at each output, such as its bias."""

    @property
    def full(self) -> bool:
        """Whether every input is joined to every output."""
        return len(self.starts) == len(self.inputs) * len(self.outputs)

    def lines_of(self, cell: Key) -> list[int]:
        """Return the lines that carry one weight."""
        return [line for line, cells in enumerate(self.carried) if cell in cells]

    def outputs_of(self, cell: Key) -> list[int]:
        """Return the outputs to which one cell is added."""
        at = [(n, (c.port, c.index)) for n, cells in enumerate(self.added) for c in cells]
        return [n for n, key in at if key == cell]


def drawable(shown: ShownLayer) -> bool:
    """Say whether the layer has few enough units to draw them all."""
    return (
        math.prod(shown.shapes["x"]) <= INPUTS_LIMIT
        and math.prod(shown.shapes[OUTPUT]) <= OUTPUTS_LIMIT
    )


def connections(shown: ShownLayer) -> Connections:
    """Return all connections of the shown layer; padding is not one of its inputs."""
    inputs, outputs = indices(shown.shapes["x"]), indices(shown.shapes[OUTPUT])
    places = {index: n for n, index in enumerate(inputs)}
    starts, ends, weights, carried, added = [], [], [], [], []
    for end, output in enumerate(outputs):
        explanation = shown.explain(output)
        for index, weight, cells in _joined(explanation):
            if index in places:
                starts.append(places[index])
                ends.append(end)
                weights.append(weight)
                carried.append(cells)
        added.append(_added(explanation))
    return Connections(
        inputs,
        outputs,
        np.array(starts, np.int64),
        np.array(ends, np.int64),
        np.array(weights, np.float64),
        tuple(carried),
        tuple(added),
    )


def count(shown: ShownLayer) -> int:
    """Return how many connections there are, without a look at each."""
    matrices = shown.matrices
    if matrices is not None:
        inside = np.all((matrices.rows >= 0) & (matrices.rows < shown.shapes["x"]), axis=-1)
        return int(inside.sum()) * int(matrices.columns.shape[1])
    layer, shapes = shown.layer, shown.shapes
    sliding = len(shown.windows)
    # Along rows and columns each place of a window is joined to what it reads, whatever the
    # channel is; the cells at the first place stand for those of all.
    along = (sum(len(w.through(tap)) for tap in range(w.size)) for w in shown.windows)
    cells = indices((*(1,) * sliding, *shapes["x"][sliding:]))
    others = (layer.affected("x", at, shapes)[sliding:] for at in cells)
    return math.prod(along) * sum(map(regions.size, others))


def indices(shape: Shape) -> tuple[Index, ...]:
    """Return the index of every cell of a tensor in order."""
    return tuple(regions.cells(regions.whole(shape)))


def _joined(explanation: Explanation) -> Iterator[tuple[Index, float, tuple[Key, ...]]]:
    """Go through the inputs of an output, each once with its weight and where that comes from."""
    seen: set[Index] = set()
    for step in explanation.steps:
        for term in step.terms:
            others = tuple(cell for cell in term.factors if cell.port != "x")
            weight = term.scale * math.prod(cell.value for cell in others)
            for cell in term.factors:
                if cell.port == "x" and cell.index not in seen:
                    seen.add(cell.index)
                    yield cell.index, weight, tuple((c.port, c.index) for c in others)


def _added(explanation: Explanation) -> tuple[Cell, ...]:
    return tuple(
        term.factors[0]
        for step in explanation.steps
        for term in step.terms
        if len(term.factors) == 1 and term.factors[0].port not in ("x", STEP)
    )
