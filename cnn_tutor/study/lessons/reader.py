"""Reads a lesson's file with suspicion: what is wrong in it is said with its line and its key."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError, decode
from cnn_tutor.project.project import Project
from cnn_tutor.study import numbers
from cnn_tutor.study.boards import project_of
from cnn_tutor.study.lessons import structure
from cnn_tutor.study.lessons.assignment import Assignment
from cnn_tutor.study.lessons.condition import Condition
from cnn_tutor.study.lessons.fault import LessonError, at
from cnn_tutor.study.lessons.lesson import Lesson, Step
from cnn_tutor.study.lessons.position import line_of
from cnn_tutor.study.lessons.proof import prove
from cnn_tutor.study.lessons.scene import Scene
from cnn_tutor.study.lessons.subject import Subject
from cnn_tutor.study.lessons.task import Remark, Task
from cnn_tutor.study.presets import presets

MAX_BYTES = 256 * 1024
"""A lesson's file."""

MAX_STEPS = 100

_KEY = re.compile(r"\s*([\w.\-]+)\s*(?:=|$)")
_LINE = re.compile(r"\(at line (\d+)")


def read(path: Path, key: str) -> Lesson:
    """Return the lesson of a file, looked over from end to end.

    ``key`` is the name that it goes by in this program. Boards that are files are looked for in
    its folder, and nowhere else.

    Raises:
        LessonError: for anything that is no whole, sound lesson.
    """
    text = _text(path)
    try:
        content = structure.convert(tomllib.loads(text))
        lesson = _lesson(content, key, path.parent)
        prove(lesson)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        detail = str(error).partition(" (at")[0]
        raise LessonError("lesson_toml", _key_on(text, line), line, detail=detail) from error
    except RecursionError as error:
        raise LessonError("lesson_structure") from error
    except LessonError as error:
        error.line = line_of(text, error.key) if error.key else 0
        raise
    return lesson


def _key_on(text: str, line: int) -> str:
    """The key that a line begins with, as far as it can be told where the text is not TOML."""
    lines = text.splitlines()[line - 1 : line]
    found = _KEY.match(lines[0]) if lines else None
    return found[1] if found else ""


def _text(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise LessonError("lesson_structure")  # to read from a pipe would wait for ever
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise LessonError("file_open", detail=error.strerror) from error
    if len(data) > MAX_BYTES:
        raise LessonError("lesson_too_large", most=MAX_BYTES // 1024)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LessonError("lesson_encoding", line=line) from error


def _lesson(content: structure.File, key: str, folder: Path) -> Lesson:
    if not 1 <= len(content.steps) <= MAX_STEPS:
        raise LessonError("lesson_steps", "steps", most=MAX_STEPS)
    if content.lab and content.lab not in presets():
        raise LessonError("lesson_preset", "lab", text=content.lab[:40])
    boards = {}
    for name, board in content.boards.items():
        with at(f"boards.{name}"):
            boards[name] = _board(board, folder)
    steps: list[Step] = []
    for place, given in enumerate(content.steps):
        with at(f"steps[{place}]"):
            steps.append(_step(given, place, boards, f"steps[{place}]"))
    keys = [step.key for step in steps]
    for place, step in enumerate(steps):
        if not re.fullmatch(r"[a-z0-9_]{1,40}", step.key) or step.key in keys[:place]:
            raise LessonError("lesson_id", f"steps[{place}].id", text=step.key[:40])
    return Lesson(key, _both(content.title), tuple(steps), boards, content.lab)


def _board(board: structure.Board, folder: Path) -> Project:
    given = [name for name in ("preset", "file", "kind", "nodes") if getattr(board, name)]
    if len(given) != 1:
        raise LessonError("lesson_board")
    if board.preset:
        return _preset(board.preset)
    if board.file:
        return _from_file(board.file, folder)
    content = msgspec.to_builtins(board)
    try:
        return project_of(content, "", _preset)
    except Refusal:
        raise
    except msgspec.ValidationError as error:
        if isinstance(error.__cause__, Refusal):
            raise error.__cause__ from error
        raise LessonError("lesson_setting", text=str(error)[:60]) from error
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise LessonError("lesson_numbers", detail=str(error)[:60]) from error


def _preset(key: str) -> Project:
    if key not in presets():
        raise LessonError("lesson_preset", text=key[:40])
    return presets()[key].project()


def _from_file(name: str, folder: Path) -> Project:
    """Return the project of a file beside the lesson; links that lead out of there count as out."""
    inside = folder.resolve()
    try:
        path = (folder / name).resolve()
    except (OSError, ValueError) as error:  # a loop of links, or a name that no file can have
        raise LessonError("lesson_outside", text=name[:40]) from error
    if not path.is_relative_to(inside) or Path(name).is_absolute():
        raise LessonError("lesson_outside", text=name[:40])
    try:
        if not path.is_file():
            raise LessonError("lesson_no_file", text=name[:40])
        with path.open("rb") as file:
            return decode(file.read(limits.MAX_FILE_BYTES + 1))
    except OSError as error:
        raise LessonError("file_open", detail=error.strerror) from error
    except FileError as error:
        raise LessonError(error.reason, **error.values) from error  # type: ignore[arg-type]


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
        _both(step.caption),
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
        _both(task.say),
        _each(task.goal, Condition.parse, f"{here}.goal"),
        _each(predict, Subject.parse, f"{here}.predict"),
        task.workings,
        number,
        Scene(boards[task.of]) if task.of else None,
        _each(task.answer, Assignment.parse, f"{here}.answer"),
        _both(task.not_yet) if task.not_yet else None,
        _both(task.done) if task.done else None,
        tuple(_remark(remark, f"{here}.remarks[{n}]") for n, remark in enumerate(task.remarks)),
    )


def _remark(remark: structure.Remark, here: str) -> Remark:
    text = {"ja": remark.ja, "en": remark.en}
    with at(f"{here}.cell"):
        cell = Subject.parse(remark.cell) if remark.cell else None
    with at(f"{here}.when"):
        try:
            when: Condition | float = numbers.parse(remark.when)
        except Refusal:
            when = Condition.parse(remark.when)
    return Remark(when, text, cell)


def _each(texts: list[str], parse: Any, key: str) -> tuple[Any, ...]:
    found = []
    for n, text in enumerate(texts):
        with at(f"{key}[{n}]"):
            found.append(parse(text))
    return tuple(found)


def _both(text: structure.Text) -> dict[str, str]:
    return {"ja": text.ja.strip(), "en": text.en.strip()}
