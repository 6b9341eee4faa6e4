"""What the tests of lessons share: the README's example, a small lesson and scenes to speak of."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.project.project import Project
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.lesson import Lesson
from cnn_tutor.study.lessons.reader import read
from tests.helpers.example_lesson import EXAMPLE

DROPOUT = """\
title = { ja = "短い", en = "Short" }

[boards.one]
kind = "dropout"
tensors.x.rows = [1, 2, 3]
tensors.mask.rows = [1, 1, 0]

[[steps]]
id = "only"
board = "one"
caption = { ja = "一つ", en = "One" }

[steps.task]
say = { ja = "消す", en = "Switch it off" }
not_yet = { ja = "まだ", en = "Not yet" }
goal = ["training = no"]
answer = ["training = no"]
"""


def in_one(language: str, text: str = EXAMPLE) -> str:
    """Return a lesson with only one of its languages left."""
    other = "en" if language == "ja" else "ja"
    text = re.sub(rf'^(?:caption\.)?{other} = "[^"]*"\n', "", text, flags=re.MULTILINE)
    text = re.sub(rf'{{ {other} = "[^"]*", ', "{ ", text)
    return re.sub(rf', {other} = "[^"]*" }}', " }", text)


def changed(old: str, new: str, text: str = EXAMPLE) -> str:
    """Return a lesson with one place in it changed."""
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


def written(folder: Path, text: str | bytes, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def opened(folder: Path, text: str | bytes) -> Lesson:
    return read(written(folder, text), "own_mine")


def refused(folder: Path, text: str | bytes) -> LessonError:
    """Return why a lesson can't be opened."""
    try:
        opened(folder, text)
    except LessonError as error:
        return error
    raise AssertionError("it opens")


def pictured() -> Scene:
    """A 3×4 input of two channels under two filters of 2×2, and a ReLU behind it."""
    x = np.arange(24.0).reshape(3, 4, 2)
    kernel = np.zeros((2, 2, 2, 2))
    kernel[0, 0, 0, 0], kernel[1, 1, 1, 1] = 1, -1
    project = Project.of(x, Conv2D(), {"kernel": kernel, "bias": np.array([0.0, 3.0])})
    return Scene(project.inserted(1, "relu"), shown="conv2d_1")


def dropped() -> Scene:
    x, mask = np.array([1.0, 2, 3, 4]), np.array([1.0, 0, 1, 1])
    return Scene(Project.of(x, Dropout(rate=0.5), {"mask": mask}))
