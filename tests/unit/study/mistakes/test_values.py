from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from cnn_tutor.engine.region import has
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study.mistakes import values
from cnn_tutor.study.mistakes.case import Case
from cnn_tutor.study.mistakes.catalogue import catalogue
from tests.helpers import wrong_ways

KNOWN_BY_SEVERAL = {
    "pool_top_left", "pool_second", "all_signs_dropped", "groups_ignored", "dropout_left_out",
    "dropout_mask_ignored", "dropout_mask_at_inference",
}  # fmt: skip
"""In a cell alone they may be another mistake, or right; they are told where several are asked."""

SAMPLES = [
    (kind, level, seed) for kind in wrong_ways.KINDS for level in range(6) for seed in (1, 2)
]


def every_way(case):
    return [*values.ways(case), *values.rarer(case)]


def numbers_of(ways, place):
    """Return the numbers that ways give in one of the asked cells, by mistake."""
    found = defaultdict(set)
    for way in ways:
        if not np.isnan(way.numbers[place]):
            found[way.mistake].add(round(float(way.numbers[place]), 9))
    return dict(found)


def rounded(by_mistake):
    return {mistake: {round(n, 9) for n in numbers} for mistake, numbers in by_mistake.items()}


@pytest.mark.parametrize(("kind", "level", "seed"), SAMPLES)
def test_the_numbers_of_each_cell_are_those_computed_by_hand(kind, level, seed):
    layer, tensors = layer_kinds()[kind].sample(np.random.default_rng(seed), level)
    for at in np.ndindex(layer.forward(tensors).shape):
        case = Case(layer, tensors, (at,))
        mistakes, slipped = wrong_ways.KINDS[kind](layer, tensors, at)
        assert numbers_of(every_way(case), 0) == rounded(mistakes), at
        expected = {m: numbers for m, numbers in rounded(slipped).items() if numbers}
        found = defaultdict(set)
        for outcome in values.slips(case, ["y"]):
            found[outcome.mistake].add(round(outcome.entries["y"], 9))
        assert found == expected, at


@pytest.mark.parametrize(("kind", "level", "seed"), SAMPLES)
def test_made_in_all_cells_a_mistake_gives_in_each_what_it_gives_there_alone(kind, level, seed):
    layer, tensors = layer_kinds()[kind].sample(np.random.default_rng(seed), level)
    output = layer.forward(tensors)
    cells = tuple(np.ndindex(output.shape))
    ways = every_way(Case(layer, tensors, cells))
    for place, at in enumerate(cells):
        mistakes, _ = wrong_ways.KINDS[kind](layer, tensors, at)
        together = numbers_of(ways, place)
        for mistake in mistakes.keys() | together.keys():
            right = round(float(output[at]), 9)
            wrong = rounded(mistakes).get(mistake, set()) - {right}
            if not wrong and mistake in KNOWN_BY_SEVERAL:
                continue
            assert together.get(mistake, set()) - {right} == wrong, (mistake, at)


@pytest.mark.parametrize(("kind", "level", "seed"), SAMPLES)
def test_what_tells_how_a_wrong_number_comes_about_comes_to_that_number(kind, level, seed):
    layer, tensors = layer_kinds()[kind].sample(np.random.default_rng(seed), level)
    cells = tuple(np.ndindex(layer.forward(tensors).shape))
    for way in every_way(Case(layer, tensors, cells)):
        for place in range(len(cells)):
            told = way.explain(place)
            if told is not None:
                assert told.value == pytest.approx(way.numbers[place]), (way.mistake, place)


def test_of_each_slip_a_cell_is_tried_by_itself():
    layer, tensors = layer_kinds()["dense"].sample(np.random.default_rng(0), 3)
    found = list(values.slips(Case(layer, tensors, ((0,), (1,), (2,))), ["a", "b", "c"]))
    assert {name for outcome in found for name in outcome.entries} == {"a", "b", "c"}
    assert all(len(outcome.entries) == 1 for outcome in found)


@pytest.mark.parametrize(("kind", "level", "seed"), SAMPLES)
def test_only_main_mistakes_are_kept_apart_by_the_numbers_of_an_exercise(kind, level, seed):
    layer, tensors = layer_kinds()[kind].sample(np.random.default_rng(seed), level)
    case = Case(layer, tensors, tuple(np.ndindex(layer.forward(tensors).shape)))
    assert all(catalogue()[way.mistake].main for way in values.ways(case))
    assert not any(catalogue()[way.mistake].main for way in values.rarer(case))


def test_a_bias_of_zero_is_no_bias():
    layer, tensors = layer_kinds()["conv2d"].sample(np.random.default_rng(0), 4)
    tensors["bias"][:] = 0
    found = {way.mistake for way in every_way(Case(layer, tensors, ((1, 0, 0),)))}
    assert found
    assert not any("bias" in mistake for mistake in found)


@pytest.mark.parametrize(("kind", "level", "seed"), SAMPLES)
def test_each_mistake_in_one_cell_is_about_cells_that_there_are(kind, level, seed):
    layer, tensors = layer_kinds()[kind].sample(np.random.default_rng(seed), level)
    output = layer.forward(tensors)
    at = (0,) * output.ndim
    case = Case(layer, tensors, (at,))
    for outcome in values.outcomes(case, every_way(case), ["y"]):
        assert outcome.lit, outcome.mistake
        for port, cells in outcome.lit.items():
            assert cells, outcome.mistake
            if outcome.mistake not in ABOUT_THE_PADDING:
                assert all(has(cell, tensors[port].shape) for cell in cells), outcome.mistake


ABOUT_THE_PADDING = {
    "window_off_by_one", "padding_forgotten", "stride_ignored", "row_column_swapped",
    "pool_overlapped", "edge_copied", "padding_mirrored", "padding_of_ones",
}  # fmt: skip
"""They may be about cells over the edge."""
