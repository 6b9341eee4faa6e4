"""What a layer gives to a program."""

from __future__ import annotations

from cnn_tutor.engine.part import simple, variable


def test_a_variable_is_told_apart_by_its_layer() -> None:
    assert [variable("kernel", name) for name in ("", "conv1")] == ["kernel", "kernel_conv1"]


def test_a_simple_layer_is_a_call_or_two_in_each_framework() -> None:
    parts = simple("k()", "a()", "b()", numpy="y = x")
    assert [[m.made for m in parts[name].modules] for name in parts] == [
        ["k()"],
        ["a()", "b()"],
        [],
    ]
    assert parts["NumPy"].body == "y = x"
