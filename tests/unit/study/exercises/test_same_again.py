"""The same facts give the same exercise, in another process too."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np

from cnn_tutor.study.exercises import Exercise, generate, kinds, shapes

SEED = 7


def digest(exercise: Exercise) -> list[object]:
    """Return what can be seen of an exercise."""
    tensors = {port: np.asarray(tensor).tolist() for port, tensor in exercise.tensors.items()}
    shown = {port: np.asarray(tensor).tolist() for port, tensor in exercise.shown.items()}
    blanks = [(b.name, b.answer, dict(b.label)) for b in exercise.blanks]
    told = (dict(exercise.prompt), dict(exercise.rule), exercise.given, exercise.at)
    return [repr(exercise.layer), tensors, shown, blanks, told, exercise.evidence]


def every() -> str:
    """Return one exercise of every shape and kind, as text."""
    return repr(
        [
            (shape, kind, digest(generate(shape, kind, level % 6, SEED)))
            for shape in sorted(shapes())
            for level, kind in enumerate(kinds(shape))
        ]
    )


def test_an_exercise_is_the_same_again():
    assert every() == every()


def test_other_seeds_give_other_exercises():
    for shape in shapes():
        for kind in kinds(shape):
            seen = {repr(digest(generate(shape, kind, 4, seed))) for seed in range(6)}
            assert len(seen) > 3, (shape, kind)


def test_another_process_makes_the_same():
    code = "from tests.unit.study.exercises.test_same_again import every; print(every())"
    # Another hash of every name, and so another order of every set.
    changed = {**os.environ, "PYTHONHASHSEED": "12345"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=changed, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == every()
