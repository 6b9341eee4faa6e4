"""Reads a lesson's file with suspicion: what is wrong in it is said with its line and its key."""

from __future__ import annotations

import logging
import math
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import limits, reading
from cnn_tutor.project.file import FileError, decode
from cnn_tutor.project.project import Project
from cnn_tutor.study import numbers
from cnn_tutor.study.boards.boards import project_of
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.lessons import structure
from cnn_tutor.study.lessons.language.assignment import Assignment
from cnn_tutor.study.lessons.language.condition import Condition
from cnn_tutor.study.lessons.language.fault import LessonError, at
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.language.subject import Subject
from cnn_tutor.study.lessons.lesson import Lesson, Step
from cnn_tutor.study.lessons.position import line_of, overlong
from cnn_tutor.study.lessons.proof import prove
from cnn_tutor.study.lessons.task import Remark, Task
from cnn_tutor.study.loading import cause

_log = logging.getLogger(__name__)

_KEY = re.compile(r"\s*([\w.\-]+)\s*(?:=|$)")
_LINE = re.compile(r"\(at line (\d+)")
_SETTING = re.compile(r"(?:nodes\[(\d+)\]\.)?settings\.([^.\[]+).*")


def read(path: Path, key: str) -> Lesson:
    """Return the lesson of a file, looked over from end to end.

    ``key`` is the name that it goes by in this program. Boards that are files are looked for in
    its folder, and nowhere else.

    Raises:
        LessonError: for anything that is no whole, sound lesson; never anything else.
    """
    _log.debug("Read the lesson %s", path)
    return parse(content_of(path), key, path.parent)


def parse(data: bytes, key: str, folder: Path) -> Lesson:
    """Return the lesson that the bytes of a file hold, as :func:`read` does.

    ``folder`` is where the file lies.
    """
    try:
        return _proved(_text_of(data), key, folder)
    except LessonError:
        raise
    except Refusal as error:
        raise LessonError.of(error) from error
    except Exception as error:  # nobody knows what all files in the world can do
        _log.exception("A lesson fails: %s in %s", key, folder)
        raise LessonError("lesson_structure") from error


def _proved(text: str, key: str, folder: Path) -> Lesson:
    content = _parsed(text)
    try:
        lesson = _lesson(structure.convert(content), key, folder)
        prove(lesson)
    except LessonError as error:
        error.line = line_of(text, error.key) if error.key else 0
        raise
    return lesson


def _parsed(text: str) -> dict[str, Any]:
    line = overlong(text)
    if line:
        raise LessonError("lesson_parts", "", line, most=limits.MAX_KEY_PARTS)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        detail = str(error).partition(" (at")[0]
        raise LessonError("lesson_toml", _key_on(text, line), line, detail=detail) from error
    except ValueError as error:  # a number of thousands of digits
        raise LessonError("lesson_toml", detail=str(error).partition(";")[0][:60]) from error


def _key_on(text: str, line: int) -> str:
    """The key that a line begins with, as far as it can be told where the text is not TOML."""
    lines = text.split("\n")[line - 1 : line]
    found = _KEY.match(lines[0][:80]) if lines else None
    return found[1] if found else ""


def _lesson(content: structure.File, key: str, folder: Path) -> Lesson:
    if content.lab and content.lab not in presets():
        raise LessonError("lesson_preset", "lab", text=content.lab[:40])
    boards: dict[str, Project] = {}
    beside, cells = _Projects(folder), 0
    for name, board in content.boards.items():
        with at(f"boards.{name}"):
            boards[name] = _board(board, beside, f"boards.{name}")
            cells += sum(map(math.prod, boards[name].shapes()))
            if cells > limits.MAX_LESSON_CELLS:
                raise LessonError("lesson_all_cells", value=cells, most=limits.MAX_LESSON_CELLS)
    steps: list[Step] = []
    for place, given in enumerate(content.steps):
        with at(f"steps[{place}]"):
            steps.append(_step(given, place, boards, f"steps[{place}]"))
    keys = [step.key for step in steps]
    for place, step in enumerate(steps):
        if not re.fullmatch(r"[a-z0-9_]{1,40}", step.key) or step.key in keys[:place]:
            raise LessonError("lesson_id", f"steps[{place}].id", text=step.key[:40])
    return Lesson(
        key,
        content.title.sides,
        tuple(steps),
        boards,
        content.lab,
        tuple(content.title.given),
        content.learned.sides if content.learned else {},
        tuple(content.practise),
    )


_GIVEN_WITH = {"preset": (), "file": (), "kind": ("settings", "tensors"), "nodes": ("x",)}
"""What each way to give a board is given with."""


def _board(board: structure.Board, beside: _Projects, here: str) -> Project:
    given = [name for name in _GIVEN_WITH if getattr(board, name)]
    if len(given) != 1:
        raise LessonError("lesson_board")
    content = msgspec.to_builtins(board)
    for name in ("settings", "tensors", "x"):
        if name in content and name not in _GIVEN_WITH[given[0]]:
            raise LessonError("lesson_unknown_key", f"{here}.{name}", name=name)
    if board.preset:
        with at(f"{here}.preset"):
            return _preset(board.preset)
    if board.file:
        with at(f"{here}.file"):
            return beside.project(board.file)
    nodes = {f"{here}.nodes[{n}]": node.kind for n, node in enumerate(board.nodes)}
    for place, kind in (nodes or {here: board.kind}).items():
        if kind not in layer_kinds():
            known = ", ".join(layer_kinds())
            raise LessonError("lesson_kind", f"{place}.kind", text=kind[:40], known=known)
    if "x" not in (content if nodes else content.get("tensors", {})):
        raise LessonError("lesson_missing", f"{here}.x" if nodes else f"{here}.tensors.x", name="x")
    try:
        return project_of(content, "", _preset)
    except FileError as error:
        setting = _SETTING.fullmatch(error.where)
        if setting is None or error.reason not in ("file_type", "file_structure"):
            raise
        number, name = setting.groups()
        entry = content["nodes"][int(number)] if number else content
        place = f"{here}.{error.where[: setting.end(2)]}"
        value = str(entry["settings"].get(name))
        raise LessonError("lesson_setting", place, text=value[:40]) from error


def _preset(key: str) -> Project:
    if key not in presets():
        raise LessonError("lesson_preset", text=key[:40])
    if "level" in presets()[key].content:  # it is another one each time
        raise LessonError("lesson_by_lot", text=key[:40])
    return presets()[key].project()


def _step(step: structure.Step, place: int, boards: dict[str, Project], here: str) -> Step:
    if place == 0 and not step.board:
        raise LessonError("lesson_first_board", f"{here}.board", known=", ".join(boards))
    if step.board and step.board not in boards:
        known = ", ".join(boards)
        raise LessonError("lesson_no_board", f"{here}.board", text=step.board[:40], known=known)
    if step.walk and step.look:
        raise LessonError("lesson_walk_and_look", f"{here}.walk")
    changes = _each(step.set, Assignment.parse, f"{here}.set")
    task = None
    if step.task is not None:
        with at(f"{here}.task"):
            task = _task(step.task, boards, f"{here}.task")
    return Step(
        step.id,
        step.caption.sides,
        step.board,
        changes,
        step.layer,
        step.view,
        step.walk or step.look,
        bool(step.walk),
        step.terms,
        tuple(step.point),
        task,
    )


def _task(task: structure.Task, boards: dict[str, Project], here: str) -> Task:
    predict = [task.predict] if isinstance(task.predict, str) else task.predict
    asked = [bool(task.goal), bool(predict), bool(task.number)]
    if sum(asked) != 1:
        raise LessonError("lesson_task")
    if task.goal and not (task.answer and task.not_yet):
        raise LessonError("lesson_needs_answer")
    if task.of and task.of not in boards:
        known = ", ".join(boards)
        raise LessonError("lesson_no_board", f"{here}.of", text=task.of[:40], known=known)
    number = None
    if task.number:
        with at(f"{here}.number"):
            number = Subject.parse(task.number)
    return Task(
        task.say.sides,
        _each(task.goal, Condition.parse, f"{here}.goal"),
        _each(predict, Subject.parse, f"{here}.predict"),
        task.workings,
        number,
        Scene(boards[task.of]) if task.of else None,
        _each(task.answer, Assignment.parse, f"{here}.answer"),
        task.not_yet.sides if task.not_yet else None,
        task.done.sides if task.done else None,
        tuple(_remark(remark, f"{here}.remarks[{n}]") for n, remark in enumerate(task.remarks)),
    )


def _remark(remark: structure.Remark, here: str) -> Remark:
    with at(f"{here}.cell"):
        cell = Subject.parse(remark.cell) if remark.cell else None
    with at(f"{here}.when"):
        try:
            when: Condition | float = numbers.parse(remark.when)
        except Refusal:
            when = Condition.parse(remark.when)
    return Remark(when, remark.sides, cell)


def _each(texts: list[str], parse: Any, key: str) -> tuple[Any, ...]:
    found = []
    for n, text in enumerate(texts):
        with at(f"{key}[{n}]"):
            found.append(parse(text))
    return tuple(found)


# --- its own file, and those of boards beside it -------------------------------------------------


def content_of(path: Path) -> bytes:
    """Return the bytes of a lesson's file.

    Raises:
        LessonError: if it can't be opened, is no file, or too large.
    """
    try:
        data = reading.content(path, limits.MAX_LESSON_BYTES)
    except OSError as error:
        raise LessonError("file_open", detail=cause(error)) from error
    if data is None:
        raise LessonError("lesson_too_large", most=limits.MAX_LESSON_BYTES // 1024)
    return data


def _text_of(data: bytes) -> str:
    """Return the text of a lesson's file, with lines that end alike on every system.

    Raises:
        LessonError: if it is not in UTF-8.
    """
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LessonError("lesson_encoding", line=line) from error


class _Projects:
    """The projects in the folder of a lesson; each file is read once, and none outside of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Path, Project] = {}

    def project(self, name: str) -> Project:
        """Return the project of a file; links that lead out of the folder count as out.

        Raises:
            LessonError: if there is no such project in the folder; it says where ``inside`` of
                the file something is wrong.
        """
        path = self._path(name)
        if path not in self._known:
            try:
                data = reading.content(path, limits.MAX_FILE_BYTES)
                if data is None:
                    raise LessonError("file_too_large", most=limits.MAX_FILE_BYTES // 2**20)
                self._known[path] = decode(data)
            except (FileNotFoundError, IsADirectoryError, reading.NotAFile) as error:
                raise LessonError("lesson_no_file", text=name[:40]) from error
            except OSError as error:
                raise LessonError("file_open", detail=cause(error)) from error
            except FileError as error:
                fault = LessonError.of(error)
                fault.inside = error.where
                raise fault from error
        return self._known[path]

    def _path(self, name: str) -> Path:
        inside = Path(os.path.realpath(self._folder))
        try:
            path = Path(os.path.realpath(inside / name))
        except ValueError as error:  # no name at all
            raise LessonError("lesson_outside", text=name[:40]) from error
        if not path.is_relative_to(inside) or Path(name).is_absolute():
            raise LessonError("lesson_outside", text=name[:40])
        return path
