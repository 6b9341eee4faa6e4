"""Looks a lesson over: every step opens, every task can be done, and none is done already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cnn_tutor.engine import region as regions
from cnn_tutor.study.glossary import glossary
from cnn_tutor.study.lessons.assignment import VIEWS
from cnn_tutor.study.lessons.condition import Condition
from cnn_tutor.study.lessons.fault import LessonError, at
from cnn_tutor.study.lessons.lesson import Lesson, Step, Text
from cnn_tutor.study.lessons.scene import Scene
from cnn_tutor.study.lessons.target import target
from cnn_tutor.study.lessons.task import Task

_TERM = re.compile(r"\[[^\]\[]+\]\(([^()]*)\)")
"""What is meant as a link to a term, whether there is one or not."""

MAX_ASKED = 64
"""Cells that one task asks for."""


def prove(lesson: Lesson) -> None:
    """Raise LessonError for the first thing in a lesson that can't be, with its key."""
    for place, step in enumerate(lesson.steps):
        here = f"steps[{place}]"
        for key, said in _texts(step, here):
            with at(key):
                _check_terms(said)
        scene = lesson.scene(place)
        if step.view and step.view not in VIEWS:
            known = ", ".join(VIEWS)
            raise LessonError("lesson_view", f"{here}.view", text=step.view[:40], known=known)
        for n, text in enumerate(step.points):
            with at(f"{here}.point[{n}]"):
                target(text, scene)
        if step.task is not None:
            with at(f"{here}.task"):
                _prove_task(step.task, scene, f"{here}.task")


def _prove_task(task: Task, scene: Scene, here: str) -> None:
    for n, condition in enumerate(task.goal):
        with at(f"{here}.goal[{n}]"):
            _prove_condition(condition, task, scene)
    if task.goal:
        if task.holds(scene, scene):
            raise LessonError("lesson_done_already", f"{here}.goal")
        with at(f"{here}.answer"):
            after = task.solved(scene)
            for condition in task.goal:
                if not condition.holds(after, scene):
                    raise LessonError("lesson_wrong_answer", text=condition.text)
    shape = scene.project.network.shape(scene.layer)
    for n, subject in enumerate(task.predict):
        with at(f"{here}.predict[{n}]"):
            if subject.name != "output" or subject.measure or subject.layer:
                raise LessonError("lesson_predict")
            subject.region(shape)
    if len(task.asked(scene)) > MAX_ASKED:
        raise LessonError("lesson_asked", f"{here}.predict", most=MAX_ASKED)
    if task.number is not None and task.expected(scene) is None:
        raise LessonError("lesson_number", f"{here}.number")
    for n, remark in enumerate(task.remarks):
        with at(f"{here}.remarks[{n}].when"):
            if isinstance(remark.when, Condition):
                remark.when.holds(scene, scene)
            elif task.goal:
                raise LessonError("lesson_condition", text=str(remark.when))
            elif remark.when == task.expected(scene):
                raise LessonError("lesson_right_remark")
        if remark.cell is not None:
            with at(f"{here}.remarks[{n}].cell"):
                cells = set(regions.cells(remark.cell.region(shape)))
                if not cells <= set(task.asked(scene)):
                    raise LessonError("lesson_predict")


def _prove_condition(condition: Condition, task: Task, scene: Scene) -> None:
    """Raise LessonError for a condition that can't be read, now or after the answer."""
    try:
        condition.holds(scene, scene)
    except LessonError as error:
        if error.reason != "lesson_no_layer":
            raise
        condition.holds(task.solved(scene), scene)  # a layer that the learner is to add


def _texts(step: Step, here: str) -> Iterator[tuple[str, Text]]:
    """Every text of a step in which terms can stand, with its key."""
    yield f"{here}.caption", step.caption
    if step.task is not None:
        given = {"say": step.task.say, "not_yet": step.task.not_yet, "done": step.task.done}
        for name, text in given.items():
            if text is not None:
                yield f"{here}.task.{name}", text
        for n, remark in enumerate(step.task.remarks):
            yield f"{here}.task.remarks[{n}]", remark.text


def _check_terms(text: Text) -> None:
    """Raise LessonError for a link to a term that there is not, or to others in one language."""
    found = {language: set(_TERM.findall(side)) for language, side in text.items()}
    for key in set().union(*found.values()):
        if key not in glossary():
            raise LessonError("lesson_term", text=key[:40])
    if len(set(map(frozenset, found.values()))) > 1:
        raise LessonError("lesson_terms_differ")
