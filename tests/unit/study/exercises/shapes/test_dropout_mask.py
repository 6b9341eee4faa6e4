"""The outputs under a mask, or the mask behind the outputs."""

from __future__ import annotations

import pytest

from tests.unit.study.exercises.answers import output
from tests.unit.study.exercises.many import many, told_apart


def test_masks_are_asked_for_as_well_as_outputs():
    ports = []
    for exercise in many("dropout_mask", 25):
        told_apart(exercise)
        x, mask, right = exercise.tensors["x"], exercise.tensors["mask"], output(exercise)
        port = exercise.blanks[0].port
        ports.append(port)
        asked = right if port == "output" else mask
        assert [b.answer for b in exercise.blanks] == pytest.approx(asked.ravel().tolist())
        assert {0, 1} == set(mask.ravel().tolist())
        if port == "mask":
            assert exercise.layer.training
            assert x.all()
            assert exercise.blank_ports == (port,)  # or the mask would show the answer
            (inverted,) = exercise.outcomes
            assert inverted.together
            assert list(inverted.entries.values()) == (1 - mask).ravel().tolist()
    assert 0.2 < ports.count("mask") / len(ports) < 0.7
