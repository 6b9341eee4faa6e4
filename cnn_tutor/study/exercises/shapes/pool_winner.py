"""Which cell won a window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from cnn_tutor.engine.arrays import Tensors
from cnn_tutor.engine.explanation import OUTPUT, Cell, Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Exercise, Outcome
from cnn_tutor.study.exercises.evidence import FEWEST_CHOICES
from cnn_tutor.study.exercises.shapes import _cells
from cnn_tutor.study.exercises.shapes._chosen import ChosenOutputs
from cnn_tutor.study.exercises.shapes._texts import cell_name, cell_text
from cnn_tutor.study.mistakes import places
from cnn_tutor.study.mistakes.case import Case
from cnn_tutor.study.mistakes.pooling import folded


class PoolWinner(ChosenOutputs):
    """Mark the input cell whose number is the output: the largest in its window."""

    key = "pool_winner"

    def fits(self, kind: type[Layer]) -> bool:
        """A kind has winners if its outputs are the largest of several numbers."""
        case = _cells.example(kind)
        return (
            case is not None
            and folded(case.explanations[0]) == "max"
            and len(case.explanations[0].cells("x")) > 1
        )

    def ask(self, given: Case, chosen: Index, level: int) -> Exercise | None:
        """Ask which cell of its map won; None where several are equally large."""
        winner = _winner(given.about(chosen))
        if winner is None:
            return None
        cells = _map(given.tensors["x"].shape, winner)
        blanks = [_cells.blank("x", at, at == winner, mark=True) for at in cells]
        return _cells.ask(self, given, "prompt", chosen, blanks, at=chosen)

    def reset(self, draft: Exercise, tensors: Tensors) -> Exercise | None:
        """Return a draft over other numbers; None where several are then equally large."""
        winner = _winner(Case(draft.layer, tensors, (draft.at,)))
        if winner is None:
            return None
        blanks = tuple(
            replace(blank, answer=float(blank.index == winner)) for blank in draft.blanks
        )
        return replace(draft, tensors=tensors, blanks=blanks)

    def tells(self, exercise: Exercise) -> bool:
        """Say whether the window has enough cells that could have won."""
        explanation = exercise.layer.explain(exercise.tensors, exercise.at)
        return len(explanation.cells("x")) >= FEWEST_CHOICES

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        case = Case(exercise.layer, exercise.tensors, (exercise.at,))
        (winner,) = (blank.index for blank in exercise.blanks if blank.answer)
        asked = cell_text(exercise.layer, case.shapes, OUTPUT, exercise.at)
        lit = {"x": tuple(cell.index for cell in case.explanations[0].cells("x"))}
        for mistake, cell in _held(case):
            entries = {cell_name("x", at): float(at == cell) for at in {winner, cell}}
            number = numbers.brief(exercise.tensors["x"][cell])
            values = {"written": number, "cell": asked, "work": ""}
            # The largest without its sign, where it did not win, is the smallest.
            aside = mistake == "pool_absolute"
            yield Outcome(mistake, entries, together=True, aside=aside, values=values, lit=lit)

    def rarer(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through nothing: what few people make of a window is no cell of it."""
        return ()


def _winner(case: Case) -> Index | None:
    cells = case.explanations[0].cells("x")
    largest = [cell.index for cell in cells if cell.value == max(c.value for c in cells)]
    return largest[0] if len(largest) == 1 else None


def _map(shape: Sequence[int], at: Index) -> Iterator[Index]:
    for i, j in np.ndindex(*shape[-3:-1]):
        yield (*at[:-3], i, j, at[-1])


def _held(case: Case) -> Iterator[tuple[str, Index]]:
    cells = case.explanations[0].cells("x")
    largest = _best(cells, lambda cell: cell.value)
    yield "pool_smallest", _best(cells, lambda cell: -cell.value)
    if len(cells) > 2:
        yield "pool_top_left", cells[0].index
    yield "pool_absolute", _best(cells, lambda cell: abs(cell.value))
    if not case.windows:
        return
    x, (at,) = case.tensors["x"], case.cells
    whole = [Cell("x", there, float(x[there])) for there in _map(x.shape, largest)]
    if len(whole) > len(cells):
        yield "pool_global", _best(whole, lambda cell: cell.value)
    loose = places.loose(case.layer, case.windows)
    for mistake, _, start in places.moved(case.layer, case.windows, (at[-3], at[-2])):
        if mistake == "pool_overlapped" and loose is not None:
            told = loose.explain(case.tensors, (*at[:-3], *start, at[-1]))
            yield mistake, _best(told.cells("x"), lambda cell: cell.value)


def _best(cells: Sequence[Cell], key: Callable[[Cell], float]) -> Index:
    return max(cells, key=key).index
