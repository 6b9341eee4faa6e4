"""Every order of two kinds stands, or the layer that can't is named with what it gets."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project.project import Project
from cnn_tutor.study import words

ABOUT = ("shape", "input", "inputs", "channels", "value")
"""The values that say what a layer gets, or what would be too large."""

PAIRS = list(itertools.product(layer_kinds(), repeat=2))


@pytest.fixture
def speaking() -> Iterator[Callable[[str], None]]:
    before = words.language()
    yield words.speak
    words.speak(before)


def changes(project: Project) -> Iterator[Callable[[], Project]]:
    """Every way of moving or taking out a layer."""
    names = [node.name for node in project.network.nodes]
    for name in names:
        yield lambda name=name: project.removed(name)
        for place in range(len(names)):
            yield lambda name=name, place=place: project.moved(name, place)


def told(refusal: Refusal, speak: Callable[[str], None]) -> None:
    """Check that a refusal names a layer, and says in both languages what that one gets."""
    node = refusal.values["node"]
    shown = [words._shown(refusal.values[key]) for key in ABOUT if key in refusal.values]
    assert shown, refusal
    for language in words.LANGUAGES:
        speak(language)
        sentence = words.explain(refusal)
        assert sentence.startswith(f"{node}: ")
        assert any(str(text) in sentence.removeprefix(f"{node}: ") for text in shown), sentence


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_an_order_stands_or_says_which_layer_gets_what(first, second, speaking) -> None:
    refusals = []
    for shape in ((6, 6, 2), (3, 3, 1), (1, 2, 16), (9,), (4, 6)):
        project = Project.of(np.ones(shape), ReLU(), {})
        for kind, place in ((first, 1), (second, 2), (second, 1), (first, 0)):
            try:
                project = project.inserted(min(place, len(project.network.nodes)), kind)
            except Refusal as refusal:
                refusals.append(refusal)
        for change in changes(project):
            try:
                change()
            except Refusal as refusal:
                if refusal.reason != "last_layer":
                    refusals.append(refusal)
    for refusal in refusals:
        told(refusal, speaking)


def test_what_meets_what_is_said(speaking) -> None:
    project = Project.of(np.ones((2, 2, 2)), ReLU(), {}).inserted(1, "flatten")
    with pytest.raises(Refusal) as refused:
        project.inserted(2, "conv2d")
    assert refused.value.values["before"] == "flatten_1"
    speaking("en")
    sentence = "conv2d_1: It needs height × width × channels, but gets 8."
    assert words.explain(refused.value) == sentence
    speaking("ja")
    assert words.explain(refused.value) == (
        "conv2d_1: 「高さ×幅×チャンネル」の形の入力が必要ですが、受け取るのは 8 です。"
    )


def test_a_wide_vector_names_the_layer_that_it_is_too_wide_for() -> None:
    project = Project.of(np.ones((64, 64, 16)), ReLU(), {}).inserted(1, "flatten")
    with pytest.raises(Refusal) as refused:
        project.inserted(2, "dense")
    assert refused.value.reason == "units_limit"
    assert refused.value.values["node"] == "dense_1"
