"""Playing the output, as the lab shows them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLabel, QSlider

from cnn_tutor.study.boards.presets import presets
from tests.helpers.boards import setting

VALID = [3, 0, 1, 0, 2, 0, 1, 0, 3]
SAME = [0, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0, 2, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2, 0, 0]

# The grids of products that the playback without padding shows, read row by row.
VALID_PRODUCTS = [
    "001010100",
    "000000000",
    "000010000",
    "000000000",
    "001000100",
    "000000000",
    "000010000",
    "000000000",
    "001010100",
]


@pytest.mark.parametrize(("preset", "values"), [("convolution", VALID), ("convolution_same", SAME)])
def test_each_step_shows_one_more_cell_and_blanks_the_rest(drive, preset, values) -> None:
    lab = drive(preset)
    lab.press("step_first")
    for step in range(len(values)):
        shown = [text for row in lab.read("output") for text in row]
        assert shown[: step + 1] == [str(v) for v in values[: step + 1]]
        assert shown[step + 1 :] == [""] * (len(values) - step - 1)
        assert lab.part("step_place").text() == f"{step + 1} / {len(values)}"
        assert lab.part("running_sum").text().count(f">{values[step]}<") >= 1
        lab.press("step_forward")
    lab.press("step_back")
    assert lab.read("output")[-1][-1] == ""
    lab.press("step_last")
    assert lab.read("output")[-1][-1] == str(values[-1])


def test_the_products_are_those_of_the_playback_by_hand(drive) -> None:
    lab = drive("convolution")
    lab.press("step_first")
    for products in VALID_PRODUCTS:
        shown = [text.partition(" = ")[2] for row in lab.read("products") for text in row]
        assert "".join(shown) == products
        lab.press("step_forward")


def test_the_scrubber_goes_anywhere_by_key(drive) -> None:
    lab = drive("convolution")
    slider = lab.part("step_slider")
    assert isinstance(slider, QSlider)
    QTest.keyClick(slider, Qt.Key.Key_Home)
    assert lab.lab.playback.position == 1
    for _ in range(4):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    assert lab.read("output") == [["3", "0", "1"], ["0", "2", ""], ["", "", ""]]


def test_term_by_term_the_running_sum_grows(drive) -> None:
    lab = drive("convolution")
    lab.press("step_first")
    unit = lab.part("step_unit")
    assert isinstance(unit, QComboBox)
    QTest.keyClick(unit, Qt.Key.Key_Down)
    QTest.keyClick(lab.part("step_slider"), Qt.Key.Key_Home)
    sums = []
    for term in range(1, 11):
        shown = [text for row in lab.read("products") for text in row]
        assert sum(bool(text) for text in shown) == min(term, 9)
        sums.append(plain(lab.part("running_sum")))
        assert (lab.read("output")[0][0] == "") == (term < 10)
        lab.press("step_forward")
    assert sums == [f"Σ = {n}" for n in (0, 0, 1, 1, 2, 2, 3, 3, 3)] + ["Σ = 3 + 0 = 3"]


def test_playing_goes_on_by_itself_and_stops_at_the_end(drive, qtbot) -> None:
    lab = drive("convolution")
    speed = lab.part("step_speed")
    assert isinstance(speed, QDoubleSpinBox)
    speed.setFocus()
    speed.selectAll()
    QTest.keyClicks(speed, "64")
    QTest.keyClick(speed, Qt.Key.Key_Return)
    playback = lab.lab.playback
    with qtbot.waitSignal(playback.playing_changed, check_params_cb=lambda playing: not playing):
        lab.press("step_play")
        assert playback.playing
        assert playback.position == 1
    assert playback.position == 9
    lab.press("step_play")
    lab.press("step_play")
    assert not playback.playing


def test_a_click_on_a_blank_cell_reaches_it(drive) -> None:
    lab = drive("convolution")
    lab.press("step_first")
    lab.click("output", 1, 0)
    assert lab.read("output") == [["3", "0", "1"], ["0", "", ""], ["", "", ""]]


def test_hovering_a_blank_cell_does_not_give_it_away(drive) -> None:
    lab = drive("convolution")
    lab.press("step_first")
    lab.hover("output", 2, 2)
    assert lab.lab.state.highlight.at == (0, 0, 0)


def plain(label: QLabel) -> str:
    from PySide6.QtGui import QTextDocument

    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


def test_term_by_term_the_formula_does_not_give_the_sum_away(drive) -> None:
    lab = drive("convolution")
    unit = lab.part("step_unit")
    unit.setFocus()
    QTest.keyClick(unit, Qt.Key.Key_Down)
    QTest.keyClick(lab.part("step_slider"), Qt.Key.Key_Home)
    assert lab.part("formula").toPlainText() == "0·0 + …"
    for _ in range(9):
        lab.press("step_forward")
    assert lab.part("formula").toPlainText().endswith("+ 0 = 3")


def test_the_play_button_says_play_again_when_a_setting_stops_it(drive) -> None:
    lab = drive("convolution")
    lab.press("step_first")
    lab.press("step_play")
    assert lab.part("step_play").accessibleName() == "Pause"
    lab.lab.inspector.wanted.emit(setting("set:padding"), "same", 0)
    assert not lab.lab.playback.playing
    assert lab.part("step_play").accessibleName() == "Play"


def test_other_work_opens_with_its_whole_output_shown(drive) -> None:
    lab = drive("random")
    lab.press("step_first")
    lab.press("step_play")
    lab.document.open(presets()["random"].project())
    assert not lab.lab.playback.playing
    assert lab.lab.playback.all_reached
    assert all(text for row in lab.read("output") for text in row)
