"""Settings, undo and the choice of layers together: nothing goes to the wrong layer or is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from cnn_tutor.app.style import language
from cnn_tutor.pages.panels import layer_settings
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from tests.helpers.boards import LEFT, enter, names, numbers_of, place, refusals
from tests.helpers.driver import settle


def chip(lab, name: str) -> QAbstractButton:
    return lab.lab.findChild(QAbstractButton, f"chip[{name}]")


def test_a_setting_of_one_layer_leaves_the_same_setting_of_another_alone(drive) -> None:
    lab = drive("deep")
    lab.lab.state.select("conv2d_1")
    enter(lab, "axis:kernel:3", "5")
    lab.lab.state.select("conv2d_2")
    enter(lab, "axis:kernel:3", "9")
    network = lab.document.project.network
    assert network.shape("conv2d_1")[2] == 5
    assert network.shape("conv2d_2")[2] == 9


def test_what_is_typed_in_a_setting_counts_for_its_layer_when_another_is_chosen(drive) -> None:
    lab = drive("deck_network")
    lab.lab.state.select("conv2d_1")
    settle()
    lab.part("set:dilation_rate[0]").setFocus()
    lab.part("set:dilation_rate[0]").selectAll()
    QTest.keyClicks(lab.part("set:dilation_rate[0]"), "2")
    QTest.mouseClick(chip(lab, "max_pooling2d_1"), LEFT)
    settle()
    network = lab.document.project.network
    assert network.node("conv2d_1").layer.dilation_rate == (2, 1)
    assert lab.lab.shown.name == "max_pooling2d_1"


def test_undo_works_while_the_keyboard_is_in_a_setting(window) -> None:
    window.open_chapter("softmax")
    settle()
    box = window.lab.inspector.first_part
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Up)
    settle()
    assert window.document.project.x.shape == (6,)
    QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.document.project.x.shape == (5,)


def test_the_settings_stay_where_they_are_while_they_are_changed(drive) -> None:
    lab = drive("demo")
    box = lab.part("set:strides[0]")
    place = box.mapTo(lab.lab, box.rect().center())
    enter(lab, "set:strides[0]", "1")
    lab.hover("x[0]", 2, 2)
    lab.click("output[0]", 1, 1)
    box = lab.part("set:strides[0]")
    assert box.mapTo(lab.lab, box.rect().center()) == place


# --- how deep a filter is, and how many there are: what can be set, and what follows ---

DEPTH, FILTERS, CHANNELS = "axis:kernel:2", "axis:kernel:3", "axis:x:2"


def shapes(lab) -> dict[str, tuple[int, ...]]:
    return lab.lab.shown.shapes


@pytest.mark.parametrize("spoken", ["en", "ja"])
@pytest.mark.parametrize("depth", ["2", "4", "1"])
def test_another_depth_than_the_inputs_is_not_to_be_had_and_it_says_why(
    drive, spoken, depth
) -> None:
    language.apply(spoken)
    lab = drive("rgb")
    before = lab.document.project
    enter(lab, DEPTH, depth)
    (message,) = refusals(lab)
    assert message.text() == words.say("errors.depth_differs", channels=3, depth=int(depth))
    assert lab.document.project is before
    assert lab.document.undo_stack.count() == 0
    assert lab.part(DEPTH).text() == "3"


def test_the_message_stands_under_the_row_of_the_depth(drive, qtbot) -> None:
    lab = drive("rgb")
    enter(lab, DEPTH, "5")
    (message,) = refusals(lab)

    def between() -> bool:
        above, below = place(lab, lab.part(DEPTH)), place(lab, lab.part("set:strides[0]"))
        own = place(lab, message)
        return above.bottom() <= own.top() and own.bottom() <= below.top()

    qtbot.waitUntil(between)
    enter(lab, FILTERS, "2")
    assert not refusals(lab)


def test_each_count_is_called_what_it_is(drive) -> None:
    lab = drive("rgb")
    called = {name: lab.part(name).accessibleName() for name in (CHANNELS, FILTERS, DEPTH)}
    assert called == {CHANNELS: "Input channels", FILTERS: "Filters", DEPTH: "Filter depth"}
    lab = drive("dense")
    assert lab.part("axis:x:0").accessibleName() == "Inputs"
    assert lab.part("axis:kernel:1").accessibleName() == "Units"


def test_more_channels_make_every_filter_deeper_and_leave_the_output_as_it_is(drive) -> None:
    lab = drive("demo")
    output = [numbers_of(lab, f"output[{f}]") for f in range(2)]
    enter(lab, CHANNELS, "5")
    assert shapes(lab) == {
        "x": (5, 5, 5), "kernel": (3, 3, 5, 2), "bias": (2,), "output": (3, 3, 2),
    }  # fmt: skip
    assert lab.part(DEPTH).text() == "5"
    assert names(lab, "x", visible=False) == [f"x[{c}]" for c in range(5)]
    assert "kernel[4,1]" in names(lab, "kernel", visible=False)
    assert [numbers_of(lab, f"output[{f}]") for f in range(2)] == output  # what is new is 0
    assert lab.grid("x[0]").accessibleName().startswith("CH1")  # five channels are no pixels
    lab.document.undo_stack.undo()
    assert shapes(lab)["kernel"] == (3, 3, 3, 2)
    assert lab.part(CHANNELS).text() == lab.part(DEPTH).text() == "3"
    assert names(lab, "x", visible=False) == ["x[0]", "x[1]", "x[2]"]


def test_more_filters_give_more_maps_and_a_longer_bias(drive) -> None:
    lab = drive("rgb")
    first = numbers_of(lab, "output")
    enter(lab, FILTERS, "3")
    assert shapes(lab) == {
        "x": (5, 5, 3), "kernel": (3, 3, 3, 3), "bias": (3,), "output": (5, 5, 3),
    }  # fmt: skip
    assert names(lab, "output", visible=False) == [f"output[{f}]" for f in range(3)]
    assert lab.read("bias") == [["0"]] * 3
    assert numbers_of(lab, "output[0]") == first
    assert numbers_of(lab, "output[2]") == [[0] * 5] * 5
    lab.write("bias", 2, 0, "4")
    assert numbers_of(lab, "output[2]") == [[4] * 5] * 5
    lab.document.undo_stack.undo()
    lab.document.undo_stack.undo()
    assert shapes(lab)["bias"] == (1,)
    assert numbers_of(lab, "output") == first


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        (FILTERS, "0", "depth_limit"),
        (FILTERS, "17", "depth_limit"),
        (CHANNELS, "0", "depth_limit"),
        (CHANNELS, "17", "depth_limit"),
        (DEPTH, "17", "depth_limit"),
        (FILTERS, "2.5", "not_whole"),
    ],
)
def test_a_count_out_of_the_limits_is_refused(drive, name: str, text: str, reason: str) -> None:
    lab = drive("rgb")
    before = lab.document.project
    enter(lab, name, text)
    lab.part("set:strides[0]").setFocus()
    start = words.table("errors")[reason]["en"].partition("{")[0]
    assert [label.text().startswith(start) for label in refusals(lab)] == [True]
    assert lab.document.project is before


def test_turning_a_count_down_and_up_again_brings_the_numbers_back(drive) -> None:
    lab = drive("four_filters")
    before = lab.document.project.network.nodes[0].tensors["kernel"]
    for text in ("3", "2", "4"):
        enter(lab, FILTERS, text)
    assert (lab.document.project.network.nodes[0].tensors["kernel"] == before).all()


def test_filters_that_do_not_go_with_the_groups_are_refused(drive) -> None:
    lab = drive("grouped")
    enter(lab, FILTERS, "3")
    (message,) = refusals(lab)
    assert message.text() == words.say("errors.filters_not_in_groups", filters=3, groups=2)
    enter(lab, FILTERS, "6")
    assert shapes(lab)["output"][2] == 6
    enter(lab, DEPTH, "4")
    (message,) = refusals(lab)
    assert "4" in message.text()


def test_a_single_channel_can_become_three(drive) -> None:
    lab = drive("convolution")
    enter(lab, CHANNELS, "3")
    assert names(lab, "x") == ["x[0]", "x[1]", "x[2]"]
    assert lab.read("output") == [["3", "0", "1"], ["0", "2", "0"], ["1", "0", "3"]]
    lab.write("x[2]", 1, 1, "7")
    lab.click("output", 0, 0)
    lab.write("kernel[2,0]", 1, 1, "2")
    assert lab.read("output")[0][0] == "17"


@pytest.mark.parametrize("preset", list(presets()))
def test_every_row_of_a_form_can_be_applied_with_the_value_that_it_shows(preset: str) -> None:
    project = presets()[preset].project()
    for node in project.network.nodes:
        fields = layer_settings.form_fields(project, node.name)
        assert len({field.key for field in fields}) == len(fields)
        for field in fields:
            same = layer_settings.apply(project, node.name, field.key, field.value)
            assert same.network.node(node.name).layer == node.layer
            assert same.shapes is not None
            assert list(same.shapes()) == list(project.shapes())
