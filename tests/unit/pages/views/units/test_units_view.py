"""A layer as units and connections, beside one that joins all of them or its matrices."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cnn_tutor.app.style import language
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.pages.views.units import connections
from cnn_tutor.pages.views.units.units_view import UnitsView
from cnn_tutor.project.project import Address, Project
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.matrix_grid import MatrixGrid
from cnn_tutor.widgets.style.formula_line import FormulaLine
from cnn_tutor.widgets.units.unit_diagram import UnitDiagram
from cnn_tutor.widgets.units.units import LEFT, RIGHT
from tests.unit.pages.bench import LEFT as BUTTON
from tests.unit.pages.bench import NONE, Bench, bench, move


def local(**settings) -> Project:
    x = np.arange(9.0).reshape(3, 3, 1)
    kernel = np.array([1.0, 0, -2, 3]).reshape(2, 2, 1, 1)
    return Project.of(x, Conv2D(**settings), {"kernel": kernel, "bias": np.array([-4.0])})


def dense(inputs: int = 3, units: int = 2) -> Project:
    kernel = np.arange(inputs * units).reshape(inputs, units) - 2.0
    return Project.of(np.arange(inputs) + 1.0, Dense(), {"kernel": kernel, "bias": np.zeros(units)})


def units(at: Bench, name: str = "units") -> UnitDiagram:
    return at.view.findChild(UnitDiagram, name)


def drawn(at: Bench) -> connections.Connections:
    """What is drawn, taken from the view itself."""
    found = at.view._found
    assert found is not None
    return found


def hover(at: Bench, side: str, place: int) -> None:
    move(units(at), units(at).centre(side, place).toPoint())


def formula(at: Bench) -> str:
    found = at.view.findChild(FormulaLine, "unit_sum")
    assert found is not None
    return found.plain


def said(at: Bench) -> str:
    shown = [label.text() for label in at.view.findChildren(QLabel) if label.isVisible()]
    return " ".join(shown).replace("<b>", "").replace("</b>", "")


def test_every_connection_carries_its_weight(qtbot) -> None:
    at = bench(qtbot, UnitsView, local())
    found = connections.connections(at.shown)
    assert len(found.starts) == 16
    assert not found.full
    first = found.ends == 0
    assert found.starts[first].tolist() == [0, 1, 3, 4]
    assert found.weights[first].tolist() == [1, 0, -2, 3]
    assert [cell.value for cell in found.added[0]] == [-4]
    assert connections.count(at.shown) == 16


def test_padding_is_no_input(qtbot) -> None:
    at = bench(qtbot, UnitsView, local(padding="same"))
    assert len(connections.connections(at.shown).starts) == 25
    assert connections.count(at.shown) == 25


def test_pointing_at_an_output_highlights_its_connections_and_says_its_sum(qtbot) -> None:
    at = bench(qtbot, UnitsView, local())
    hover(at, RIGHT, 0)
    found = connections.connections(at.shown)
    assert {int(found.ends[line]) for line in units(at).highlighted} == {0}
    assert [n for n in range(9) if units(at).mark(LEFT, n) & Mark.READ] == [0, 1, 3, 4]
    assert units(at).mark(RIGHT, 0) == Mark.WRITTEN
    assert formula(at) == "0·1 + 1·0 + 3·(−2) + 4·3 + (−4) = 2"
    at.leave()
    assert units(at).mark(RIGHT, 3) == Mark.WRITTEN


def test_pointing_at_an_input_highlights_every_output_that_reads_it(qtbot) -> None:
    at = bench(qtbot, UnitsView, local())
    hover(at, LEFT, 1)
    assert [n for n in range(4) if units(at).mark(RIGHT, n) & Mark.REACHED] == [0, 1]
    assert len(units(at).highlighted) == 2


def test_a_weight_highlights_every_connection_that_shares_it(qtbot) -> None:
    at = bench(qtbot, UnitsView, local())
    at.state.point_at("kernel", (1, 1, 0, 0))
    found = connections.connections(at.shown)
    assert {float(found.weights[line]) for line in units(at).highlighted} == {3.0}
    assert len(units(at).highlighted) == 4
    at.state.point_at("bias", (0,))
    assert not units(at).highlighted
    assert all(units(at).mark(RIGHT, n) & Mark.REACHED for n in range(4))


def test_clicking_pins_and_arrow_keys_go_on_from_there(qtbot) -> None:
    at = bench(qtbot, UnitsView, local())
    QTest.mouseClick(units(at), BUTTON, NONE, units(at).centre(RIGHT, 1).toPoint())
    assert at.playback.at == (0, 1, 0)
    units(at).setFocus()
    QTest.keyClick(units(at), Qt.Key.Key_Down)
    assert at.playback.at == (1, 0, 0)
    assert units(at).mark(RIGHT, 2) == Mark.WRITTEN
    assert units(at).accessibleDescription() == formula(at)


def test_a_local_layer_stands_beside_the_same_units_all_joined(qtbot) -> None:
    at = bench(qtbot, UnitsView, local())
    assert units(at, "units_all").isVisible()
    assert not any(grid.isVisible() for grid in at.view.findChildren(MatrixGrid))
    text = said(at)
    assert "this layer: 16" in text
    assert "to learn: 5" in text
    assert "fully connected: 36" in text
    assert "to learn: 40" in text
    hover(at, RIGHT, 0)
    assert len(units(at, "units_all").highlighted) == 9


def test_a_full_layer_stands_beside_its_matrices(qtbot) -> None:
    at = bench(qtbot, UnitsView, dense())
    assert not units(at, "units_all").isVisible()
    assert at.grid("kernel").isVisible()
    assert at.read("output") == [["4", "10"]]
    at.hover("kernel", 0, 0)
    assert units(at).mark(RIGHT, 0) == Mark.WRITTEN
    at.click("kernel", 2, 1)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert at.edits == [(Address(at.shown.name, "kernel"), {(2, 1): 0.0}, 0)]
    assert at.read("output") == [["4", "1"]]
    assert formula(at) == "1·(−1) + 2·1 + 3·0 + 0 = 1"


def test_an_edit_changes_the_lines_and_the_numbers(qtbot) -> None:
    at = bench(qtbot, UnitsView, local())
    before = units(at).grab().toImage()
    at.document.edit(Address(at.shown.name, "kernel"), {(0, 0, 0, 0): -5.0}, "")
    after = units(at).grab().toImage()
    assert before != after
    at.document.edit(Address("input", "x"), {(0, 0, 0): 8.0}, "")
    assert units(at).grab().toImage() != after


def test_outputs_not_reached_yet_cannot_be_pointed_at(qtbot) -> None:
    at = bench(qtbot, UnitsView, local())
    at.playback.seek(2)
    hover(at, RIGHT, 3)
    assert units(at).mark(RIGHT, 1) == Mark.WRITTEN
    at.playback.seek(4)
    hover(at, RIGHT, 2)
    assert units(at).mark(RIGHT, 2) == Mark.WRITTEN


def test_of_a_large_layer_the_strongest_connections_of_the_output_are_drawn(qtbot) -> None:
    project = dense(400, 84)
    kernel = project.network.nodes[0].tensors["kernel"]
    at = bench(qtbot, UnitsView, project)
    at.state.pin(OUTPUT, (3,))
    found = drawn(at)
    assert found.outputs == ((3,),)
    strongest = np.sort(np.argsort(-np.abs(kernel[:, 3]))[: connections.FEW])
    assert [index[0] for index in found.inputs] == strongest.tolist()
    assert len(units(at).highlighted) == connections.FEW
    text = said(at)
    assert "the 14 strongest connections of Output[3]" in text
    assert "386 more" in text
    assert "whole layer: 33600" in text
    at.document.edit(Address(at.shown.name, "kernel"), {(0, 3): 1e6}, "")
    assert drawn(at).inputs[0] == (0,)
    at.document.open(local())
    assert "this layer: 16" in said(at)


def test_the_playback_and_the_keys_go_on_to_outputs_that_are_not_drawn_yet(qtbot) -> None:
    at = bench(qtbot, UnitsView, dense(400, 84))
    at.state.pin(OUTPUT, (3,))
    QTest.keyClick(units(at), Qt.Key.Key_Down)
    assert at.playback.at == (4,)
    assert drawn(at).outputs == ((4,),)
    assert units(at).mark(RIGHT, 0) == Mark.WRITTEN
    QTest.keyClick(units(at), Qt.Key.Key_Up)
    QTest.keyClick(units(at), Qt.Key.Key_Up)
    assert at.playback.at == (2,)
    at.state.pin(OUTPUT, (0,))
    QTest.keyClick(units(at), Qt.Key.Key_Up)
    assert at.playback.at == (0,)
    at.playback.back()
    at.playback.forward()
    assert drawn(at).outputs == (at.playback.at,)


def test_all_connections_of_a_few_outputs_side_by_side_are_drawn(qtbot) -> None:
    x = np.ones((1024,))
    at = bench(qtbot, UnitsView, Project.of(x, Dropout(rate=0.5), {"mask": x}))
    at.state.pin(OUTPUT, (500,))
    found = drawn(at)
    assert len(found.outputs) == len(found.inputs) == connections.FEW
    assert (500,) in found.outputs
    assert [out[0] - found.outputs[0][0] for out in found.outputs] == list(range(connections.FEW))
    assert len(units(at).highlighted) == 1
    assert "drawn here: 14 (all)" in said(at)
    hover(at, LEFT, 2)
    assert [n for n in range(14) if units(at).mark(RIGHT, n) & Mark.REACHED] == [2]
    QTest.mouseClick(units(at), BUTTON, NONE, units(at).centre(RIGHT, 1).toPoint())
    assert drawn(at).outputs == found.outputs  # nothing jumps under the pointer
    assert at.playback.at == found.outputs[1]


def test_a_window_of_a_few_channels_stands_channel_by_channel(qtbot) -> None:
    kernel = np.ones((5, 5, 3, 6))
    tensors = {"kernel": kernel, "bias": np.zeros(6)}
    at = bench(qtbot, UnitsView, Project.of(np.ones((32, 32, 3)), Conv2D(), tensors))
    at.state.pin(OUTPUT, (4, 5, 2))
    assert len(drawn(at).inputs) == 75
    across = {round(units(at).centre(LEFT, n).x()) for n in range(75)}
    assert len(across) == 3
    assert units(at).mark(RIGHT, 0) == Mark.WRITTEN


def test_a_layer_without_weights_is_drawn_alone(qtbot) -> None:
    project = Project.of(np.arange(4.0), Dropout(rate=0.5), {"mask": np.array([1.0, 0, 1, 0])})
    at = bench(qtbot, UnitsView, project)
    assert not units(at, "units_all").isVisible()
    assert connections.connections(at.shown).weights.tolist() == [2, 0, 2, 0]
    assert "this layer: 4" in said(at)


@pytest.mark.parametrize("size", [(716, 480), (1350, 850)])
@pytest.mark.parametrize("spoken", ["ja", "en"])
@pytest.mark.parametrize("make", [local, dense])
def test_labels_have_room_for_their_text(qtbot, make, spoken, size) -> None:
    language.apply(spoken)
    at = bench(qtbot, UnitsView, make(), size=size)
    for label in at.view.findChildren(QLabel):
        if label.isVisible() and label.text():
            high = label.heightForWidth(label.width()) if label.wordWrap() else 0
            assert max(high, 0) <= label.height(), label.text()
            assert label.wordWrap() or label.sizeHint().width() <= label.width() + 1, label.text()
    seen: list[QWidget] = [w for w in at.view.findChildren(UnitDiagram) if w.isVisible()]
    assert seen
    assert all(w.width() >= 300 for w in seen)


@pytest.mark.parametrize("makes", [(local, dense), (dense, local)])
def test_another_layer_under_the_pointer_is_drawn_with_its_own_lines_only(qtbot, makes) -> None:
    large, small = (lambda: dense(60, 8)), makes[1]
    at = bench(qtbot, UnitsView, large() if makes[0] is dense else makes[0]())
    kept, shown = units(at), units(at, "units_all")

    def watch() -> None:  # whatever is shown or hidden moves the pointer, which highlights others
        at.state.point_at("x", None)
        for diagram in (kept, shown):
            diagram.grab()

    class Watch(QObject):
        def eventFilter(self, watched, event) -> bool:
            if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
                watch()
            return False

    watching = Watch(at.view)
    for part in at.view.findChildren(QWidget):
        part.installEventFilter(watching)
    hover(at, LEFT, 5 if makes[0] is dense else 8)
    for project in (small(), large(), small(), dense(120, 3), small()):
        at.document.open(project)
        QApplication.processEvents()
    assert units(at).highlighted
