"""Which input is joined to which output, and by what weight, read off the explanations."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import OUTPUT, STEP, Cell, Explanation, Index, Shape
from cnn_tutor.pages.state.shown_layer import ShownLayer

INPUTS_LIMIT, OUTPUTS_LIMIT = 100, 64
"""Units that are drawn at most."""

FEW = 14
"""Units of a part of a layer that are drawn at most, for each to have its number."""

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
    left_out: int = 0
    """Weaker connections of these outputs that are not among the lines."""

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
    outputs = indices(shown.shapes[OUTPUT])
    found = {output: _read(shown, output) for output in outputs}
    return _joined(found, indices(shown.shapes["x"]))


def around(shown: ShownLayer, at: Index) -> Connections:
    """Return the connections of one output of a large layer.

    Where these are few, those of the outputs next to it come along; where they are too many to
    draw, the strongest are taken.
    """
    own = _read(shown, at)
    lines = own.lines
    left_out = 0
    if len(lines) > INPUTS_LIMIT:
        strongest = sorted(lines.items(), key=lambda line: -abs(line[1].weight))[:FEW]
        left_out = len(lines) - FEW
        lines = dict(strongest)
    found = {at: _Output(lines, own.added)}
    inputs = set(lines)
    place, outputs = place_of(at, shown.shapes[OUTPUT]), math.prod(shown.shapes[OUTPUT])
    beside = (place + by * way for by in range(1, FEW) for way in (1, -1))
    for other in beside:
        if len(found) == FEW or len(inputs) > FEW:
            break
        if 0 <= other < outputs:
            index = index_at(other, shown.shapes[OUTPUT])
            near = _read(shown, index)
            if len(inputs | set(near.lines)) > FEW:
                break
            found[index] = near
            inputs |= set(near.lines)
    return replace(_joined(dict(sorted(found.items())), tuple(sorted(inputs))), left_out=left_out)


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


def place_of(at: Index, shape: Shape) -> int:
    """Return how many cells of a tensor come before one."""
    return int(np.ravel_multi_index(at, shape))


def index_at(place: int, shape: Shape) -> Index:
    """Return the index of the cell before which there are so many."""
    return tuple(int(i) for i in np.unravel_index(place, shape))


@dataclass(frozen=True)
class _Line:
    weight: float
    carried: tuple[Key, ...]


@dataclass(frozen=True)
class _Output:
    """What one output reads, by the index of each input, and what is added to it."""

    lines: Mapping[Index, _Line]
    added: tuple[Cell, ...]


def _read(shown: ShownLayer, output: Index) -> _Output:
    """Go through the inputs of an output, each once with its weight and where that comes from."""
    explanation, lines = shown.explain(output), dict[Index, _Line]()
    for step in explanation.steps:
        for term in step.terms:
            others = tuple(cell for cell in term.factors if cell.port != "x")
            weight = term.scale * math.prod(cell.value for cell in others)
            for cell in term.factors:
                inside = cell.port == "x" and regions.has(cell.index, shown.shapes["x"])
                if inside and cell.index not in lines:
                    lines[cell.index] = _Line(weight, tuple((c.port, c.index) for c in others))
    return _Output(lines, _added(explanation))


def _joined(found: Mapping[Index, _Output], inputs: tuple[Index, ...]) -> Connections:
    places = {index: n for n, index in enumerate(inputs)}
    lines = [
        (places[index], end, line)
        for end, output in enumerate(found.values())
        for index, line in output.lines.items()
    ]
    return Connections(
        inputs,
        tuple(found),
        np.array([start for start, _, _ in lines], np.int64),
        np.array([end for _, end, _ in lines], np.int64),
        np.array([line.weight for _, _, line in lines], np.float64),
        tuple(line.carried for _, _, line in lines),
        tuple(output.added for output in found.values()),
    )


def _added(explanation: Explanation) -> tuple[Cell, ...]:
    return tuple(
        term.factors[0]
        for step in explanation.steps
        for term in step.terms
        if len(term.factors) == 1 and term.factors[0].port not in ("x", STEP)
    )
