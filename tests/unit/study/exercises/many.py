"""Many exercises of a shape, and plain arithmetic to check them against.

A plain run makes some of each kind and level; with ``CNN_TUTOR_LONG=1`` it is ten thousand of each
shape and kind.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product

import numpy as np

from cnn_tutor.engine.explanation import Index
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.evidence import apart
from cnn_tutor.study.exercises.generator import LEVELS, generate, kinds
from cnn_tutor.study.mistakes.catalogue import catalogue
from tests.unit.engine import reference

LONG = "CNN_TUTOR_LONG" in os.environ
SEEDS = 10_000 // len(LEVELS) + 1 if LONG else 10
SOME = SEEDS if LONG else 8


def many(shape: str, seeds: int = SEEDS) -> Iterator[Exercise]:
    """Go through exercises of a shape over every kind and level, each seen to be sound."""
    found = 0
    for kind, level, seed in product(kinds(shape), LEVELS, range(seeds)):
        exercise = generate(shape, kind, level, seed)
        assert exercise.shape == shape
        assert (exercise.kind, exercise.level, exercise.seed) == (kind, level, seed)
        check(exercise)
        found += 1
        yield exercise
    assert found


def check(exercise: Exercise) -> None:
    """Check what has to be so whatever is asked."""
    here = (exercise.shape, exercise.kind, exercise.level, exercise.seed)
    names = [blank.name for blank in exercise.blanks]
    assert names, here
    assert len(set(names)) == len(names), here
    for said in (exercise.prompt, exercise.rule, *(b.label for b in exercise.blanks if b.label)):
        assert set(said) == set(words.LANGUAGES), here
        assert all(said[side].strip() for side in words.LANGUAGES), here
        assert not any("{" in said[side] or "-" in said[side] for side in words.LANGUAGES), here
    for blank in exercise.blanks:
        assert np.isfinite(blank.answer), here
        assert bool(blank.port) or set(blank.label) == set(words.LANGUAGES), here
        if blank.port and blank.port in exercise.tensors:
            value = exercise.tensors[blank.port][blank.index]
            assert blank.mark or value == blank.answer, here
    assert exercise.layer.forward(exercise.tensors).shape, here
    assert exercise.evidence == (apart(exercise) and exercise.source.tells(exercise)), here
    for outcome in exercise.outcomes:
        assert outcome.entries, here
        assert set(outcome.entries) <= set(names), here
        mistake = catalogue()[outcome.mistake]
        values = {**outcome.values, "written": 1, "cell": "", "name": ""}
        assert all(words.both(mistake.says, **values).values()), here


def told_apart(exercise):
    """Check that each main mistake leads to a number of its own, and none to the answers."""
    seen, here = {}, (exercise.shape, exercise.kind, exercise.level, exercise.seed)
    answers = {blank.name: blank.answer for blank in exercise.blanks}
    for outcome in exercise.outcomes:
        assert outcome.entries.keys() <= answers.keys(), here
        if not catalogue()[outcome.mistake].main:
            continue
        wrong = {
            (name, round(number, 6))
            for name, number in outcome.entries.items()
            if not numbers.agree(number, answers[name])
        }
        assert wrong, (*here, outcome.mistake)
        if not outcome.aside:
            first = seen.setdefault(frozenset(wrong), outcome.mistake)
            assert first == outcome.mistake, (*here, first, outcome.mistake)


def wrong(exercise: Exercise, mistake: str) -> list[dict[str, float]]:
    """Return what each way of a mistake makes of the blanks that it gets wrong."""
    return [
        {
            name: number
            for name, number in outcome.entries.items()
            if not numbers.agree(number, exercise.blank(name).answer)
        }
        for outcome in exercise.outcomes
        if outcome.mistake == mistake
    ]


def axes(exercise: Exercise) -> list[tuple[int, int, int, int, int, int]]:
    """Return n, k, s, d and the padding before and after, of the rows and of the columns."""
    layer, tensors = exercise.layer, exercise.tensors
    found = []
    for axis in (0, 1):
        n = tensors["x"].shape[axis - 3]
        size = layer.pool_size if hasattr(layer, "pool_size") else tensors["kernel"].shape[:2]
        s, k = layer.strides[axis], size[axis]
        d = getattr(layer, "dilation_rate", (1, 1))[axis]
        found.append((n, k, s, d, *pads(layer.padding, axis, n, k, s, d)))
    return found


def pads(padding: object, axis: int, n: int, k: int, s: int, d: int = 1) -> tuple[int, int]:
    """Return the padding along an axis."""
    if padding == "same":
        return reference.same_pads(n, k, s, d)
    return (0, 0) if padding == "valid" else tuple(padding[axis])


def worked_out(exercise: Exercise) -> list[float]:
    """Find the blanks of one port by hand: from outputs with a single one that is not known yet.

    How much each blank counts in each output is seen by trying it out.
    """
    port = exercise.blanks[0].port

    def output(*values: float) -> np.ndarray:
        tensor = exercise.tensors[port].copy()
        for blank, value in zip(exercise.blanks, values, strict=True):
            tensor[blank.index] = value
        return exercise.layer.forward({**exercise.tensors, port: tensor}).ravel()

    none = output(*np.zeros(len(exercise.blanks)))
    counts = np.array([output(*unit) - none for unit in np.eye(len(exercise.blanks))]).T
    left = exercise.layer.forward(exercise.tensors).ravel() - none
    found: dict[int, float] = {}
    while len(found) < len(exercise.blanks):
        for row, value in zip(counts, left, strict=True):
            unknown = [n for n, count in enumerate(row) if abs(count) > 1e-9 and n not in found]
            if len(unknown) == 1:
                rest = value - sum(row[n] * known for n, known in found.items())
                found[unknown[0]] = rest / row[unknown[0]]
                break
        else:
            raise AssertionError("no output with a single unknown cell")
    return [found[n] for n in range(len(exercise.blanks))]


def reads(exercise: Exercise, output: Index, forgotten: str = "") -> set[tuple[int, int]]:
    """Return the rows and columns that an output reads, by counting.

    ``forgotten`` is ``"stride"`` or ``"padding"`` for who does so.
    """
    spans = []
    for at, (n, k, s, d, before, _) in zip(output, axes(exercise), strict=False):
        start = at * (1 if forgotten == "stride" else s) - before * (forgotten != "padding")
        spans.append([cell for tap in range(k) if 0 <= (cell := start + tap * d) < n])
    return set(product(*spans))
