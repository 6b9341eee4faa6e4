"""The whole network at once: receptive fields through all layers, in picture and words."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel

from cnn_tutor.app.style import language
from cnn_tutor.document.document import Document
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.network import Node
from cnn_tutor.pages.views.network.network_view import NetworkView
from cnn_tutor.project.project import Address, Project
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.widgets.maps.map_columns import MapColumns, Place
from cnn_tutor.widgets.style.legend import Legend
from tests.helpers.states import lab_state
from tests.helpers.widgets import LEFT, NONE, Key, in_window, press
from tests.unit.pages.panels.test_layer_row import chain


def two_convolutions() -> Project:
    """7×7×2 through a 3×3 filter, then 5×5×3 through a 3×3 filter with stride 2."""
    rng = np.random.default_rng(5)
    x = rng.integers(0, 5, (7, 7, 2)).astype(float)
    first = rng.integers(-1, 2, (3, 3, 2, 3)).astype(float)
    second = rng.integers(-1, 2, (3, 3, 3, 2)).astype(float)
    return Project.chain(
        x,
        [
            Node("conv2d_1", Conv2D(), {"kernel": first, "bias": np.zeros(3)}),
            Node("conv2d_2", Conv2D(strides=(2, 2)), {"kernel": second, "bias": np.zeros(2)}),
        ],
    )


class Bench:
    """The view over a document, worked with mouse and keys."""

    def __init__(self, qtbot, project: Project, size=(1000, 700)) -> None:
        self.document = Document(project)
        self.state = lab_state(self.document)
        self.shown, self.playback = self.state.shown, self.state.playback
        self.view = NetworkView(self.document, self.state)
        self.state.show_view(self.view.key)
        self.document.setParent(self.view)
        self.maps = self.view.maps
        self.window = in_window(qtbot, self.view, size=size)
        QApplication.processEvents()

    def centre(self, key: str, *index: int) -> QPoint:
        return self.maps.cell_rect(Place(key, index)).center().toPoint()

    def click(self, key: str, *index: int) -> None:
        QTest.mouseClick(self.maps, LEFT, NONE, self.centre(key, *index))

    def hover(self, key: str, *index: int) -> None:
        QTest.mouseMove(self.maps, self.centre(key, *index))
        QApplication.processEvents()

    def leave(self) -> None:
        QTest.mouseMove(self.maps, QPoint(1, 1))
        QApplication.processEvents()

    def box(self, key: str, rows: tuple[int, int], columns: tuple[int, int], c: int) -> QRectF:
        """From the first to the last of rows and columns, both counted in."""
        first = self.maps.cell_rect(Place(key, (rows[0], columns[0], c)))
        last = self.maps.cell_rect(Place(key, (rows[1], columns[1], c)))
        return QRectF(first.topLeft(), last.bottomRight())

    @property
    def sentence(self) -> str:
        label = self.view.findChild(QLabel, "reads")
        return label.text().replace("\n", " ")


@pytest.fixture
def bench(qtbot) -> Bench:
    return Bench(qtbot, two_convolutions())


def test_the_boxes_of_two_convolutions_are_those_worked_by_hand(bench) -> None:
    # Stride 2: output row 1 reads rows 2–4 of the 5; those read rows 2–6 of the input's 7.
    bench.click("conv2d_2", 1, 0, 1)
    first, middle, cell = bench.maps.frustum.boxes
    assert list(first) == [bench.box("input", (2, 6), (0, 4), c) for c in range(2)]
    assert list(middle) == [bench.box("conv2d_1", (2, 4), (0, 2), c) for c in range(3)]
    assert list(cell) == [bench.maps.cell_rect(Place("conv2d_2", (1, 0, 1)))]
    assert len(bench.maps.frustum.rays) == 2


def test_a_cell_in_the_middle_reads_back_from_there_only(bench) -> None:
    bench.click("conv2d_1", 4, 1, 2)
    first, cell = bench.maps.frustum.boxes
    assert list(first) == [bench.box("input", (4, 6), (1, 3), c) for c in range(2)]
    assert len(cell) == 1


def test_it_says_what_is_read_in_both_languages(bench) -> None:
    bench.click("conv2d_2", 1, 0, 1)
    value = int(bench.document.evaluation.value("conv2d_2")[1, 0, 1])
    shown = str(value).replace("-", "−")
    assert bench.sentence == (
        f"Output[1, 0, 1] of Convolution 2 is {shown}. "
        "It reads 5×5×2 cells of the input (rows 2–6, columns 0–4, channels 0–1)."
    )
    language.apply("ja")
    bench.view.retranslate()
    assert bench.sentence == (
        f"畳み込み 2: 出力[1, 0, 1] は {shown} です。"
        "入力の5×5×2マス（2〜6行、0〜4列、チャンネル 0〜1）を読みます。"
    )


def test_a_cell_of_the_input_says_its_value(bench) -> None:
    bench.click("input", 3, 2, 1)
    value = int(bench.document.project.x[3, 2, 1])
    assert bench.sentence == f"Input[3, 2, 1] is {value}."


def test_hovering_shows_the_same_and_leaving_goes_back(bench) -> None:
    bench.click("conv2d_2", 0, 0, 0)
    kept, said = bench.maps.frustum, bench.sentence
    bench.hover("conv2d_1", 4, 4, 0)
    assert list(bench.maps.frustum.boxes[0]) == [
        bench.box("input", (4, 6), (4, 6), c) for c in range(2)
    ]
    assert bench.sentence.startswith("Output[4, 4, 0] of Convolution 1")
    bench.leave()
    assert bench.maps.frustum == kept
    assert bench.sentence == said


def test_hovering_the_shown_layer_points_at_its_cell_for_everyone(bench) -> None:
    bench.hover("conv2d_2", 0, 1, 1)
    assert (bench.state.highlight.port, bench.state.highlight.at) == (OUTPUT, (0, 1, 1))
    bench.leave()
    assert bench.state.highlight.at == bench.playback.at


def test_a_click_in_the_shown_layer_pins_and_elsewhere_leaves_the_pin(bench) -> None:
    bench.click("conv2d_2", 1, 0, 0)
    assert bench.playback.at == (1, 0, 0)
    bench.click("conv2d_1", 2, 2, 0)
    assert bench.playback.at == (1, 0, 0)
    assert bench.shown.name == "conv2d_2"


def test_a_double_click_goes_to_the_layer_and_pins_the_cell(bench) -> None:
    QTest.mouseDClick(bench.maps, LEFT, NONE, bench.centre("conv2d_1", 3, 1, 2))
    assert (bench.shown.name, bench.state.view) == ("conv2d_1", "cells")
    assert bench.playback.at == (3, 1, 2)
    bench.state.show_view("network")
    assert bench.maps.cursor_place == Place("conv2d_1", (3, 1, 2))


def test_enter_does_so_too_and_the_input_is_no_layer(qtbot, bench) -> None:
    bench.click("conv2d_1", 3, 1, 2)
    press(qtbot, Key.Key_Return)
    assert (bench.shown.name, bench.playback.at) == ("conv2d_1", (3, 1, 2))
    assert bench.state.view == "cells"
    bench.state.show_view("network")
    bench.click("input", 0, 0, 0)
    press(qtbot, Key.Key_Return)
    assert (bench.shown.name, bench.state.view) == ("conv2d_1", "network")


def test_the_arrow_keys_move_the_field(qtbot, bench) -> None:
    bench.click("conv2d_2", 0, 0, 0)
    press(qtbot, Key.Key_Right)
    assert "columns 2–6" in bench.sentence
    press(qtbot, Key.Key_Down)
    assert "rows 2–6" in bench.sentence
    assert bench.maps.accessibleName().startswith("Convolution 2 [1,1,0] = ")
    assert bench.maps.accessibleDescription() == bench.sentence


def test_it_follows_the_playback(bench) -> None:
    bench.playback.first()
    assert bench.maps.cursor_place == Place("conv2d_2", (0, 0, 0))
    bench.playback.forward()
    assert bench.maps.cursor_place == Place("conv2d_2", (0, 1, 0))
    assert bench.sentence.startswith("Output[0, 1, 0]")


def test_another_layer_shown_takes_its_cell(bench) -> None:
    bench.state.select("conv2d_1")
    place = bench.maps.cursor_place
    assert (place.key, place.index) == ("conv2d_1", bench.playback.at)


def test_an_edit_changes_the_number_that_is_said(bench) -> None:
    bench.click("input", 0, 0, 0)
    bench.document.edit(Address("input", "x"), {(0, 0, 0): 77.0}, "edit")
    assert bench.sentence == "Input[0, 0, 0] is 77."
    bench.document.undo_stack.undo()
    assert bench.sentence != "Input[0, 0, 0] is 77."


def test_padding_alone_and_vectors_are_said_too(qtbot) -> None:
    project = chain("conv2d", "flatten", "dense")
    bench = Bench(qtbot, project)
    bench.click("dense_1", 0)
    assert "It reads 8×8×1 cells of the input (rows 0–7, columns 0–7, channel 0)." in bench.sentence
    bench.click("flatten_1", 0)
    assert "3×3×1 cells of the input (rows 0–2" in bench.sentence
    padded = Conv2D(padding=((3, 3), (3, 3)))
    bench.document.replace(project.with_layer("conv2d_1", padded), "pad")
    bench.click("conv2d_1", 0, 0, 0)
    assert bench.sentence.endswith("It reads nothing of the input, only padding.")


def test_it_shows_other_work_and_layers_that_come_and_go(bench) -> None:
    bench.document.replace(bench.document.project.inserted(1, "relu"), "add")
    assert [column.key for column in bench.maps.columns] == [
        "input",
        "conv2d_1",
        "relu_1",
        "conv2d_2",
    ]
    bench.click("relu_1", 0, 0, 0)
    bench.document.undo_stack.undo()
    assert len(bench.maps.columns) == 3
    assert bench.maps.cursor_place == Place("conv2d_2", bench.playback.at)
    bench.document.open(chain("conv2d"))
    assert [column.title for column in bench.maps.columns] == ["Input", "Convolution"]


def test_every_map_that_a_filter_made_has_that_filter_and_no_other(qtbot) -> None:
    bench = Bench(qtbot, presets()["deck_network"].project(), size=(1100, 700))
    filters = {column.key: column.filters for column in bench.maps.columns}
    kernel = bench.document.project.network.node("conv2d_1").tensors["kernel"]
    assert np.array_equal(filters.pop("conv2d_1"), kernel)
    assert set(filters.values()) == {None}


def test_one_scale_for_a_layer_is_switched_on_with_the_mouse_and_off_with_a_key(
    qtbot, bench
) -> None:
    switch = bench.view.findChild(QCheckBox, "shared_scale")
    value = bench.document.evaluation.value("conv2d_1")

    def ends() -> list[tuple[float, float]]:
        found = [bench.maps.scale("conv2d_1", n) for n in range(3)]
        return [(scale.low, scale.high) for scale in found]

    each = [(value[..., n].min(), value[..., n].max()) for n in range(3)]
    assert ends() == each
    with qtbot.waitSignal(switch.toggled):
        QTest.mouseClick(switch, LEFT, NONE, QPoint(8, switch.height() // 2))
    assert ends() == [(value.min(), value.max())] * 3
    assert "layer" in bench.view.findChild(Legend).accessibleName()
    bench.document.edit(Address("input", "x"), {(0, 0, 0): 90.0}, "edit")
    assert ends() == [(value.min(), value.max())] * 3  # it stays
    bench.maps.setFocus()
    with qtbot.waitSignal(switch.toggled):
        press(qtbot, Key.Key_S)
    assert ends() == [(value[..., n].min(), value[..., n].max()) for n in range(3)]
    assert "map" in bench.view.findChild(Legend).accessibleName()


def test_a_figure_has_the_scale_of_the_page_without_its_switch(qtbot, bench) -> None:
    switch = bench.view.findChild(QCheckBox, "shared_scale")
    switch.click()
    other = NetworkView(bench.document, bench.state)
    in_window(qtbot, other, size=(1000, 700))
    other.match(bench.view)
    other.pose()
    assert other.maps.shared_scale
    assert other.findChild(QCheckBox, "shared_scale").isHidden()


def test_the_table_is_part_of_it_and_chooses_layers(bench) -> None:
    assert bench.view.table.isVisible()
    at = bench.view.table.visualRect(bench.view.table.model().index(1, 0)).center()
    QTest.mouseClick(bench.view.table.viewport(), LEFT, NONE, at)
    assert bench.shown.name == "conv2d_1"
    assert bench.shown.offers(NetworkView.key)
    assert bench.view.first_part is bench.maps


@pytest.mark.parametrize("spoken", ["ja", "en"])
@pytest.mark.parametrize("size", [(716, 440), (1350, 810)])
def test_every_part_has_room_and_the_picture_does_not_jump(qtbot, spoken, size) -> None:
    language.apply(spoken)
    bench = Bench(qtbot, two_convolutions(), size)
    assert bench.window.size().toTuple() == size
    high = bench.maps.height()
    for key, at in (("conv2d_2", (1, 1, 1)), ("input", (0, 0, 0)), ("conv2d_1", (4, 4, 2))):
        bench.hover(key, *at)
        for label in bench.view.findChildren(QLabel):
            if label.isVisible():
                assert label.height() >= label.heightForWidth(label.width())
        assert bench.maps.height() == high


def test_a_network_wider_than_its_window_brings_the_cell_into_sight(qtbot) -> None:
    kinds = ["conv2d", *["relu", "tanh"] * 6, "flatten", "dense"]
    bench = Bench(qtbot, chain(*kinds, side=20), (716, 440))
    visible = bench.maps.visibleRegion().boundingRect()
    assert visible.width() < bench.maps.width()
    assert visible.contains(bench.centre("dense_1", *bench.playback.at))
    bench.state.select("conv2d_1")
    qtbot.waitUntil(
        lambda: (
            bench.maps.visibleRegion()
            .boundingRect()
            .contains(bench.centre("conv2d_1", *bench.playback.at))
        )
    )


def test_another_chapter_opened_with_the_keyboard_under_the_pointer(drive) -> None:
    driver = drive(two_convolutions())
    lab = driver.lab
    lab.state.show_view("network")
    maps = lab.findChild(MapColumns, "maps")
    QApplication.processEvents()
    at = maps.cell_rect(Place("conv2d_2", (0, 1, 1))).center().toPoint()
    QTest.mouseMove(maps, at)
    QApplication.processEvents()
    driver.document.open(presets()["convolution"].project())
    QTest.mouseMove(lab, QPoint(3, 3))
    QApplication.processEvents()
    assert not maps.isVisible()
    assert lab.state.highlight.at == lab.playback.at
    lab.state.show_view("network")
    QApplication.processEvents()
    place = maps.cursor_place
    assert (place.key, place.index) == (lab.shown.name, lab.playback.at)


def test_for_a_picture_it_matches_another_and_leaves_out_what_is_to_be_worked_with(qtbot) -> None:
    one, other = (Bench(qtbot, two_convolutions()) for _ in range(2))
    one.click("conv2d_1", 2, 2, 1)
    other.view.pose()
    other.view.match(one.view)
    assert other.maps.cursor_place == Place("conv2d_1", (2, 2, 1))
    assert not other.view.table.isVisible()
    said = " ".join(label.text() for label in other.view.findChildren(QLabel))
    assert words.say("layers.map_hint") not in said
