"""The projects that come with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import numpy as np
import pytest

from cnn_tutor.bundled import bundled
from cnn_tutor.engine.layer import Array
from cnn_tutor.engine.network import Evaluation
from cnn_tutor.project.file import decode, encode
from cnn_tutor.study import words
from cnn_tutor.study.presets import Preset, presets


@pytest.fixture(params=presets().values(), ids=presets())
def preset(request: pytest.FixtureRequest) -> Preset:
    return request.param


@pytest.fixture(params=words.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = words.language()
    words.speak(request.param)
    yield request.param
    words.speak(before)


def output(key: str) -> Array:
    project = presets()[key].project(np.random.default_rng(0))
    return Evaluation(project.network, project.x).value(project.network.nodes[-1].name)[..., 0]


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
    assert opened.network.nodes[0].layer == project.network.nodes[0].layer
    np.testing.assert_array_equal(opened.x, project.x, strict=True)


def test_every_preset_has_a_title_and_a_caption_in_both_languages(preset: Preset) -> None:
    for text in (preset.content["title"], preset.content["caption"]):
        assert set(text) == set(words.LANGUAGES)
        assert all(side.strip() for side in text.values())
        assert text["ja"] != text["en"]
        assert any("\u3040" <= letter <= "\u30ff" for letter in text["ja"])
        assert text["en"].replace("×", "").replace("’", "").isascii()
        for side in text.values():
            assert side.count("**") % 2 == 0


def test_titles_are_said_in_the_language_that_is_spoken(preset: Preset, language: str) -> None:
    assert preset.title == preset.content["title"][language]
    assert preset.caption == preset.content["caption"][language]


def test_titles_tell_presets_apart(language: str) -> None:
    titles = [preset.title for preset in presets().values()]
    assert len(set(titles)) == len(titles)


def test_presets_are_listed_in_the_order_of_their_file_under_headings() -> None:
    content = tomllib.loads(bundled("presets", "convolution.toml").read_text("utf-8"))
    assert list(presets()) == list(content)
    groups = [preset.group for preset in presets().values()]
    runs = [g for n, g in enumerate(groups) if n == 0 or groups[n - 1] != g]
    assert len(set(runs)) == len(runs)
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
        ("identity", "3 1 4 1 5/9 2 6 5 3/5 8 9 7 9/3 2 3 8 4/6 2 6 4 3"),
        (
            "blur",
            "0 0 0 0 0/0 1 2 1 0/0 2 4 2 0/0 1 2 1 0/0 0 0 0 0",
        ),
    ],
)
def test_the_outputs_are_those_worked_by_hand(key: str, expected: str) -> None:
    np.testing.assert_array_equal(output(key), grid(expected), strict=True)


def test_numbers_drawn_by_lot_are_new_each_time_and_repeatable_for_tests() -> None:
    lots = [preset for preset in presets().values() if "level" in preset.content]
    assert lots
    for preset in lots:
        drawn = [preset.project().x.tobytes() for _ in range(4)]
        assert len(set(drawn)) == 4
        fixed = [preset.project(np.random.default_rng(7)).x.tobytes() for _ in range(2)]
        assert len(set(fixed)) == 1


def test_a_preset_that_is_not_drawn_is_the_same_each_time() -> None:
    for preset in presets().values():
        if "level" not in preset.content:
            assert encode(preset.project()) == encode(preset.project())
