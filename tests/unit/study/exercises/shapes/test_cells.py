"""What prompts and rules say, whatever is asked."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.global_average_pooling2d import GlobalAveragePooling2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.layers.softmax import Softmax
from cnn_tutor.study.exercises import generate, kinds, shapes
from cnn_tutor.study.exercises.generator import LEVELS

DECIMALS = ("Round to two decimals", "小数第2位")
CALCULATOR = ("You may use a calculator.", "電卓を使ってかまいません。")
POWERS = ("sigmoid", "softmax", "tanh")


def says(exercise, parts):
    en, ja = parts
    assert (en in exercise.prompt["en"]) == (ja in exercise.prompt["ja"])
    return en in exercise.prompt["en"]


def cell_of(layer, tensors):
    return shapes()["one_output_cell"].over(layer, tensors, 0, np.random.default_rng(0))


def test_how_precise_an_answer_is_to_be_is_said_where_it_has_many_decimals():
    told = set()
    for shape, level, seed in product(shapes(), LEVELS, range(2)):
        for kind in kinds(shape):
            exercise = generate(shape, kind, level, seed)
            answers = [f"{b.answer:.9f}".rstrip("0") for b in exercise.blanks if not b.mark]
            many = any(len(answer.partition(".")[2]) > 2 for answer in answers)
            assert says(exercise, DECIMALS) == many, (shape, kind, level, seed)
            assert says(exercise, CALCULATOR) == (many and kind in POWERS)
            told.add((many, kind in POWERS))
    assert told == {(False, False), (True, False), (False, True), (True, True)}


def test_two_decimals_need_no_rounding():
    thirds = {"x": np.array([[1.0, 1.0, 2.0]]).reshape(1, 3, 1)}
    assert says(cell_of(AveragePooling2D((1, 3)), thirds), DECIMALS)
    quarters = {"x": np.array([1.0, 1.0, 1.0, 2.0]).reshape(2, 2, 1)}
    assert not says(cell_of(AveragePooling2D((2, 2)), quarters), DECIMALS)
    halves = cell_of(Softmax(), {"x": np.array([3.0, 3.0])})
    assert not says(halves, DECIMALS)
    assert not says(halves, CALCULATOR)


def test_shares_can_be_worked_out_with_a_calculator():
    exercise = cell_of(Softmax(), {"x": np.array([0.0, 1.0])})
    assert exercise.prompt["en"].endswith(f" fraction. {CALCULATOR[0]}")
    assert exercise.prompt["ja"].endswith(f"かまいません）。{CALCULATOR[1]}")


@pytest.mark.parametrize("shape", ["find_filter", "missing_inputs"])
def test_the_prompt_names_the_layer_and_its_settings(shape):
    exercise = generate(shape, "conv2d", 4, 0)
    assert exercise.layer.padding == ((1, 1), (1, 1))
    assert exercise.prompt["en"].startswith("Convolution, stride 1, padding 1: work out")
    assert exercise.prompt["ja"].startswith("畳み込み、ストライド 1、パディング 1: ")


# --- rules ---------------------------------------------------------------------------------------


def rules(kind):
    return generate("one_output_cell", kind, 1, 0).rule


def test_what_has_no_window_is_not_told_of_one():
    for shape in shapes():
        for kind in ("global_average_pooling2d", "global_max_pooling2d", "dense", *POWERS):
            if shape != "shape_chain" and kind in kinds(shape):
                rule = generate(shape, kind, 2, 0).rule
                assert "window" not in rule["en"]
                assert "窓" not in rule["ja"]
                assert "outside" not in rule["en"]


def test_what_has_a_window_is_told_of_it():
    for layer, shape in product((MaxPooling2D(), AveragePooling2D()), ("one_output_cell",)):
        assert "window" in generate(shape, layer.kind, 2, 0).rule["en"]
    assert "window" in generate("receptive_field", "average_pooling2d", 2, 0).rule["en"]


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("sigmoid", "1 ÷ (1 + e^(−x))"),
        ("tanh", "(e^(2x) − 1) ÷ (e^(2x) + 1)"),
        ("softmax", "e^x"),
    ],
)
def test_a_function_is_told_so_that_it_can_be_computed(kind, part):
    assert all(part in said for said in rules(kind).values())


def test_an_input_has_weights_where_nothing_lies_on_anything():
    assert rules("dense")["en"].startswith("Multiply each input by its weight")
    assert rules("conv2d")["en"].startswith("Multiply the numbers that meet")


@pytest.mark.parametrize("shape", ["receptive_field", "outputs_reached"])
def test_of_whole_maps_it_is_told_which_output_reads_which(shape):
    rng = np.random.default_rng(0)
    maps = {"x": np.ones((2, 3, 2))}
    rule = shapes()[shape].over(GlobalAveragePooling2D(), maps, 0, rng).rule
    assert "output[1] that of the second" in rule["en"]
    assert "出力[1] は2番目" in rule["ja"]
