"""The comments of the programs in the language that is spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest

from cnn_tutor.engine import program
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.layers.flatten import Flatten
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study import comments, words

IMAGE = np.ones((6, 6, 2))
LOPSIDED = ((0, 1), (1, 0))
BOARDS = [
    (Conv2D(strides=(2, 2), dilation_rate=(2, 2)), {"kernel": np.ones((2, 2, 2, 1))}),
    *((pool((2, 2), padding=pads), {}) for pool in (MaxPooling2D, AveragePooling2D)
      for pads in (LOPSIDED, ((1, 1), (1, 1)), "same")),
    (AveragePooling2D((2, 2), (1, 1), padding="same"), {}),
    (Dense(), {"kernel": np.ones((2, 3))}),
    (Flatten(), {}),
    *((Dropout(training=on), {"mask": np.ones((6, 6, 2))}) for on in (True, False)),
]  # fmt: skip


def programs() -> Iterator[str]:
    boards: list[tuple[Layer, dict]] = [(layer, {"x": IMAGE, **own}) for layer, own in BOARDS]
    rng = np.random.default_rng(0)
    boards += [kind.sample(rng, level) for kind in layer_kinds().values() for level in range(4)]
    for layer, tensors in boards:
        yield from program.of_layer(layer, tensors).values()
        nodes = [("one", layer, {port: t for port, t in tensors.items() if port != "x"})]
        yield from program.of_network(tensors["x"], nodes).values()


def said(text: str) -> list[str]:
    return re.findall(r"# (.*)", text)


@pytest.fixture
def japanese() -> Iterator[None]:
    before = words.language()
    words.speak("ja")
    yield
    words.speak(before)


def test_every_comment_is_said_in_japanese_and_nothing_else_changes(japanese: None) -> None:
    seen = set()
    for text in programs():
        shown = comments.translated(text)
        assert re.sub("#.*", "#", shown) == re.sub("#.*", "#", text)
        assert all(re.search("[ぁ-ん]|ディング", line) for line in said(shown)), said(shown)
        seen.update(said(text))
    lines = {line for sides in words.table("comments").values() for line in sides["en"].split("\n")}
    assert lines - seen == {"… draws a mask of its own;"}


def test_in_english_a_program_stays_as_it_is() -> None:
    assert all(comments.translated(text) == text for text in programs())


def test_a_comment_of_several_lines_keeps_its_place(japanese: None) -> None:
    first, second = words.table("comments")["last_axis"]["en"].split("\n")
    text = f"m = (\n    # {first}\n    # {second}\n)"
    shown = comments.translated(text).splitlines()
    assert [line[:6] for line in shown] == ["m = (", "    # ", "    # ", ")"]
