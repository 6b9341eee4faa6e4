"""The sliding window against counting its cells one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from cnn_tutor.engine.errors import SettingError, ShapeError
from cnn_tutor.engine.window import Window, as_slice, check_padding, check_pair
from tests.unit.engine import reference


@st.composite
def windows(draw: st.DrawFn) -> Window:
    length, size = draw(st.integers(1, 12)), draw(st.integers(1, 5))
    stride, dilation = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    side = st.integers(0, 6)
    padding = draw(st.one_of(st.sampled_from(["valid", "same"]), st.tuples(side, side)))
    room = 0 if padding == "valid" else sum(padding) if padding != "same" else 99
    assume(dilation * (size - 1) + 1 <= length + room)
    return Window(length, size, stride, dilation, padding)


def brute(window: Window) -> list[list[int]]:
    """Return the cells that each position reads, found by moving over the padded input."""
    before, after = window.pads
    padded = range(-before, window.length + after)
    taps = [tap * window.dilation for tap in range(window.size)]
    return [
        [start + tap for tap in taps]
        for start in padded[:: window.stride]
        if start + taps[-1] in padded
    ]


@settings(max_examples=300)
@given(windows())
def test_each_position_reads_what_counting_finds(window: Window) -> None:
    assert [list(window.reads(p)) for p in range(window.positions)] == brute(window)


@settings(max_examples=300)
@given(windows())
def test_the_readers_of_a_cell_are_the_positions_that_read_it(window: Window) -> None:
    found = brute(window)
    for cell in range(-window.before, window.length + window.pads[1]):
        expected = [p for p, reads in enumerate(found) if cell in reads]
        assert list(window.readers(cell)) == expected
        assert list(range(window.positions))[as_slice(window.readers(cell))] == expected


@settings(max_examples=300)
@given(windows(), st.floats(-20, 20))
def test_the_nearest_position_begins_nearest_to_a_place(window: Window, start: float) -> None:
    away = [abs(reads[0] - start) for reads in brute(window)]
    assert away[window.nearest(start)] == pytest.approx(min(away))
    assert window.nearest(-99) == 0
    assert window.nearest(99) == window.positions - 1


@settings(max_examples=300)
@given(windows(), st.data())
def test_some_positions_read_what_each_of_them_reads(window: Window, data: st.DataObject) -> None:
    some = data.draw(st.sets(st.integers(0, window.positions - 1), min_size=1))
    found = brute(window)
    expected = {cell for p in some for cell in found[p] if 0 <= cell < window.length}
    assert window.read(np.array(sorted(some))).tolist() == sorted(expected)


@settings(max_examples=300)
@given(windows())
@example(Window(1, 1, 1, 1, (3, 3)))
@example(Window(1, 2, 4, 4, (6, 6)))
def test_a_tap_goes_through_the_positions_at_which_it_meets_the_input(window: Window) -> None:
    found = brute(window)
    for tap in range(window.size):
        met = [p for p, reads in enumerate(found) if 0 <= reads[tap] < window.length]
        assert list(window.through(tap)) == met


@settings(max_examples=300)
@given(windows())
@example(Window(1, 2, 4, 4, (6, 6)))
def test_what_a_tap_meets_are_the_input_cells_at_its_positions(window: Window) -> None:
    found = brute(window)
    for tap in range(window.size):
        cells = [reads[tap] for reads in found if 0 <= reads[tap] < window.length]
        assert list(window.met(tap)) == cells


@settings(max_examples=300)
@given(windows(), st.data())
def test_a_crop_is_a_window_with_just_the_wanted_positions(
    window: Window, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, window.positions - 1))
    stop = data.draw(st.integers(start + 1, window.positions))
    part, pads = window.crop(range(start, stop))
    found = brute(window)[start:stop]
    if not part:
        assert not any(0 <= c < window.length for c in range(found[0][0], found[-1][-1] + 1))
        return
    small = Window(len(part), window.size, window.stride, window.dilation, pads)
    assert [[c + part.start for c in reads] for reads in brute(small)] == found


@settings(max_examples=300)
@given(windows())
def test_a_tap_s_slice_picks_its_cells_of_the_padded_input(window: Window) -> None:
    before, after = window.pads
    cells = list(range(-before, window.length + after))
    for tap in range(window.size):
        assert cells[window.tap(tap)] == [reads[tap] for reads in brute(window)]


@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 9), st.integers(1, 6))
def test_same_is_the_formula_that_tensorflow_publishes(
    length: int, size: int, stride: int, dilation: int
) -> None:
    window = Window(length, size, stride, dilation, "same")
    assert window.pads == reference.same_pads(length, size, stride, dilation)
    assert window.positions == reference.output_length(length, size, stride, dilation, "same")
    assert window.pads[1] - window.pads[0] in (0, 1)


@settings(max_examples=300)
@given(windows())
def test_the_length_of_the_output_is_the_documented_one(window: Window) -> None:
    n, k, s, d = window.length, window.size, window.stride, window.dilation
    assert window.positions == reference.output_length(n, k, s, d, window.padding)
    assert window.padded == n + sum(window.pads)
    assert window.positions >= 1


@pytest.mark.parametrize(
    ("settings", "reason", "values"),
    [
        ((4, 5), "kernel_too_large", {"kernel": 5, "input": 4}),
        ((4, 3, 1, 2), "kernel_too_large", {"kernel": 5, "input": 4}),
        ((1, 4, 1, 1, (1, 1)), "kernel_too_large", {"kernel": 4, "input": 3}),
        ((0, 1), "empty_axis", {"input": 0, "kernel": 1}),
        ((3, 0), "empty_axis", {"input": 3, "kernel": 0}),
        ((0, 1, 1, 1, "same"), "empty_axis", {"input": 0, "kernel": 1}),
    ],
)
def test_a_window_that_fits_nowhere_is_refused(
    settings: tuple[Any, ...], reason: str, values: dict[str, int]
) -> None:
    with pytest.raises(ShapeError) as refused:
        Window(*settings)
    assert (refused.value.reason, refused.value.values) == (reason, values)


def test_a_pair_is_one_whole_number_or_two() -> None:
    assert check_pair("strides", 3) == (3, 3)
    assert check_pair("strides", (1, 2)) == (1, 2)
    assert check_pair("strides", [2, 1]) == (2, 1)


@pytest.mark.parametrize(
    "value",
    [0, -1, True, 1.5, 2.0, None, "2", "12", (), (1,), (1, 2, 3), (0, 1), (1, -1), (1.0, 2), {}],
)
def test_anything_else_is_refused_as_a_pair(value: Any) -> None:
    with pytest.raises(SettingError) as refused:
        check_pair("strides", value)
    assert refused.value.reason == "not_positive"
    assert refused.value.values == {"setting": "strides", "value": value}


def test_padding_is_a_word_or_four_sides() -> None:
    assert check_padding("valid") == "valid"
    assert check_padding("same") == "same"
    assert check_padding([[0, 1], [2, 3]]) == ((0, 1), (2, 3))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        *((value, "unknown_padding") for value in ("", "full", "Same", 1, None, (1, 1), ())),
        *((value, "unknown_padding") for value in (((1, 1),), ((1,), (1,)), ((1, 1),) * 3)),
        *((((0, side), (0, 0)), "negative_padding") for side in (-1, 0.5, True, None, "1")),
    ],
)
def test_anything_else_is_refused_as_padding(value: Any, reason: str) -> None:
    with pytest.raises(SettingError) as refused:
        check_padding(value)
    assert refused.value.reason == reason
