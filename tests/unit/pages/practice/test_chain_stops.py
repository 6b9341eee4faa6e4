"""What is known of a chain, and what is asked."""

from __future__ import annotations

from cnn_tutor.pages.practice import chain_stops
from cnn_tutor.study import words
from cnn_tutor.study.exercises import generate

SHAPES = generate("shape_chain", "conv2d", 3, 1)
THROUGH = generate("field_through_layers", "conv2d", 5, 3)


def test_the_sides_of_each_shape_are_asked():
    network = SHAPES.network
    stops = chain_stops.stops(SHAPES)
    assert chain_stops.start(SHAPES) == "×".join(map(str, network.input_shape))
    assert [stop.fields for stop in stops] == [len(network.shape(n.name)) for n in network.nodes]
    assert not any(stop.known or stop.caption for stop in stops)
    assert chain_stops.asked(SHAPES) == tuple(blank.name for blank in SHAPES.blanks)


def test_what_is_filled_in_is_told():
    faded = SHAPES.faded()
    stops = chain_stops.stops(faded)
    network = faded.network
    shapes = ["×".join(map(str, network.shape(node.name))) for node in network.nodes]
    assert [stop.known for stop in stops] == [*shapes[:-1], ""]
    assert [stop.fields for stop in stops] == [*[0] * len(shapes[:-1]), 1]
    last = len(network.shape(network.last))
    assert chain_stops.asked(faded) == tuple(b.name for b in SHAPES.blanks[-last:])
    assert chain_stops.told(faded) == {b.name for b in SHAPES.blanks[:-last]}


def test_where_fields_are_asked_the_shapes_are_known():
    for side in words.LANGUAGES:
        words.speak(side)
        for stop, node in zip(chain_stops.stops(THROUGH), THROUGH.network.nodes, strict=True):
            assert stop.known == "×".join(map(str, THROUGH.network.shape(node.name)))
            assert stop.fields == 1
            assert stop.caption
    assert chain_stops.asked(THROUGH) == tuple(b.name for b in THROUGH.blanks[:-2])
    assert not chain_stops.told(THROUGH.faded())


def test_settings_are_told_in_short():
    told = {text for link in THROUGH.chain for text in map(words.pick, link.details)}
    assert all(len(text) < 40 for text in told)
    assert not any("padding='same'" in text for text in told)


def test_an_exercise_without_a_chain_has_none():
    other = generate("output_size", "conv2d", 3, 1)
    assert chain_stops.start(other) == ""
    assert chain_stops.stops(other) == []
    assert chain_stops.asked(other) == ()
