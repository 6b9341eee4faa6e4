"""What is on the board, written as a step of a lesson: it reads back as the same board."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.relu import ReLU
from cnn_tutor.engine.network import Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.lesson import Lesson
from cnn_tutor.study.lessons.reader import parse
from cnn_tutor.study.lessons.writer import begun, continued
from tests.unit.study.lessons.written import EXAMPLE, in_one

HERE = Path()


@pytest.fixture(autouse=True)
def _english() -> None:
    words.speak("en")


def kept(scene: Scene) -> Lesson:
    """Write a scene as a new lesson and read that; the board has to be the same."""
    data, lesson = begun(scene, "Mine", HERE)
    again = parse(data, "k", HERE)
    assert again.title == lesson.title == "Mine"
    shown = again.scene(0)
    assert shown.project.equals(scene.project)
    assert (shown.layer, shown.tab, shown.cell) == (scene.layer, scene.tab, scene.cell)
    return again


@pytest.mark.parametrize("key", list(presets()))
def test_every_preset_comes_back_as_it_was(key: str) -> None:
    kept(Scene(presets()[key].project(np.random.default_rng(3))))


@pytest.mark.parametrize("kind", list(layer_kinds()))
def test_a_board_of_every_kind_comes_back_as_it_was(kind: str) -> None:
    for level in range(6):
        for seed in range(5):
            rng = np.random.default_rng((level, seed))
            layer, tensors = layer_kinds()[kind].sample(rng, level)
            x = tensors.pop("x")
            if seed == 4:
                x = rng.normal(size=x.shape)
            kept(Scene(Project.of(x, layer, tensors)))


def test_the_layer_the_view_and_the_place_are_kept() -> None:
    project = presets()["convolution"].project().inserted(1, "relu")
    scene = Scene(project, "conv2d_1", "matrices", (1, 2, 0))
    step = kept(scene).steps[0]
    assert (step.layer, step.view, step.look) == ("conv2d_1", "matrices", "1,2,0")


def test_layers_keep_their_names_whatever_is_in_them() -> None:
    x = np.arange(9.0).reshape(3, 3, 1)
    nodes = [Node('die "erste" \\', Conv2D(padding="same")), Node("活性化", ReLU())]
    kernel = {"kernel": np.ones((2, 2, 1, 1)), "bias": np.zeros(1)}
    nodes[0] = replace(nodes[0], tensors=kernel)
    lesson = kept(Scene(Project.chain(x, nodes)))
    names = [node.name for node in lesson.scene(0).project.network.nodes]
    assert names == ['die "erste" \\', "活性化"]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_new_lesson_is_in_the_language_that_is_on(language: str) -> None:
    words.speak(language)
    data, lesson = begun(Scene(presets()["convolution"].project()), 'Mein "Titel"', HERE)
    assert lesson.languages == (language,)
    assert lesson.title == 'Mein "Titel"'
    assert data.decode().startswith(f"title.{language} = ")


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE,
        EXAMPLE.rstrip(),
        EXAMPLE + "# the end",
        EXAMPLE.replace("\n", "\r\n"),
        "\ufeff" + EXAMPLE,
        in_one("ja"),
        EXAMPLE.replace('id = "change"', 'id = "step_4"').replace("boards.small", "boards.board")
        .replace('board = "small"', 'board = "board"'),
    ],
)  # fmt: skip
def test_all_that_was_in_the_file_stays_as_it_was(text: str) -> None:
    old = text.encode()
    scene = Scene(presets()["rgb"].project())
    data, lesson = continued(old, scene, HERE)
    assert data.startswith(old)
    assert (b"\r\n" in old) == (b"\r\n" in data)
    before = parse(old, "k", HERE)
    assert [s.key for s in lesson.steps[:-1]] == [s.key for s in before.steps]
    assert lesson.languages == before.languages
    assert lesson.scene(3).project.equals(scene.project)
    twice, lesson = continued(data, scene, HERE)
    assert len(lesson.steps) == 5
    assert twice.startswith(data)


def test_nothing_is_added_to_what_is_no_sound_lesson() -> None:
    scene = Scene(presets()["convolution"].project())
    with pytest.raises(LessonError) as refused:
        continued(EXAMPLE.replace("predict =", "predikt =").encode(), scene, HERE)
    assert refused.value.key == "steps[1].task.predikt"
    assert refused.value.line


INLINE = """\
title.en = "Inline"
boards = { one = { preset = "convolution" } }
steps = [{ id = "a", board = "one", caption = { en = "A" } }]
"""


def test_what_can_not_be_added_to_says_so() -> None:
    with pytest.raises(LessonError) as refused:
        continued(INLINE.encode(), Scene(presets()["convolution"].project()), HERE)
    assert refused.value.reason == "step_not_added"
    for language in words.LANGUAGES:
        words.speak(language)
        assert "[[steps]]" in words.explain(refused.value)


def test_a_board_of_too_many_numbers_says_what_to_do() -> None:
    x = np.random.default_rng(0).normal(size=(64, 64, 3))
    with pytest.raises(LessonError) as refused:
        begun(Scene(Project.of(x, ReLU(), {})), "Large", HERE)
    assert refused.value.reason == "step_too_large"
    for language in words.LANGUAGES:
        words.speak(language)
        assert "128 KB" in words.explain(refused.value)
