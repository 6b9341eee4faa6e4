"""Boards of several channels and filters: their numbers, worked out again one by one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnn_tutor.widgets.grids.fitting import fit
from cnn_tutor.widgets.grids.marks import Mark
from tests.helpers.boards import convolved, marked, names, number, numbers_of, plain

SIZES = {
    "rgb": (3, 1, 3),
    "four_filters": (3, 4, 3),
    "demo": (3, 2, 3),
    "four_channels": (4, 2, 4),
    "pointwise": (3, 1, 3),
    "depthwise": (3, 3, 1),
    "grouped": (4, 4, 2),
    "six_filters": (3, 6, 3),
}
"""The channels, the filters and the depth of each filter."""

presets = pytest.mark.parametrize("preset", SIZES)


def name(port: str, place: int, count: int) -> str:
    return f"{port}[{place}]" if count > 1 else port


def expected(lab, preset: str, f: int) -> list[list[float]]:
    """Work out a map from the numbers on the board."""
    channels, filters, depth = SIZES[preset]
    layer = lab.document.project.network.nodes[-1].layer
    first = f // (filters * depth // channels) * depth
    return convolved(
        [numbers_of(lab, name("x", first + c, channels)) for c in range(depth)],
        [numbers_of(lab, f"kernel[{c},{f}]") for c in range(depth)],
        numbers_of(lab, "bias")[f][0],
        layer.strides,
    )


@presets
def test_every_plane_has_its_grid(drive, preset: str) -> None:
    lab = drive(preset)
    channels, filters, depth = SIZES[preset]
    assert names(lab, "x", visible=False) == [f"x[{c}]" for c in range(channels)]
    planes = sorted(f"kernel[{c},{f}]" for c in range(depth) for f in range(filters))
    assert names(lab, "kernel", visible=False) == planes
    assert names(lab, "output", visible=False) == sorted(
        name("output", f, filters) for f in range(filters)
    )
    assert len(numbers_of(lab, "bias")) == filters


@presets
def test_every_map_is_the_convolution_of_what_the_board_shows(drive, preset: str) -> None:
    lab = drive(preset)
    _, filters, _ = SIZES[preset]
    for f in range(filters):
        assert numbers_of(lab, name("output", f, filters)) == expected(lab, preset, f)


@presets
def test_a_chosen_cell_shows_the_products_of_each_channel_and_their_sums(drive, preset) -> None:
    lab = drive(preset)
    channels, filters, depth = SIZES[preset]
    lab.lab.resize(1400, 900)
    lab.click(name("output", filters - 1, filters), 1, 1)
    first = (filters - 1) // (filters * depth // channels) * depth
    total = 0.0
    for c in range(depth):
        products = f"products[{first + c}]" if depth > 1 else "products"
        kernel = f"kernel[{c},{filters - 1}]"
        assert lab.grid(products).isVisible()
        read = marked(lab, name("x", first + c, channels), Mark.READ)
        window = numbers_of(lab, name("x", first + c, channels))
        values = [window[r][q] for r, q in sorted(read)]
        weights = [w for row in numbers_of(lab, kernel) for w in row]
        made = [number(text) for row in lab.read(products) for text in row]
        assert made == [v * w for v, w in zip(values, weights, strict=True)]
        sum_line = lab.part(products.replace("products", "running_sum"))
        if depth > 1:
            assert number(plain(sum_line)) == sum(made)
        total += sum(made)
    value = total + numbers_of(lab, "bias")[filters - 1][0]
    assert value == numbers_of(lab, name("output", filters - 1, filters))[1][1]
    if depth > 1:
        assert number(plain(lab.part("total")).splitlines()[-1].replace("= ", "")) == value
    else:
        assert number(plain(lab.part("running_sum"))) == value


def test_the_board_shows_the_filter_of_the_chosen_map(drive) -> None:
    lab = drive("demo")
    lab.click("output[1]", 0, 0)
    assert names(lab, "kernel") == ["kernel[0,1]", "kernel[1,1]", "kernel[2,1]"]
    lab.click("output[0]", 0, 0)
    assert names(lab, "kernel") == ["kernel[0,0]", "kernel[1,0]", "kernel[2,0]"]
    QTest.keyClick(lab.part("step_slider"), Qt.Key.Key_End)
    assert names(lab, "kernel") == ["kernel[0,1]", "kernel[1,1]", "kernel[2,1]"]


def test_only_the_channels_of_its_group_have_products(drive) -> None:
    lab = drive("grouped")
    lab.lab.resize(1300, 800)
    lab.click("output[0]", 0, 0)
    assert names(lab, "products") == ["products[0]", "products[1]"]
    lab.click("output[3]", 0, 0)
    assert names(lab, "products") == ["products[2]", "products[3]"]
    beside = lab.grid("kernel[0,3]").geometry(), lab.grid("x[2]").geometry()
    assert beside[0].center().y() in range(beside[1].top(), beside[1].bottom())


@pytest.mark.parametrize("preset", ["depthwise", "max_pooling_maps"])
def test_a_map_of_one_channel_stands_in_its_row_with_all_that_makes_it(drive, preset) -> None:
    lab = drive(preset)
    for f in range(3):
        lab.click(f"output[{f}]", 1, 1)
        assert names(lab, "output") == [f"output[{n}]" for n in range(3)]
        axis = lab.grid(f"x[{f}]").geometry().center().y()
        kernels = [name for name in names(lab, "kernel") if name.endswith(f",{f}]")]
        for name in (*kernels, f"output[{f}]", "products"):
            assert abs(lab.grid(name).geometry().center().y() - axis) <= 1
    assert len(names(lab, "kernel")) == (3 if preset == "depthwise" else 0)


def test_an_edited_weight_changes_the_map_of_its_filter_alone(drive) -> None:
    lab = drive("demo")
    lab.click("output[0]", 0, 0)
    before = [numbers_of(lab, f"output[{f}]") for f in range(2)]
    lab.write("kernel[1,0]", 1, 1, "7")
    assert lab.read("kernel[1,0]")[1][1] == "7"
    assert numbers_of(lab, "output[0]") == expected(lab, "demo", 0) != before[0]
    assert numbers_of(lab, "output[1]") == before[1]
    lab.write("bias", 1, 0, "-5")
    assert numbers_of(lab, "output[1]") == [[n - 5 for n in row] for row in before[1]]
    lab.document.undo_stack.undo()
    lab.document.undo_stack.undo()
    assert [numbers_of(lab, f"output[{f}]") for f in range(2)] == before


def test_the_numbers_of_every_small_board_are_written_in_full(drive) -> None:
    for preset in ("rgb", "four_filters", "demo", "four_channels", "pointwise", "grouped"):
        lab = drive(preset)
        for grid in names(lab, "x") + names(lab, "kernel") + names(lab, "output"):
            width = lab.grid(grid).cell_size()[0] - 6
            family = lab.grid(grid).font().family()
            for value in {n for row in numbers_of(lab, grid) for n in row}:
                assert not fit(value, width, 9, family, True)[0].endswith("…")
