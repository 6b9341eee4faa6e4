"""The keys of a lesson's file, and of what type their values are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

from cnn_tutor.project import limits
from cnn_tutor.project.plain_text import blank, unseen
from cnn_tutor.study import words
from cnn_tutor.study.glossary import glossary
from cnn_tutor.study.lessons.language.fault import LessonError

Said = Annotated[str, Meta(max_length=limits.MAX_LETTERS)]
"""A text in one language."""

Code = Annotated[str, Meta(max_length=limits.MAX_CODE)]
"""What is written to be read by the program."""

Codes = Annotated[list[Code], Meta(max_length=limits.MAX_IN_LIST)]

_TERM = re.compile(r"\[[^\]\[]*\]\(([^()]*)\)")
"""What is meant as a link to a term, whether there is one or not."""


class Text(msgspec.Struct, forbid_unknown_fields=True):
    """The same in both languages, or a text in one of them."""

    ja: Said | UnsetType = UNSET
    en: Said | UnsetType = UNSET

    def __post_init__(self) -> None:
        for side, said in self.given.items():
            if blank(said):
                raise LessonError("lesson_text", side, most=limits.MAX_LETTERS)
            if sign := unseen(said, besides="\n"):
                raise LessonError("lesson_unseen", side, code=f"U+{ord(sign):04X}")
        if not self.given:
            raise LessonError("lesson_missing", name=words.language())

    @property
    def given(self) -> dict[str, str]:
        """The languages that it is in, as it was written."""
        both = {"ja": self.ja, "en": self.en}
        return {side: said for side, said in both.items() if said is not UNSET}

    @property
    def sides(self) -> dict[str, str]:
        """What is said in each language, on one line: what there is where it is in one only."""
        said = {side: " ".join(text.split()) for side, text in self.given.items()}
        return {**dict.fromkeys(words.LANGUAGES, next(iter(said.values()))), **said}


class Linked(Text):
    """A text in which terms of the glossary can be linked."""

    def __post_init__(self) -> None:
        super().__post_init__()
        found = [set(_TERM.findall(side)) for side in self.given.values()]
        for key in set().union(*found):
            if key not in glossary():
                raise LessonError("lesson_term", text=key[:40])
        if found[0] != found[-1]:
            raise LessonError("lesson_terms_differ")


class Remark(Linked, kw_only=True):
    """What to say in a certain case to a learner who is not done."""

    when: Code
    cell: Code = ""


class Task(msgspec.Struct, forbid_unknown_fields=True):
    """What the learner is to do."""

    say: Linked
    goal: Codes = []
    predict: Code | Codes = []
    workings: bool = False
    number: Code = ""
    of: Code = ""
    answer: Codes = []
    not_yet: Linked | None = None
    done: Linked | None = None
    remarks: Annotated[list[Remark], Meta(max_length=limits.MAX_REMARKS)] = []


class Step(msgspec.Struct, forbid_unknown_fields=True):
    """One step."""

    id: Code
    caption: Linked
    board: Code = ""
    set: Codes = []
    layer: Code = ""
    view: Code = ""
    walk: Code = ""
    look: Code = ""
    terms: int = 0
    point: Codes = []
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
    steps: Annotated[list[Step], Meta(min_length=1, max_length=limits.MAX_STEPS)]
    boards: Annotated[dict[str, Any], Meta(max_length=limits.MAX_BOARDS)] = {}  # each is a Board
    order: int = 0
    lab: str = ""
    learned: Linked | None = None
    practise: Codes = []


def convert(content: dict[str, Any]) -> File:
    """Return the content of a file with its types checked.

    Every text is in the languages of the title: both, or one of them.

    Raises:
        LessonError: for what is missing, unknown, too long, too many, or of another type.
    """
    _check_numbers(content, "")
    file = _as(File, content)
    for key, text in _texts(file, ""):
        for side in words.LANGUAGES:
            if (side in text.given) != (side in file.title.given):
                lacking = "title" if side in text.given else key
                raise LessonError("lesson_missing", lacking, name=side)
    for name, entry in file.boards.items():  # one by one: so it is known in which one a fault is
        here = f"boards.{name}"
        board = file.boards[name] = _as(Board, entry, here)
        _convert_tensors(board.tensors, here)
        for n, node in enumerate(board.nodes):
            _convert_tensors(node.tensors, f"{here}.nodes[{n}]")
    return file


def _convert_tensors(tensors: dict[str, Any], here: str) -> None:
    for port, entry in tensors.items():
        tensors[port] = _as(Tensor, entry, f"{here}.tensors.{port}")


def _texts(part: Any, key: str) -> Iterator[tuple[str, Text]]:
    """Go through all texts, each with its key."""
    if isinstance(part, Text):
        yield key, part
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            yield from _texts(getattr(part, name), f"{key}.{name}".lstrip("."))
    elif isinstance(part, list):
        for n, item in enumerate(part):
            yield from _texts(item, f"{key}[{n}]")


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
    if isinstance(error.__cause__, LessonError):
        error.__cause__.key = f"{key}.{error.__cause__.key}".rstrip(".")
        return error.__cause__
    if length := re.fullmatch(r"Expected `(\w+)` of length [<>]= (\d+)", detail):
        reason = "lesson_text" if length[1] == "str" else "lesson_too_many"
        if key == "steps":
            return LessonError("lesson_steps", key, most=limits.MAX_STEPS)
        return LessonError(reason, key, most=int(length[2]))
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
