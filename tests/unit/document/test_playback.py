"""The walk over an output: its places, what has been reached, playing it."""

from __future__ import annotations

import itertools
import random

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from cnn_tutor.document.playback import BASE_INTERVAL, Walk, term_count
from cnn_tutor.engine.explanation import Cell, Explanation, Index, Shape, Step, Term

PLANE = (2, 3, 1)


def walk(shape: Shape = PLANE, terms: int = 4, by_terms: bool = False) -> Walk:
    made = Walk()
    made.start(shape, terms)
    made.set_by_terms(by_terms)
    return made


def cells(shape: Shape) -> list[Index]:
    return list(itertools.product(*map(range, shape)))


def shown(of: Walk, shape: Shape = PLANE) -> list[Index]:
    return [at for at in cells(shape) if of.reached(at)]


def test_a_walk_starts_at_its_end_with_everything_shown(qtbot: QtBot) -> None:
    made = walk()
    assert (made.position, made.count, made.cells) == (6, 6, 6)
    assert made.at == (1, 2, 0)
    assert shown(made) == cells(PLANE)
    assert made.all_reached
    assert not made.playing


def test_steps_go_row_by_row_and_leave_the_rest_blank(qtbot: QtBot) -> None:
    made = walk()
    seen = []
    for position in range(1, 7):
        made.seek(position)
        seen.append(made.at)
        assert made.position == position
        assert shown(made) == cells(PLANE)[:position]
    assert seen == cells(PLANE)


@pytest.mark.parametrize("shape", [(2, 3, 4), (3, 1, 2), (2, 2, 3, 2)])
def test_maps_come_one_after_the_other(qtbot: QtBot, shape: Shape) -> None:
    made = walk(shape)
    order = sorted(cells(shape), key=lambda at: (at[-1], *at[:-1]))
    assert made.count == len(order)
    for position, at in enumerate(order, 1):
        made.seek(position)
        assert made.at == at
        assert set(shown(made, shape)) == set(order[:position])


@pytest.mark.parametrize("shape", [(4,), (2, 3)])
def test_outputs_without_maps_are_walked_in_order(qtbot: QtBot, shape: Shape) -> None:
    made = walk(shape)
    seen = []
    for position in range(1, made.count + 1):
        made.seek(position)
        seen.append(made.at)
    assert seen == cells(shape)


def test_by_terms_a_cell_is_shown_when_its_last_term_is_added(qtbot: QtBot) -> None:
    made = walk(by_terms=True)
    assert (made.position, made.count) == (24, 24)
    for position in range(1, 25):
        made.seek(position)
        place, term = divmod(position - 1, 4)
        assert made.position == position
        assert made.at == cells(PLANE)[place]
        assert made.terms == term + 1
        assert made.cell_done == (term == 3)
        assert shown(made) == cells(PLANE)[: place + (term == 3)]
        assert made.all_reached == (position == 24)


def test_cell_by_cell_all_terms_are_added(qtbot: QtBot) -> None:
    made = walk()
    made.seek(2)
    assert made.terms == 4
    assert made.cell_done


def test_changing_the_step_stays_at_the_cell(qtbot: QtBot) -> None:
    made = walk(by_terms=True)
    made.seek(6)
    made.set_by_terms(False)
    assert (made.position, made.at, made.terms) == (2, (0, 1, 0), 4)
    made.set_by_terms(True)
    assert (made.position, made.at, made.terms) == (8, (0, 1, 0), 4)


def test_the_buttons_go_to_the_ends_and_one_step(qtbot: QtBot) -> None:
    made = walk()
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


@pytest.mark.parametrize(("position", "end"), [(-5, 1), (0, 1), (7, 6), (10**9, 6)])
def test_positions_beyond_the_ends_are_the_ends(qtbot: QtBot, position: int, end: int) -> None:
    made = walk()
    with qtbot.waitSignal(made.moved):
        made.seek(position)
    assert made.position == end


def test_pointing_at_a_shown_cell_blanks_nothing(qtbot: QtBot) -> None:
    made = walk()
    with qtbot.waitSignal(made.moved):
        made.point_at((0, 1, 0))
    assert made.position == 2
    assert shown(made) == cells(PLANE)


def test_pointing_at_a_blank_cell_shows_everything_up_to_it(qtbot: QtBot) -> None:
    made = walk()
    made.seek(2)
    made.point_at((1, 1, 0))
    assert shown(made) == cells(PLANE)[:5]
    assert made.position == 5


def test_pointing_in_another_map_goes_there(qtbot: QtBot) -> None:
    made = walk((2, 3, 2))
    made.point_at((0, 1, 1))
    assert made.position == 8
    assert made.at == (0, 1, 1)


def test_pointing_back_does_not_finish_a_half_added_cell(qtbot: QtBot) -> None:
    made = walk(by_terms=True)
    made.seek(10)
    assert shown(made) == cells(PLANE)[:2]
    made.point_at((0, 0, 0))
    assert shown(made) == cells(PLANE)[:2]


def test_a_new_walk_starts_at_its_end(qtbot: QtBot) -> None:
    made = walk()
    made.seek(2)
    made.start(PLANE, 9)
    assert made.position == made.count
    assert made.all_reached
    made.start((4, 4, 1), 9)
    assert made.at == (3, 3, 0)
    assert made.count == 16


def test_going_on_keeps_the_place_in_an_output_of_the_same_shape(qtbot: QtBot) -> None:
    made = walk()
    made.seek(2)
    made.go_on(PLANE, 4)
    assert made.at == (0, 1, 0)
    assert shown(made) == cells(PLANE)[:2]
    made.go_on((4, 4, 1), 4)
    assert made.position == made.count == 16


def test_playing_goes_to_the_end_step_by_step_and_stops(qtbot: QtBot) -> None:
    made = walk()
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
    made = walk(by_terms=True)
    made.set_speed(BASE_INTERVAL)
    made.seek(21)
    places: list[int] = []
    made.moved.connect(lambda: places.append(made.position))
    made.toggle()
    qtbot.waitUntil(lambda: not made.playing)
    assert places == [22, 23, 24]


@pytest.mark.parametrize(
    "stop", ["pause", "toggle", "first", "back", "forward", "last"], ids=lambda name: name
)
def test_any_step_stops_the_playing(qtbot: QtBot, stop: str) -> None:
    made = walk()
    made.seek(3)
    made.play()
    with qtbot.waitSignal(made.playing_changed, check_params_cb=lambda playing: not playing):
        getattr(made, stop)()
    assert not made.playing


def test_pointing_and_starting_anew_stop_the_playing(qtbot: QtBot) -> None:
    for stop in (lambda w: w.point_at((0, 0, 0)), lambda w: w.start((3, 3, 1), 2)):
        made = walk()
        made.play()
        stop(made)
        assert not made.playing


def test_the_speed_can_be_changed_while_it_plays(qtbot: QtBot) -> None:
    made = walk()
    made.set_speed(0.01)
    made.play()
    assert made.playing
    made.set_speed(BASE_INTERVAL)
    assert 0 <= made.findChild(QTimer).remainingTime() <= 1
    qtbot.waitUntil(lambda: made.position == 6)


def test_a_single_step_does_not_play(qtbot: QtBot) -> None:
    made = walk((1, 1, 1), 1)
    made.play()
    assert not made.playing
    assert made.position == made.count == 1


def test_the_terms_of_all_steps_count() -> None:
    term = Term((Cell("x", (0, 0, 0), 1.0),))
    steps = (Step("products", "sum", (term,) * 3), Step("total", "sum", (term,) * 2))
    assert term_count(Explanation((0, 0, 0), steps)) == 5


def test_it_stands_at_a_cell_with_the_later_ones_blank_or_not(qtbot: QtBot) -> None:
    made = walk()
    made.stand_at((0, 1, 0), later_blank=True)
    assert made.at == (0, 1, 0)
    assert shown(made) == [(0, 0, 0), (0, 1, 0)]
    made.stand_at((0, 1, 0))
    assert made.at == (0, 1, 0)
    assert shown(made) == cells(PLANE)
    made.stand_at(())
    assert made.at == (1, 2, 0)
    assert made.at_end


def test_it_stands_within_a_cell_term_by_term(qtbot: QtBot) -> None:
    made = walk()
    with qtbot.waitSignal(made.moved):
        made.stand_at((0, 1, 0), later_blank=True, terms=2)
    assert made.by_terms
    assert (made.at, made.terms) == ((0, 1, 0), 2)
    assert shown(made) == [(0, 0, 0)]
    made.stand_at((0, 1, 0))
    assert not made.by_terms


@pytest.mark.parametrize("shape", [PLANE, (3, 4, 2), (5,), (12, 12, 1)])
def test_a_move_names_the_cells_that_it_shows_or_blanks(qtbot: QtBot, shape: Shape) -> None:
    """Whoever paints only these has painted the right picture."""
    rng = random.Random(0)
    made = walk(shape)
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
    made = walk((5, 5, 1))
    place = made.place
    made.start((2, 2, 1), 4)
    touched = made.touched_since(place)
    assert touched is None or set(touched) <= set(cells((2, 2, 1)))
