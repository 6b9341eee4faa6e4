"""Cells make terms, terms make steps, steps make the number."""

from __future__ import annotations

import dataclasses

import pytest

from cnn_tutor.engine.explanation import STEP, Cell, Explanation, Step, Term


def terms(*values: float) -> tuple[Term, ...]:
    return tuple(Term((Cell("x", (n,), value),)) for n, value in enumerate(values))


def test_a_term_is_the_product_of_its_cells_and_its_scale() -> None:
    cells = (Cell("x", (0,), 3.0), Cell("kernel", (0,), -2.0))
    assert Term(cells).value == -6
    assert Term(cells, 0.5).value == -3
    assert Term((), 4.0).value == 4


@pytest.mark.parametrize(("fold", "value"), [("sum", 6), ("max", 5), ("mean", 2)])
def test_a_step_folds_its_terms(fold: str, value: float) -> None:
    step = Step("s", fold, terms(5, -1, 2))
    assert step.value == value
    assert isinstance(step.value, float)


@pytest.mark.parametrize(
    ("fold", "running"), [("sum", [0, 5, 4, 6]), ("max", [0, 5, 5, 5]), ("mean", [0, 5, 2, 2])]
)
def test_a_partial_step_folds_only_the_first_terms(fold: str, running: list[float]) -> None:
    step = Step("s", fold, terms(5, -1, 2))
    assert [step.partial(n) for n in range(4)] == running


def test_an_explanation_has_the_value_of_its_last_step() -> None:
    first = Step("a", "sum", terms(1, 2))
    last = Step("b", "sum", (Term((Cell(STEP, (0,), first.value),), 10.0),))
    assert Explanation((0,), (first, last)).value == 30


def test_cells_are_listed_once_in_reading_order_and_by_port() -> None:
    a, b, w = Cell("x", (1, 0), 1.0), Cell("x", (0, 0), 2.0), Cell("kernel", (0,), 3.0)
    steps = (Step("s", "sum", (Term((a, w)), Term((b, w)))), Step("t", "sum", (Term((a,)),)))
    explanation = Explanation((0,), steps)
    assert explanation.cells("x") == (a, b)
    assert explanation.cells("kernel") == (w,)
    assert explanation.cells("bias") == ()


def test_an_explanation_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        terms(1)[0].scale = 2
