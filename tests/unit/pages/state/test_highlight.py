"""Several channels, step by step, and what is highlighted on their board."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.overlays.connectors import Connectors
from tests.helpers.boards import by_terms, marked, names, numbers_of, plain

WINDOW = [(r, q) for r in range(3) for q in range(3)]


def filled(lab, grid: str) -> int:
    return sum(bool(text) for row in lab.read(grid) for text in row)


def test_term_by_term_one_channel_follows_the_other_then_the_sums_then_the_bias(drive) -> None:
    lab = drive("rgb")
    lab.write("bias", 0, 0, "5")
    by_terms(lab)
    sums = []
    for term in range(1, 32):
        assert lab.part("step_place").text() == f"{term} / {31 * 25}"
        done = min(term, 27)
        for c in range(3):
            added = max(0, min(done - 9 * c, 9))
            assert filled(lab, f"products[{c}]") == added
            active = {WINDOW[added - 1]} if 9 * c < term <= 9 * c + 9 else set()
            assert marked(lab, f"x[{c}]", Mark.ACTIVE) == active
            assert marked(lab, f"kernel[{c},0]", Mark.ACTIVE) == active
            assert marked(lab, f"products[{c}]", Mark.ACTIVE) == active
        assert marked(lab, "bias", Mark.ACTIVE) == set()  # the last term of all needs no outline
        assert (lab.read("output")[0][0] == "") == (term < 31)
        sums.append(plain(lab.part("total")))
        lab.press("step_forward")
    # By hand, as in the next test: the channels make 0, 2 and 2.
    assert [text.splitlines()[1:] for text in sums] == [
        *[["…"]] * 27,
        ["0"],
        ["0 + 2"],
        ["0 + 2 + 2"],
        ["0 + 2 + 2", "+ Bias 5", "= 9"],
    ]
    assert lab.lab.playback.at == (0, 1, 0)


def test_the_running_sums_of_a_corner_are_those_worked_by_hand(drive) -> None:
    """Only the four lower right cells of the window at the corner lie on the picture.

    Red: of its diagonal only the centre meets no padding, and that is 0. Green: 1 in the centre
    and 1 under it to the right. Blue: its lower row meets padding, then 1 and 1.
    """
    lab = drive("rgb")
    lab.click("output", 0, 0)
    assert [plain(lab.part(f"running_sum[{c}]")) for c in range(3)] == ["Σ = 0", "Σ = 2", "Σ = 2"]
    assert plain(lab.part("total")).splitlines() == ["Sum of the 3", "0 + 2 + 2", "+ Bias 0", "= 4"]
    assert lab.part("formula").toPlainText().splitlines() == [
        "R red: 0",
        "G green: 2",
        "B blue: 2",
        "0 + 2 + 2 + 0 = 4",
    ]


def test_a_sum_of_a_channel_is_not_given_away_before_its_products_are_there(drive) -> None:
    lab = drive("rgb")
    by_terms(lab)
    for _ in range(11):
        lab.press("step_forward")
    assert [plain(lab.part(f"running_sum[{c}]")) for c in range(3)] == ["Σ = 0", "Σ = 0", ""]
    assert lab.part("formula").toPlainText().splitlines()[0] == "R red: 0"
    assert lab.part("formula").toPlainText().endswith(" + …")


def test_hovering_one_channel_lights_every_map_and_the_weights_it_meets(drive) -> None:
    lab = drive("four_filters")
    block = set(itertools.product(range(2), range(2)))
    for chosen in range(4):
        lab.click(f"output[{chosen}]", 4, 4)
        lab.hover("x[1]", 1, 1)
        assert all(marked(lab, f"output[{f}]", Mark.REACHED) == block for f in range(4))
        assert marked(lab, f"kernel[1,{chosen}]", Mark.WEIGHT) == block
        assert marked(lab, f"kernel[0,{chosen}]", Mark.WEIGHT) == set()
        assert marked(lab, "x[1]", Mark.ACTIVE) == {(1, 1)}
        assert marked(lab, "x[0]", Mark.READ) == marked(lab, "x[2]", Mark.READ) == set()
        lab.leave()
        assert len(marked(lab, "x[0]", Mark.READ)) == 9


def test_hovering_a_weight_lights_its_map_and_its_channel_alone(drive) -> None:
    lab = drive("demo")
    lab.click("output[1]", 0, 0)
    lab.hover("kernel[2,1]", 0, 0)
    # In steps of 2 its place is on the padding for the first row and the first column.
    assert marked(lab, "output[1]", Mark.REACHED) == set(itertools.product((1, 2), (1, 2)))
    assert marked(lab, "output[0]", Mark.REACHED) == set()
    assert marked(lab, "x[2]", Mark.READ) == set(itertools.product((2, 4), (2, 4)))
    assert marked(lab, "x[0]", Mark.READ) == set()


def test_hovering_a_bias_lights_its_whole_map(drive) -> None:
    lab = drive("demo")
    lab.hover("bias", 0, 0)
    assert marked(lab, "output[0]", Mark.REACHED) == set(itertools.product(range(3), range(3)))
    assert marked(lab, "output[1]", Mark.REACHED) == set()


def test_a_chosen_cell_lights_the_window_of_each_channel_and_its_bias(drive) -> None:
    lab = drive("demo")
    lab.click("output[0]", 1, 2)
    window = set(itertools.product(range(2, 5), range(4, 7)))
    assert all(marked(lab, f"x[{c}]", Mark.READ) == window for c in range(3))
    assert all(marked(lab, f"kernel[{c},0]", Mark.WEIGHT) == set(WINDOW) for c in range(3))
    assert marked(lab, "bias", Mark.WEIGHT) == {(0, 0)}
    lab.click("output[1]", 1, 2)
    assert marked(lab, "bias", Mark.WEIGHT) == {(1, 0)}


def test_hovering_a_product_makes_the_two_numbers_of_its_channel_stand_out(drive) -> None:
    lab = drive("rgb")
    lab.click("output", 2, 2)
    lab.hover("products[1]", 0, 2)
    assert marked(lab, "x[1]", Mark.ACTIVE) == {(2, 4)}
    assert marked(lab, "kernel[1,0]", Mark.ACTIVE) == {(0, 2)}
    assert marked(lab, "x[0]", Mark.ACTIVE) == marked(lab, "x[2]", Mark.ACTIVE) == set()


@pytest.mark.parametrize("preset", ["rgb", "four_filters", "demo", "four_channels", "grouped"])
def test_lines_lead_from_each_channel_to_the_total_and_on_to_the_cell(drive, preset: str) -> None:
    lab = drive(preset)
    maps = names(lab, "output")
    for grid in (maps[0], maps[-1]):
        for row, column in ((0, 0), (1, 2)):
            lab.click(grid, row, column)
            lab.leave()
            *inward, outward = lab.lab.findChild(Connectors).lines
            products = [lab.grid(name).geometry() for name in names(lab, "products")]
            total = lab.part("total").geometry()
            assert len(inward) == len(products)
            assert len({line.tone for line in inward}) == len(products)
            for line, box in zip(inward, products, strict=True):
                assert abs(line.points[0][0] - box.right()) <= 3
                assert abs(line.points[0][1] - box.center().y()) <= 2
                assert abs(line.points[-1][0] - total.left()) <= 4
                assert abs(line.points[-1][1] - total.center().y()) <= 2
            view = lab.grid(grid)
            cell = view.cell_rect(row, column).translated(view.pos())
            assert abs(outward.points[0][1] - total.center().y()) <= 2
            assert abs(outward.points[-1][0] - cell.left()) <= 2
            assert min(abs(outward.points[-1][1] - y) for y in (cell.top(), cell.bottom())) <= 2


@pytest.mark.parametrize("preset", ["rgb", "four_filters", "demo", "four_channels", "grouped"])
def test_lines_never_run_over_a_number_or_a_sum(drive, preset: str) -> None:
    lab = drive(preset)
    for grid in names(lab, "output"):
        for row, column in ((0, 0), (1, 1), (2, 1), (0, 2)):
            lab.click(grid, row, column)
            lab.leave()
            ground = occupied(lab)
            for line in lab.lab.findChild(Connectors).lines:
                for start, end in itertools.pairwise(line.points):
                    (left, right), (top, bottom) = (sorted(p) for p in zip(start, end, strict=True))
                    way = QRectF(left, top, max(right - left, 0.1), max(bottom - top, 0.1))
                    assert not [box for box in ground if box.intersects(way)], (grid, row, line)


def occupied(lab) -> list[QRectF]:
    """Where there is a number or a word."""
    found = [box for grid in lab.lab.board.findChildren(QTableView) for box in middles(grid)]
    for label in lab.lab.board.findChildren(QLabel):
        if label.isVisible() and label.text():
            found.append(QRectF(label.geometry()).adjusted(4, 6, -4, -6))
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


def test_the_products_and_the_total_follow_an_edit_under_the_pointer(drive) -> None:
    lab = drive("rgb")
    lab.click("output", 2, 2)
    before = numbers_of(lab, "output")[2][2]
    lab.write("kernel[1,0]", 1, 1, "4")
    QApplication.processEvents()
    assert lab.read("products[1]")[1][1] == "2×4 = 8"
    assert numbers_of(lab, "output")[2][2] == before + 6
    assert plain(lab.part("total")).endswith(f"= {before + 6:.0f}".replace("-", "−"))
