"""Writes what is on the board as a step of a lesson: of a new one, or at the end of an old one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layer import settings_of
from cnn_tutor.engine.network import Node
from cnn_tutor.project import limits
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.study.boards import views
from cnn_tutor.study.lessons import reader
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.lesson import Lesson

_KEY = "lesson"
"""That of a lesson which is only read to see whether it is sound."""


def begun(scene: Scene, title: str, folder: Path) -> tuple[bytes, Lesson]:
    """Return a new lesson, in the language that is on, with what is seen as its only step.

    What comes back is the bytes of its file, and what the program reads in them. ``folder`` is
    where it is going to lie.

    Raises:
        LessonError: if a lesson can't hold that.
    """
    language = words.language()
    head = f"title.{language} = {_quoted(title)}\n"
    return _proved(head.encode() + _step(scene, "board", "step_1", [language]).encode(), folder)


def continued(data: bytes, scene: Scene, folder: Path) -> tuple[bytes, Lesson]:
    """Return a lesson as :func:`begun` does, of its file's ``data`` and one more step at the end.

    All that is there already stays as it is.

    Raises:
        LessonError: if the lesson is not sound, or can't hold one more step.
    """
    old = reader.parse(data, _KEY, folder)
    board = _free("board", {"", *old.boards})
    step = _free(f"step_{len(old.steps) + 1}", {step.key for step in old.steps})
    added = "\n" + _step(scene, board, step, old.languages)
    if not data.endswith(b"\n"):
        added = "\n" + added
    if b"\r\n" in data:
        added = added.replace("\n", "\r\n")
    try:
        return _proved(data + added.encode(), folder)
    except LessonError as error:
        if error.reason == "lesson_toml":  # boards or steps in brackets, which end where they end
            raise LessonError("step_not_added") from error
        raise


def _proved(data: bytes, folder: Path) -> tuple[bytes, Lesson]:
    if len(data) > limits.MAX_LESSON_BYTES:
        raise LessonError("step_too_large", most=limits.MAX_LESSON_BYTES // 1024)
    return data, reader.parse(data, _KEY, folder)


def _free(name: str, taken: set[str]) -> str:
    """Return a name, or the first of ``name_2``, ``name_3`` … that nothing has."""
    names = (f"{name}_{n}" if n > 1 else name for n in count(1))
    return next(one for one in names if one not in taken)


# --- TOML ----------------------------------------------------------------------------------------


def _step(scene: Scene, board: str, key: str, languages: Iterable[str]) -> str:
    """Return the tables of a board and of the step that opens it."""
    project = scene.project
    lines = ["", f"[boards.{board}]", *_board(project, board)]
    lines += ["", "[[steps]]", f'id = "{key}"', f'board = "{board}"']
    caption = words.table("lessons")["new_step"]
    lines += [f"caption.{side} = {_quoted(caption[side])}" for side in languages]
    if scene.layer != project.network.last:
        lines.append(f"layer = {_quoted(scene.layer)}")
    if scene.tab != views.CELLS:
        lines.append(f"view = {_quoted(scene.tab)}")
    if scene.at and scene.fits and scene.at != Scene(project, scene.layer).cell:
        lines.append(f'look = "{",".join(map(str, scene.at))}"')
    return "\n".join(lines) + "\n"


def _board(project: Project, name: str) -> Iterator[str]:
    """Go through the lines of a board: one layer by itself, or an input and several."""
    nodes = project.network.nodes
    first = nodes[0]
    if len(nodes) == 1 and first.name == f"{first.layer.kind}_1":
        yield f'kind = "{first.layer.kind}"'
        yield from _settings(first)
        yield from _tensor("tensors.x", "x", project.x)
        yield from _tensors(first)
        return
    yield from _tensor("x", "x", project.x)
    for node in nodes:
        yield from ("", f"[[boards.{name}.nodes]]", f'kind = "{node.layer.kind}"')
        yield f"name = {_quoted(node.name)}"
        yield from _settings(node)
        yield from _tensors(node)


def _settings(node: Node) -> Iterator[str]:
    for setting in settings_of(node.layer):
        value = getattr(node.layer, setting.name)
        if value != setting.default:
            yield f"settings.{setting.name} = {_value(value)}"


def _tensors(node: Node) -> Iterator[str]:
    for port, tensor in node.tensors.items():
        yield from _tensor(f"tensors.{port}", port, tensor)


def _tensor(key: str, port: str, tensor: Array) -> Iterator[str]:
    """Go through the lines of a tensor, in the way in which it is best read.

    That is the inverse of :func:`cnn_tutor.study.boards.boards.tensor`.
    """
    if tensor.ndim == 4 and port != "x":
        if tensor.shape[2] > 1 or tensor.shape[3] > 1:
            yield f"{key}.filters = {_value(tensor.transpose(3, 2, 0, 1).tolist())}"
            return
        yield f"{key}.shape = {_value(list(tensor.shape))}"
        tensor = tensor[:, :, 0, 0]
    elif tensor.ndim == 3 and tensor.shape[2] > 1:
        yield f"{key}.planes = {_value(np.moveaxis(tensor, -1, 0).tolist())}"
        return
    elif tensor.ndim > 2:
        yield f"{key}.shape = {_value(list(tensor.shape))}"
        tensor = tensor[..., 0] if tensor.shape[-1] == 1 else tensor
    yield f"{key}.rows = {_value(tensor.tolist())}"


def _value(value: Any, indent: str = "") -> str:
    """Return a value; a list of lists has one of them on each line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list | tuple):
        if not any(isinstance(item, list | tuple) for item in value):
            return f"[{', '.join(map(_value, value))}]"
        inner = indent + "    "
        items = "".join(f"{inner}{_value(item, inner)},\n" for item in value)
        return f"[\n{items}{indent}]"
    if isinstance(value, float) and value.is_integer():
        return str(int(value)) if value or str(value) == "0.0" else "-0.0"
    return repr(value)


def _quoted(text: str) -> str:
    """Return a text as a basic string; what has to be escaped in JSON has to be in TOML."""
    return json.dumps(text, ensure_ascii=False)
