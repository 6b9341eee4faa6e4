"""More channels and maps than have room: picking others, and following the playback to them."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.pages.views.boxes import Box
from cnn_tutor.pages.views.cells.arrangement import Signs, within
from cnn_tutor.project.project import Project
from cnn_tutor.widgets.grids.marks import Mark
from cnn_tutor.widgets.grids.tensor_grid import TensorGrid
from tests.helpers.boards import Grid, by_terms, convolved, enter, marked, names, numbers_of
from tests.helpers.driver import settle

COUNT = 16


def sixteen() -> Project:
    rng = np.random.default_rng(8)
    tensors = {
        "kernel": rng.integers(-2, 3, (3, 3, COUNT, COUNT)).astype(float),
        "bias": rng.integers(-3, 4, COUNT).astype(float),
    }
    return Project.of(rng.integers(0, 4, (5, 5, COUNT)).astype(float), Conv2D(), tensors)


@pytest.fixture
def lab(drive):
    return drive(sixteen())


def seen(lab, port: str) -> list[int]:
    """Return which planes of a port can be seen: their channel, or their map."""
    return sorted(int(name.split("[")[1].split(",")[0].rstrip("]")) for name in names(lab, port))


def said(lab, picker: str) -> str:
    (label,) = lab.part(picker).findChildren(QLabel)
    return label.text()


def test_as_many_planes_as_have_room_are_seen_and_the_picker_says_which(lab) -> None:
    for picker, port in (("pick_rows", "x"), ("pick_maps", "output")):
        planes = seen(lab, port)
        assert 1 < len(planes) < COUNT
        assert planes == list(range(planes[0], planes[-1] + 1))
        assert said(lab, picker) == f"{planes[0] + 1}–{planes[-1] + 1} / 16"
    assert seen(lab, "output")[-1] == COUNT - 1  # the playback stands at its end
    assert seen(lab, "x") == seen(lab, "kernel") == seen(lab, "products")
    before = [seen(lab, port) for port in ("x", "output")]
    lab.hover("x[0]", 0, 0)
    lab.hover(names(lab, "output")[0], 1, 1)
    assert [seen(lab, port) for port in ("x", "output")] == before  # pointing moves no plane


@pytest.mark.parametrize(
    ("picker", "port", "there", "back"),
    [("pick_rows", "x", "forward", "back"), ("pick_maps", "output", "back", "forward")],
)
def test_the_arrows_show_the_planes_before_and_after(lab, picker, port, there, back) -> None:
    at, pages = lab.lab.playback.at, [seen(lab, port)]
    assert not lab.part(f"{picker}_{back}").isEnabled()
    while lab.part(f"{picker}_{there}").isEnabled():
        lab.press(f"{picker}_{there}")
        pages.append(seen(lab, port))
        assert seen(lab, "kernel") == seen(lab, "products") == seen(lab, "x")
    assert sorted({n for page in pages for n in page}) == list(range(COUNT))
    while lab.part(f"{picker}_{back}").isEnabled():
        lab.press(f"{picker}_{back}")
    assert seen(lab, port) == pages[0]
    assert lab.lab.playback.at == at
    assert names(lab, "kernel")[0].endswith(",15]")  # the chosen cell is still of the last map


def turned_through(lab, port: str) -> list[Grid]:
    """Return the numbers of all planes in the rows, seen page by page."""
    while lab.part("pick_rows_back").isEnabled():
        lab.press("pick_rows_back")
    found = {}
    while True:
        found |= {name: numbers_of(lab, name) for name in names(lab, port)}
        if not lab.part("pick_rows_forward").isEnabled():
            assert len(found) == COUNT
            return [
                found[name] for name in sorted(found, key=lambda n: int(re.findall(r"\d+", n)[0]))
            ]
        lab.press("pick_rows_forward")


def test_every_map_is_the_convolution_of_all_sixteen_channels(lab) -> None:
    channels, bias = turned_through(lab, "x"), numbers_of(lab, "bias")
    for f in (0, 7, 15):
        lab.lab.playback.point_at((1, 1, f))
        planes = turned_through(lab, "kernel")
        assert names(lab, "kernel")[0].endswith(f",{f}]")
        assert numbers_of(lab, f"output[{f}]") == convolved(channels, planes, bias[f][0])


def test_the_playback_brings_its_map_into_sight(lab) -> None:
    lab.press("step_first")
    assert 0 in seen(lab, "output")
    assert lab.grid("kernel[0,0]").isVisible()
    lab.press("step_last")
    assert COUNT - 1 in seen(lab, "output")
    assert lab.grid("kernel[0,15]").isVisible()
    slider = lab.part("step_slider")
    QTest.keyClick(slider, Qt.Key.Key_Home)
    for _ in range(5 * 9):  # a map has nine cells
        QTest.keyClick(slider, Qt.Key.Key_Right)
        f = lab.lab.playback.at[2]
        assert f in seen(lab, "output")
        assert lab.grid(f"kernel[{seen(lab, 'x')[0]},{f}]").isVisible()


def test_term_by_term_the_channel_that_is_added_comes_into_sight(lab) -> None:
    by_terms(lab)
    for term in range(1, COUNT * 9 + 1):
        channel = (term - 1) // 9
        assert channel in seen(lab, "x")
        assert marked(lab, f"x[{channel}]", Mark.ACTIVE)
        lab.press("step_forward")


@pytest.mark.parametrize("layer", [Conv2D(groups=COUNT), ReLU()])
def test_maps_of_one_channel_each_are_turned_with_their_channels(drive, layer) -> None:
    rng = np.random.default_rng(8)
    tensors = {"kernel": rng.normal(size=(3, 3, 1, COUNT)), "bias": rng.normal(size=COUNT)}
    given = tensors if "kernel" in layer.inputs else {}
    lab = drive(Project.of(rng.normal(size=(5, 5, COUNT)), layer, given))
    assert not lab.part("pick_maps").isVisible()
    for f in (0, 9, COUNT - 1):
        lab.lab.playback.point_at((1, 1, f))
        assert f in seen(lab, "output")
        assert seen(lab, "output") == seen(lab, "x")
    while lab.part("pick_rows_back").isEnabled():
        lab.press("pick_rows_back")
    assert seen(lab, "output") == seen(lab, "x")
    assert 0 in seen(lab, "x")


def tab_to(lab, wanted: str) -> None:
    """Go on with Ctrl+Tab, which leaves a grid at once, until the keyboard is there."""
    for _ in range(120):
        widget = QApplication.focusWidget()
        if widget.objectName() == wanted:
            return
        control = Qt.KeyboardModifier.ControlModifier
        none = Qt.KeyboardModifier.NoModifier
        QTest.keyClick(widget, Qt.Key.Key_Tab, control if isinstance(widget, TensorGrid) else none)
    raise AssertionError(f"{wanted} is not reached")


@pytest.mark.parametrize(
    ("button", "port"), [("pick_rows_forward", "x"), ("pick_maps_back", "output")]
)
def test_the_keyboard_reaches_the_pickers(lab, button: str, port: str) -> None:
    before = seen(lab, port)
    lab.click("x[0]", 0, 0)
    tab_to(lab, button)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert seen(lab, port) != before


def test_a_larger_window_shows_more_planes_and_a_picker_only_where_it_is_needed(lab, drive) -> None:
    few = len(seen(lab, "x"))
    lab.lab.resize(1500, 1100)
    QApplication.processEvents()
    assert len(seen(lab, "x")) > few
    small = drive("demo")
    assert not small.part("pick_rows").isVisible()
    assert not small.part("pick_maps").isVisible()


def test_weights_that_read_all_channels_are_seen_whichever_are_picked(drive) -> None:
    lab = drive("rgb")
    enter(lab, "axis:kernel:3", "16")
    lab.document.replace(lab.document.project.inserted(1, "dense"), "add")
    lab.lab.state.select("dense_1")
    settle()
    assert lab.grid("kernel").isVisible()
    lab.press("pick_rows_forward")
    settle()
    assert lab.grid("kernel").isVisible()
    assert lab.grid("products").isVisible()


def test_channels_that_come_into_sight_are_highlighted_like_the_others(drive) -> None:
    lab = drive("four_channels")
    lab.lab.resize(1080, 480)
    settle()
    lab.click("output[1]", 4, 4)
    lab.leave()
    assert not lab.grid("x[3]").isVisible()
    lab.lab.resize(1500, 1200)
    settle()
    for name in ("x[0]", "x[3]"):
        assert lab.grid(name).isVisible()
        assert lab.grid(name).mark(5, 5)
    assert lab.grid("kernel[3,1]").mark(0, 0)


def test_signs_that_are_not_needed_wait_for_the_next_arrangement(qtbot) -> None:
    board = QWidget()
    qtbot.addWidget(board)
    signs = Signs(board)
    for texts in ("∗+=", "→", "∗="):
        signs.start_over()
        for n, text in enumerate(texts):
            signs.put(text, Box(40 * n, 10, 60, 60), 20 + n)
        signs.hide_unused()
        shown = [label for label in signs.labels if not label.isHidden()]
        assert [label.text() for label in shown] == [*texts]
        middles = [label.geometry().center().x() for label in shown]
        assert middles == pytest.approx([40 * n + 30 for n in range(len(texts))], abs=2)
        assert [label.font().pixelSize() for label in shown] == [20, 21, 22][: len(texts)]
    assert len(signs.labels) == 3


def test_a_grid_fills_no_more_of_a_box_than_it_needs() -> None:
    assert within(Box(5, 6, 100, 90), (2, 3), (20, 20)) == Box(5, 6, 60, 40)
    assert within(Box(5, 6, 50, 30), (2, 3), (20, 20)) == Box(5, 6, 50, 30)
