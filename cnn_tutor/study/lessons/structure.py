"""The keys of a lesson's file, and of what type their values are."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from cnn_tutor.study.lessons.fault import LessonError

MAX_LETTERS = 600
"""A caption or another text, in one language."""


class Text(msgspec.Struct, forbid_unknown_fields=True):
    """The same in both languages."""

    ja: str
    en: str


class Remark(msgspec.Struct, forbid_unknown_fields=True):
    """What to say in a certain case to a learner who is not done."""

    when: str
    ja: str
    en: str
    cell: str = ""


class Task(msgspec.Struct, forbid_unknown_fields=True):
    """What the learner is to do."""

    say: Text
    goal: list[str] = []
    predict: str | list[str] = []
    workings: bool = False
    number: str = ""
    of: str = ""
    answer: list[str] = []
    not_yet: Text | None = None
    done: Text | None = None
    remarks: list[Remark] = []


class Step(msgspec.Struct, forbid_unknown_fields=True):
    """One step."""

    id: str
    caption: Text
    board: str = ""
    set: list[str] = []
    layer: str = ""
    view: str = ""
    walk: str = ""
    look: str = ""
    terms: int = 0
    point: list[str] = []
    task: Task | None = None


class Tensor(
    msgspec.Struct, forbid_unknown_fields=True, rename={"start": "from"}, omit_defaults=True
):
    """Numbers, in one of the ways that tensors are written in."""

    rows: list[Any] = []
    shape: list[int] = []
    planes: list[list[list[float]]] = []
    filters: list[Any] = []
    picture: list[str] = []
    colours: dict[str, list[float]] = {}
    lot: int | None = None
    start: int | None = None
    to: int | None = None
    of: str = ""


class Node(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One layer of several."""

    kind: str
    name: str = ""
    settings: dict[str, Any] = {}
    tensors: dict[str, Tensor] = {}


class Board(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What a step opens: a preset, a file, a layer, or several layers."""

    preset: str = ""
    file: str = ""
    kind: str = ""
    settings: dict[str, Any] = {}
    tensors: dict[str, Tensor] = {}
    x: Tensor | None = None
    nodes: list[Node] = []


class File(msgspec.Struct, forbid_unknown_fields=True):
    """A whole lesson."""

    title: Text
    steps: list[Step]
    boards: dict[str, Board] = {}
    order: int = 0
    lab: str = ""


def convert(content: dict[str, Any]) -> File:
    """Return the content of a file with its types checked.

    Raises:
        LessonError: for what is missing, unknown, too long, or of another type.
    """
    try:
        file = msgspec.convert(content, File)
    except msgspec.ValidationError as error:
        raise _unexpected(error) from error
    _check_texts(content, "")
    return file


def _unexpected(error: msgspec.ValidationError) -> LessonError:
    """Return what msgspec found wrong, and where, in words that can be translated."""
    detail, _, path = str(error).partition(" - at `$")
    key = path.rstrip("`").lstrip(".")
    missing = re.fullmatch(r"Object missing required field `([^`]+)`", detail)
    if missing:
        return LessonError("lesson_missing", key or missing[1], name=missing[1])
    unknown = re.fullmatch(r"Object contains unknown field `([^`]+)`", detail)
    if unknown:
        place = f"{key}.{unknown[1]}".lstrip(".")
        return LessonError("lesson_unknown_key", place, name=unknown[1][:40])
    types = re.fullmatch(r"Expected `([^`]+)`, got `([^`]+)`", detail)
    if types:
        return LessonError("file_type", key, expected=types[1], found=types[2])
    return LessonError("file_structure", key)


def _check_texts(content: Any, key: str) -> None:
    """Raise LessonError for a text that is empty or too long to be read on the page."""
    if isinstance(content, dict):
        for name, inner in content.items():
            place = f"{key}.{name}".lstrip(".")
            said = inner if name in ("ja", "en") and isinstance(inner, str) else "…"
            if not said.strip() or len(said) > MAX_LETTERS:
                raise LessonError("lesson_text", place, most=MAX_LETTERS)
            _check_texts(inner, place)
    elif isinstance(content, list):
        for n, inner in enumerate(content):
            _check_texts(inner, f"{key}[{n}]")
