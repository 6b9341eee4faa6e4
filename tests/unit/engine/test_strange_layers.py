"""Layers with no more than the contract: what they lack is made up for, what fails is refused."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layer import settings_of
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.network import Evaluation, Network
from tests.unit.engine.toys import Failing, Picky, Scaled, Unready

SCALE = {"scale": np.array([2.0])}


def test_a_port_that_is_missing_takes_the_shape_and_numbers_of_a_sample() -> None:
    assert Scaled().fit({"x": (5, 4, 2)}) == {"scale": (1,)}
    assert Scaled().fit({"x": (5, 4, 2), "scale": (2,)}) == {"scale": (2,)}
    assert Scaled().fresh("scale", (1,), np.random.default_rng(7)).tolist() == [3]
    assert Scaled().fresh("scale", (2,), np.random.default_rng(7)).tolist() == [0, 0]
    assert Unready().fit({"x": (5, 4, 2)}) == {}
    assert Unready().fresh("scale", (), np.random.default_rng(7)) == 0


def test_only_a_dataclass_has_settings() -> None:
    @dataclass(frozen=True)
    class Made(Scaled):
        power: int = 2
        twice: int = field(init=False, default=4)

    assert settings_of(Scaled) == settings_of(Scaled()) == ()
    assert [setting.name for setting in settings_of(Made())] == ["power"]
    names = [setting.name for setting in settings_of(Conv2D)]
    assert names == ["strides", "padding", "dilation_rate", "groups"]


@pytest.mark.parametrize("error", [ValueError, KeyError, IndexError, TypeError, RuntimeError])
def test_a_layer_that_fails_is_named_in_the_error_itself(error: type[Exception]) -> None:
    class Odd(Failing):
        kind = "odd"

    Odd.error = error
    network = Network((2, 2, 1), (("a", Scaled(), SCALE), ("b", Odd(), SCALE)))
    live = Evaluation(network, np.ones((2, 2, 1)))
    for fail in (
        lambda: Evaluation(network, np.full((2, 2, 1), 30.0)),
        lambda: live.set_cell("input", "x", (0, 0, 0), 40),
    ):
        with pytest.raises(error) as failed:
            fail()
        assert not isinstance(failed.value, Refusal)
        assert failed.value.__notes__ == ["In the layer b (odd) over an input of shape (2, 2, 1)."]


def test_a_layer_that_cannot_say_its_shape_is_named() -> None:
    with pytest.raises(Exception) as failed:  # noqa: PT011  # whatever it is that it raises
        Network((4,), (("a", Scaled(), SCALE), ("b", Picky(), SCALE)))
    assert failed.value.__notes__ == ["In the layer b (picky) over an input of shape (4,)."]
    with pytest.raises(Refusal) as refused:
        Network((4,), (("a", Scaled(), {}),))
    assert refused.value.reason == "ports"


def test_an_output_of_another_shape_than_promised_is_an_error() -> None:
    class Liar(Scaled):
        def forward(self, tensors):
            return tensors["x"][:1]

    with pytest.raises(ValueError, match="promised"):
        Evaluation(Network((2, 2, 1), (("a", Liar(), SCALE),)), np.ones((2, 2, 1)))


@pytest.mark.parametrize("view", [lambda x: x, lambda x: np.broadcast_to(x, x.shape)])
def test_an_output_that_shares_its_memory_does_not_change_by_itself(view) -> None:
    class Shown(Scaled):
        def forward(self, tensors):
            return view(tensors["x"])

    live = Evaluation(Network((3,), (("a", Shown(), SCALE),)), np.ones(3))
    value = live.value("a")
    assert live.set_cell("input", "x", (1,), 5)["a"] == (slice(1, 2),)
    assert value.tolist() == live.value("input").tolist() == [1, 5, 1]


def test_whole_numbers_of_a_layer_can_become_others() -> None:
    class Floor(Scaled):
        def forward(self, tensors):
            return tensors["x"].astype(int) if tensors["x"].max() < 2 else tensors["x"] * 1.5

    live = Evaluation(Network((2,), (("a", Floor(), SCALE),)), np.ones(2))
    live.set_cell("input", "x", (0,), 5)
    assert live.value("a")[0] == 7.5
