"""Formulas as LaTeX, each against what one would write by hand."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.explanation import Cell, Explanation, Step, Term
from cnn_tutor.engine.fold import FOLDS
from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.softmax import Softmax
from cnn_tutor.engine.window import Window
from cnn_tutor.study import latex


def explained(layer, at, **tensors: object) -> Explanation:
    return layer.explain({port: np.array(t, float) for port, t in tensors.items()}, at)


def alone(value: float) -> Term:
    return Term((Cell("x", (0,), value),))


def test_a_convolution_is_one_line_of_products_and_the_bias() -> None:
    found = explained(
        Conv2D(),
        (0, 0, 0),
        x=[[[1], [-2]]],
        kernel=[[[[3]], [[-4]]]],
        bias=[-5],
    )
    assert latex.formula(found) == r"y_{0, 0, 0} = 1 \cdot 3 + (-2) \cdot (-4) + (-5) = 6"


def test_several_channels_are_equations_under_each_other() -> None:
    found = explained(Conv2D(), (0, 0, 0), x=[[[1, -2]]], kernel=[[[[2], [0.5]]]], bias=[-4])
    assert latex.formula(found) == "\n".join(
        [
            r"\begin{aligned}",
            r"s_{1} &= 1 \cdot 2 = 2 \\",
            r"s_{2} &= (-2) \cdot 0.5 = -1 \\",
            r"y_{0, 0, 0} &= 2 + (-1) + (-4) = -3",
            r"\end{aligned}",
        ]
    )


def test_pooling_takes_the_largest_or_the_mean() -> None:
    x = [[[1], [-2]], [[3], [0]]]
    largest, mean = MaxPooling2D((2, 2), (2, 2)), AveragePooling2D((2, 2), (2, 2))
    assert latex.formula(explained(largest, (0, 0, 0), x=x)) == (
        r"y_{0, 0, 0} = \max(1, -2, 3, 0) = 3"
    )
    assert latex.formula(explained(mean, (0, 0, 0), x=x)) == (
        r"y_{0, 0, 0} = \frac{1 + (-2) + 3 + 0}{4} = 0.5"
    )


def test_softmax_has_powers_of_e_and_a_quotient() -> None:
    said = latex.formula(explained(Softmax(), (0,), x=[0.0, 0.0]))
    assert r"s_{1} &= e^{0" in said
    assert r"y_{0} &= 1 / 2 = 0.5" in said


@pytest.mark.parametrize(
    ("value", "written"),
    [(1e-9, r"1 \times 10^{-9}"), (-2.5e20, r"-2.5 \times 10^{20}"), (np.inf, r"\infty")],
)
def test_very_small_and_large_numbers_are_powers_of_ten(value: float, written: str) -> None:
    said = latex.formula(Explanation((0,), (Step("s", "sum", (alone(value),)),)))
    assert said == f"y_{{0}} = {written} = {written}"


@pytest.mark.parametrize("fold", FOLDS)
def test_every_fold_leaves_no_brace_open(fold: str) -> None:
    said = latex.formula(Explanation((0,), (Step("s", fold, (alone(1.0), alone(2.0))),)))
    assert said.count("{") == said.count("}")


@pytest.mark.parametrize(
    ("window", "written"),
    [
        (Window(5, 3), r"\frac{5 + 2 \cdot 0 - 3}{1} \right\rfloor + 1 = 3"),
        (Window(5, 3, 2, padding=(1, 1)), r"\frac{5 + 2 \cdot 1 - 3}{2} \right\rfloor + 1 = 3"),
        (Window(4, 3, 2, padding="same"), r"\frac{4 + 0 + 1 - 3}{2} \right\rfloor + 1 = 2"),
        (
            Window(7, 3, dilation=2),
            r"\frac{7 + 2 \cdot 0 - (2 \cdot (3 - 1) + 1)}{1} \right\rfloor + 1 = 3",
        ),
    ],
)
def test_a_size_is_the_formula_of_the_textbooks(window: Window, written: str) -> None:
    assert latex.size((window, window)) == rf"n_{{\mathrm{{out}}}} = \left\lfloor {written}"


def test_sides_that_differ_have_a_line_each() -> None:
    said = latex.size((Window(5, 3), Window(4, 3)))
    assert r"h_{\mathrm{out}} &= \left\lfloor \frac{5" in said
    assert r"w_{\mathrm{out}} &= \left\lfloor \frac{4" in said
