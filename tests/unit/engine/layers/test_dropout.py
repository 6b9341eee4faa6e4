"""Dropout: worked by hand, in both modes, and the lot that its mask is drawn by."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from cnn_tutor.engine.errors import SettingError, ShapeError
from cnn_tutor.engine.explanation import Cell, Step, Term
from cnn_tutor.engine.layers.dropout import Dropout

TENSORS = {"x": np.array([3.0, -1.0, 4.0, 5.0]), "mask": np.array([1.0, 0.0, 0.0, 1.0])}


def test_what_is_kept_is_doubled_at_a_rate_of_a_half() -> None:
    layer = Dropout()
    assert layer.forward(TENSORS).tolist() == [6, 0, 0, 10]
    product = Term((Cell("x", (3,), 5.0), Cell("mask", (3,), 1.0)), 2.0)
    assert layer.explain(TENSORS, (3,)).steps == (Step("products", "sum", (product,)),)
    grads = layer.backward(TENSORS, np.ones(4))
    assert grads["x"].tolist() == [2, 0, 0, 2]
    assert grads["mask"].tolist() == [6, -2, 8, 10]
    assert layer.facts(TENSORS) == {
        "dropped": {"count": 2, "of": 4, "share": 50.0},
        "scaled": {"rate": 0.5, "scale": 2.0},
    }


def test_at_inference_everything_goes_through() -> None:
    layer = Dropout(training=False)
    assert layer.forward(TENSORS).tolist() == TENSORS["x"].tolist()
    assert layer.explain(TENSORS, (1,)).steps == (
        Step("copy", "sum", (Term((Cell("x", (1,), -1.0),)),)),
    )
    assert layer.backward(TENSORS, np.ones(4))["mask"].tolist() == [0, 0, 0, 0]
    assert layer.forward({"x": TENSORS["x"]}).tolist() == TENSORS["x"].tolist()
    assert set(layer.backward({"x": TENSORS["x"]}, np.ones(4))) == {"x"}
    assert layer.facts(TENSORS) == {}
    layer.forward(TENSORS)[:] = 9
    assert TENSORS["x"][0] == 3


def test_both_modes_stand_side_by_side() -> None:
    layer = Dropout(0.2, seed=7)
    assert layer.beside() == {"inference": Dropout(0.2, False, 7)}
    assert Dropout(0.2, False, 7).beside() == {"training": layer}


def test_the_mask_is_the_seed_s_and_a_higher_rate_only_drops_more() -> None:
    shape = (8, 8, 3)
    masks = [
        Dropout(rate, seed=5).fresh("mask", shape, np.random.default_rng(n))
        for n, rate in enumerate((0.0, 0.1, 0.5, 0.9))
    ]
    assert masks[0].all()
    for less, more in pairwise(masks):
        assert (more <= less).all()
        assert more.sum() < less.sum()
    again = Dropout(0.5, seed=5).fresh("mask", shape, np.random.default_rng(99))
    np.testing.assert_array_equal(again, masks[2])
    assert (Dropout(0.5, seed=6).fresh("mask", shape, np.random.default_rng(0)) != again).any()
    assert Dropout.drawn == {"mask": ("rate", "seed")}
    assert Dropout.switches == ("mask",)
    assert Dropout().fit({"x": (4, 3, 2), "mask": (1,)}) == {"mask": (4, 3, 2)}


@pytest.mark.parametrize(
    ("setting", "value", "reason"),
    [
        *(("rate", value, "rate_range") for value in (1, 1.5, -0.1, float("nan"), "0.5", True)),
        *(("rate", value, "rate_range") for value in (0.991, 0.9999999999999999)),
        *(("seed", value, "seed_range") for value in (-1, 10000, 0.5, True)),
    ],
)
def test_a_setting_that_cannot_be_is_refused(setting: str, value: Any, reason: str) -> None:
    with pytest.raises(SettingError) as refused:
        Dropout(**{setting: value})
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("x", "mask"), [((4,), (3,)), ((4,), (1, 4)), ((4, 4, 2), (4, 4, 1)), ((3, 4), (3,))]
)
def test_a_mask_of_another_shape_is_refused(x: tuple[int, ...], mask: tuple[int, ...]) -> None:
    with pytest.raises(ShapeError, match="mask_shape"):
        Dropout().output_shape({"x": x, "mask": mask})
