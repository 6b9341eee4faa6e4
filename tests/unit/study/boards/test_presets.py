"""The projects that come with the program."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest

from cnn_tutor.bundled import bundled
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.network import Evaluation
from cnn_tutor.project.file import decode, encode
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import Preset, presets


@pytest.fixture(params=presets().values(), ids=presets())
def preset(request: pytest.FixtureRequest) -> Preset:
    return request.param


def whole_output(key: str, name: str = "") -> Array:
    project = presets()[key].project(np.random.default_rng(0))
    return Evaluation(project.network, project.x).value(name or project.network.last)


def output(key: str, channel: int = 0, name: str = "") -> Array:
    return whole_output(key, name)[..., channel]


def grid(text: str) -> Array:
    return np.array([row.split() for row in text.split("/")], np.float64)


def test_every_preset_opens_computes_and_can_be_saved(preset: Preset) -> None:
    project = preset.project(np.random.default_rng(0))
    assert project.origin == preset.key
    live = Evaluation(project.network, project.x)
    for node in project.network.nodes:
        assert set(node.tensors) == set(node.layer.inputs) - {"x"}
        assert np.isfinite(live.value(node.name)).all()
    opened = decode(encode(project))
    layers = [node.layer for node in project.network.nodes]
    assert [node.layer for node in opened.network.nodes] == layers
    np.testing.assert_array_equal(opened.x, project.x, strict=True)


def test_every_preset_has_a_title_and_a_caption_in_both_languages(preset: Preset) -> None:
    for text in (preset.content["title"], preset.content["caption"]):
        assert set(text) == set(words.LANGUAGES)
        assert all(side.strip() for side in text.values())
        assert text["ja"] != text["en"]
        assert any("\u3040" <= letter <= "\u9fff" for letter in text["ja"])
        assert text["en"].translate(dict.fromkeys(map(ord, "×−’"))).isascii()
        for side, most in (("ja", 110), ("en", 220)):
            assert text[side].count("**") % 2 == 0
            assert len(text[side].replace("**", "")) <= most


def test_titles_tell_presets_apart(language: str) -> None:
    titles = [preset.title for preset in presets().values()]
    assert len(set(titles)) == len(titles)


def test_presets_are_listed_in_the_order_of_their_files_under_headings() -> None:
    names = ("convolution", "channels", "operations", "networks")
    files = [bundled("presets", f"{name}.toml").read_text("utf-8") for name in names]
    assert len(list(bundled("presets").iterdir())) == len(names)
    assert list(presets()) == [
        key for file in files for key in tomllib.loads(file) if key != "order"
    ]
    groups = [preset.group for preset in presets().values()]
    runs = [g for n, g in enumerate(groups) if n == 0 or groups[n - 1] != g]
    assert runs == ["by_hand", "filters", "channels", "operations", "networks"]
    assert all(group in words.table("chapters") for group in runs)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("convolution", "3 0 1/0 2 0/1 0 3"),
        ("convolution_same", "0 0 2 0 1/0 3 0 1 0/2 0 2 0 2/0 1 0 3 0/1 0 2 0 0"),
        ("width_quiz", "14 20 26"),
        (
            "vertical_edges",
            "5 5 0 -5 -5/10 10 0 -10 -10/15 15 0 -15 -15/10 10 0 -10 -10/5 5 0 -5 -5",
        ),
        (
            "horizontal_edges",
            "5 10 15 10 5/5 10 15 10 5/0 0 0 0 0/-5 -10 -15 -10 -5/-5 -10 -15 -10 -5",
        ),
        ("max_pooling", "3 5/5 4"),
        ("average_pooling", "2 3/2 2.5"),
        ("relu", "3 0 0 0/0 2 4 0/1 0 0 1/0 5 2 0"),
        ("identity", "3 1 4 1 5/9 2 6 5 3/5 8 9 7 9/3 2 3 8 4/6 2 6 4 3"),
        (
            "blur",
            "0 0 0 0 0/0 1 2 1 0/0 2 4 2 0/0 1 2 1 0/0 0 0 0 0",
        ),
    ],
)
def test_the_outputs_are_those_worked_by_hand(key: str, expected: str) -> None:
    np.testing.assert_array_equal(output(key), grid(expected), strict=True)


@pytest.mark.parametrize(
    ("key", "shapes"),
    [
        ("rgb", "5×5×3 5×5×1"), ("four_filters", "5×5×3 5×5×4"), ("four_channels", "5×5×4 5×5×2"),
        ("demo", "5×5×3 3×3×2"), ("six_filters", "32×32×3 28×28×6"), ("pointwise", "5×5×3 5×5×1"),
        ("depthwise", "5×5×3 5×5×3"), ("grouped", "5×5×4 3×3×4"), ("im2col", "4×4×2 2×2×2"),
        ("max_pooling_maps", "4×4×3 2×2×3"), ("local_or_full", "4×4×1 2×2×1"), ("dense", "4 3"),
        ("deep", "32×32×3 28×28×6 28×28×6 24×24×10"), ("deck_network", "6×6×1 4×4×2 2×2×2 8 4 4"),
    ],
)  # fmt: skip
def test_the_shapes_are_those_of_the_decks(key: str, shapes: str) -> None:
    network = presets()[key].project().network
    names = ["input", *(node.name for node in network.nodes)]
    assert ["×".join(map(str, network.shape(name))) for name in names] == shapes.split()


@pytest.mark.parametrize(
    ("key", "numbers"),
    [
        ("flatten", [2, 1, 4, 5, 3, 2, 0, 2, 3]),
        ("flatten_channels", [1, 10, 100, 2, 20, 200, 3, 30, 300, 4, 40, 400]),
        ("global_average_pooling", [5, 1, 2]),
        ("dense", [-2, 8, 5]),
    ],
)
def test_a_vector_is_as_worked_by_hand(key: str, numbers: list[float]) -> None:
    np.testing.assert_array_equal(whole_output(key), np.array(numbers, np.float64), strict=True)


def test_every_map_is_pooled_on_its_own() -> None:
    maps = ["4 2/1 5", "6 7/3 4", "-1 2/5 -1"]
    for channel, expected in enumerate(maps):
        np.testing.assert_array_equal(output("max_pooling_maps", channel), grid(expected))


def test_the_three_colours_add_up() -> None:
    # The middle: 2 + 0 + 2 on red, 1 + 2 + 1 on green, −1 −1 −1 + 1 + 1 + 1 on blue.
    assert [output("four_filters", c)[2, 2] for c in range(4)] == [4, 4, 0, 8]
    # The corner, where five cells of each colour are padding.
    assert [output("four_filters", c)[0, 0] for c in range(4)] == [0, 2, 2, 4]
    maps = whole_output("four_filters")
    np.testing.assert_array_equal(maps[..., :3].sum(-1), maps[..., 3])
    np.testing.assert_array_equal(output("rgb"), maps[..., 3])
    np.testing.assert_array_equal(whole_output("depthwise"), maps[..., :3])


def test_the_skewer_reads_one_place() -> None:
    np.testing.assert_array_equal(output("pointwise")[:2], grid("2 0 2 0 2/-1 3 0 3 -1"))


def test_the_demo_is_set_up_as_the_well_known_one() -> None:
    node = presets()["demo"].project().network.nodes[0]
    assert node.tensors["kernel"].shape == (3, 3, 3, 2)
    assert node.tensors["bias"].tolist() == [1, 0]
    assert node.layer == Conv2D(strides=2, padding=((1, 1), (1, 1)))


def test_the_network_finds_the_diagonals() -> None:
    rising = output("deck_network", 0, "conv2d_1")
    np.testing.assert_array_equal(rising, grid("3 1 0 1/1 0 1 0/0 1 0 1/1 0 1 3"))
    falling = output("deck_network", 1, "conv2d_1")
    np.testing.assert_array_equal(falling, rising[:, ::-1])
    vector = whole_output("deck_network", "flatten_1")
    np.testing.assert_array_equal(vector, [3, 1, 1, 3, 1, 3, 3, 1])


def test_dropout_switches_half_off_and_doubles_the_rest() -> None:
    project, dropped = presets()["dropout"].project(), output("dropout")
    assert np.count_nonzero(dropped) == 8
    assert ((dropped == 0) | (dropped == 2 * project.x[..., 0])).all()
    assert np.count_nonzero(whole_output("deck_network")) == 2


def test_what_is_seen_first_is_there() -> None:
    views = {key: preset.view for key, preset in presets().items() if preset.view != "cells"}
    assert views == {
        "im2col": "matrices",
        "dense": "units",
        "local_or_full": "units",
        "deep": "network",
        "deck_network": "network",
    }


def test_numbers_drawn_by_lot_are_new_each_time_and_repeatable_for_tests() -> None:
    lots = [preset for preset in presets().values() if "level" in preset.content]
    assert lots
    for preset in lots:
        drawn = [preset.project().x.tobytes() for _ in range(4)]
        assert len(set(drawn)) == 4
        fixed = [preset.project(np.random.default_rng(7)).x.tobytes() for _ in range(2)]
        assert len(set(fixed)) == 1


def test_it_opens_on_a_cell_that_says_something(preset: Preset) -> None:
    assert whole_output(preset.key)[preset.at] != 0
