"""The shapes on the way through a small network."""

from __future__ import annotations

import math

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.flatten import Flatten
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.network import Evaluation, Node
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises import generate, kinds
from cnn_tutor.study.exercises.evidence import apart
from cnn_tutor.study.exercises.generator import shapes
from tests.unit.engine.toys import Failing, Scaled, Single, Unready, known
from tests.unit.study.exercises.many import many, pads, wrong

LENGTHS = (2, 3, 3, 4, 5, 5)


def shape_after(layer, tensors, x: tuple[int, ...]) -> tuple[int, ...]:
    """Return what a layer makes of a shape, each kind by its own rule."""
    if hasattr(layer, "pool_size") or layer.kind == "conv2d":
        size = layer.pool_size if hasattr(layer, "pool_size") else tensors["kernel"].shape[:2]
        depth = x[2] if hasattr(layer, "pool_size") else tensors["kernel"].shape[3]
        sides = []
        for axis in (0, 1):
            before, after = pads(layer.padding, axis, x[axis], size[axis], layer.strides[axis])
            last = x[axis] + before + after - size[axis]
            sides.append(len(range(0, last + 1, layer.strides[axis])))
        return (*sides, depth)
    if layer.kind == "flatten":
        return (math.prod(x),)
    if layer.kind.startswith("global"):
        return (x[2],)
    return (tensors["kernel"].shape[1],) if layer.kind == "dense" else x


def test_the_sizes_are_those_of_the_layers_rules():
    chains = set()
    for exercise in many("shape_chain"):
        network = exercise.network
        shape = network.input_shape
        blanks = {blank.name: blank.answer for blank in exercise.blanks}
        for node in network.nodes:
            shape = shape_after(node.layer, node.tensors, shape)
            for axis, length in enumerate(shape):
                assert blanks.pop(f"{node.name}[{axis}]") == length
        assert not blanks
        assert len(network.nodes) == LENGTHS[exercise.level]
        assert exercise.kind in {node.layer.kind for node in network.nodes}
        assert len(exercise.blanks) <= 12
        assert np.isfinite(
            Evaluation(network, np.ones(network.input_shape)).value(network.last)
        ).all()
        chains.add(tuple(node.layer.kind for node in network.nodes))
    assert len(chains) > 60


def test_the_layer_is_one_of_the_kind_with_what_comes_to_it():
    for kind in kinds("shape_chain"):
        exercise = generate("shape_chain", kind, 3, 1)
        (node,) = [n for n in exercise.network.nodes if n.layer is exercise.layer]
        assert exercise.layer.kind == kind
        shape = exercise.network.shape(exercise.network.before(node.name))
        assert exercise.tensors["x"].shape == shape


def test_nearly_every_chain_counts():
    drawn = [
        generate("shape_chain", kind, level, seed).evidence
        for kind in kinds("shape_chain")
        for level in range(6)
        for seed in range(3)
    ]
    assert sum(drawn) >= 0.95 * len(drawn)


def test_several_layers_of_a_kind_are_numbered():
    for seed in range(40):
        exercise = generate("shape_chain", "conv2d", 4, seed)
        names = [node.name for node in exercise.network.nodes]
        if "conv2d_2" in names:
            labels = [blank.label for blank in exercise.blanks]
            assert labels[0] == {"ja": "畳み込み 1: 行", "en": "Convolution 1: rows"}
            return
    raise AssertionError("no chain with two convolutions")


def test_strange_kinds_stand_in_a_chain_or_are_not_asked():
    with known(Scaled, Failing, Single, Unready):
        assert {"scaled", "failing"} <= set(kinds("shape_chain"))
        assert not {"single", "unready"} & set(kinds("shape_chain"))
        exercise = generate("shape_chain", "scaled", 3, 0)
        assert "scaled" in {node.layer.kind for node in exercise.network.nodes}


# --- mistakes ------------------------------------------------------------------------------------


def chain(layer: Conv2D, side: int = 9) -> Exercise:
    """A 3×3 convolution with two filters, a pool of 2×2 and a vector: 9×9 → 7×7 → 3×3 → 18."""
    own = {"kernel": np.ones((3, 3, 1, 2)), "bias": np.zeros(2)}
    nodes = [Node("c", layer, own), Node("p", MaxPooling2D()), Node("f", Flatten())]
    return shapes()["shape_chain"]._of(np.ones((side, side, 1)), nodes, "conv2d")


def sizes(exercise: Exercise, mistake: str) -> tuple[float, ...]:
    """Return the rows of the two maps and the vector's length."""
    (entries,) = wrong(exercise, mistake)
    right = {blank.name: blank.answer for blank in exercise.blanks}
    assert entries.get("c[0]") == entries.get("c[1]")
    assert "c[2]" not in entries
    return tuple((right | entries)[name] for name in ("c[0]", "p[0]", "f[0]"))


def test_each_mistake_is_made_at_every_window():
    exercise = chain(Conv2D())
    assert sizes(exercise, "size_no_plus_one") == (6, 2, 8)
    assert sizes(exercise, "size_stride_ignored") == (7, 6, 72)
    assert sizes(exercise, "size_kernel_kept") == (10, 6, 72)
    assert sizes(exercise, "size_input_copied") == (9, 9, 162)
    assert sizes(exercise, "size_ceiling") == (7, 4, 32)
    assert sizes(exercise, "size_kernel_copied") == (3, 2, 8)
    assert sizes(exercise, "size_unrounded") == (7, 3.5, 18)
    made = {outcome.mistake for outcome in exercise.outcomes}
    assert not {"size_padding_once", "size_padding_ignored"} & made


def test_forgotten_padding_goes_on():
    exercise = chain(Conv2D(padding=((2, 2), (2, 2))))
    assert sizes(exercise, "size_padding_ignored") == (7, 3, 18)
    assert sizes(exercise, "size_padding_once") == (9, 4, 32)


def test_it_ends_where_no_window_fits_any_more():
    exercise = chain(Conv2D(), side=4)
    (entries,) = wrong(exercise, "size_no_plus_one")
    assert entries == {"c[0]": 1, "c[1]": 1}


def test_a_chain_in_which_nothing_is_rounded_hides_who_rounds_wrongly():
    even = chain(Conv2D(), 8)
    assert wrong(even, "size_ceiling") == wrong(even, "size_unrounded") == [{}]
    assert not apart(even)
    assert wrong(chain(Conv2D(), 9), "size_ceiling") != [{}]
