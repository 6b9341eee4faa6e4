"""Refusals: a reason, its numbers, and the layer that they are about."""

from __future__ import annotations

import pytest

from cnn_tutor.engine.errors import Refusal, ShapeError, naming


def test_a_refusal_shows_its_reason_and_its_numbers() -> None:
    assert str(Refusal("reason")) == "reason"
    assert str(ShapeError("reason", kernel=3, input=2)) == "reason: kernel=3, input=2"


def test_a_node_is_named_where_the_refusal_names_none() -> None:
    for own, node in (({}, "a"), ({"node": "b"}, "b")):
        with pytest.raises(ShapeError) as refused, naming("a", before="input"):
            raise ShapeError("reason", **own)
        assert refused.value.values == {"node": node, "before": "input"}
