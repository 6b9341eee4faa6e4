"""What a learner is asked to do at a step of a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.project import limits
from cnn_tutor.study import numbers, words
from cnn_tutor.study.lessons.language.assignment import Assignment
from cnn_tutor.study.lessons.language.condition import Condition
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.language.subject import Subject

Text = Mapping[str, str]
"""The same in Japanese and in English."""


@dataclass(frozen=True)
class Remark:
    """What to say when a learner who is not done has come to something that is worth a word.

    ``when`` is a condition, or a number that was written as an answer, to the cells of ``cell``
    if it is given.
    """

    when: Condition | float
    text: Text
    cell: Subject | None = None


@dataclass(frozen=True, eq=False)
class Task:
    """Something to do on the board, to fill into its blank cells, or to answer with a number.

    All of ``goal`` has to hold; the cells of ``predict`` are blank until the learner writes what
    they are, and where ``workings`` their products are shown; ``number`` is what a box asks for,
    on the board ``scene_of`` if it is another one. ``answer`` is one way to do it.
    """

    say: Text
    goal: tuple[Condition, ...] = ()
    predict: tuple[Subject, ...] = ()
    workings: bool = False
    number: Subject | None = None
    scene_of: Scene | None = None
    answer: tuple[Assignment, ...] = ()
    not_yet: Text | None = None
    done: Text | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def place(self) -> str:
        """The first cell that is asked for, as it is written after ``look``; else nothing."""
        if not self.predict:
            return ""
        return ",".join(str(start) for start, _ in self.predict[0].box) or "0"

    def asked(self, scene: Scene, start: Scene | None = None) -> tuple[Index, ...]:
        """Return the output cells that are asked for, as far as the output still has them.

        It is the output of the layer that is shown in ``start``, the scene as the step began.
        """
        shape = _output(scene, start or scene)
        found: list[Index] = []
        for subject in self.predict:
            try:
                region = subject.region(shape)
            except LessonError:
                continue  # the learner has made the output smaller
            if regions.size(region) <= limits.MAX_ASKED:  # or far larger
                found += regions.cells(region)
        return tuple(dict.fromkeys(found))[: limits.MAX_ASKED]

    def holds(self, scene: Scene, start: Scene) -> bool:
        """Say whether the goal is reached; False where the board has no such things any more."""
        try:
            return all(condition.holds(scene, start) for condition in self.goal)
        except Refusal:
            return False

    def expected(self, scene: Scene, start: Scene | None = None) -> float | None:
        """Return the number that the box asks for; None if there is none, or no box.

        ``start`` is the scene as the step began.
        """
        if self.number is None:
            return None
        there = self.scene_of or scene
        try:
            value = self.number.value(there, self.scene_of or start or scene)
        except LessonError:
            return None
        if isinstance(value, str | bool | tuple):
            return None
        numbers_there = np.asarray(value, np.float64)
        return float(numbers_there.reshape(())) if numbers_there.size == 1 else None

    def solved(self, scene: Scene) -> Scene:
        """Return a scene after the reference answer."""
        for assignment in self.answer:
            scene = assignment.applied(scene)
        return scene

    def remark(
        self, scene: Scene, start: Scene, written: float | None = None, cell: Index = ()
    ) -> str:
        """Return what to say to a learner who is not done yet.

        ``written`` is what was answered last, and ``cell`` the output cell it was written into.
        """
        for remark in self.remarks:
            if _fits(remark, scene, start, written, cell):
                return words.pick(remark.text)
        return words.pick(self.not_yet) if self.not_yet else ""


def _fits(remark: Remark, scene: Scene, start: Scene, written: float | None, cell: Index) -> bool:
    try:
        if isinstance(remark.when, Condition):
            return remark.when.holds(scene, start)
        if written is None or not numbers.agree(written, remark.when):
            return False
        if remark.cell is None:
            return True
        region = remark.cell.region(_output(scene, start))
        inside = (part.start <= n < part.stop for n, part in zip(cell, region, strict=False))
        return len(cell) == len(region) and all(inside)  # what is written into no cell has none
    except Refusal:
        return False


def _output(scene: Scene, start: Scene) -> Shape:
    """Return the shape of the output of the layer that was shown at the start; () if it is gone."""
    names = [node.name for node in scene.project.network.nodes]
    return scene.project.network.shape(start.layer) if start.layer in names else ()
