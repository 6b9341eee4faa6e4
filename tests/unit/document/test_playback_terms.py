"""Playback of outputs that have not all the same number of terms."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from cnn_tutor.document.playback import BASE_INTERVAL, Playback, most_terms, term_count
from cnn_tutor.engine.explanation import Cell, Explanation, Index, Shape, Step, Term
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D


def order(shape: Shape) -> list[Index]:
    """All cells as they are played: map by map where there are maps."""
    cells = itertools.product(*map(range, shape))
    return sorted(cells, key=(lambda at: (at[-1], *at[:-1])) if len(shape) > 2 else None)


@st.composite
def outputs(draw: st.DrawFn) -> tuple[Shape, dict[Index, int]]:
    """A shape, and how many terms each of its cells has."""
    shape = tuple(draw(st.lists(st.integers(1, 3), min_size=1, max_size=3)))
    return shape, {at: draw(st.integers(1, 5)) for at in order(shape)}


def playback(shape: Shape, counts: dict[Index, int]) -> Playback:
    made = Playback()
    made.set_by_terms(True)
    made.start(shape, max(counts.values()), counts.__getitem__)
    return made


def everything(shape: Shape, counts: dict[Index, int]) -> list[tuple[Index, int]]:
    return [(at, term) for at in order(shape) for term in range(1, counts[at] + 1)]


def collected(made: Playback, step: Callable[[], None], most: int) -> list[tuple[Index, int]]:
    """Step until nothing changes any more, but not for ever."""
    seen = [(made.at, made.terms)]
    for _ in range(most):
        before = made.position
        step()
        if made.position == before:
            break
        seen.append((made.at, made.terms))
    return seen


@given(outputs())
def test_forward_and_back_each_term_comes_exactly_once(output) -> None:
    shape, counts = output
    made, wanted = playback(shape, counts), everything(shape, counts)
    made.first()
    seen = [(made.at, made.terms)]
    while not made.at_end:
        made.forward()
        seen.append((made.at, made.terms))
        assert len(seen) <= len(wanted)
    assert seen == wanted
    assert collected(made, made.back, len(wanted) + 1) == wanted[::-1]


@given(outputs())
def test_a_cell_is_shown_with_its_last_term(output) -> None:
    shape, counts = output
    made = playback(shape, counts)
    made.first()
    for at, term in everything(shape, counts):
        before = order(shape).index(at)
        shown = [other for other in order(shape) if made.reached(other)]
        assert made.cell_done == (term == counts[at])
        assert shown == order(shape)[: before + made.cell_done]
        made.forward()
    assert made.at_end
    assert made.all_reached


@given(outputs(), st.integers(-3, 200))
def test_any_position_leads_to_a_term_that_is_there(output, position: int) -> None:
    shape, counts = output
    made = playback(shape, counts)
    made.seek(position)
    assert 1 <= made.terms <= counts[made.at]
    assert 1 <= made.position <= made.count
    place = max(1, min(position, made.count)) - 1
    assert made.at == order(shape)[place // max(counts.values())]


@given(outputs())
def test_the_last_step_ends_the_playback_and_the_first_begins_it(output) -> None:
    shape, counts = output
    made = playback(shape, counts)
    made.last()
    assert made.at_end
    assert made.all_reached
    made.first()
    assert (made.at, made.terms) == (order(shape)[0], 1)


@given(outputs())
def test_cell_by_cell_it_makes_no_difference(output) -> None:
    shape, counts = output
    made = playback(shape, counts)
    made.set_by_terms(False)
    assert made.count == len(order(shape))
    for place, at in enumerate(order(shape), 1):
        made.seek(place)
        assert made.at == at
        assert made.reached(at)


EDGE = {(0,): 4, (1,): 2, (2,): 1}


@pytest.mark.parametrize("come", ["start", "point_at", "set_by_terms", "go_on"])
def test_wherever_it_comes_from_it_has_no_more_terms_than_the_cell(qtbot: QtBot, come) -> None:
    made = playback((3,), EDGE)
    if come == "point_at":
        made.point_at((2,))
    elif come == "set_by_terms":
        made.set_by_terms(False)
        made.set_by_terms(True)
    elif come == "go_on":
        made.go_on((3,), 5, {**EDGE, (0,): 5}.__getitem__)
    assert made.terms == EDGE[made.at]


def test_playing_goes_past_the_terms_that_a_cell_does_not_have(qtbot: QtBot) -> None:
    made = playback((3,), EDGE)
    made.set_speed(BASE_INTERVAL)
    seen: list[tuple[Index, int]] = []
    made.moved.connect(lambda: seen.append((made.at, made.terms)))
    made.first()
    made.play()
    qtbot.waitUntil(lambda: not made.playing)
    assert seen == everything((3,), EDGE)


def test_a_new_number_of_terms_is_asked_for(qtbot: QtBot) -> None:
    made = playback((3,), EDGE)
    made.seek(1)
    made.go_on((3,), 4, lambda at: 1)
    made.forward()
    assert (made.at, made.terms) == ((1,), 1)


def explained(counts: dict[Index, int]) -> Callable[[Index], Explanation]:
    term = Term((Cell("x", (0,), 1.0),))
    return lambda at: Explanation(at, (Step("sum", "sum", (term,) * counts[at]),))


@given(outputs())
def test_the_most_terms_of_a_small_output_are_found(output) -> None:
    shape, counts = output
    assert most_terms(explained(counts), shape) == max(counts.values())


@settings(max_examples=40)
@given(
    st.tuples(st.integers(8, 24), st.integers(8, 24)),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    st.sampled_from(["valid", "same"]),
)
def test_the_most_terms_of_a_large_pooled_map_are_found(sides, pool, strides, padding) -> None:
    layer, x = MaxPooling2D(pool, strides, padding), np.zeros((*sides, 1))
    shape = layer.output_shape({"x": x.shape})

    def explain(at: Index) -> Explanation:
        return layer.explain({"x": x}, at)

    exact = max(term_count(explain(at)) for at in itertools.product(*map(range, shape)))
    assert most_terms(explain, shape) == exact


def test_of_a_large_output_only_a_few_cells_are_asked() -> None:
    asked = []

    def explain(at: Index) -> Explanation:
        asked.append(at)
        return explained({at: 9})(at)

    assert most_terms(explain, (64, 64, 16)) == 9
    assert len(asked) == 27
