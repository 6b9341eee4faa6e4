"""How much is computed to look a lesson over, so that no file can keep the program busy."""

from __future__ import annotations

import math

from cnn_tutor.engine.arrays import Array
from cnn_tutor.project import limits
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.task import Task

_FAST = 64
"""So many products of a layer are added up while one number is looked at otherwise."""


class Effort:
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
        self._spend(4 * _products(scene) // _FAST + (4 + said) * _cells(scene))

    def _spend(self, effort: int) -> None:
        self._spent += effort
        if self._spent > limits.MAX_LESSON_EFFORT:
            raise LessonError("lesson_effort")


def _cells(scene: Scene) -> int:
    """Return how many numbers there are: in the input, in all tensors and in all outputs."""
    network = scene.project.network
    outputs = sum(math.prod(network.shape(node.name)) for node in network.nodes)
    return outputs + sum(map(math.prod, scene.project.shapes()))


def _products(scene: Scene) -> int:
    """Return about how many products it takes to compute all outputs."""
    network, count = scene.project.network, 0
    for node in network.nodes:
        weights = [node.tensors[port].shape for port in node.layer.weights if port in node.tensors]
        taps = max((math.prod(shape[:-1]) for shape in weights), default=1)
        count += math.prod(network.shape(node.name)) * taps
    return count
