"""Wrong sizes that go on through a network."""

from __future__ import annotations

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.flatten import Flatten
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.network import Node
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.generator import shapes
from tests.unit.study.exercises.many import wrong


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
    made = {outcome.mistake for outcome in exercise.outcomes}
    assert not {"size_padding_once", "size_padding_ignored", "size_unrounded"} & made


def test_forgotten_padding_goes_on():
    exercise = chain(Conv2D(padding=((2, 2), (2, 2))))
    assert sizes(exercise, "size_padding_ignored") == (7, 3, 18)
    assert sizes(exercise, "size_padding_once") == (9, 4, 32)


def test_it_ends_where_no_window_fits_any_more():
    exercise = chain(Conv2D(), side=4)
    (entries,) = wrong(exercise, "size_no_plus_one")
    assert entries == {"c[0]": 1, "c[1]": 1}


def test_rounding_up_is_no_mistake_where_nothing_is_rounded():
    assert "size_ceiling" not in {outcome.mistake for outcome in chain(Conv2D(), 8).outcomes}
