"""A lesson: the steps that a learner goes through, each with its board, its words and its task."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from cnn_tutor.engine.arrays import Array
from cnn_tutor.project import limits
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.study.lessons.language.assignment import Assignment, output_index
from cnn_tutor.study.lessons.language.fault import LessonError, at
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.language.subject import Subject
from cnn_tutor.study.lessons.language.target import PANEL, PLAYER, Target, target
from cnn_tutor.study.lessons.task import Task, Text

END = "end"
"""Where a step looks that shows every output."""

_PRODUCTS_PER_NUMBER = 64
"""Products of a layer that are added up while one number is looked at otherwise."""


@dataclass(frozen=True, eq=False)
class Step:
    """One thing at a time: a caption, what it points at, and what the learner is to do.

    ``board`` is the key of the board that is opened; without one, the step goes on with what the
    one before it ends with. ``changes`` are done to it then. ``look`` is the output cell to look
    at, or ``"end"``; where ``walked`` the cells after it are blank.
    """

    key: str
    caption: Text
    board: str = ""
    changes: tuple[Assignment, ...] = ()
    layer: str = ""
    view: str = ""
    look: str = ""
    walked: bool = False
    terms: int = 0
    points: tuple[str, ...] = ()
    task: Task | None = None

    def targets(self, scene: Scene) -> tuple[Target, ...]:
        """Return what it points at, as far as that is there."""
        found = []
        for text in self.points:
            try:
                found.append(target(text, scene))
            except LessonError:
                continue  # the learner has changed the board
        return tuple(found)

    def needs(self, scene: Scene) -> frozenset[str]:
        """Return which of ``PANEL`` and ``PLAYER`` it can't do without in the scene it begins with.

        It needs those that it points into; the panel for a task that is done in the settings, and
        the player once the output has been gone on with: the steps before it show the first cell.
        """
        found = {target.stands_in for target in self.targets(scene)} - {""}
        if self.task is not None and any(one.in_settings(scene) for one in self.task.answer):
            found.add(PANEL)
        if scene.hide_later and any(scene.at):
            found.add(PLAYER)
        return frozenset(found)

    def seen(self, scene: Scene) -> Scene:
        """Return a scene as this step shows it: its layer, its view, and where it looks."""
        scene = replace(scene, shown=self.layer) if self.layer else scene
        scene = replace(scene, view=self.view) if self.view else scene
        asked = self.task.place if self.task is not None else ""
        look = self.look or asked
        if look and look != END:
            found = output_index(scene, look)
            blank = self.walked or not self.look
            return replace(scene, at=found, hide_later=blank, terms=self.terms)
        if look == END or not scene.fits:
            return replace(scene, at=(), hide_later=False, terms=0)
        return scene


@dataclass(frozen=True, eq=False)
class Lesson:
    """A chapter that a learner works through, step by step.

    ``boards`` are what its steps open; ``lab`` is the key of the preset on the same topic, empty
    for none. ``languages`` are those that it is written in; one of them is shown in both.
    ``learned`` says at its last step what was learned, empty for nothing; ``practise`` are the
    keys of the skills that are practised after it.
    """

    key: str
    titles: Text
    steps: tuple[Step, ...]
    boards: Mapping[str, Project] = field(default_factory=dict)
    lab: str = ""
    languages: tuple[str, ...] = words.LANGUAGES
    learned: Text = field(default_factory=dict)
    practise: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its name in the language that is spoken now."""
        return words.pick(self.titles)

    def place(self, step: str) -> int:
        """Return the place of a step, from 0, by its key; that of the first for an unknown one."""
        return next((n for n, s in enumerate(self.steps) if s.key == step), 0)

    def kinds(self, steps: Collection[str]) -> set[str]:
        """Return the kinds of layer on the boards of some steps, given by their keys."""
        found: set[str] = set()
        board = ""
        for step in self.steps:
            board = step.board or board
            if step.key in steps:
                found |= {node.layer.kind for node in self.boards[board].network.nodes}
        return found

    def origin(self, place: int) -> str:
        """Return what a project says it came from, if it is the board of a step."""
        return f"{self.key}/{self.steps[place].key}"

    def needs(self, place: int) -> frozenset[str]:
        """Return which of ``PANEL`` and ``PLAYER`` a step needs, or one before it."""
        steps = zip(self.steps[: place + 1], self._scenes, strict=False)
        return frozenset[str]().union(*(step.needs(scene) for step, scene in steps))

    def scene(self, place: int) -> Scene:
        """Return what a step begins with, for who has done all tasks before it as is meant."""
        wanted = self._scenes[place]
        for scene in self._scenes:  # the numbers of all of them would take too much room
            if scene is not wanted:
                scene.forget()
        return wanted

    @cached_property
    def _scenes(self) -> tuple[Scene, ...]:
        return tuple(self._begun())

    def _begun(self) -> Iterator[Scene]:
        scene: Scene | None = None
        effort = _Effort()
        for place, step in enumerate(self.steps):
            here, before = f"steps[{place}]", scene
            with at(f"{here}.board" if step.board else here):
                if step.board or scene is None:
                    scene = Scene(self.boards[step.board])
                scene = self._set_up(step, place, scene, here, effort)
            if before is not None:
                before.forget()
            yield scene
            if step.task is not None:
                scene = _changed(scene, step.task.answer, f"{here}.task.answer", effort)

    def _set_up(self, step: Step, place: int, scene: Scene, here: str, effort: _Effort) -> Scene:
        scene = _changed(scene, step.changes, f"{here}.set", effort)
        scene = scene.with_project(replace(scene.project, origin=self.origin(place)))
        if step.layer:
            with at(f"{here}.layer"):
                Subject(step.layer, "x", ()).node(scene)
        looks = "walk" if step.walked else "look" if step.look else "task.predict[0]"
        with at(f"{here}.{looks}"):
            scene = step.seen(scene)
        with at(here):
            effort.step(scene, step.task)
            _ = scene.evaluation  # which says if it can't be computed
        return scene


def _changed(scene: Scene, changes: Sequence[Assignment], key: str, effort: _Effort) -> Scene:
    for n, change in enumerate(changes):
        with at(f"{key}[{n}]"):
            scene = change.applied(scene)
            effort.change(scene)
    return scene


class _Effort:
    """Adds up what the steps of a lesson take; it never hangs on how fast a computer is."""

    def __init__(self) -> None:
        self._spent = 0
        self._kept: dict[int, Array] = {}

    def change(self, scene: Scene) -> None:
        """Count a change that led to a scene; raises LessonError if it all gets too much."""
        self._spend(_cells(scene))

    def step(self, scene: Scene, task: Task | None) -> None:
        """Count what it takes to show and to prove a step that begins with a scene.

        Raises:
            LessonError: if it all gets too much.
        """
        project = scene.project
        for array in (project.x, *(t for n in project.network.nodes for t in n.tensors.values())):
            self._kept[id(array)] = array
        if sum(array.size for array in self._kept.values()) > limits.MAX_KEPT_CELLS:
            raise LessonError("lesson_effort")
        said = 2 * (len(task.goal) + len(task.remarks)) if task is not None else 0
        self._spend(4 * _products(scene) // _PRODUCTS_PER_NUMBER + (4 + said) * _cells(scene))

    def _spend(self, effort: int) -> None:
        self._spent += effort
        if self._spent > limits.MAX_LESSON_EFFORT:
            raise LessonError("lesson_effort")


def _cells(scene: Scene) -> int:
    network = scene.project.network
    outputs = sum(math.prod(network.shape(node.name)) for node in network.nodes)
    return outputs + sum(map(math.prod, scene.project.shapes()))


def _products(scene: Scene) -> int:
    network, count = scene.project.network, 0
    for node in network.nodes:
        weights = [node.tensors[port].shape for port in node.layer.weights if port in node.tensors]
        taps = max((math.prod(shape[:-1]) for shape in weights), default=1)
        count += math.prod(network.shape(node.name)) * taps
    return count
