"""The receptive field through several layers: its size, and the rows of the input in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import prod
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Tensors
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.network import Evaluation, Network
from cnn_tutor.engine.window import Window
from cnn_tutor.study import words
from cnn_tutor.study.exercise import Blank, Exercise, ExerciseShape, Link, Outcome
from cnn_tutor.study.exercises.shapes import _chains
from cnn_tutor.study.exercises.shapes._texts import joined
from cnn_tutor.study.exercises.shapes.shape_chain import ShapeChain

_CHAINS: tuple[tuple[str, ...], ...] = (
    ("CC", "CP", "PC"),
    ("CP", "PC", "CCC"),
    ("CC", "CP", "PC"),
    ("CPC", "CCP", "PCC"),
    ("CPC", "CCP", "PCP"),
    ("CPCP", "CCPC", "PCCP"),
)
"""What the networks of each level are made of: filters and pools."""

_chain = ShapeChain()


@dataclass(frozen=True)
class _Window:
    """The window of one layer along the rows of its input, of which there are ``length``."""

    size: int
    stride: int
    before: int
    length: int


Windows = Sequence[_Window]


class FieldThroughLayers(ExerciseShape):
    """How many rows of the input an output of each layer sees, and which ones."""

    key: ClassVar[str] = "field_through_layers"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether a kind has a window that slides over maps."""
        return _chains.role(kind) in (_chains.FILTER, _chains.POOL)

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        """Make up a network with a layer of the kind in it."""
        try:
            x, nodes = _chains.chain(kind, level, rng, _CHAINS)
        except Refusal:
            return None
        network = Network(np.shape(x), tuple(nodes))
        row = int(rng.integers(1, max(2, network.shape(network.last)[0])))
        if network.shape(network.last)[0] <= row:
            return None
        node = next(node for node in nodes if node.layer.kind == kind.kind)
        tensors = Evaluation(network, x).tensors(node.name)
        return self._of(network, node.layer, tensors, row)

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        """A single layer has no other behind it."""
        return None

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through what each mistake makes of the sizes, and of the rows."""
        network = exercise.network
        assert network is not None
        windows, row = _windows(network), exercise.given[0][1][0]
        for mistake, (sizes, rows) in _MISTAKES.items():
            numbers = _numbers(network, sizes(windows), rows(windows, row))
            wrong = exercise.differing(numbers)
            if mistake != "through_strides_ignored" or any(w.stride > 1 for w in windows):
                yield Outcome(mistake, wrong)

    def _of(self, network: Network, layer: Layer, tensors: Tensors, row: int) -> Exercise:
        names = _chain.names(network.nodes)
        windows = _windows(network)
        answers = _numbers(network, _sizes(windows), _rows(windows, row))
        labels = [self.text("size", name=names[node.name]) for node in network.nodes]
        labels += [self.text("first", row=row), self.text("last", row=row)]
        blanks = tuple(
            Blank(name, answer, label=label)
            for (name, answer), label in zip(answers.items(), labels, strict=True)
        )
        lines = []
        for place, node in enumerate(network.nodes):
            so_far, jump = _sizes(windows[:place]), prod(w.stride for w in windows[:place])
            lines.append(
                self.text(
                    "worked",
                    name=names[node.name],
                    before=so_far[-1] if so_far else 1,
                    size=windows[place].size,
                    jump=jump,
                    after=_sizes(windows)[place],
                )
            )
        chain = tuple(
            Link(
                names[node.name],
                _chain.details(network, node),
                network.shape(node.name),
                (name,),
                self.text("caption"),
            )
            for node, name in zip(network.nodes, answers, strict=False)
        )
        first, last = _rows(windows, row)
        lines.append(self.text("worked_rows", row=row, first=first, last=last))
        return Exercise(
            layer,
            tensors,
            self.text(
                "prompt",
                x=network.input_shape,
                row=row,
            ),
            blanks,
            self.text("rule"),
            self,
            given=(("output", (row,)),),
            network=network,
            chain=chain,
            worked=joined(dict.fromkeys(words.LANGUAGES, "\n"), lines),
        )


def _windows(network: Network) -> list[_Window]:
    found: list[Window] = [
        node.layer.windows(network.shapes(node.name))[0] for node in network.nodes
    ]
    return [_Window(w.extent, w.stride, w.before, w.length) for w in found]


def _numbers(
    network: Network, sizes: Sequence[float], rows: tuple[float, float]
) -> dict[str, float]:
    """Return what stands in the blanks."""
    found = {f"field[{place}]": float(size) for place, size in enumerate(sizes, start=1)}
    return {**found, "first_row": float(rows[0]), "last_row": float(rows[1])}


def _sizes(windows: Windows) -> list[int]:
    """Return how many rows of the input an output of each layer sees, with those in the padding."""
    jumps = accumulate((w.stride for w in windows), lambda one, other: one * other, initial=1)
    grown = ((w.size - 1) * jump for w, jump in zip(windows, jumps, strict=False))
    return [1 + rows for rows in accumulate(grown)]


def _rows(windows: Windows, row: int) -> tuple[int, int]:
    """Return the first and the last row of the input that an output row of the last layer sees.

    Rows that are not there, in the input of any layer, are not counted.
    """
    first = last = row
    for window in reversed(windows):
        first = max(first * window.stride - window.before, 0)
        last = min(last * window.stride - window.before + window.size, window.length) - 1
    return first, last


def _changed(windows: Windows, stride: int = 0, before: int = -1) -> list[_Window]:
    """Return windows with another stride or padding, where one is given."""
    return [
        replace(w, stride=stride or w.stride, before=w.before if before < 0 else before)
        for w in windows
    ]


_MISTAKES: dict[
    str,
    tuple[Callable[[Windows], Sequence[float]], Callable[[Windows, int], tuple[float, float]]],
] = {
    "through_last_only": (
        lambda windows: [w.size for w in windows],
        lambda windows, row: _rows(windows[-1:], row),
    ),
    "through_sizes_added": (
        lambda windows: list(accumulate(w.size for w in windows)),
        lambda windows, row: (
            _rows(windows, row)[0],
            _rows(windows, row)[0] + sum(w.size for w in windows) - 1,
        ),
    ),
    "through_strides_ignored": (
        lambda windows: _sizes(_changed(windows, stride=1)),
        lambda windows, row: _rows(_changed(windows, stride=1), row),
    ),
    "through_padding_ignored": (
        _sizes,
        lambda windows, row: _rows(_changed(windows, before=0), row),
    ),
    "through_own_stride": (
        lambda windows: [
            1 + rows
            for rows in accumulate(
                (w.size - 1) * prod(before.stride for before in windows[: place + 1])
                for place, w in enumerate(windows)
            )
        ],
        _rows,
    ),
    "through_sizes_multiplied": (
        lambda windows: list(accumulate((w.size for w in windows), lambda a, b: a * b)),
        _rows,
    ),
}
"""What each mistake makes of the sizes, and of the first and the last row."""
