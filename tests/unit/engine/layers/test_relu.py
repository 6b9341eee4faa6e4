"""ReLU, worked by hand; test_elementwise.py has what all curves keep."""

from __future__ import annotations

import numpy as np

from cnn_tutor.engine.explanation import Cell, Step, Term
from cnn_tutor.engine.layers.relu import ReLU


def steps(x: float) -> tuple[Step, ...]:
    return ReLU().explain({"x": np.array([x])}, (0,)).steps


def test_relu_takes_the_larger_of_0_and_the_number() -> None:
    x = np.array([-2.0, 0.0, 3.0])
    assert ReLU().forward({"x": x}).tolist() == [0, 0, 3]
    assert ReLU().backward({"x": x}, np.array([5.0, 6.0, 7.0]))["x"].tolist() == [0, 0, 7]
    assert steps(-2) == (Step("max", "max", (Term((), 0.0), Term((Cell("x", (0,), -2.0),)))),)
