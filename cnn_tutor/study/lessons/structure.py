"""The keys of a lesson's file, and of what type their values are."""

from __future__ import annotations

import re
from collections.abc import Sized
from typing import Any, TypeVar

import msgspec

from cnn_tutor.project import limits
from cnn_tutor.project.plain_text import blank, unseen
from cnn_tutor.study.lessons.language.fault import LessonError


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
    tensors: dict[str, Any] = {}  # each is a Tensor


class Board(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What a step opens: a preset, a file, a layer, or several layers."""

    preset: str = ""
    file: str = ""
    kind: str = ""
    settings: dict[str, Any] = {}
    tensors: dict[str, Any] = {}  # each is a Tensor
    x: Tensor | None = None
    nodes: list[Node] = []


class File(msgspec.Struct, forbid_unknown_fields=True):
    """A whole lesson."""

    title: Text
    steps: list[Step]
    boards: dict[str, Any] = {}  # each is a Board
    order: int = 0
    lab: str = ""


def convert(content: dict[str, Any]) -> File:
    """Return the content of a file with its types checked.

    Raises:
        LessonError: for what is missing, unknown, too long, too many, or of another type.
    """
    _check_numbers(content, "")
    file = _as(File, content)
    if not 1 <= len(file.steps) <= limits.MAX_STEPS:
        raise LessonError("lesson_steps", "steps", most=limits.MAX_STEPS)
    _check_length(file.boards, "boards", limits.MAX_BOARDS)
    for name, entry in file.boards.items():  # one by one: so it is known in which one a fault is
        here = f"boards.{name}"
        board = file.boards[name] = _as(Board, entry, here)
        _convert_tensors(board.tensors, here)
        for n, node in enumerate(board.nodes):
            _convert_tensors(node.tensors, f"{here}.nodes[{n}]")
    _check_texts(content, "")
    for n, step in enumerate(content["steps"]):
        _check_lengths(step, f"steps[{n}]")
    return file


def _convert_tensors(tensors: dict[str, Any], here: str) -> None:
    for port, entry in tensors.items():
        tensors[port] = _as(Tensor, entry, f"{here}.tensors.{port}")


_Struct = TypeVar("_Struct", bound=msgspec.Struct)


def _as(struct: type[_Struct], content: Any, here: str = "") -> _Struct:
    try:
        return msgspec.convert(content, struct)
    except msgspec.ValidationError as error:
        raise _unexpected(error, here) from error


def _unexpected(error: msgspec.ValidationError, here: str) -> LessonError:
    """Return what msgspec found wrong, and where, in words that can be translated."""
    detail, _, path = str(error).partition(" - at `$")
    key = (here + path.rstrip("`").replace("[...]", "")).lstrip(".")
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


def _check_numbers(content: Any, key: str) -> None:
    """Raise LessonError for a whole number of so many digits that it can't even be written out."""
    if isinstance(content, dict):
        for name, inner in content.items():
            _check_numbers(inner, f"{key}.{name}".lstrip("."))
    elif isinstance(content, list):
        for n, inner in enumerate(content):
            _check_numbers(inner, f"{key}[{n}]")
    elif isinstance(content, int) and content.bit_length() > limits.MAX_BITS:
        raise LessonError("not_finite", key, text=f"{hex(content)[:16]}…")


def _check_length(items: Sized, key: str, most: int) -> None:
    if len(items) > most:
        raise LessonError("lesson_too_many", key, most=most)


def _check_lengths(content: Any, key: str) -> None:
    """Raise LessonError for a list of a step that is too long, or for such a text in one."""
    if isinstance(content, dict):
        for name, inner in content.items():
            if name not in ("ja", "en"):
                _check_lengths(inner, f"{key}.{name}")
    elif isinstance(content, list):
        remarks = key.endswith(".remarks")
        _check_length(content, key, limits.MAX_REMARKS if remarks else limits.MAX_IN_LIST)
        for n, inner in enumerate(content):
            _check_lengths(inner, f"{key}[{n}]")
    elif isinstance(content, str) and len(content) > limits.MAX_CODE:
        raise LessonError("lesson_text", key, most=limits.MAX_CODE)


def _check_texts(content: Any, key: str) -> None:
    """Raise LessonError for a text that is empty or too long to be read on the page."""
    if isinstance(content, dict):
        for name, inner in content.items():
            place = f"{key}.{name}".lstrip(".")
            said = inner if name in ("ja", "en") and isinstance(inner, str) else "…"
            if blank(said) or len(said) > limits.MAX_LETTERS:
                raise LessonError("lesson_text", place, most=limits.MAX_LETTERS)
            if sign := unseen(said, besides="\n"):
                raise LessonError("lesson_unseen", place, code=f"U+{ord(sign):04X}")
            _check_texts(inner, place)
    elif isinstance(content, list):
        for n, inner in enumerate(content):
            _check_texts(inner, f"{key}[{n}]")
