"""Softmax: worked by hand, far from 0, and against the reference."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import STEP, Cell, Step, Term
from cnn_tutor.engine.layers.softmax import Softmax
from tests.unit.engine import reference


def test_shares_are_powers_divided_by_their_sum() -> None:
    x = {"x": np.log([1.0, 2.0, 5.0])}
    np.testing.assert_allclose(Softmax().forward(x), [0.125, 0.25, 0.625], rtol=1e-15)
    steps = Softmax().explain(x, (1,)).steps
    assert [step.name for step in steps] == ["exp", "exp", "exp", "sum", "ratio"]
    assert [step.value for step in steps] == pytest.approx([1, 2, 5, 8, 0.25])
    assert steps[2].terms == (Term((Cell("x", (2,), math.log(5)),)),)
    assert [cell.index for term in steps[4].terms for cell in term.factors] == [(1,), (3,)]


def test_the_largest_is_taken_off_only_where_it_must_be() -> None:
    steps = Softmax().explain({"x": np.array([1000.0, 998.0])}, (1,)).steps
    assert [step.name for step in steps] == ["max", "exp", "exp", "sum", "ratio"]
    largest = Term((Cell(STEP, (0,), 1000.0),), -1.0)
    assert steps[2] == Step("exp", "exp", (Term((Cell("x", (1,), 998.0),)), largest))
    assert steps[4].value == pytest.approx(1 / (1 + math.exp(2)))
    assert len(Softmax().explain({"x": np.array([500.0, -500.0])}, (0,)).steps) == 4


@given(
    st.lists(
        st.one_of(
            st.integers(-5, 5),
            st.floats(-20, 20),
            st.floats(-500, 500),
            st.sampled_from([1e6, -1e6, 800, -800]),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_it_computes_what_keras_documents_and_explains_it_so(scores: list[float]) -> None:
    x = np.array(scores, np.float64)
    found = Softmax().forward({"x": x})
    np.testing.assert_allclose(found, reference.softmax(x), rtol=1e-12, atol=1e-300, strict=True)
    for n, share in enumerate(found):
        value = Softmax().explain({"x": x}, (n,)).value
        assert value == pytest.approx(share, rel=1e-12, abs=1e-300)


@pytest.mark.filterwarnings("error")
def test_it_goes_over_the_last_axis_without_overflow() -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 4)) * 1e6
    for kind in ("float32", "float64"):
        output = Softmax().forward({"x": x.astype(kind)})
        assert output.dtype == kind
        np.testing.assert_allclose(output.sum(-1), 1, rtol=1e-6)
    for at in np.ndindex(2, 3):
        np.testing.assert_allclose(output[at], reference.softmax(x[at]), rtol=1e-12, atol=1e-300)


def test_a_single_number_is_refused() -> None:
    with pytest.raises(ShapeError, match="x_scalar"):
        Softmax().forward({"x": np.array(1.0)})
    with pytest.raises(ShapeError, match="empty_axis"):
        Softmax().forward({"x": np.zeros(0)})
