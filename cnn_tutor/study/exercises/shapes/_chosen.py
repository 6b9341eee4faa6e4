"""Exercises about outputs that are chosen first: their numbers can then be changed at will."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Array, Tensors, shapes_of
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.region import has
from cnn_tutor.study.exercise import Exercise, ExerciseShape, Outcome
from cnn_tutor.study.exercises.evidence import clashes
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.mistakes import values
from cnn_tutor.study.mistakes.case import Case
from cnn_tutor.study.mistakes.pooling import folded

_CHANGES_LIMIT = 70
"""Numbers that are tried before the whole exercise is drawn anew."""

_CHANGES_PER_DRAW = 10
"""Those of them that come from one draw."""

_LOWERED = 4 / 5
"""How often a window has only numbers below 0, where the largest of each is the output."""

_LARGEST = 4
"""Numbers that are most likely those that several windows hold."""

_SPARE = 3
"""Numbers more than needed, from which those of such a window are drawn."""

_NO_LIMIT = 1000
"""Clashes that are counted where all are: more than any exercise has."""


class ChosenOutputs(ExerciseShape):
    """Something that is asked about outputs: first it is chosen of which, then it is set.

    What mistakes lead to is what they make of the output numbers that are blanks; shapes with
    other blanks override this.
    """

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether the output of a sample can be computed."""
        return _cells.example(kind) is not None

    def tells(self, exercise: Exercise) -> bool:
        """Say whether the mistakes that the kind is about could show in what is asked."""
        case = _cells.asked(exercise)
        return not (case.cells and values.mute(case))

    def choose(self, given: Case, rng: Generator) -> Any:
        """Return what is asked about, as :meth:`ask` takes it; None if nothing can be.

        That is one cell at which mistakes show; shapes about several override this.
        """
        return _cells.telling(given, rng)

    @abstractmethod
    def ask(self, given: Case, chosen: Any, level: int) -> Exercise | None:
        """Set the exercise about what was chosen; None if these numbers don't allow it."""

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        """Set the exercise over a layer and its numbers, about outputs at which mistakes show."""
        return self._set(layer, tensors, level, rng)[0]

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        """Make up a layer and numbers with which mistakes can be told apart."""
        layer, tensors = _drawn(kind, level, rng)
        first, chosen = self._set(layer, tensors, level, rng)
        if first is None:
            return None
        draft = self._lowered(first, rng)
        found = _improved(draft, self.reset, kind, level, rng)
        if found is first:
            return first
        given = Case(layer, found.tensors)
        return self.ask(given, chosen, level)

    def reset(self, draft: Exercise, tensors: Tensors) -> Exercise | None:
        """Return a draft over other numbers, with all that mistakes are looked for in."""
        case = Case(draft.layer, tensors, tuple(blank.index for blank in draft.blanks))
        if not np.isfinite(case.right).all():
            return None
        answers = zip(draft.blanks, case.right, strict=True)
        blanks = tuple(replace(blank, answer=float(answer)) for blank, answer in answers)
        return replace(draft, tensors=tensors, blanks=blanks)

    def _lowered(self, draft: Exercise, rng: Generator) -> Exercise:
        """Return a draft with a window below 0, where that tells who takes 0 for the largest."""
        asked = [blank.index for blank in draft.blanks if blank.port == OUTPUT and not blank.mark]
        lowers = asked and _largest(draft.layer, draft.tensors) and rng.random() < _LOWERED
        if not lowers:
            return draft
        x, (below, *_) = draft.tensors["x"].copy(), rng.permutation(asked).tolist()
        window = [cell.index for cell in draft.layer.explain(draft.tensors, below).cells("x")]
        inside = [at for at in window if has(at, x.shape)]
        of_map: tuple[Any, ...] = (*inside[0][:-3], ..., inside[0][-1])
        for at in inside:
            x[at] = np.nan
        others = np.setdiff1d(-np.arange(1.0, x[of_map].size + 1), x[of_map])
        drawn = rng.choice(others[::-1][: len(inside) + _SPARE], len(inside), replace=False)
        for at, number in zip(inside, drawn.tolist(), strict=True):
            x[at] = number
        return self.reset(draft, {**draft.tensors, "x": x}) or draft

    def _set(
        self, layer: Layer, tensors: Tensors, level: int, rng: Generator
    ) -> tuple[Exercise | None, Any]:
        given = _cells.computed(layer, tensors)
        chosen = None if given is None else self.choose(given, rng)
        if given is None or chosen is None:
            return None, None
        return self.ask(given, chosen, level), chosen

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through every mistake that leads to other outputs, made in all of them alike."""
        return _cells.outcomes(_cells.asked(exercise))

    def rarer(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the mistakes that exercises need not keep apart."""
        return _cells.rarer(_cells.asked(exercise))

    def slips(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the slips in each of the outputs, if they are sums of products."""
        return _cells.slipped(_cells.asked(exercise))


# --- numbers with which mistakes can be told apart -----------------------------------------------


def _drawn(kind: type[Layer], level: int, rng: Generator) -> tuple[Layer, dict[str, Array]]:
    """Make up a layer and its numbers, from a range in which mistakes can be told apart.

    Where windows hold their largest number, no number stands in a map twice, and half of them are
    below 0: who takes no notice of signs would be right without.
    """
    layer, tensors = kind.sample(rng, level)
    return layer, (
        {**tensors, "x": _distinct(tensors["x"], rng)} if _largest(layer, tensors) else tensors
    )


def _improved(
    draft: Exercise,
    again: Callable[[Exercise, Tensors], Exercise | None],
    kind: type[Layer],
    level: int,
    rng: Generator,
) -> Exercise:
    """Return an exercise with some numbers of a draft changed, so that fewer mistakes clash.

    ``again`` sets a draft over other numbers. What is put in a number's place is one that the
    kind draws for it, so that the exercise stays as hard; a weight may be larger by 1. Where no
    number stands in a map twice, two change places.
    """
    left = clashes(draft, _NO_LIMIT)
    cells = _near(draft) if left else []
    swaps = _largest(draft.layer, draft.tensors)
    for n in range(_CHANGES_LIMIT):
        if not left:
            break
        if n % _CHANGES_PER_DRAW == 0:
            _, others = _drawn(kind, level, rng)
        port, at = cells[rng.integers(len(cells))]
        if port not in others or others[port].shape != draft.tensors[port].shape:
            continue
        tensor = draft.tensors[port].copy()
        if swaps:
            beside, there = cells[rng.integers(len(cells))]
            if beside != port:
                continue
            tensor[at], tensor[there] = tensor[there], tensor[at]
        else:
            more = rng.integers(-1, 2) if port in kind.weights and tensor.ndim > 1 else 0
            tensor[at] = others[port][at] + more
        if tensor[at] == draft.tensors[port][at]:
            continue
        other = again(draft, {**draft.tensors, port: tensor})
        if other is not None and (count := clashes(other, left)) <= left:
            draft, left = other, count
    return draft


def _near(draft: Exercise) -> list[tuple[str, Index]]:
    """Return the numbers that matter to an exercise, by port: those of its cell and those beside.

    Those on which most mistakes hang are there so often that they are half of all: those of its own
    cell, or the largest where windows hold their largest. They are all numbers where it is about
    no single cell.
    """
    layer, tensors = draft.layer, draft.tensors
    if not draft.at:
        return [(port, at) for port, tensor in tensors.items() for at in np.ndindex(tensor.shape)]
    shape = layer.output_shape(shapes_of(tensors))
    beside = [draft.at]
    if layer.windows(shapes_of(tensors)):
        *lead, i, j, c = draft.at
        beside = [
            (*lead, i + down, j + across, c) for down, across in product((-1, 0, 1), repeat=2)
        ]
    own, near = (
        {
            (cell.port, cell.index): None
            for at in around
            if has(at, shape)
            for port in tensors
            for cell in layer.explain(tensors, at).cells(port)
            if has(cell.index, tensors[port].shape)
        }
        for around in ([draft.at], beside)
    )
    often = list(own)
    if _largest(layer, tensors):
        often = sorted(near, key=lambda cell: -tensors[cell[0]][cell[1]])[:_LARGEST]
    return [*near, *often * (len(near) // len(often) if often else 0)]


def _largest(layer: Layer, tensors: Tensors) -> bool:
    """Say whether the outputs are the largest numbers of windows, or of whole maps."""
    first = (0,) * len(layer.output_shape(shapes_of(tensors)))
    return folded(layer.explain(tensors, first)) == "max"


def _distinct(x: Array, rng: Generator) -> Array:
    """Return whole numbers for every map, none of them twice, as small as that allows."""
    cells = x.shape[-3] * x.shape[-2]
    count = cells + cells // 4 + 1
    numbers = np.arange(count) - count // 2
    found = np.empty(x.shape)
    for lead in np.ndindex(x.shape[:-3]):
        for channel in range(x.shape[-1]):
            drawn = rng.choice(numbers, cells, replace=False)
            found[(*lead, slice(None), slice(None), channel)] = drawn.reshape(x.shape[-3:-1])
    return found
