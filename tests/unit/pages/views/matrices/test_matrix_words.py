from __future__ import annotations

import pytest

from cnn_tutor.document.document import Document
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.matrices import Matrices
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.pages.views.matrices import matrix_words
from cnn_tutor.project.project import Project
from cnn_tutor.study.boards.presets import presets
from tests.unit.pages.views.matrices.test_matrix_view import dense, small

PORTS = {"x": "x", "kernel": "kernel", "added": "bias", OUTPUT: OUTPUT}


def layer(project: Project) -> tuple[ShownLayer, Matrices]:
    shown = ShownLayer(Document(project))
    return shown, shown.matrices


def test_rows_are_places_and_columns_filters_or_units(qapp) -> None:
    found = matrix_words.names(*layer(small()))
    assert found.outputs == found.taps == ("0, 0", "0, 1", "1, 0", "1, 1")
    assert found.filters == ("F1", "F2")
    assert matrix_words.names(*layer(dense())).filters == ("0", "1")


def test_a_channel_stands_under_the_place_of_its_tap(qapp) -> None:
    found = matrix_words.names(*layer(presets()["rgb"].project()))
    assert found.taps[1] == "0, 0, 1"
    assert found.taps_over[1] == "0, 0\n1"


@pytest.mark.parametrize(
    ("project", "titles"),
    [
        (small(), {"x": ("Patches, one a row", "4×4"), "kernel": ("Filters as columns", "4×2")}),
        (dense(), {"x": ("Input", "1×3"), "kernel": ("Weights", "3×2")}),
    ],
)
def test_titles_say_what_the_matrices_are(qapp, project: Project, titles) -> None:
    found = matrix_words.titles(*layer(project), PORTS)
    assert {part: found[part] for part in titles} == titles
    assert found["added"] == ("+ Bias", "")
    assert found[OUTPUT][0] == "Output"


def test_the_bias_is_what_is_added(qapp) -> None:
    assert matrix_words.added_port(*layer(small())) == "bias"


def test_channels_have_their_names(qapp) -> None:
    shown, _ = layer(presets()["rgb"].project())
    assert matrix_words.channels(shown) == ("R red", "G green", "B blue")
