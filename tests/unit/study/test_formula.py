"""Formulas with the real numbers in them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.engine.explanation import Cell, Explanation, Step, Term
from cnn_tutor.engine.fold import FOLDS
from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.layers.softmax import Softmax
from cnn_tutor.engine.window import Window
from cnn_tutor.study import formula, words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.formula import Line, Token

RGB = {
    "x": np.array([[[1.0, -2.0, 3.0]]]),
    "kernel": np.array([[[[2.0], [0.5], [-1.0]]]]),
    "bias": np.array([-4.0]),
}
"""One cell of three channels under a 1×1 filter: 2 − 1 − 3 and a bias of −4."""


def explained(layer, at, **tensors: object) -> Explanation:
    return layer.explain({port: np.array(t, float) for port, t in tensors.items()}, at)


def text(line: Line) -> str:
    return "".join(token.text for token in line)


def of_terms(fold: str, *terms: Term) -> str:
    (line,) = formula.lines(Explanation((0,), (Step("s", fold, terms),)))
    return text(line)


def one(value: float, port: str = "x") -> Term:
    return Term((Cell(port, (0,), value),))


def test_the_deck_s_first_cell_is_nine_products_and_the_bias() -> None:
    project = presets()["convolution"].project()
    (node,) = project.network.nodes
    explanation = node.layer.explain({**node.tensors, "x": project.x}, (0, 0, 0))
    (line,) = formula.lines(explanation)
    assert text(line) == "0·0 + 0·0 + 1·1 + 0·0 + 1·1 + 0·0 + 1·1 + 0·0 + 0·0 + 0 = 3"
    assert [token.role for token in line if token.role] == ["x", "kernel"] * 9 + ["bias", "result"]


def test_rgb_is_a_line_for_each_channel_and_one_that_adds_them() -> None:
    lines = formula.lines(explained(Conv2D(), (0, 0, 0), **RGB))
    assert [text(line) for line in lines] == [
        "1·2 = 2",
        "(−2)·0.5 = −1",
        "3·(−1) = −3",
        "2 + (−1) + (−3) + (−4) = −6",
    ]
    assert [token.role for token in lines[3] if token.role] == ["result"] * 3 + ["bias", "result"]


@pytest.mark.parametrize(
    ("fold", "values", "expected"),
    [
        ("sum", (1, -2, 0.5), "1 + (−2) + 0.5 = −0.5"),
        ("max", (1, 3, 2), "max(1, 3, 2) = 3"),
        ("mean", (1, 3, 2, 4), "(1 + 3 + 2 + 4) / 4 = 2.5"),
        ("sum", (0.1, 0.2), "0.1 + 0.2 = 0.3"),
        ("sum", (7,), "7 = 7"),
    ],
)
def test_every_fold_is_written_as_people_write_it(
    fold: str, values: tuple[float, ...], expected: str
) -> None:
    assert of_terms(fold, *map(one, values)) == expected


def test_every_fold_has_a_template() -> None:
    for fold in FOLDS:
        assert set(words.table("folds")[fold]) >= {"open", "between", "close"}
        assert of_terms(fold, one(2), one(2), one(2)).count("2") >= 3


def test_a_scale_is_a_number_in_front() -> None:
    scaled = Term((Cell("x", (0,), 3.0), Cell("mask", (0,), 1.0)), 2.0)
    assert of_terms("sum", scaled) == "2·3·1 = 6"


def test_a_negative_number_after_a_sign_is_in_brackets_and_the_result_is_not() -> None:
    product = Term((Cell("x", (0,), -1.0), Cell("kernel", (0,), -2.5)))
    assert of_terms("sum", one(1), product, one(-5)) == "1 + (−1)·(−2.5) + (−5) = −1.5"


def test_terms_can_be_written_with_another_sign() -> None:
    tokens = tuple(
        formula.term_tokens(Term((Cell("x", (0,), 1.0), Cell("kernel", (0,), 2.0))), "×")
    )
    assert tokens == (Token("1", "x"), Token("×"), Token("2", "kernel"))


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (Window(5, 3), "⌊(5 + 2·0 − 3) / 1⌋ + 1 = 3"),
        (Window(5, 3, padding="same"), "⌊(5 + 2·1 − 3) / 1⌋ + 1 = 5"),
        (Window(7, 3, 2, 2, (1, 2)), "⌊(7 + 1 + 2 − (2·(3 − 1) + 1)) / 2⌋ + 1 = 3"),
    ],
)
def test_the_size_of_the_output_is_written_as_a_formula(window: Window, expected: str) -> None:
    line = formula.size(window)
    assert text(line) == expected
    assert line[-1] == Token(str(window.positions), formula.RESULT)


@given(
    st.integers(1, 64), st.integers(1, 11), st.integers(1, 16), st.integers(1, 16),
    st.sampled_from(["same"]) | st.tuples(st.integers(160, 170), st.integers(160, 170)),
)  # fmt: skip
def test_the_size_formula_is_true_for_every_window(
    length: int, size: int, stride: int, dilation: int, padding: str | tuple[int, int]
) -> None:
    written = text(formula.size(Window(length, size, stride, dilation, padding)))
    for sign, python in (("⌊", ""), ("⌋", ""), ("·", "*"), ("−", "-"), ("/", "//"), ("=", "==")):
        written = written.replace(sign, python)
    assert eval(written, {}) is True


def test_of_very_many_terms_the_first_and_the_last_are_written() -> None:
    words.speak("en")
    terms = tuple(Term((Cell("x", (n,), float(n)),)) for n in range(1000))
    (line,) = formula.lines(Explanation((0,), (Step("sum", "sum", terms),)))
    text = "".join(token.text for token in line)
    assert text.startswith("0 + 1 + 2 + ")
    assert " + ⋯ (760) ⋯ + " in text
    assert text.endswith(" + 998 + 999 = 499500")


def test_a_number_that_is_asked_for_has_no_result_in_its_formula() -> None:
    tensors = {
        "x": np.array([[[1.0, -2.0]]]),
        "kernel": np.array([[[[2.0], [0.5]]]]),
        "bias": np.array([-4.0]),
    }
    explanation = Conv2D().explain(tensors, (0, 0, 0))
    told = [text(line) for line in formula.lines(explanation, hidden=True)]
    assert told == ["1·2 = ?", "(−2)·0.5 = ?", "? + ? + (−4) = ?"]
    assert [text(line) for line in formula.lines(explanation, 1, hidden=True)][-1].endswith("= ?")
    (nothing,) = formula.lines(explanation, 0, hidden=True)
    assert text(nothing) == "?"
    (_, _, last) = explanation.steps
    assert text(formula.total(last, 2, 3, hidden=True)) == "Σ = ?"


def test_of_very_many_lines_the_first_and_the_last_are_written() -> None:
    words.speak("en")
    steps = tuple(
        Step(f"step {n}", "sum", (Term((Cell("x", (n,), float(n)),)),)) for n in range(1000)
    )
    explanation = Explanation((0,), steps)
    lines = [text(line) for line in formula.lines(explanation)]
    assert len(lines) == 241
    assert (lines[0], lines[119], lines[120]) == ("0 = 0", "119 = 119", "⋯ (760) ⋯")
    assert (lines[121], lines[-1]) == ("880 = 880", "999 = 999")
    assert text(formula.lines(explanation, 500)[-2]) == "⋯ (760) ⋯"
    assert len(formula.lines(explanation, leave_out=range(10, 1000))) == 10


@pytest.mark.parametrize(
    ("layer", "at", "tensors", "lines"),
    [
        (MaxPooling2D(), (0, 0, 0), {"x": [[[3], [1]], [[0], [2]]]}, ["max(3, 1, 0, 2) = 3"]),
        (
            AveragePooling2D(),
            (0, 0, 0),
            {"x": [[[3], [1]], [[0], [-2]]]},
            ["(3 + 1 + 0 + (−2)) / 4 = 0.5"],
        ),
        (
            Dense(),
            (1,),
            {"x": [1, -2], "kernel": [[1, 3], [0, 2]], "bias": [0, -1]},
            ["1·3 + (−2)·2 + (−1) = −2"],
        ),
        (Dropout(0.75), (1,), {"x": [5, -3], "mask": [0, 1]}, ["4·(−3)·1 = −12"]),
        (ReLU(), (0,), {"x": [-3]}, ["max(0, −3) = 0"]),
        (
            Softmax(),
            (0,),
            {"x": [0, 0]},
            ["e^(0) = 1", "e^(0) = 1", "1 + 1 = 2", "1 / 2 = 0.5"],
        ),
    ],
)
def test_the_formula_of_every_operation_is_what_one_writes_by_hand(
    layer, at, tensors, lines
) -> None:
    explanation = explained(layer, at, **tensors)
    found = formula.lines(explanation)
    assert ["".join(token.text for token in line) for line in found] == lines


def test_steps_that_stand_in_grids_can_be_left_out_of_the_formula() -> None:
    explanation = explained(Conv2D(), (0, 0, 0), **RGB)
    (line,) = formula.lines(explanation, leave_out={0, 1, 2})
    assert "".join(token.text for token in line) == "2 + (−1) + (−3) + (−4) = −6"
    open_line = formula.lines(explanation, 5, leave_out={0, 1, 2})[-1]
    assert "".join(token.text for token in open_line) == "2 + (−1) + …"
