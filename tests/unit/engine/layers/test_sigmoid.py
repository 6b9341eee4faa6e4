"""Sigmoid, worked by hand; test_elementwise.py has what all curves keep."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.explanation import STEP, Cell, Step, Term
from cnn_tutor.engine.layers.sigmoid import Sigmoid


def steps(x: float) -> tuple[Step, ...]:
    return Sigmoid().explain({"x": np.array([x])}, (0,)).steps


def test_sigmoid_is_a_power_one_more_and_a_ratio() -> None:
    assert Sigmoid().forward({"x": np.zeros(1)})[0] == 0.5
    power, under, ratio = steps(2)
    assert power == Step("exp", "exp", (Term((Cell("x", (0,), 2.0),), -1.0),))
    assert power.value == pytest.approx(0.1353352832)
    assert under == Step("sum", "sum", (Term((), 1.0), Term((Cell(STEP, (0,), power.value),))))
    assert [term.value for term in ratio.terms] == [1, under.value]
    assert ratio.value == pytest.approx(0.880797078)


def test_sigmoid_of_a_negative_number_starts_from_a_small_power() -> None:
    power, under, ratio = steps(-2)
    assert power.value == pytest.approx(0.1353352832)
    assert [term.value for term in ratio.terms] == [power.value, under.value]
    assert ratio.value == pytest.approx(0.119202922)
