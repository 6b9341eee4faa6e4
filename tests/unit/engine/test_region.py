"""Boxes and grids of cells, beside the sets of cells that they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.region import Region

PARTS = st.builds(slice, st.integers(0, 4), st.integers(0, 6), st.integers(1, 3))
BOXES = st.tuples(PARTS, PARTS)
CELLS = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), max_size=12)


def test_a_cell_and_a_whole_tensor_are_boxes() -> None:
    assert list(regions.cells(regions.cell((2, 0, 1)))) == [(2, 0, 1)]
    assert list(regions.cells(regions.whole((2, 2)))) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert list(regions.cells(regions.whole(()))) == [()]


@given(BOXES)
def test_a_size_is_how_many_cells_there_are(box: Region) -> None:
    assert regions.size(box) == len(list(regions.cells(box)))


@given(st.lists(BOXES, max_size=4))
def test_a_hull_is_the_smallest_box_around_all(boxes: list[Region]) -> None:
    held = {at for box in boxes for at in regions.cells(box)}
    hull = regions.hull(boxes, 2)
    assert held <= set(regions.cells(hull))
    for axis, part in enumerate(hull):
        assert [part.start, part.stop - 1] == [
            min(at[axis] for at in held), max(at[axis] for at in held)
        ] if held else part == slice(0, 0)  # fmt: skip


@given(CELLS)
def test_grids_hold_just_the_cells_that_they_are_made_of(cells: set[tuple[int, ...]]) -> None:
    found = [
        at
        for grid in regions.grids(cells)
        for at in regions.cells(regions.box(grid))
        if all(i in axis for i, axis in zip(at, grid, strict=True))
    ]
    assert sorted(found) == sorted(cells)


@pytest.mark.parametrize("at", [(-1, 0), (2, 0), (0, 3), (0,), (0, 0, 0)])
def test_what_is_no_cell_is_refused(at: tuple[int, ...]) -> None:
    assert not regions.has(at, (2, 3))
    with pytest.raises(IndexError, match=r"no cell of a tensor of shape \(2, 3\)"):
        regions.check_index(at, (2, 3))
    regions.check_index((1, 2), (2, 3))
