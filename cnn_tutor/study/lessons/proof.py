"""Looks a lesson over: every step opens, every task can be done, and none is done already."""

from __future__ import annotations

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT, Shape
from cnn_tutor.project import limits
from cnn_tutor.study import numbers
from cnn_tutor.study.boards.views import VIEWS
from cnn_tutor.study.lessons.language.condition import Condition
from cnn_tutor.study.lessons.language.fault import LessonError, at
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.language.subject import Subject
from cnn_tutor.study.lessons.language.target import target
from cnn_tutor.study.lessons.lesson import Lesson, Step
from cnn_tutor.study.lessons.task import Remark, Task


def prove(lesson: Lesson) -> None:
    """Raise LessonError for the first thing in a lesson that can't be, with its key."""
    for place, step in enumerate(lesson.steps):
        here = f"steps[{place}]"
        scene = lesson.scene(place)
        with at(f"{here}.view"):
            _check_view(step.view, scene)
        with at(f"{here}.terms"):
            _check_count_of_terms(step, scene)
        for n, text in enumerate(step.points):
            with at(f"{here}.point[{n}]"):
                target(text, scene)
        if step.task is not None:
            with at(f"{here}.task"):
                _prove_task(step.task, scene, f"{here}.task")
            if step.task.scene_of is not None:
                step.task.scene_of.forget()
        scene.forget()


def _check_view(view: str, scene: Scene) -> None:
    if view and not scene.offers(view):
        known = ", ".join(key for key in VIEWS if scene.offers(key))
        raise LessonError("lesson_view", text=view[:40], known=known)


def _check_count_of_terms(step: Step, scene: Scene) -> None:
    if step.terms:
        most = 0
        if scene.at and step.walked:
            explained = scene.evaluation.explain(scene.layer, scene.at)
            most = sum(len(part.terms) for part in explained.steps)
        if not 0 <= step.terms <= most:
            raise LessonError("lesson_count_of_terms", most=most)


# --- tasks ---------------------------------------------------------------------------------------


def _prove_task(task: Task, scene: Scene, here: str) -> None:
    after = scene
    if task.goal:
        after = _prove_goal(task, scene, here)
    shape = scene.project.network.shape(scene.layer)
    asked = 0
    for n, subject in enumerate(task.predict):
        with at(f"{here}.predict[{n}]"):
            asked += _count(subject, shape)
            if asked > limits.MAX_ASKED:
                raise LessonError("lesson_asked", most=limits.MAX_ASKED)
    if task.number is not None and task.expected(scene, scene) is None:
        with at(f"{here}.number"):
            task.number.value(task.scene_of or scene, task.scene_of or scene)
            raise LessonError("lesson_number")
    for n, remark in enumerate(task.remarks):
        _prove_remark(remark, task, scene, after, f"{here}.remarks[{n}]")


def _prove_goal(task: Task, scene: Scene, here: str) -> Scene:
    """Return the scene after the answer, which reaches the goal from where it is not reached."""
    with at(f"{here}.answer"):
        after = task.solved(scene)
    missed = ""
    for n, condition in enumerate(task.goal):
        with at(f"{here}.goal[{n}]"):
            missed = missed or ("" if condition.holds(after, scene) else condition.text)
    if task.holds(scene, scene):
        raise LessonError("lesson_done_already", f"{here}.goal")
    if missed:
        raise LessonError("lesson_wrong_answer", f"{here}.answer", text=missed)
    return after


def _count(subject: Subject, shape: Shape) -> int:
    """Return how many output cells are asked for; raises LessonError for what are none."""
    if subject.name != OUTPUT or subject.measure or subject.layer:
        raise LessonError("lesson_predict")
    return regions.size(subject.region(shape))


def _prove_remark(remark: Remark, task: Task, scene: Scene, after: Scene, here: str) -> None:
    asked = set(task.asked(scene, scene))
    if remark.cell is not None:
        with at(f"{here}.cell"):
            shape = scene.project.network.shape(scene.layer)
            if _count(remark.cell, shape) > limits.MAX_ASKED:
                raise LessonError("lesson_predict")
            about = set(regions.cells(remark.cell.region(shape)))
            if not about <= asked:
                raise LessonError("lesson_predict")
            asked = about
    with at(f"{here}.when"):
        if isinstance(remark.when, Condition):
            _prove_sayable(remark.when, scene, after)
            return
        if task.goal:
            raise LessonError("lesson_condition", text=str(remark.when))
        expected = task.expected(scene, scene)
        values = [] if expected is None else [expected]
        if asked:
            output = scene.evaluation.value(scene.layer)
            values += [float(output[index]) for index in asked]
        right = [value for value in values if numbers.agree(remark.when, value)]
        if len(right) == len(values) or (right and remark.cell is not None):
            raise LessonError("lesson_right_remark")


def _prove_sayable(condition: Condition, scene: Scene, after: Scene) -> None:
    """Raise LessonError for a condition about what is neither there now nor after the answer."""
    try:
        condition.holds(scene, scene)
    except Refusal:
        if after is scene:
            raise
        try:
            condition.holds(after, scene)
        except Refusal:
            condition.holds(scene, scene)  # what is wrong with it now is said
