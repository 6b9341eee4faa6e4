"""Lines on a board: from where to where they run, and over what they never do."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from cnn_tutor.widgets.overlays.connectors import Connectors
from tests.helpers.boards import names, setting

SINGLE = ("convolution", "convolution_same", "vertical_edges", "width_quiz", "blur")
SEVERAL = ("rgb", "four_filters", "demo", "four_channels", "grouped")
"""Presets with a single plane, and with several channels."""


def test_lines_enclose_the_rows_of_the_window_and_meet_the_products_and_the_output(drive) -> None:
    lab = drive()
    for row, column in ((0, 0), (1, 1), (2, 2), (0, 2)):
        lab.click("output", row, column)
        lab.leave()
        upper, lower, result = lab.lab.findChild(Connectors).lines
        x, products = lab.grid("x"), lab.grid("products").geometry()
        first = x.cell_rect(row, column + 2).translated(x.pos())
        last = x.cell_rect(row + 2, column + 2).translated(x.pos())
        edge = x.geometry().right() + 1
        assert near(upper.points[1], (edge, first.top()))
        assert near(upper.points[-1], (products.left(), products.top()))
        assert near(lower.points[1], (edge, last.bottom()))
        assert near(lower.points[-1], (products.left(), products.bottom()))
        assert upper.points[0] == lower.points[0]  # the window's rows have one bracket
        total = lab.part("running_sum").geometry()
        assert near(result.points[0], (total.right() + 4, total.center().y()), 2)
        assert enters(result.points[-1], lab.grid("output"), row, column)


def enters(point, output, row: int, column: int) -> bool:
    """Say whether a line ends outside of the output, at the row or the column of a cell."""
    grid = output.geometry()
    cell = output.cell_rect(row, column).translated(output.pos())
    at_row = near(point, (grid.left() - 3, cell.center().y()), 2)
    return at_row or near(point, (cell.center().x(), grid.bottom() + 3), 2)


@pytest.mark.parametrize(
    ("row", "column", "below"), [(0, 0, False), (2, 0, False), (2, 1, True), (2, 2, True)]
)
def test_a_line_enters_the_output_at_its_nearest_edge(drive, row, column, below) -> None:
    lab = drive()
    lab.click("output", row, column)
    lab.leave()
    *_, result = lab.lab.findChild(Connectors).lines
    assert (result.points[-1][1] > lab.grid("output").geometry().bottom()) == below


def near(point, other, by: float = 1.5) -> bool:
    return abs(point[0] - other[0]) <= by and abs(point[1] - other[1]) <= by


def test_the_lines_are_there_after_every_change_of_size(drive) -> None:
    lab = drive()
    for padding in ("same", "by_side", "valid"):
        lab.lab.inspector.wanted.emit(setting("set:padding"), padding, 0)
        QApplication.sendPostedEvents()
        assert len(lab.lab.findChild(Connectors).lines) == 3
        before = lab.lab.findChild(Connectors).lines
        QApplication.processEvents()
        assert lab.lab.findChild(Connectors).lines == before


@pytest.mark.parametrize("preset", SEVERAL)
def test_lines_lead_from_each_channel_to_the_total_and_on_to_the_cell(drive, preset: str) -> None:
    lab = drive(preset)
    maps = names(lab, "output")
    for grid in (maps[0], maps[-1]):
        for row, column in ((0, 0), (1, 2)):
            lab.click(grid, row, column)
            lab.leave()
            *inward, outward = lab.lab.findChild(Connectors).lines
            products = [lab.grid(name).geometry() for name in names(lab, "products")]
            channels = [name.removeprefix("products") for name in names(lab, "products")]
            sums = [lab.part(f"running_sum{channel}").geometry() for channel in channels]
            total = lab.part("total").geometry()
            assert len(inward) == len(products)
            assert len({line.tone for line in inward}) == len(products)
            for line, box in zip(inward, sums, strict=True):
                assert near(line.points[0], (box.right() + 4, box.center().y()), 2)
                assert abs(line.points[-1][0] - total.left()) <= 6
                assert total.top() < line.points[-1][1] < total.bottom()
            assert total.left() < outward.points[0][0] < total.right() + 6
            assert total.top() < outward.points[0][1] < total.bottom()
            assert enters(outward.points[-1], lab.grid(grid), row, column)


@pytest.mark.parametrize("preset", [*SINGLE, *SEVERAL])
def test_lines_never_run_over_a_number_or_a_sum(drive, preset: str) -> None:
    lab = drive(preset)
    for grid in names(lab, "output"):
        model = lab.grid(grid).model()
        whole = itertools.product(range(model.rowCount()), range(model.columnCount()))
        for row, column in whole if preset in SINGLE else ((0, 0), (1, 1), (2, 1), (0, 2)):
            lab.click(grid, row, column)
            lab.leave()
            lines = lab.lab.findChild(Connectors).lines
            assert len(lines) == 3 or preset in SEVERAL
            ground = occupied(lab)
            for line in lines:
                for start, end in itertools.pairwise(line.points):
                    (left, right), (top, bottom) = (sorted(p) for p in zip(start, end, strict=True))
                    way = QRectF(left, top, max(right - left, 0.1), max(bottom - top, 0.1))
                    assert not [box for box in ground if box.intersects(way)], (grid, row, line)


def occupied(lab) -> list[QRectF]:
    """Where there is a number, a word or a sign."""
    found = [box for grid in lab.lab.board.findChildren(QTableView) for box in middles(grid)]
    for label in lab.lab.board.findChildren(QLabel):
        if label.isVisible() and label.text():
            box = QRectF(label.geometry())
            if label.objectName() == "sign":
                box = QRectF(0, 0, 18, 18).translated(box.center() - QPointF(9, 9))
            elif label.objectName() == "total":  # a line begins beside its last, short one
                box.setHeight(2 * label.fontMetrics().lineSpacing())
            found.append(box if label.objectName() == "sign" else box.adjusted(4, 6, -4, -6))
    return found


def middles(grid: QTableView) -> list[QRectF]:
    """The middle of every cell that can be seen, where its number is."""
    if not grid.isVisible():
        return []
    found = []
    for row in range(grid.model().rowCount()):
        for column in range(grid.model().columnCount()):
            rect = grid.visualRect(grid.model().index(row, column))
            if grid.viewport().rect().contains(rect):
                found.append(QRectF(rect.translated(grid.pos())).adjusted(3, 3, -3, -3))
    return found


def test_the_lines_have_the_colours_of_the_channels_names(drive) -> None:
    lab = drive("rgb")
    *inward, _ = lab.lab.findChild(Connectors).lines
    for c, line in enumerate(inward):
        titles = [w.text() for w in lab.lab.board.findChildren(QLabel) if w.buddy()]
        named = lab.grid(f"x[{c}]").accessibleName().partition(" ")[0]
        assert any(line.tone in text and f">{named} " in text for text in titles)
        assert line.tone in lab.part(f"running_sum[{c}]").text()
        assert line.tone in lab.part("total").text()
