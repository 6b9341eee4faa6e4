"""What is highlighted in a product: a 3×3 input under two 2×2 filters."""

from __future__ import annotations

import pytest

from cnn_tutor.document.document import Document
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.pages.state import highlight
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.pages.views.matrices.matrix_marks import MatrixMarks
from cnn_tutor.widgets.grids.marks import Mark
from tests.unit.pages.views.matrices.test_matrix_view import small

TAPS = FILTERS = {0, 1, 2, 3}


@pytest.fixture
def shown(qapp) -> ShownLayer:
    return ShownLayer(Document(small()))


@pytest.fixture
def marks(shown: ShownLayer) -> MatrixMarks:
    return MatrixMarks(shown.matrices, "bias")


def on(shown: ShownLayer, port: str, at: tuple[int, ...]) -> Highlight:
    pinned = highlight.on_output(shown, (1, 1, 1))
    if port == OUTPUT:
        return highlight.on_output(shown, at)
    return highlight.on_input(shown, port, at, pinned)


def test_an_output_has_its_row_its_column_and_what_is_added(shown, marks) -> None:
    found = marks.of(on(shown, OUTPUT, (0, 1, 0)))
    assert found.grids["x"] == {(1, k): Mark.READ for k in TAPS}
    assert found.grids["kernel"] == {(k, 0): Mark.WEIGHT for k in TAPS}
    assert found.grids["added"] == {(0, 0): Mark.WEIGHT}
    assert found.grids[OUTPUT] == {(1, 0): Mark.WRITTEN}
    assert (found.rows, found.filters, found.taps) == ({1}, {0}, set())
    assert set(found.picture) == {(0, 1, 0), (0, 2, 0), (1, 1, 0), (1, 2, 0)}


@pytest.mark.parametrize(
    ("tap", "copies"), [((None, 2), {(1, 2)}), ((1, 2), {(1, 2), (0, 3), (2, 1), (3, 0)})]
)
def test_a_tap_stands_out_alone_or_with_all_copies_of_its_cell(shown, marks, tap, copies) -> None:
    found = marks.of(on(shown, OUTPUT, (0, 1, 0)), tap)
    assert {at for at, mark in found.grids["x"].items() if mark & Mark.ACTIVE} == copies
    assert found.grids["kernel"][2, 0] & Mark.ACTIVE
    assert found.taps == {2}
    assert found.picture[1, 1, 0] & Mark.ACTIVE


def test_a_cell_of_the_input_has_all_its_copies_and_what_they_meet(shown, marks) -> None:
    found = marks.of(on(shown, "x", (1, 1, 0)))
    copies = {(0, 3), (1, 2), (2, 1), (3, 0)}
    assert found.grids["x"] == dict.fromkeys(copies, Mark.READ | Mark.ACTIVE)
    assert set(found.grids["kernel"]) == {(k, n) for k in TAPS for n in (0, 1)}
    assert set(found.grids[OUTPUT]) == {(row, n) for row in range(4) for n in (0, 1)}


def test_a_weight_meets_a_column_of_patches(shown, marks) -> None:
    found = marks.of(on(shown, "kernel", (0, 1, 0, 1)))
    assert found.grids["kernel"] == {(1, 1): Mark.WEIGHT | Mark.ACTIVE}
    assert found.grids["x"] == {(row, 1): Mark.READ for row in range(4)}
    assert found.grids[OUTPUT] == {(row, 1): Mark.REACHED for row in range(4)}
    assert (found.taps, found.filters) == ({1}, {1})


def test_what_is_added_reaches_its_column(shown, marks) -> None:
    found = marks.of(on(shown, "bias", (0,)))
    assert found.grids["added"] == {(0, 0): Mark.WEIGHT | Mark.ACTIVE}
    assert found.grids[OUTPUT] == {(row, 0): Mark.REACHED for row in range(4)}
