"""Several channels, step by step, and what is highlighted on their board."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from cnn_tutor.document.document import Document
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.layers.flatten import Flatten
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.pages.state import highlight
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.project.project import Project
from cnn_tutor.widgets.grids.marks import Mark
from tests.helpers.boards import marked

WINDOW = [(r, q) for r in range(3) for q in range(3)]


def test_hovering_one_channel_highlights_every_map_and_the_weights_it_meets(drive) -> None:
    lab = drive("four_filters")
    block = set(itertools.product(range(2), range(2)))
    for chosen in range(4):
        lab.click(f"output[{chosen}]", 4, 4)
        lab.hover("x[1]", 1, 1)
        assert all(marked(lab, f"output[{f}]", Mark.REACHED) == block for f in range(4))
        assert marked(lab, f"kernel[1,{chosen}]", Mark.WEIGHT) == block
        assert marked(lab, f"kernel[0,{chosen}]", Mark.WEIGHT) == set()
        assert marked(lab, "x[1]", Mark.ACTIVE) == {(1, 1)}
        assert marked(lab, "x[0]", Mark.READ) == marked(lab, "x[2]", Mark.READ) == set()
        lab.leave()
        assert len(marked(lab, "x[0]", Mark.READ)) == 9


def test_hovering_a_weight_highlights_its_map_and_its_channel_alone(drive) -> None:
    lab = drive("demo")
    lab.click("output[1]", 0, 0)
    lab.hover("kernel[2,1]", 0, 0)
    # In steps of 2 its place is on the padding for the first row and the first column.
    assert marked(lab, "output[1]", Mark.REACHED) == set(itertools.product((1, 2), (1, 2)))
    assert marked(lab, "output[0]", Mark.REACHED) == set()
    assert marked(lab, "x[2]", Mark.READ) == set(itertools.product((2, 4), (2, 4)))
    assert marked(lab, "x[0]", Mark.READ) == set()


def test_hovering_a_bias_highlights_its_whole_map(drive) -> None:
    lab = drive("demo")
    lab.hover("bias", 0, 0)
    assert marked(lab, "output[0]", Mark.REACHED) == set(itertools.product(range(3), range(3)))
    assert marked(lab, "output[1]", Mark.REACHED) == set()


# --- by itself ---


def shown(layer: Layer, x: object, **tensors: object) -> ShownLayer:
    arrays = {port: np.array(t, float) for port, t in tensors.items()}
    return ShownLayer(Document(Project.of(np.array(x, float), layer, arrays)))


@pytest.fixture
def pooled(qapp) -> ShownLayer:
    """Windows of 2×2; in the second one two numbers are the largest."""
    return shown(MaxPooling2D(), [[[1], [3], [5], [2]], [[0], [2], [4], [5]]])


def test_the_largest_win_once_all_of_their_step_are_there(pooled) -> None:
    explanation = pooled.explain((0, 1, 0))
    assert highlight.winners(explanation, 3) == []
    assert [term.value for term in highlight.winners(explanation, 4)] == [5, 5]
    won = highlight.all_winners(pooled)
    assert won == {(0, 0, 0): ((0, 1, 0),), (0, 1, 0): ((0, 2, 0), (1, 3, 0))}
    found = highlight.on_output(pooled, (0, 0, 0))
    marks = highlight.with_winners(found.marks, won, lambda at: at == (0, 1, 0))
    assert {at for at, mark in marks["x"].items() if mark & Mark.BEST} == set(won[0, 1, 0])
    assert marks["x"][0, 1, 0] == Mark.READ | Mark.WON


def test_of_a_sum_nothing_wins(qapp) -> None:
    dense = shown(Dense(), [1, 2], kernel=[[3], [5]], bias=[0])
    assert highlight.all_winners(dense) == {}


def test_a_term_stands_out_in_its_output(qapp) -> None:
    dense = shown(Dense(), [1, 2], kernel=[[3, 4], [5, 6]], bias=[0, 0])
    found = highlight.on_term(dense, (1,), 1)
    assert found.marks["x"] == {(0,): Mark.READ, (1,): Mark.READ | Mark.ACTIVE}
    assert found.marks["kernel"][1, 1] == Mark.WEIGHT | Mark.ACTIVE
    assert found.complete


@pytest.mark.parametrize(("workings", "count"), [(True, 4), (False, 0)])
def test_without_the_result_nobody_wins(pooled, workings: bool, count: int) -> None:
    found = highlight.without_result(highlight.on_output(pooled, (0, 0, 0)), workings)
    assert (found.hidden, found.shown) == (True, count)
    assert set(found.marks["x"].values()) == {Mark.READ}


def test_a_number_that_is_only_passed_on_is_not_pointed_out(qapp) -> None:
    flat = shown(Flatten(), [[[1], [2]]])
    found = highlight.without_result(highlight.on_output(flat, (1,)), workings=True)
    assert (found.marks["x"], found.shown) == ({}, 0)
    assert found.marks[OUTPUT] == {(1,): Mark.WRITTEN}


def test_only_what_an_exercise_points_out_is_highlighted(pooled) -> None:
    found = highlight.on_output(pooled, (0, 1, 0))
    pointed = {"x": ((0, 0, 0),), OUTPUT: ((0, 0, 0), (0, 1, 0))}
    only = highlight.only_pointed(found, pointed, workings=False)
    assert only.marks["x"] == {(0, 0, 0): Mark.READ | Mark.ACTIVE}
    assert only.marks[OUTPUT] == dict.fromkeys(pointed[OUTPUT], Mark.WRITTEN)
    assert (only.hidden, only.shown) == (True, 0)


def test_a_cell_tells_its_terms_and_what_goes_on_with_them(drive) -> None:
    lab = drive("rgb")
    lab.click("output", 2, 2)
    assert lab.lab.state.highlight.terms == frozenset()
    lab.hover("x[1]", 3, 3)  # the middle of the window: the fifth of the second nine, then its sum
    found = lab.lab.state.highlight
    assert found.terms == {9 + 4, 27 + 1}
    assert found.about_input
    lab.hover("kernel[2,0]", 0, 0)
    assert lab.lab.state.highlight.terms == {18, 27 + 2}
    lab.hover("x[0]", 1, 1)  # which the output does not read
    assert lab.lab.state.highlight.terms == frozenset()


def test_pointing_at_a_sum_points_at_all_that_it_is_made_of(drive) -> None:
    lab = drive("rgb")
    lab.click("output", 2, 2)
    lab.lab.state.point_at_term(27 + 1)
    assert lab.lab.state.highlight.terms == {*range(9, 18), 28}
    window = set(itertools.product(range(2, 5), repeat=2))
    assert marked(lab, "x[1]", Mark.ACTIVE) == window
    assert marked(lab, "x[0]", Mark.ACTIVE) == set()
    assert highlight.term_of_result(lab.lab.state.highlight.explanation, 1) == 28
    assert highlight.term_of_result(lab.lab.state.highlight.explanation, 3) is None
