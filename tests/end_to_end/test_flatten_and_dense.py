"""Flatten and dense on their boards: the order of the numbers, and every unit's sum."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.flatten import Flatten
from cnn_tutor.project.project import Project
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.overlays.connectors import Connectors
from tests.helpers.boards import enter, marked, names, plain, refusals, tab


def cells(lab):
    """Look at the cells of a layer that opens on another view."""
    tab(lab.part("views"), "Cells")
    return lab


@pytest.mark.parametrize("preset", ["flatten", "flatten_channels"])
def test_a_cell_and_its_place_in_the_line_highlight_each_other(drive, preset: str) -> None:
    lab = drive(preset)
    rows, columns, channels = lab.document.project.x.shape
    for row, column, c in itertools.product(range(rows), range(columns), range(channels)):
        x = f"x[{c}]" if channels > 1 else "x"
        place = (row * columns + column) * channels + c
        lab.hover(x, row, column)
        assert marked(lab, "output", Mark.REACHED) == {(place, 0)}
        lab.hover("output", place, 0)
        read = {name: marked(lab, name, Mark.READ) for name in names(lab, "x")}
        assert read == {name: {(row, column)} if name == x else set() for name in read}


def test_one_line_joins_a_cell_with_its_place(drive) -> None:
    lab = drive("flatten_channels")
    for place, c in ((0, 0), (5, 2), (10, 1)):
        lab.click("output", place, 0)
        lab.leave()
        (line,) = lab.lab.findChild(Connectors).lines
        assert names(lab, "products") == []
        x, output = lab.grid(f"x[{c}]"), lab.grid("output")
        at = (place // 6, place // 3 % 2)
        start = x.cell_rect(*at).translated(x.pos())
        end = output.cell_rect(place, 0).translated(output.pos())
        assert 0 < line.points[0][0] - x.geometry().right() <= 4  # outside of the numbers
        assert start.top() - 2 <= line.points[0][1] <= start.bottom() + 2
        assert 0 < output.geometry().left() - line.points[-1][0] <= 4
        assert end.top() - 2 <= line.points[-1][1] <= end.bottom() + 2


def test_a_long_line_scrolls_to_the_place_of_the_playback(drive) -> None:
    lab = drive(Project.of(np.arange(256.0).reshape(8, 8, 4), Flatten(), {}))
    lab.press("step_first")
    output = lab.grid("output")
    assert output.rect().contains(output.cell_rect(0, 0))
    lab.press("step_last")
    assert output.rect().contains(output.cell_rect(255, 0))


def test_a_chosen_unit_highlights_all_inputs_and_its_own_weights(drive) -> None:
    lab = cells(drive("dense"))
    lab.click("output", 1, 0)
    assert marked(lab, "x", Mark.READ) == {(n, 0) for n in range(4)}
    assert marked(lab, "kernel", Mark.WEIGHT) == {(n, 1) for n in range(4)}
    assert marked(lab, "bias", Mark.WEIGHT) == {(1, 0)}
    assert lab.read("products") == [["1×0 = 0"], ["2×2 = 4"], ["0×(−1) = 0"], ["3×1 = 3"]]
    assert plain(lab.part("running_sum")) == "Σ = 7 + 1 = 8"
    assert lab.part("formula").toPlainText() == "1·0 + 2·2 + 0·(−1) + 3·1 + 1 = 8"


def test_an_input_reaches_every_unit_and_a_weight_one(drive) -> None:
    lab = cells(drive("dense"))
    lab.hover("x", 2, 0)
    assert marked(lab, "output", Mark.REACHED) == {(0, 0), (1, 0), (2, 0)}
    assert marked(lab, "kernel", Mark.WEIGHT) == {(2, 0), (2, 1), (2, 2)}
    lab.hover("kernel", 3, 1)
    assert marked(lab, "output", Mark.REACHED) == {(1, 0)}
    assert marked(lab, "x", Mark.READ) == {(3, 0)}


def test_more_units_and_inputs_fill_up_with_zeros(drive) -> None:
    lab = cells(drive("dense"))
    enter(lab, "axis:kernel:1", "5")
    assert [len(lab.read(name)) for name in ("kernel", "bias", "output")] == [4, 5, 5]
    assert lab.read("output")[3:] == [["0"], ["0"]]
    enter(lab, "axis:x:0", "6")
    assert [len(lab.read(name)) for name in ("x", "kernel", "output")] == [6, 6, 5]
    assert lab.read("output")[:3] == [["−2"], ["8"], ["5"]]
    lab.document.undo_stack.undo()
    lab.document.undo_stack.undo()
    assert [len(lab.read(name)) for name in ("x", "kernel", "bias")] == [4, 4, 3]


def test_a_dense_layer_of_many_inputs_scrolls(drive) -> None:
    rng = np.random.default_rng(1)
    tensors = {"kernel": rng.integers(-3, 4, (784, 10)).astype(float), "bias": np.zeros(10)}
    lab = drive(Project.of(rng.integers(0, 9, 784).astype(float), Dense(), tensors))
    board = lab.lab.board.rect()
    for name in ("x", "kernel", "bias", "products", "output"):
        assert board.contains(lab.grid(name).geometry()), name
    lab.press("step_last")
    assert lab.read("output")[9] == [plain(lab.part("running_sum")).rpartition("= ")[2]]
    assert not refusals(lab)
