"""Where the arrow keys go in a picture of a network: from cell to cell, map to map, on and on."""

from __future__ import annotations

from cnn_tutor.engine.explanation import Index
from cnn_tutor.widgets.maps.map_layout import MapPlan, MapStack, Spot

Cell = tuple[int, Index]
"""The place of a column, from 0, and the index of a cell in it."""


def stepped(plan: MapPlan, cell: Cell, down: int, right: int) -> Cell:
    """Return the next cell in a direction; at the edge of a map that is one of the next map."""
    column, index = cell
    stack = plan.stacks[column]
    spot = stack.spot(index)
    row, along = spot.row + down, spot.column + right
    rows = round(stack.plane_rect(spot.plane).height() / stack.cell)
    if 0 <= row < rows and 0 <= along < stack.columns:
        return column, stack.index(Spot(spot.plane, row, along))
    if stack.flat and down:
        return column, (max(0, min(index[0] + down, stack.shape[0] - 1)),)
    plane = _beside(stack, spot.plane, down, right)
    if plane is not None:
        there = Spot(plane, row % stack.rows, along % stack.columns)
        return column, stack.index(there)
    if right and 0 <= column + right < len(plan.stacks):
        return column + right, _across(stack, spot, plan.stacks[column + right], right)
    return cell


def turned(plan: MapPlan, cell: Cell, by: int) -> Cell:
    """Return the same place in the next map of a column, or in the one before."""
    column, index = cell
    stack = plan.stacks[column]
    spot = stack.spot(index)
    plane = max(0, min(spot.plane + by, stack.planes - 1))
    return column, stack.index(spot._replace(plane=plane))


def at_end(plan: MapPlan, cell: Cell, last: bool, of_map: bool) -> Cell:
    """Return the first or the last cell of a row, or of the whole map."""
    column, index = cell
    stack = plan.stacks[column]
    spot = stack.spot(index)
    rows = round(stack.plane_rect(spot.plane).height() / stack.cell)
    row = spot.row if not (of_map or stack.flat) else rows - 1 if last else 0
    return column, stack.index(Spot(spot.plane, row, stack.columns - 1 if last else 0))


def entered(plan: MapPlan, cell: Cell, column: int) -> Cell:
    """Return the cell of another column that lies about where a cell lies in its own map."""
    old, new = plan.stacks[cell[0]], plan.stacks[column]
    spot = old.spot(cell[1])
    row = spot.row * new.rows // old.rows
    along = spot.column * new.columns // old.columns
    return column, new.index(Spot(min(spot.plane, new.planes - 1), row, along))


def _beside(stack: MapStack, plane: int, down: int, right: int) -> int | None:
    row, along = divmod(plane, stack.across)
    row, along = row + down, along + right
    found = row * stack.across + along
    inside = row >= 0 and 0 <= along < stack.across and found < stack.planes
    return found if inside else None


def _across(old: MapStack, spot: Spot, new: MapStack, right: int) -> Index:
    """Return the cell on the near edge of another stack that is nearest in height."""
    height = old.plane_rect(spot.plane).y() + (spot.row + 0.5) * old.cell
    edge = [
        plane
        for plane in range(new.planes)
        if (plane % new.across == 0 if right > 0 else _beside(new, plane, 0, 1) is None)
    ]
    plane = min(edge, key=lambda p: abs(new.plane_rect(p).center().y() - height))
    rect = new.plane_rect(plane)
    row = max(0, min(int((height - rect.y()) / new.cell), round(rect.height() / new.cell) - 1))
    return new.index(Spot(plane, row, 0 if right > 0 else new.columns - 1))
