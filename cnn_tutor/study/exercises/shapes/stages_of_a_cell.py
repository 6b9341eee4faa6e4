"""Every stage on the way to one output number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from cnn_tutor.engine.arrays import Tensors
from cnn_tutor.engine.explanation import OUTPUT, Explanation, Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study.exercise import PRODUCTS, STEPS, Blank, Exercise, Outcome
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.exercises.shapes._chosen import ChosenOutputs
from cnn_tutor.study.exercises.shapes._texts import cell_name
from cnn_tutor.study.mistakes import activations, values
from cnn_tutor.study.mistakes.case import Case, Told, Way

ACTIVATION = "activation"
"""The blank for what a ReLU makes of the output."""

_EASY_LEVEL = 2
"""Up to this level each product is asked for; from the next on a ReLU comes after the layer."""

_PRODUCTS_LIMIT = 12
"""Products that are asked for, one by one."""


class StagesOfACell(ChosenOutputs):
    """Compute one output number stage by stage: products, sums of channels, total, activation."""

    key = "stages_of_a_cell"

    def fits(self, kind: type[Layer]) -> bool:
        """A kind has stages if its outputs are sums of products, or take several steps."""
        case = _cells.example(kind)
        return case is not None and (
            case.products is not None or len(case.explanations[0].steps) > 1
        )

    def ask(self, given: Case, chosen: Index, level: int) -> Exercise | None:
        blanks = tuple(self._blanks(given.about(chosen), level))
        ports = {blank.port for blank in blanks}
        if len(blanks) < 2:
            return None
        stages = PRODUCTS if PRODUCTS in ports else STEPS if STEPS in ports else "total"
        entry = f"prompt_{stages}_relu" if "" in ports else f"prompt_{stages}"
        return _cells.ask(self, given, entry, chosen, blanks, at=chosen)

    def reset(self, draft: Exercise, tensors: Tensors) -> Exercise | None:
        case = Case(draft.layer, tensors, (draft.at,))
        harder = any(not blank.port for blank in draft.blanks)
        blanks = tuple(self._blanks(case, _EASY_LEVEL + 1 if harder else 0))
        return replace(draft, tensors=tensors, blanks=blanks)

    def tells(self, exercise: Exercise) -> bool:
        """Say whether a ReLU that is asked for has something to do."""
        after = [blank for blank in exercise.blanks if blank.name == ACTIVATION]
        return super().tells(exercise) and not any(blank.answer for blank in after)

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through what each mistake makes of every stage that it changes."""
        case = Case(exercise.layer, exercise.tensors, (exercise.at,))
        yield from _all_stages(exercise, case, values.ways(case))
        if any(blank.name == ACTIVATION for blank in exercise.blanks):
            for way in activations.after(case):
                if not np.isnan(way.numbers[0]):
                    yield _outcome(exercise, case, way, {ACTIVATION: float(way.numbers[0])})

    def rarer(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through what the others make of them."""
        case = Case(exercise.layer, exercise.tensors, (exercise.at,))
        return _all_stages(exercise, case, values.rarer(case))

    def slips(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the slips: one in a product shows in the sum, too."""
        case = Case(exercise.layer, exercise.tensors, (exercise.at,))
        yield from _cells.slipped(case)
        for blank in exercise.blanks:
            if blank.port == PRODUCTS and blank.answer:
                total = float(case.right[0]) - 2 * blank.answer
                entries = {blank.name: -blank.answer, _name(case): total}
                yield Outcome("sign_slipped", entries)

    def _blanks(self, case: Case, level: int) -> Iterator[Blank]:
        """Go through the stages; the last is the output cell, or what a ReLU makes of it."""
        (explanation,), (at,) = case.explanations, case.cells
        *earlier, last = explanation.steps
        pairs = [n for n, term in enumerate(last.terms) if len(term.factors) > 1]
        if not earlier and level <= _EASY_LEVEL and case.products and len(pairs) <= _PRODUCTS_LIMIT:
            for n in pairs:
                yield _cells.blank(PRODUCTS, (0, n), last.terms[n].value)
        for n, step in enumerate(earlier):
            yield _cells.blank(STEPS, (n,), step.value)
        yield _cells.blank(OUTPUT, at, case.right[0])
        if case.products and level > _EASY_LEVEL:
            label = dict(self.said()["activation"])
            yield Blank(ACTIVATION, max(float(case.right[0]), 0.0), label=label)


def _name(case: Case) -> str:
    return cell_name(OUTPUT, case.cells[0])


def _all_stages(exercise: Exercise, case: Case, ways: Iterable[Way]) -> Iterator[Outcome]:
    for way in ways:
        if not np.isnan(way.numbers[0]):
            entries = _entries(exercise, way.explain(0))
            entries[_name(case)] = float(way.numbers[0])
            yield _outcome(exercise, case, way, entries)


def _entries(exercise: Exercise, told: Explanation | None) -> dict[str, float]:
    """Return what a way makes of the products and of the steps, by their blanks."""
    entries: dict[str, float] = {}
    steps = told.steps if told else ()
    for blank in exercise.blanks:
        if blank.port not in (PRODUCTS, STEPS) or blank.index[0] >= len(steps):
            continue
        step = steps[blank.index[0]]
        if blank.port == STEPS:
            entries[blank.name] = step.value
        elif blank.index[1] < len(step.terms):
            entries[blank.name] = step.terms[blank.index[1]].value
    return entries


def _outcome(exercise: Exercise, case: Case, way: Way, entries: Mapping[str, float]) -> Outcome:
    shown = exercise.differing(entries)
    told = Told(way, single=len(shown) == 1)
    return Outcome(
        way.mistake, shown, way.how, aside=way.aside, values=told, lit=way.lit or case.read
    )
