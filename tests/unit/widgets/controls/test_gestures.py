from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.widgets.controls.gestures import Stroke, WheelTurn

cells = st.tuples(st.integers(0, 60), st.integers(0, 60))


@given(cells, st.lists(cells, min_size=1, max_size=5))
def test_a_stroke_leaves_no_hole_and_ends_under_the_pointer(start, points) -> None:
    stroke, at = Stroke(start), start
    for point in points:
        way = stroke.to(point)
        assert (way[-1] if way else at) == point
        for row, column in way:
            assert max(abs(row - at[0]), abs(column - at[1])) == 1
            at = (row, column)


def test_each_stroke_is_a_gesture_of_its_own() -> None:
    assert Stroke((0, 0)).gesture != Stroke((0, 0)).gesture


def test_a_fine_wheel_adds_up_to_clicks_and_starts_anew_over_another_cell() -> None:
    wheel = WheelTurn()
    assert [wheel.turn((0, 0), 40) for _ in range(6)] == [0, 0, 1, 0, 0, 1]
    gesture = wheel.gesture
    assert wheel.turn((0, 0), -240) == -2
    assert wheel.gesture == gesture
    assert wheel.turn((0, 0), 100) == 0
    assert wheel.turn((0, 1), 100) == 0
    assert wheel.gesture != gesture
