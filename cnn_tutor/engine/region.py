"""Parts of a tensor: boxes, a slice for every axis, and grids, the indices along every axis."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from cnn_tutor.engine.explanation import Index, Shape

Region = tuple[slice, ...]

Grid = tuple[npt.NDArray[np.intp], ...]
"""Cells in rows and columns with gaps: along each axis the indices, rising; a cell for each choice
of one of every axis. What a window with a dilation reads is one, and a box is not."""


def cell(at: Index) -> Region:
    """Return the box that holds one cell."""
    return tuple(slice(i, i + 1) for i in at)


def whole(shape: Shape) -> Region:
    """Return the box that holds a whole tensor."""
    return tuple(slice(0, n) for n in shape)


def cells(region: Region) -> Iterator[Index]:
    """Go through the cells of a region, the last axis fastest."""
    return itertools.product(*(range(p.start, p.stop, p.step or 1) for p in region))


def size(region: Region) -> int:
    """Return how many cells a region has."""
    count = 1
    for part in region:
        count *= len(range(part.start, part.stop, part.step or 1))
    return count


def hull(regions: Iterable[Region], rank: int) -> Region:
    """Return the smallest box around regions; an empty one where none of them holds anything."""
    held = [region for region in regions if size(region)]
    if not held:
        return (slice(0, 0),) * rank
    return tuple(
        slice(
            min(part.start for part in axis),
            max(range(part.start, part.stop, part.step or 1)[-1] for part in axis) + 1,
        )
        for axis in zip(*held, strict=True)
    )


def has(at: Index, shape: Shape) -> bool:
    """Say whether an index names one cell of a tensor of a shape, counted from its start."""
    return len(at) == len(shape) and all(0 <= i < n for i, n in zip(at, shape, strict=True))


def check_index(at: Index, shape: Shape) -> None:
    """Raise IndexError unless an index names one cell of a tensor, counted from its start."""
    if not has(at, shape):
        raise IndexError(f"{at} is no cell of a tensor of shape {shape}")


def grid(region: Region) -> Grid:
    """Return the cells of a region."""
    return tuple(np.arange(part.start, part.stop, part.step or 1) for part in region)


def grids(cells: Collection[Index]) -> Iterator[Grid]:
    """Go through a few grids that hold just some cells, all of one rank."""
    if not cells:
        return
    if () in cells:
        yield ()
        return
    beyond: dict[int, set[Index]] = defaultdict(set)  # the other axes, for each index of the first
    for at in cells:
        beyond[at[0]].add(at[1:])
    alike: dict[frozenset[Index], list[int]] = defaultdict(list)
    for first, others in beyond.items():
        alike[frozenset(others)].append(first)
    for same, firsts in alike.items():
        for inner in grids(same):
            yield (np.array(sorted(firsts)), *inner)


def box(grid: Grid) -> Region:
    """Return the smallest box around a grid."""
    return tuple(
        slice(int(axis[0]), int(axis[-1]) + 1) if axis.size else slice(0, 0) for axis in grid
    )
