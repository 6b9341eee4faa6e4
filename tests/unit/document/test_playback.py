"""Playback of an output: its places, what has been reached, playing it."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from cnn_tutor.document.playback import BASE_INTERVAL, Playback, term_count
from cnn_tutor.engine.explanation import Cell, Explanation, Index, Shape, Step, Term

PLANE = (2, 3, 1)


def playback(shape: Shape = PLANE, terms: int = 4, by_terms: bool = False) -> Playback:
    made = Playback()
    made.start(shape, terms)
    made.set_by_terms(by_terms)
    return made


def cells(shape: Shape) -> list[Index]:
    return list(itertools.product(*map(range, shape)))


def shown(of: Playback, shape: Shape = PLANE) -> list[Index]:
    return [at for at in cells(shape) if of.reached(at)]


def test_a_playback_starts_at_its_end_with_everything_shown(qtbot: QtBot) -> None:
    made = playback()
    assert (made.position, made.count, made.cells) == (6, 6, 6)
    assert made.at == (1, 2, 0)
    assert shown(made) == cells(PLANE)
    assert made.all_reached
    assert not made.playing


def test_changing_the_step_stays_at_the_cell(qtbot: QtBot) -> None:
    made = playback(by_terms=True)
    made.seek(6)
    made.set_by_terms(False)
    assert (made.position, made.at, made.terms) == (2, (0, 1, 0), 4)
    assert made.cell_done
    made.set_by_terms(True)
    assert (made.position, made.at, made.terms) == (8, (0, 1, 0), 4)


def test_the_buttons_go_to_the_ends_and_one_step(qtbot: QtBot) -> None:
    made = playback()
    made.first()
    assert made.position == 1
    made.back()
    assert made.position == 1
    made.forward()
    made.forward()
    assert made.position == 3
    made.back()
    assert made.position == 2
    made.last()
    assert made.position == 6
    made.forward()
    assert made.position == 6
    assert made.all_reached


@pytest.mark.parametrize(("position", "end"), [(0, 1), (7, 6)])
def test_positions_beyond_the_ends_are_the_ends(qtbot: QtBot, position: int, end: int) -> None:
    made = playback()
    with qtbot.waitSignal(made.moved):
        made.seek(position)
    assert made.position == end


def test_pointing_at_a_shown_cell_hides_nothing(qtbot: QtBot) -> None:
    made = playback()
    with qtbot.waitSignal(made.moved):
        made.point_at((0, 1, 0))
    assert made.position == 2
    assert shown(made) == cells(PLANE)


def test_pointing_at_a_hidden_cell_shows_everything_up_to_it(qtbot: QtBot) -> None:
    made = playback()
    made.seek(2)
    made.point_at((1, 1, 0))
    assert shown(made) == cells(PLANE)[:5]
    assert made.position == 5


def test_pointing_back_does_not_finish_a_half_added_cell(qtbot: QtBot) -> None:
    made = playback(by_terms=True)
    made.seek(10)
    assert shown(made) == cells(PLANE)[:2]
    made.point_at((0, 0, 0))
    assert shown(made) == cells(PLANE)[:2]


def test_going_on_keeps_the_place_in_an_output_of_the_same_shape(qtbot: QtBot) -> None:
    made = playback()
    made.seek(2)
    made.go_on(PLANE, 4)
    assert made.at == (0, 1, 0)
    assert shown(made) == cells(PLANE)[:2]
    made.go_on((4, 4, 1), 4)
    assert made.position == made.count == 16


def test_playing_goes_to_the_end_step_by_step_and_stops(qtbot: QtBot) -> None:
    made = playback()
    made.set_speed(BASE_INTERVAL)
    places: list[int] = []
    playing: list[bool] = []
    made.moved.connect(lambda: places.append(made.position))
    made.playing_changed.connect(playing.append)
    made.play()
    assert made.playing
    qtbot.waitUntil(lambda: not made.playing)
    assert places == [1, 2, 3, 4, 5, 6]
    assert playing == [True, False]
    assert made.all_reached


def test_playing_goes_on_from_where_it_stands_term_by_term(qtbot: QtBot) -> None:
    made = playback(by_terms=True)
    made.set_speed(BASE_INTERVAL)
    made.seek(21)
    places: list[int] = []
    made.moved.connect(lambda: places.append(made.position))
    made.toggle()
    qtbot.waitUntil(lambda: not made.playing)
    assert places == [22, 23, 24]


@pytest.mark.parametrize(
    "stop",
    [
        *(Playback.pause, Playback.toggle, Playback.first, Playback.back, Playback.forward),
        *(Playback.last, lambda made: made.point_at((0, 0, 0)), lambda made: made.start(PLANE, 2)),
    ],
)
def test_any_step_stops_the_playing(qtbot: QtBot, stop: Callable[[Playback], None]) -> None:
    made = playback()
    made.seek(3)
    made.play()
    with qtbot.waitSignal(made.playing_changed, check_params_cb=lambda playing: not playing):
        stop(made)
    assert not made.playing


def test_the_speed_can_be_changed_while_it_plays(qtbot: QtBot) -> None:
    made = playback()
    made.set_speed(0.01)
    made.play()
    assert made.playing
    made.set_speed(BASE_INTERVAL)
    assert 0 <= made.findChild(QTimer).remainingTime() <= 1
    qtbot.waitUntil(lambda: made.position == 6)


def test_a_single_step_does_not_play(qtbot: QtBot) -> None:
    made = playback((1, 1, 1), 1)
    made.play()
    assert not made.playing
    assert made.position == made.count == 1


def test_the_terms_of_all_steps_count() -> None:
    term = Term((Cell("x", (0, 0, 0), 1.0),))
    steps = (Step("products", "sum", (term,) * 3), Step("total", "sum", (term,) * 2))
    assert term_count(Explanation((0, 0, 0), steps)) == 5


def test_it_stands_at_a_cell_with_the_later_ones_blank_or_not(qtbot: QtBot) -> None:
    made = playback()
    made.stand_at((0, 1, 0), hide_later=True)
    assert made.at == (0, 1, 0)
    assert shown(made) == [(0, 0, 0), (0, 1, 0)]
    made.stand_at((0, 1, 0))
    assert made.at == (0, 1, 0)
    assert shown(made) == cells(PLANE)
    made.stand_at(())
    assert made.at == (1, 2, 0)
    assert made.at_end


def test_it_stands_within_a_cell_term_by_term(qtbot: QtBot) -> None:
    made = playback()
    with qtbot.waitSignal(made.moved):
        made.stand_at((0, 1, 0), hide_later=True, terms=2)
    assert made.by_terms
    assert (made.at, made.terms) == ((0, 1, 0), 2)
    assert shown(made) == [(0, 0, 0)]
    made.stand_at((0, 1, 0))
    assert not made.by_terms


@pytest.mark.parametrize("shape", [PLANE, (3, 4, 2), (5,), (12, 12, 1)])
def test_a_move_names_the_cells_that_it_shows_or_hides(qtbot: QtBot, shape: Shape) -> None:
    """Whoever paints only these has painted the right picture."""
    rng = random.Random(0)
    made = playback(shape)
    made.set_by_terms(False)
    every = cells(shape)
    before, stood, place = shown(made, shape), made.at, made.place
    for _ in range(200):
        rng.choice(
            [
                made.back,
                made.forward,
                made.first,
                made.last,
                lambda: made.seek(rng.randint(1, made.count)),
                lambda: made.point_at(rng.choice(every)),
                lambda: made.stand_at(rng.choice(every), rng.random() < 0.5, rng.randrange(4)),
                lambda: made.set_by_terms(not made.by_terms),
            ]
        )()
        turned = set(before) ^ set(now := shown(made, shape))
        touched = made.touched_since(place)
        assert turned | {stood, made.at} <= set(every if touched is None else touched)
        before, stood, place = now, made.at, made.place


def test_a_walk_over_another_shape_names_no_cell_of_the_old_one(qtbot: QtBot) -> None:
    made = playback((5, 5, 1))
    place = made.place
    made.start((2, 2, 1), 4)
    touched = made.touched_since(place)
    assert touched is None or set(touched) <= set(cells((2, 2, 1)))


def test_one_stands_like_another_and_moves_alone_from_there(qtbot: QtBot) -> None:
    one, other = playback(by_terms=True), playback()
    one.set_speed(4)
    one.seek(6)
    one.point_at((0, 0, 0))
    other.stand_like(one)
    assert (other.place, other.by_terms) == (one.place, True)
    assert other.interval == one.interval == BASE_INTERVAL / 4
    other.last()
    assert one.place != other.place


@pytest.mark.parametrize(("speed", "interval"), [(1, 800), (2, 400), (0.25, 3200), (64, 12)])
def test_a_speed_is_a_time_between_steps(qtbot: QtBot, speed: float, interval: int) -> None:
    playback = Playback()
    playback.set_speed(speed)
    assert playback.interval == interval
