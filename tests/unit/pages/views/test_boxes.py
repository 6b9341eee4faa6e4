from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.pages.views.boxes import shrunk


def test_the_narrower_stays_whole_and_all_room_is_used() -> None:
    assert shrunk([100, 120, 130], 400) == [100, 120, 130]
    assert shrunk([70, 400, 500], 470) == [70, 200, 200]
    assert shrunk([900, 400, 70], 570, doubled=0) == [334, 166, 70]
    assert sum(shrunk([999999, 4321, 200], 701, 64, doubled=0)) == 701
    assert shrunk([], 5) == shrunk([], -5) == []


def test_nothing_becomes_narrower_than_the_least() -> None:
    assert shrunk([900, 70], 10, least=64) == [64, 64]
    assert shrunk([900, 50], 10, least=64) == [64, 50]


@given(st.lists(st.integers(1, 500), min_size=1, max_size=6), st.integers(6, 2000))
def test_it_is_what_taking_pixel_by_pixel_from_the_widest_gives(widths, room) -> None:
    expected = list(widths)
    while sum(expected) > room and max(expected) > 1:
        expected[expected.index(max(expected))] -= 1
    found = shrunk(widths, room)
    assert sorted(found) == sorted(expected)
    assert sum(found) <= max(room, len(widths))
