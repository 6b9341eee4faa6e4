"""Tanh, worked by hand; test_elementwise.py has what all curves keep."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.explanation import Step
from cnn_tutor.engine.layers.tanh import Tanh


def steps(x: float) -> tuple[Step, ...]:
    return Tanh().explain({"x": np.array([x])}, (0,)).steps


@pytest.mark.parametrize(("x", "over"), [(1, 0.8646647168), (-1, -0.8646647168)])
def test_tanh_is_a_ratio_of_two_sums_with_one_power(x: float, over: float) -> None:
    found = steps(x)
    assert [step.name for step in found] == ["exp", "sum", "sum", "ratio"]
    assert [step.value for step in found] == pytest.approx(
        [0.1353352832, over, 1.1353352832, 0.761594156 * x]
    )


def test_tanh_near_0_is_a_line_with_a_slight_bend() -> None:
    (step,) = steps(5e-4)
    assert [len(term.factors) for term in step.terms] == [1, 3]
    assert Tanh().forward({"x": np.zeros(1)})[0] == steps(0)[-1].value == 0
