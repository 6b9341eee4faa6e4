from __future__ import annotations

import numpy as np
import pytest

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.pages.views.network import receptive_field_text
from cnn_tutor.project.project import Project

NETWORK = Project.of(
    np.ones((9, 9, 2)), Conv2D(), {"kernel": np.ones((3, 3, 2, 1)), "bias": np.zeros(1)}
).network
NAME = NETWORK.last


def said(name: str, at, field) -> str:
    return receptive_field_text.text(receptive_field_text.sentences(NETWORK, name, at, 7.0, field))


def test_a_cell_says_its_number_and_the_box_that_it_reads() -> None:
    at = (3, 4, 0)
    field = NETWORK.receptive_field(NAME, at)
    assert receptive_field_text.extent(field) == (3, 3, 2)
    text = said(NAME, at, field)
    for part in ("Convolution", "[3, 4, 0]", "7", "3×3×2", "3–5", "4–6", "0–1"):
        assert part in text


@pytest.mark.parametrize(
    ("name", "at", "field", "count"),
    [
        ("input", (0, 0, 1), (), 1),
        (NAME, (0, 0, 0), (slice(0, 0), slice(0, 3), slice(0, 2)), 2),
        (NAME, (0, 0, 0), (slice(4, 5),), 2),
    ],
)
def test_the_input_padding_alone_and_a_single_place_are_said_too(name, at, field, count) -> None:
    found = receptive_field_text.sentences(NETWORK, name, at, 7.0, field)
    assert len(found) == count
    assert all(found)
    assert "–" not in said(name, at, field)
