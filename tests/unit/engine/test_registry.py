"""Layers are found by the files they are in."""

from __future__ import annotations

import dataclasses
import pkgutil
from collections.abc import Iterator

import pytest

from cnn_tutor.engine import layers, registry
from cnn_tutor.engine.layer import Layer


@pytest.fixture
def guest() -> Iterator[type[Layer]]:
    class Guest(Layer):
        kind = "guest"
        inputs = ("x",)

    yield Guest
    registry.unregister("guest")


def test_every_public_module_of_layers_is_one_kind_of_its_name() -> None:
    modules = {m.name for m in pkgutil.iter_modules(layers.__path__) if m.name[0] != "_"}
    assert set(registry.layer_kinds()) == modules
    assert "conv2d" in modules
    for kind, layer in registry.layer_kinds().items():
        assert layer.kind == kind
        assert layer.__module__ == f"{layers.__name__}.{kind}"


@pytest.mark.parametrize("layer", registry.layer_kinds().values())
def test_a_kind_is_a_frozen_record_of_settings_with_ports(layer: type[Layer]) -> None:
    assert dataclasses.is_dataclass(layer)
    assert layer.__dataclass_params__.frozen
    assert layer.inputs[0] == "x"
    assert len(set(layer.inputs)) == len(layer.inputs)
    assert set(layer.weights) <= set(layer.inputs) - {"x"}


def test_the_kinds_cannot_be_changed_by_who_reads_them() -> None:
    with pytest.raises(TypeError):
        registry.layer_kinds()["guest"] = Layer


def test_a_kind_from_outside_comes_and_goes(guest: type[Layer]) -> None:
    assert registry.register(guest) is guest
    assert registry.register(guest) is guest
    assert registry.layer_kinds()["guest"] is guest
    registry.unregister("guest")
    registry.unregister("guest")
    assert "guest" not in registry.layer_kinds()


def test_two_kinds_cannot_share_a_tag(guest: type[Layer]) -> None:
    registry.register(guest)

    class Other(guest):
        pass

    with pytest.raises(ValueError, match="guest"):
        registry.register(Other)
    assert registry.layer_kinds()["guest"] is guest
