"""What cells, channels and blanks are called."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.engine.explanation import STEP, Cell, Explanation, Step, Term
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.study import naming
from cnn_tutor.study.exercises import generate, kinds, shapes
from cnn_tutor.study.formula import lines


def sizes(x: tuple[int, ...], kernel: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
    return {"x": x, "kernel": kernel, "bias": kernel[-1:]}


ONE = sizes((4, 4, 1), (2, 2, 1, 1))
RGB = sizes((4, 4, 3), (2, 2, 3, 2))
DEEP = sizes((4, 4, 4), (2, 2, 4, 1))


@pytest.mark.parametrize(
    ("has", "port", "index", "en", "ja"),
    [
        (ONE, "output", (1, 2, 0), "Output[1, 2]", "出力[1, 2]"),
        (ONE, "x", (3, 0, 0), "Input[3, 0]", "入力[3, 0]"),
        (ONE, "kernel", (0, 1, 0, 0), "Filter[0, 1]", "フィルタ[0, 1]"),
        (ONE, "bias", (0,), "Bias[0]", "バイアス[0]"),
        (RGB, "output", (1, 2, 0), "Output[1, 2] (CH1)", "出力[1, 2]（CH1）"),
        (RGB, "output", (1, 2, 1), "Output[1, 2] (CH2)", "出力[1, 2]（CH2）"),
        (RGB, "x", (3, 0, 2), "Input[3, 0] (B blue)", "入力[3, 0]（B 青）"),
        (RGB, "kernel", (0, 1, 0, 1), "Filter 2 [0, 1] (R red)", "フィルタ 2 [0, 1]（R 赤）"),
        (DEEP, "x", (3, 0, 2), "Input[3, 0] (CH3)", "入力[3, 0]（CH3）"),
        (DEEP, "kernel", (0, 1, 3, 0), "Filter[0, 1] (CH4)", "フィルタ[0, 1]（CH4）"),
    ],
)
def test_a_cell_goes_by_its_place_and_its_map_where_there_are_several(has, port, index, en, ja):
    assert naming.cell_name(Conv2D(), has, port, index) == {"en": en, "ja": ja}


def test_what_is_no_map_goes_by_its_place_alone():
    has = sizes((5,), (5, 3))
    names = [("output", (2,)), ("x", (4,)), ("kernel", (4, 1))]
    told = [naming.cell_name(Dense(), has, *name)["en"] for name in names]
    assert told == ["Output[2]", "Input[4]", "Weights[4, 1]"]


def test_maps_that_are_pooled_are_no_pixels():
    pooled = AveragePooling2D(), {"x": (4, 4, 3)}
    assert naming.channel_name(*pooled, 1)["en"] == "CH2"
    assert naming.cell_name(*pooled, "x", (0, 1, 1))["en"] == "Input[0, 1] (CH2)"
    assert naming.channel_name(Conv2D(), RGB, 1)["en"] == "G green"


def test_of_a_batch_each_cell_is_told():
    has = sizes((2, 4, 4, 3), (2, 2, 3, 2))
    told = naming.cell_name(Conv2D(), has, "output", (1, 0, 2, 1))
    assert told["en"] == "Output[1, 0, 2] (CH2)"


def test_where_the_shape_is_not_known_the_whole_index_is_told():
    assert naming.cell_name(Conv2D(), {}, "output", (1, 2, 0))["en"] == "Output[1, 2, 0]"


def test_prompts_and_blanks_have_one_name_for_a_cell():
    several = 0
    for shape, level in product(("one_output_cell", "stages_of_a_cell"), range(6)):
        for kind in kinds(shape):
            exercise = generate(shape, kind, level, 1)
            at = naming.cell_name(
                exercise.layer, shapes_of(exercise.tensors), "output", exercise.at
            )
            blank = next(blank for blank in exercise.blanks if blank.port == "output")
            assert naming.blank_name(exercise, blank) == at
            for side, cell in at.items():
                assert cell.lower() in exercise.prompt[side].lower()
            several += "(CH" in at["en"]
    assert several > 4


def test_no_two_blanks_of_an_exercise_have_one_name():
    for shape, source in shapes().items():
        for kind, level in product(kinds(shape), (1, 4, 5)):
            exercise = generate(shape, kind, level, 2)
            assert exercise.source is source
            names = [naming.blank_name(exercise, blank)["ja"] for blank in exercise.blanks]
            assert len(set(names)) == len(names), (shape, kind, level)


# --- stages --------------------------------------------------------------------------------------


def cell(value: float, port: str = "x") -> Cell:
    return Cell(port, (0,), value)


@pytest.mark.parametrize(
    ("fold", "terms", "written"),
    [
        ("exp", [Term((cell(0.0),))], "e^0"),
        ("exp", [Term((cell(0.0),), -1.0)], "e^0"),
        ("exp", [Term((cell(3.0),))], "e^3"),
        ("exp", [Term((cell(3.0),), -1.0)], "e^(−3)"),
        ("exp", [Term((cell(-3.0),), -1.0)], "e^3"),
        ("exp", [Term((cell(-2.0),), 2.0)], "e^(2·(−2))"),
        ("exp", [Term((cell(2.0),), -2.0)], "e^(−2·2)"),
        ("exp", [Term((cell(1.5),))], "e^(1.5)"),
        ("exp", [Term((Cell(STEP, (0,), 1.0),))], "e^①"),
        ("sum", [Term((), 1.0), Term((Cell(STEP, (0,), 1.0),), -1.0)], "1 − ①"),
        ("sum", [Term((cell(2.0), cell(-3.0))), Term((cell(-1.0),))], "2·(−3) − 1"),
    ],
)
def test_a_stage_is_written_as_on_paper(fold, terms, written):
    assert naming.stage_formula(Step("stage", fold, tuple(terms))) == written


def test_a_stage_means_what_the_board_writes():
    """Both write e to the same power, each with its own brackets."""
    step = Step("exp", "exp", (Term((cell(-2.0),), 2.0),))
    (line,) = lines(Explanation((0,), (step,)))
    assert "".join(token.text for token in line).startswith(naming.stage_formula(step))
    assert np.isclose(step.value, np.exp(-4))


@pytest.mark.parametrize(
    ("layer", "written"),
    [
        (Conv2D(), "Convolution, stride 1, no padding"),
        (
            Conv2D(strides=(2, 2), padding="same"),
            "Convolution, stride 2, padded to the same size (padding='same': 1 on every side)",
        ),
        (
            Conv2D(strides=(2, 1), padding=((1, 1), (1, 1))),
            "Convolution, stride 2 down and 1 across, padding 1",
        ),
        (
            Conv2D(dilation_rate=(2, 2), groups=2),
            "Convolution, stride 1, no padding, dilation 2, groups 2",
        ),
        (MaxPooling2D((3, 2)), "Max pooling, window 3×2, stride 3 down and 2 across, no padding"),
        (Dropout(0.5, training=True), "Dropout, rate 0.5, during training"),
        (Dense(), "Dense"),
    ],
)
def test_a_layer_is_described_in_plain_words(layer: Layer, written: str) -> None:
    shapes = {"x": (7, 7, 4), "kernel": (3, 3, 4 // getattr(layer, "groups", 1), 2)}
    told = naming.described(layer, shapes)
    assert told["en"] == written
    assert ("padding='same'" in told["ja"]) == ("padding='same'" in written)


def test_a_kind_that_nobody_has_named_goes_by_its_tag() -> None:
    assert naming.kind_name("dense") == {"ja": "全結合", "en": "Dense"}
    assert naming.kind_name("strange") == {"ja": "strange", "en": "strange"}
