"""The loops that say what a layer computes give what it computes."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("kind", ["conv2d", "max_pooling2d", "average_pooling2d", "dense"])
def test_the_loop_of_the_textbook_is_what_forward_gives(kind: str) -> None:
    found = doctest.testmod(import_module(f"cnn_tutor.engine.layers.{kind}"))
    assert found.attempted > 3
    assert found.failed == 0
