"""Dropout on its board: a mask of switches, a rate that can be dragged, and inference beside it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QSlider, QStyle, QStyleOptionSlider

from cnn_tutor.app.style import language
from cnn_tutor.study import words
from cnn_tutor.widgets.grids.marks import Mark
from tests.helpers.boards import LEFT, NONE, enter, marked, names, numbers_of, plain, said

Key = Qt.Key


def layer(lab):
    return lab.document.project.network.nodes[-1].layer


def mask(lab) -> np.ndarray:
    return np.array(numbers_of(lab, "mask"))


def steps(lab) -> int:
    return lab.document.undo_stack.count()


def test_a_click_turns_a_switch_over(drive) -> None:
    lab = drive("dropout")
    before = mask(lab)
    for count in (1, 2):
        lab.click("mask", 1, 2)
        expected = before.copy()
        expected[1, 2] = (before[1, 2] + count) % 2
        assert (mask(lab) == expected).all()
        assert numbers_of(lab, "output")[1][2] == 2 * 7 * expected[1, 2]
        assert steps(lab) == count
    assert not lab.editing()


def test_the_space_bar_turns_switches_over(drive) -> None:
    lab = drive("dropout")
    before = mask(lab)
    lab.click("mask", 0, 0)
    QTest.keyClick(lab.grid("mask"), Key.Key_Right)
    QTest.keyClick(lab.grid("mask"), Key.Key_Space)
    assert mask(lab)[0, 1] == 1 - before[0, 1]
    QTest.keyClick(lab.grid("mask"), Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(lab.grid("mask"), Key.Key_Space)
    assert mask(lab)[0, 1] == before[0, 1]
    assert mask(lab)[1, 1] == 1 - before[1, 1]
    assert steps(lab) == 3


@pytest.mark.parametrize("text", ["0.5", "2", "-1"])
@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_anything_but_1_and_0_is_refused_with_a_sentence(drive, text: str, spoken: str) -> None:
    language.apply(spoken)
    lab = drive("dropout")
    lab.click("mask", 0, 0)
    before = mask(lab)
    lab.type(text)
    assert said(lab) == [words.say("errors.not_a_switch", value=float(text))]
    assert (mask(lab) == before).all()
    lab.click("x", 0, 0)
    lab.click("mask", 0, 0)
    lab.type("1")
    assert mask(lab)[0, 0] == 1
    assert not said(lab)


def test_the_wheel_stops_at_1_and_0_without_a_word(drive) -> None:
    lab = drive("dropout")
    lab.grid("mask").setFocus()
    for clicks, end in ((1, 1), (-1, 0)):
        for _ in range(3):
            lab.wheel("mask", 0, 0, clicks, Qt.KeyboardModifier.AltModifier)
        assert mask(lab)[0, 0] == end
        assert not said(lab)


def handle(slider: QSlider) -> QPoint:
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    part = QStyle.SubControl.SC_SliderHandle
    style = slider.style()
    return style.subControlRect(QStyle.ComplexControl.CC_Slider, option, part, slider).center()


def test_one_drag_of_the_rate_is_one_step_back(drive) -> None:
    lab = drive("dropout")
    slider, before = lab.part("set:rate[0]"), mask(lab)
    assert isinstance(slider, QSlider)
    rates = []
    for way in (1, -1):
        at = handle(slider)
        QTest.mousePress(slider, LEFT, NONE, at)
        for by in (5, 11, 17, 23):
            QTest.mouseMove(slider, at + QPoint(way * by, 0))
            QApplication.processEvents()
            rates.append(layer(lab).rate)
        QTest.mouseRelease(slider, LEFT, NONE, at + QPoint(way * 23, 0))
    assert len(set(rates)) > 4
    assert steps(lab) == 2
    lab.document.undo_stack.undo()
    assert layer(lab).rate == max(rates)
    lab.document.undo_stack.undo()
    assert layer(lab).rate == 0.5
    assert (mask(lab) == before).all()
    assert slider.value() == 10


def test_at_inference_every_number_passes_and_training_stands_beside_it(drive) -> None:
    lab = drive("dropout")
    x, trained = numbers_of(lab, "x"), numbers_of(lab, "output")
    assert names(lab, "beside_inference") == ["beside_inference"]
    assert numbers_of(lab, "beside_inference") == x
    switch = lab.part("set:training")
    assert isinstance(switch, QCheckBox)
    assert switch.isChecked()
    QTest.mouseClick(switch, LEFT, NONE, QPoint(8, switch.height() // 2))
    assert not layer(lab).training
    assert numbers_of(lab, "output") == x
    assert numbers_of(lab, "beside_training") == trained
    assert names(lab, "beside_inference") == names(lab, "products") == []
    switch = lab.part("set:training")
    switch.setFocus()
    QTest.keyClick(switch, Key.Key_Space)
    assert layer(lab).training
    assert numbers_of(lab, "output") == trained


def test_what_stands_beside_the_output_follows_edits_and_highlights(drive) -> None:
    lab = drive("dropout")
    lab.write("x", 0, 0, "99")
    assert numbers_of(lab, "beside_inference")[0][0] == 99
    lab.click("beside_inference", 2, 1)
    assert lab.lab.playback.at == (2, 1, 0)
    for grid in ("output", "beside_inference"):
        assert marked(lab, grid, Mark.WRITTEN) == {(2, 1)}
    assert marked(lab, "mask", Mark.WEIGHT) == {(2, 1)}
    lab.hover("mask", 1, 1)
    assert marked(lab, "output", Mark.REACHED) == {(1, 1)}
    lab.press("step_first")
    assert [text for row in lab.read("beside_inference") for text in row][1:] == [""] * 15


@pytest.mark.parametrize("spoken", ["en", "ja"])
def test_the_inspector_says_how_many_are_dropped(drive, spoken: str) -> None:
    language.apply(spoken)
    lab = drive("dropout")
    for _ in range(2):
        count = int((mask(lab) == 0).sum())
        share = round(100 * count / 16, 2)
        sentence = words.say("layers.dropped", count=count, of=16, share=share)
        assert sentence in plain(lab.part("size_formula"))
        lab.click("mask", 0, 0)
    enter(lab, "set:rate[1]", "0")
    assert words.say("layers.dropped", count=0, of=16, share=0) in plain(lab.part("size_formula"))
