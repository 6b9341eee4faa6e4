"""The grids of a board: their padding, titles, shades, and the room for their numbers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from cnn_tutor.app.style import language
from cnn_tutor.study import words
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from cnn_tutor.widgets.style.shades import Shading
from tests.helpers.boards import enter, plain, setting
from tests.helpers.driver import settle


def test_the_padding_is_dashed_zeros_that_cannot_be_edited(drive) -> None:
    lab = drive("convolution_same")
    assert [len(row) for row in lab.read("x")] == [7] * 7
    lab.click("x", 0, 3)
    assert lab.part("notice").isVisible()
    assert not lab.editing()
    lab.write("x", 1, 1, "4")
    assert lab.read("x")[1][1] == "4"
    assert lab.document.project.x[0, 0, 0] == 4


def test_a_number_that_outgrows_its_cell_gets_a_wider_one(drive) -> None:
    lab = drive("convolution_same")
    before = lab.grid("output").cell_size()[0]
    lab.write("kernel", 1, 1, "999999")
    lab.write("x", 3, 3, "999999")
    after = lab.grid("output").cell_size()[0]
    assert after > before
    assert lab.read("output")[2][2] == "999998000003"


def test_cells_are_coloured_by_value_each_grid_on_its_own_scale(drive) -> None:
    lab = drive("vertical_edges")
    ports = ("x", "kernel", "output")
    quiet = [Shading(5, picture=True), Shading(1), Shading(15)]
    assert [lab.grid(port).shading for port in ports] == quiet
    assert lab.grid("bias").shading is None  # there is nothing to compare it with
    lab.lab.board.set_shaded(True)
    strong = [replace(shading, strong=True) for shading in quiet]
    assert [lab.grid(port).shading for port in ports] == strong
    ground = picture(lab, "output", 2, 0)
    lab.write("x", 3, 3, "50")
    assert [lab.grid(port).shading.largest for port in ports] == [50, 1, 60]
    assert picture(lab, "output", 2, 0) != ground
    lab.lab.board.set_shaded(False)
    assert not lab.grid("output").shading.strong


def test_maps_are_no_pictures_and_neither_are_switches_coloured(drive) -> None:
    lab = drive("max_pooling")
    assert lab.grid("x").shading.picture
    lab = drive("dropout")
    assert lab.grid("mask").shading is None


def test_what_is_asked_for_is_not_told_by_a_colour(lesson) -> None:
    output, x = (lesson.findChild(TensorGrid, port) for port in ("output", "x"))
    assert output.shading is not None
    lesson.guide.next()
    settle()
    assert output.shading is None
    assert x.shading is not None


def picture(lab, name: str, row: int, column: int):
    """The ground of a cell, beside its number."""
    lab.click("output", 4, 4)
    lab.leave()
    grid = lab.grid(name)
    place = grid.visualRect(grid.model().index(row, column)).topLeft() + QPoint(5, 5)
    return grid.viewport().grab().toImage().pixelColor(place)


def test_padding_that_no_window_reads_is_blank(drive) -> None:
    lab = drive("max_pooling")
    enter(lab, "size:x[0]", "3")
    lab.lab.inspector.wanted.emit(setting("set:padding"), "same", 0)
    assert lab.read("x")[3] == ["", "", "", ""]
    lab.click("x", 3, 0)
    assert words.say("errors.outside_cell") in lab.part("notice").text()


def test_planes_are_called_by_their_channels_in_either_language(drive) -> None:
    grids = ("x[0]", "x[1]", "x[2]", "kernel[1,1]", "output[1]")
    lab = drive("demo")
    for code, titles in (
        ("en", ("R red 5×5", "G green 5×5", "B blue 5×5", "Filter 2 · G green", "Output CH2 3×3")),
        ("ja", ("R 赤 5×5", "G 緑 5×5", "B 青 5×5", "フィルタ 2 · G 緑", "出力 CH2 3×3")),
    ):
        language.apply(code)
        QApplication.processEvents()
        for grid, title in zip(grids, titles, strict=True):
            assert lab.grid(grid).accessibleName().startswith(title)


def test_channels_that_are_no_pixels_have_numbers(drive) -> None:
    lab = drive("four_channels")
    called = [lab.grid(f"x[{c}]").accessibleName()[:3] for c in range(4)]
    assert called == ["CH1", "CH2", "CH3", "CH4"]
    assert plain(lab.part("total")).splitlines()[0] == "Sum of the 4"
    language.apply("ja")
    QApplication.processEvents()
    assert plain(lab.part("total")).splitlines()[0] == "4つの和"
