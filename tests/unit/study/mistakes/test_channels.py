"""By what name the channels are told that a mistake is about."""

from __future__ import annotations

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.study.exercises.generator import shapes
from cnn_tutor.study.grading.grading import grade
from cnn_tutor.study.mistakes import channels
from cnn_tutor.study.mistakes.case import Case


def over(depth, groups, filters):
    """A filter of one cell over one place: an output is the sum of x times the weights."""
    x = np.array([10.0 ** (2 * c) for c in range(depth)]).reshape(1, 1, depth)
    kernel = np.arange(1.0, 1 + depth // groups).reshape(1, 1, -1, 1).repeat(filters, 3)
    return Conv2D(groups=groups), {"x": x, "kernel": kernel, "bias": np.zeros(filters)}


def named(case, mistake):
    """Return what is left by each channel's name: the number in each asked cell."""
    return {
        way.values["channel"]["en"]: tuple(way.numbers)
        for way in channels.ways(case)
        if way.mistake == mistake
    }


def test_with_groups_a_channel_goes_by_its_own_number():
    layer, tensors = over(4, 2, 2)
    case = Case(layer, tensors, ((0, 0, 1),))
    assert case.right.tolist() == [2010000]
    assert named(case, "channel_omitted") == {"CH3": (2000000,), "CH4": (10000,)}
    (same,) = named(case, "same_slice")
    assert same == "CH1"  # the first of the filter's own
    lit = {
        way.values["channel"]["en"]: way.lit
        for way in channels.ways(case)
        if way.mistake == "channel_omitted"
    }
    assert lit == {"CH3": {"kernel": ((0, 0, 0, 1),)}, "CH4": {"kernel": ((0, 0, 1, 1),)}}


def test_each_channel_is_left_out_of_the_outputs_that_read_it():
    layer, tensors = over(6, 2, 2)
    found = named(Case(layer, tensors, ((0, 0, 0), (0, 0, 1))), "one_channel_only")
    assert list(found) == [f"CH{number}" for number in range(1, 7)]
    for number, (first, second) in enumerate(found.values()):
        read, other = (first, second) if number < 3 else (second, first)
        assert read == tensors["x"][0, 0, number] * (number % 3 + 1)
        assert np.isnan(other)


def test_three_channels_are_named_by_their_colours():
    layer, tensors = over(3, 1, 1)
    case = Case(layer, tensors, ((0, 0, 0),))
    assert list(named(case, "channel_omitted")) == ["R red", "G green", "B blue"]
    assert list(named(case, "one_channel_only")) == ["R red", "G green", "B blue"]
    source = shapes()["one_output_cell"]
    exercise = source.over(layer, tensors, 4, np.random.default_rng(0))
    (mistake, *_) = grade(exercise, {"output[0,0,0]": "30001"}).mistakes
    assert mistake.id == "channel_omitted"
    assert "G green is missing." in mistake.message["en"]
    assert "G 緑 の和が抜けています" in mistake.message["ja"]
