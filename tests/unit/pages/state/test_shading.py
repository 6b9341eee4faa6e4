"""How tensors are coloured by their numbers, and which of them are not."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.document.document import Document
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.pages.state.shading import shading
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.widgets.style.shades import Shading
from tests.helpers.states import lab_state


@pytest.mark.parametrize(
    ("preset", "port", "found"),
    [
        ("convolution", "x", Shading(1, picture=True)),
        ("convolution", "kernel", Shading(1)),
        ("convolution", "bias", None),
        ("convolution", OUTPUT, Shading(3)),
        ("dropout", "mask", None),
    ],
)
def test_every_tensor_has_a_scale_of_its_own(qapp, preset, port, found) -> None:
    state = lab_state(Document(presets()[preset].project()))
    assert shading(state, port, state.shown.tensors[port]) == found


def test_what_another_layer_makes_is_no_picture(qapp) -> None:
    document = Document(presets()["deep"].project())
    state = lab_state(document)
    first = document.project.network.nodes[0].name
    found = shading(state, "x", np.array([2.0, -5.0]), strong=True)
    assert found == Shading(5, picture=False, strong=True)
    state.select(first)
    assert shading(state, "x", np.array([2.0, -5.0])) == Shading(5, picture=True)
