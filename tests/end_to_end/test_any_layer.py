"""A kind of layer that the program has never heard of, on the same board."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QTextEdit, QToolButton

from cnn_tutor.engine import registry
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Cell, Explanation, Step, Term
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.window import Padding
from cnn_tutor.pages.panels import layer_settings
from cnn_tutor.project.file import decode, encode
from cnn_tutor.project.project import Address, Project
from cnn_tutor.study import words
from cnn_tutor.widgets.grids.marks import Mark
from tests.helpers.boards import setting
from tests.unit.engine.toys import Failing, Growing, Scaled, Single, Unready, known


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


def test_the_steps_playback_over_it(drive, rows) -> None:
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


class Mixed(Layer):
    """Each place is a sum over all channels, weight first: what is read stands behind it."""

    kind = "mixed"
    inputs = ("x", "scale")

    def output_shape(self, shapes):
        if shapes["scale"][0] != shapes["x"][2]:
            raise ValueError
        return (*shapes["x"][:2], 1)

    def forward(self, tensors):
        return (tensors["scale"] * tensors["x"]).sum(2, keepdims=True)

    def explain(self, tensors, at):
        x, scale = tensors["x"], tensors["scale"]
        terms = tuple(
            Term((Cell("scale", (c,), float(scale[c])), Cell("x", (*at[:2], c), x[(*at[:2], c)])))
            for c in range(x.shape[2])
        )
        return Explanation(at, (Step("mixed", "sum", terms),))

    def backward(self, tensors, grad):
        over_scale = (tensors["x"] * grad).sum((0, 1))
        return {"x": grad * tensors["scale"], "scale": over_scale}

    def affected(self, port, at, shapes):
        rows, columns, _ = shapes["x"]
        if port == "scale":
            return (slice(0, rows), slice(0, columns), slice(0, 1))
        return (*(slice(n, n + 1) for n in at[:2]), slice(0, 1))

    @classmethod
    def sample(cls, rng, level):
        return cls(), {"x": np.ones((2, 2, 2)), "scale": np.array([2.0, -1.0])}


@dataclass(frozen=True)
class Framed(Scaled):
    """Puts numbers around its input; its padding goes by another name."""

    kind = "framed"
    edge: Padding = "valid"

    def output_shape(self, shapes):
        height, width, channels = shapes["x"]
        (top, bottom), (left, right) = self._sides
        return (height + top + bottom, width + left + right, channels)

    def forward(self, tensors):
        return np.pad(tensors["x"], (*self._sides, (0, 0))) * tensors["scale"]

    def explain(self, tensors, at):
        (top, _), (left, _) = self._sides
        row, column = at[0] - top, at[1] - left
        rows, columns, _ = tensors["x"].shape
        inside = 0 <= row < rows and 0 <= column < columns
        x = float(tensors["x"][row, column, at[2]]) if inside else 0.0
        cells = (
            Cell("x", (row, column, at[2]), x),
            Cell("scale", (0,), float(tensors["scale"][0])),
        )
        return Explanation(at, (Step("products", "sum", (Term(cells),)),))

    def affected(self, port, at, shapes):
        if port == "scale":
            return tuple(slice(0, n) for n in self.output_shape(shapes))
        (top, _), (left, _) = self._sides
        return tuple(slice(n, n + 1) for n in (at[0] + top, at[1] + left, at[2]))

    @property
    def _sides(self):
        word = {"valid": ((0, 0), (0, 0)), "same": ((1, 1), (1, 1))}
        return word[self.edge] if isinstance(self.edge, str) else self.edge


@pytest.fixture
def strange() -> Iterator[None]:
    with known(Scaled, Mixed, Framed, Failing, Growing, Single, Unready):
        yield


def add(lab, kind: str) -> None:
    """Choose a kind in the menu behind the plus."""
    button = lab.part("chain_add")
    assert isinstance(button, QToolButton)
    menu = button.menu()
    menu.aboutToShow.emit()
    (entry,) = [a for a in menu.actions() if a.text() == words.name(f"kinds.{kind}")]
    entry.trigger()
    QApplication.processEvents()


def images(value: float = 1.0) -> Project:
    x = value * np.arange(1.0, 9).reshape(2, 2, 2)
    return Project.of(x, ReLU(), {})


def text(lab) -> str:
    formula = lab.part("formula")
    assert isinstance(formula, QTextEdit)
    return formula.toPlainText()


def test_a_kind_with_weights_of_its_own_comes_from_the_menu(drive, strange) -> None:
    lab = drive(Project.of(np.arange(1.0, 5).reshape(2, 2, 1), ReLU(), {}))
    add(lab, "scaled")
    assert lab.lab.shown.name == "scaled_1"
    assert lab.read("scale") == [["3"]]
    lab.write("scale", 0, 0, "-2")
    assert lab.read("output") == [["−2", "−4"], ["−6", "−8"]]
    lab.click("output", 1, 0)
    assert text(lab) == "(−2)·3 = −6"
    lab.document.undo_stack.undo()
    lab.document.undo_stack.undo()
    assert [node.name for node in lab.document.project.network.nodes] == ["relu_1"]
    lab.document.undo_stack.redo()
    assert lab.document.evaluation.value("scaled_1")[0, 0, 0] == 3


def test_factors_in_any_order_are_shown_on_the_board(drive, strange) -> None:
    x = np.arange(1.0, 9).reshape(2, 2, 2)
    lab = drive(Project.of(x, Mixed(), {"scale": np.array([2.0, -1.0])}))
    assert lab.read("output") == [["0", "2"], ["4", "6"]]
    lab.click("output", 1, 0)
    assert text(lab) == "2·5 + (−1)·6 = 4"
    assert lab.lab.state.highlight.marks["x"].keys() == {(1, 0, 0), (1, 0, 1)}
    lab.press("step_first")
    lab.press("step_forward")


def test_a_padding_may_have_another_name(drive, strange) -> None:
    project = Project.of(np.ones((2, 2, 1)), Framed(), {"scale": np.array([4.0])})
    lab = drive(project)
    combo = lab.part("set:edge")
    assert isinstance(combo, QComboBox)
    assert combo.currentData() == "valid"
    lab.lab.inspector.wanted.emit(setting("set:edge"), "same", 0)
    assert lab.document.project.network.shape("framed_1") == (4, 4, 1)
    lab.lab.inspector.wanted.emit(setting("set:edge"), "by_side", 0)
    assert lab.document.project.network.node("framed_1").layer.edge == ((0, 0), (0, 0))
    lab.lab.inspector.wanted.emit(setting("pads:edge:0"), (1, 0), 0)
    lab.lab.inspector.wanted.emit(setting("pads:edge:1"), (0, 2), 0)
    assert lab.document.project.network.node("framed_1").layer.edge == ((1, 0), (0, 2))
    assert lab.read("output")[0] == ["0", "0", "0", "0"]
    assert lab.part("pads:edge:1[1]").text() == "2"
    fields = layer_settings.form_fields(lab.document.project, "framed_1")
    keys = {str(field.key) for field in fields}
    assert {"set:edge", "pads:edge:0", "pads:edge:1"} <= keys


@pytest.mark.parametrize(
    ("kind", "error", "said"),
    [
        ("failing", ValueError, "strange"),
        ("growing", Refusal, "not_finite_result"),
        ("single", Refusal, "scalar_output"),
        ("unready", Refusal, "ports"),
    ],
)
def test_a_kind_that_cannot_stand_there_leaves_the_work_alone(
    drive, strange, kind: str, error: type[Exception], said: str
) -> None:
    lab = drive(images(1000))
    before = lab.document.project
    with pytest.raises(error, match=said):
        lab.document.replace(before.inserted(1, kind), "strange")
    assert lab.document.project is before
    assert lab.document.undo_stack.count() == 0


def test_strange_kinds_stand_among_the_others(drive, strange) -> None:
    lab = drive(images())
    kinds = ["scaled", "mixed", "framed", "flatten", "scaled", "dense"]
    for place, kind in enumerate(kinds, 1):
        lab.document.replace(lab.document.project.inserted(place, kind), kind)
        lab.lab.state.select(lab.document.project.network.nodes[place].name)
        QApplication.processEvents()
    project = lab.document.project
    assert project.tensor(Address("mixed_1", "scale")).tolist() == [2, -1]
    again = decode(encode(project))
    for node, other in itertools.zip_longest(project.network.nodes, again.network.nodes):
        assert (node.name, type(node.layer)) == (other.name, type(other.layer))
