"""Kinds of layers that the program has never heard of, on the same board."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QTabBar, QToolButton

from cnn_tutor.app.style import language
from cnn_tutor.engine.explanation import STEP, Cell, Explanation, Step, Term
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.window import Padding
from cnn_tutor.project.file import decode, encode
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.overlays.connectors import Connectors
from tests.helpers.boards import (
    by_terms,
    enter,
    marked,
    names,
    number,
    numbers_of,
    place,
    plain,
    setting,
    tab,
)
from tests.unit.engine.toys import Scaled, known


@dataclass(frozen=True)
class Mixer(Layer):
    """Weighs pairs of neighbours in each channel, then mixes the channels."""

    kind: ClassVar[str] = "mixer"
    inputs: ClassVar[tuple[str, ...]] = ("x", "gain", "mix")
    weights: ClassVar[tuple[str, ...]] = ("gain", "mix")

    power: int = 1

    def output_shape(self, shapes):
        height, width, _ = shapes["x"]
        return (height, width - 1, 1)

    def forward(self, tensors):
        x, gain = tensors["x"], tensors["gain"]
        sums = x[:, :-1] * gain[0, 0] + x[:, 1:] * gain[0, 1]
        return (sums * tensors["mix"]).sum(-1, keepdims=True) * self.power

    def explain(self, tensors, at):
        row, column, _ = at

        def cell(port, *index):
            return Cell(port, index, float(tensors[port][index]))

        steps = [
            Step(
                f"channel {c}",
                "sum",
                tuple(Term((cell("x", row, column + n, c), cell("gain", 0, n, c))) for n in (0, 1)),
            )
            for c in range(tensors["x"].shape[2])
        ]
        mixed = tuple(
            Term((Cell(STEP, (c,), step.value), cell("mix", c)), self.power)
            for c, step in enumerate(steps)
        )
        return Explanation(at, (*steps, Step("mixed", "sum", mixed)))

    def backward(self, tensors, grad):
        raise NotImplementedError

    def affected(self, port, at, shapes):
        height, width, _ = shapes["x"]
        if port == "x":
            columns = slice(max(0, at[1] - 1), min(width - 1, at[1] + 1))
            return (slice(at[0], at[0] + 1), columns, slice(0, 1))
        return (slice(0, height), slice(0, width - 1), slice(0, 1))

    @classmethod
    def sample(cls, rng, level):
        raise NotImplementedError


X = np.arange(27.0).reshape(3, 3, 3)
GAIN = np.array([[[1.0, 0, 2], [-1, 3, 1]]])
MIX = np.array([1.0, 2, -1])


@pytest.fixture
def lab(drive) -> Iterator[object]:
    """Registered without a word of it in the resources: then it goes by its own names."""
    with known(Mixer):
        yield drive(Project.of(X, Mixer(), {"gain": GAIN, "mix": MIX}))


def by_hand(row: int, column: int) -> float:
    total = 0.0
    for c in range(3):
        pair = X[row, column, c] * GAIN[0, 0, c] + X[row, column + 1, c] * GAIN[0, 1, c]
        total += pair * MIX[c]
    return total


def test_every_channel_has_its_row_of_grids(lab) -> None:
    assert names(lab, "x") == ["x[0]", "x[1]", "x[2]"]
    assert names(lab, "gain") == ["gain[0]", "gain[1]", "gain[2]"]
    assert names(lab, "products") == ["products[0]", "products[1]", "products[2]"]
    assert names(lab, "mix") == ["mix"]
    for c in range(3):
        x, gain = lab.grid(f"x[{c}]").geometry(), lab.grid(f"gain[{c}]").geometry()
        products = lab.grid(f"products[{c}]").geometry()
        assert x.right() < gain.left() < gain.right() < products.left()
        assert gain.center().y() in range(x.top(), x.bottom())
    board = lab.lab.board.rect()
    for port in ("x", "gain", "mix", "products", "output"):
        assert all(board.contains(lab.grid(name).geometry()) for name in names(lab, port))


def test_its_numbers_are_those_worked_by_hand(lab) -> None:
    expected = [[by_hand(row, column) for column in range(2)] for row in range(3)]
    assert numbers_of(lab, "output") == expected
    lab.click("output", 1, 0)
    assert [number(plain(lab.part(f"running_sum[{c}]")).split("= ")[1]) for c in range(3)] == [
        -3, 39, 36,
    ]  # fmt: skip
    total = plain(lab.part("total")).splitlines()
    assert total[0] == "Sum of the 3"
    assert total[-1] == "= 39"
    assert lab.part("formula").toPlainText().endswith("= 39")


def test_both_ports_of_weights_can_be_edited(lab) -> None:
    lab.click("output", 0, 0)
    lab.write("gain[1]", 0, 1, "0")
    assert numbers_of(lab, "output")[0][0] == by_hand(0, 0) - 24
    lab.write("mix", 2, 0, "0")
    assert numbers_of(lab, "output")[0][0] == by_hand(0, 0) - 24 + 9
    lab.document.undo_stack.undo()
    lab.document.undo_stack.undo()
    assert numbers_of(lab, "output")[0][0] == by_hand(0, 0)


def test_pointing_goes_both_ways(lab) -> None:
    lab.click("output", 2, 1)
    assert all(marked(lab, f"x[{c}]", Mark.READ) == {(2, 1), (2, 2)} for c in range(3))
    assert all(marked(lab, f"gain[{c}]", Mark.WEIGHT) == {(0, 0), (0, 1)} for c in range(3))
    assert marked(lab, "mix", Mark.WEIGHT) == {(0, 0), (1, 0), (2, 0)}
    lab.hover("x[1]", 0, 1)
    assert marked(lab, "output", Mark.REACHED) == {(0, 0), (0, 1)}
    assert marked(lab, "gain[1]", Mark.WEIGHT) == {(0, 0), (0, 1)}
    assert marked(lab, "gain[0]", Mark.WEIGHT) == set()
    lab.hover("mix", 1, 0)
    assert len(marked(lab, "output", Mark.REACHED)) == 6


def test_it_can_be_played_term_by_term(lab) -> None:
    by_terms(lab)
    seen = []
    for _ in range(9):
        seen.append([sum(bool(t) for t in lab.read(f"products[{c}]")[0]) for c in range(3)])
        lab.press("step_forward")
    assert seen == [
        [1, 0, 0], [2, 0, 0], [2, 1, 0], [2, 2, 0], [2, 2, 1], [2, 2, 2], *[[2, 2, 2]] * 3,
    ]  # fmt: skip
    assert lab.lab.playback.at == (0, 1, 0)


def test_lines_lead_to_the_total_and_to_the_cell(lab) -> None:
    lab.click("output", 1, 1)
    lab.leave()
    assert len(lab.lab.findChild(Connectors).lines) == 4


def test_it_has_code_that_prints_its_output(lab) -> None:
    tabs, code = lab.part("code_tabs"), lab.part("code")
    assert isinstance(tabs, QTabBar)
    assert isinstance(code, QPlainTextEdit)
    assert [tabs.tabText(n) for n in range(tabs.count())] == ["Python"]
    tab(tabs, "Python")
    lab.press("copy_code")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code.toPlainText(), {})
    shown = printed.getvalue().replace("[", " ").replace("]", " ").split()
    assert [float(text) for text in shown] == [n for row in numbers_of(lab, "output") for n in row]


def test_it_is_called_by_its_own_names_in_every_language(lab) -> None:
    for spoken in ("ja", "en"):
        language.apply(spoken)
        QApplication.processEvents()
        assert lab.grid("gain[0]").accessibleName().startswith("gain")
        assert lab.grid("mix").accessibleName().startswith("mix")
        assert "mixer" in lab.part("caption_title").text()


def test_its_setting_is_found_and_kept_in_a_file(lab) -> None:
    enter(lab, "set:power", "3")
    assert numbers_of(lab, "output")[1][0] == 3 * 39
    assert decode(encode(lab.document.project)).network.nodes[0].layer == Mixer(3)
    assert place(lab, lab.part("set:power")).isValid()


@dataclass(frozen=True)
class Framed(Scaled):
    """Has a padding that goes by another name."""

    kind = "framed"
    edge: Padding = "valid"


def test_a_padding_may_have_another_name(drive) -> None:
    with known(Framed):
        lab = drive(Project.of(np.ones((2, 2, 1)), Framed(), {"scale": np.array([4.0])}))
        combo = lab.part("set:edge")
        assert isinstance(combo, QComboBox)
        assert combo.currentData() == "valid"
        for name, value, edge in (
            ("set:edge", "by_side", ((0, 0), (0, 0))),
            ("pads:edge:0", (1, 0), ((1, 0), (0, 0))),
            ("pads:edge:1", (0, 2), ((1, 0), (0, 2))),
        ):
            lab.lab.inspector.wanted.emit(setting(name), value, 0)
            assert lab.document.project.network.node("framed_1").layer.edge == edge
        assert lab.part("pads:edge:1[1]").text() == "2"


def add(lab, kind: str) -> None:
    """Choose a kind in the menu behind the plus."""
    button = lab.part("chain_add")
    assert isinstance(button, QToolButton)
    button.menu().aboutToShow.emit()
    (entry,) = [a for a in button.menu().actions() if a.text() == words.name(f"kinds.{kind}")]
    entry.trigger()
    QApplication.processEvents()


def test_kinds_with_weights_of_their_own_stand_among_the_others(drive) -> None:
    with known(Scaled, Framed):
        lab = drive("relu")
        for kind in ("framed", "flatten", "dense", "scaled"):
            add(lab, kind)
        assert lab.lab.shown.name == "scaled_1"
        assert lab.read("scale") == [["3"]]
        lab.write("scale", 0, 0, "-2")
        lab.click("output", 0, 0)
        formula = lab.part("formula").toPlainText()
        assert formula.startswith("(−2)·")
        assert formula.endswith(f"= {lab.read('output')[0][0]}")
        project = lab.document.project
        again = decode(encode(project)).network.nodes
        assert [(node.name, type(node.layer)) for node in again] == [
            (node.name, type(node.layer)) for node in project.network.nodes
        ]
        lab.document.undo_stack.undo()
        lab.document.undo_stack.undo()
        assert [node.name for node in lab.document.project.network.nodes][-1] == "dense_1"
        lab.document.undo_stack.redo()
        assert lab.document.evaluation.tensors("scaled_1")["scale"] == [3]


def test_a_layer_without_a_bias_is_shown_without_one(drive) -> None:
    lab = drive(Project.of(np.ones((3, 3, 1)), Conv2D(), {"kernel": np.ones((2, 2, 1, 1))}))
    assert lab.read("output") == [["4", "4"], ["4", "4"]]
    lab.click("output", 0, 0)
    assert lab.part("formula").toPlainText() == "1·1 + 1·1 + 1·1 + 1·1 = 4"
