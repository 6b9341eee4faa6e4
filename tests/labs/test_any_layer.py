"""A kind of layer that the program has never heard of, on the same board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest
from PySide6.QtWidgets import QTextEdit

from cnn_tutor.engine import registry
from cnn_tutor.engine.explanation import Cell, Explanation, Step, Term
from cnn_tutor.engine.layer import Layer
from cnn_tutor.project.file import decode, encode
from cnn_tutor.project.project import Project
from cnn_tutor.widgets.marks import Mark


@dataclass(frozen=True)
class Rows(Layer):
    """Adds up every row of its input, times a power."""

    kind: ClassVar[str] = "rows"
    inputs: ClassVar[tuple[str, ...]] = ("x",)

    power: int = 1

    def output_shape(self, shapes):
        height, _, channels = shapes["x"]
        return (height, 1, channels)

    def forward(self, tensors):
        return tensors["x"].sum(1, keepdims=True) * self.power

    def explain(self, tensors, at):
        row, _, channel = at
        x = tensors["x"]
        cells = [(row, q, channel) for q in range(x.shape[1])]
        terms = tuple(Term((Cell("x", c, float(x[c])),), self.power) for c in cells)
        return Explanation(at, (Step("row", "sum", terms),))

    def backward(self, tensors, grad):
        return {"x": np.broadcast_to(grad * self.power, tensors["x"].shape)}

    def affected(self, port, at, shapes):
        return (slice(at[0], at[0] + 1), slice(0, 1), slice(at[2], at[2] + 1))

    @classmethod
    def sample(cls, rng, level):
        return cls(), {"x": rng.integers(0, 10, (3, 4, 1)).astype(float)}


@pytest.fixture
def rows() -> Iterator[Project]:
    """Registered without a word of it in the resources: then it goes by its own names."""
    registry.register(Rows)
    yield Project.of(np.arange(12.0).reshape(3, 4, 1), Rows(2), {})
    registry.unregister("rows")


def test_the_board_shows_edits_and_explains_it(drive, rows) -> None:
    lab = drive(rows)
    assert lab.read("output") == [["12"], ["44"], ["76"]]
    lab.write("x", 1, 0, "0")
    assert lab.read("output") == [["12"], ["36"], ["76"]]
    lab.click("output", 1, 0)
    formula = lab.part("formula")
    assert isinstance(formula, QTextEdit)
    assert formula.toPlainText() == "2·0 + 2·5 + 2·6 + 2·7 = 36"
    grid = lab.grid("x")
    assert all(grid.mark(1, column) & Mark.READ for column in range(4))
    lab.hover("x", 2, 3)
    assert lab.grid("output").mark(2, 0) & Mark.REACHED


def test_the_steps_walk_over_it(drive, rows) -> None:
    lab = drive(rows)
    lab.press("step_first")
    assert lab.read("output") == [["12"], [""], [""]]
    lab.press("step_forward")
    assert lab.read("output") == [["12"], ["44"], [""]]


def test_its_settings_are_found_and_kept_in_a_file(drive, rows) -> None:
    lab = drive(rows)
    lab.part("set:power").setFocus()
    lab.part("set:power").selectAll()
    lab.type("3")
    assert lab.read("output") == [["18"], ["66"], ["114"]]
    again = decode(encode(lab.document.project))
    assert again.network.nodes[0].layer == Rows(3)


def test_a_layer_without_a_bias_is_shown_without_one(drive) -> None:
    from cnn_tutor.engine.layers.conv2d import Conv2D

    kernel = np.ones((2, 2, 1, 1))
    lab = drive(Project.of(np.ones((3, 3, 1)), Conv2D(), {"kernel": kernel}))
    assert lab.read("output") == [["4", "4"], ["4", "4"]]
    lab.click("output", 0, 0)
    assert lab.part("formula").toPlainText() == "1·1 + 1·1 + 1·1 + 1·1 = 4"
