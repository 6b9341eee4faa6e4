"""What a step sets up, and what a task's reference answer does: one change after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.layer import Layer, settings_of
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import limits
from cnn_tutor.study.boards.views import VIEWS
from cnn_tutor.study.lessons.language import literal
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.language.subject import AT, AXES, SHOWN, VIEW, Subject

__all__ = ["ADD", "AT", "REMOVE", "SHOW", "VIEW", "Assignment", "output_index"]

ADD, REMOVE, SHOW = "add", "remove", SHOWN
"""What can be set besides :data:`AT` and :data:`VIEW` that belongs to no layer: a new layer behind
the shown one, a layer to take out, and the layer that is shown."""


@dataclass(frozen=True)
class Assignment:
    """One thing to do, such as ``kernel[0,0] = 1``, ``padding = same`` or ``add = relu``."""

    subject: Subject
    text: str

    @classmethod
    def parse(cls, text: str) -> Assignment:
        """Read one as it is written in a lesson; raises LessonError for what is none."""
        left, sign, right = text.partition("=")
        if not sign or not right.strip() or left.rstrip()[-1:] in ("", "<", ">", "!"):
            raise LessonError("lesson_assignment", text=text.strip()[:60])
        subject = Subject.parse(left)
        only_seen = subject.name in _DONE and not subject.layer
        if subject.measure not in ("", *AXES) or (only_seen and (subject.box or subject.measure)):
            raise LessonError("lesson_assignment", text=text.strip()[:60])
        return cls(subject, right.strip())

    def applied(self, scene: Scene) -> Scene:
        """Return the scene after it has been done.

        Raises:
            LessonError: if it speaks of what is not there.
            Refusal: if it can't be so.
        """
        subject, project = self.subject, scene.project
        if subject.name in _DONE and not subject.layer:
            return _DONE[subject.name](scene, self.text)
        if subject.is_tensor(scene):
            address = subject.address(scene)
            if subject.measure in AXES:
                shape = list(project.tensor(address).shape)
                axis = AXES[subject.measure]
                if axis >= len(shape):
                    raise LessonError("lesson_axes", count=axis + 1, shape=tuple(shape))
                shape[axis] = self.whole()
                return scene.with_project(project.resized(address, tuple(shape)))
            return scene.with_project(project.with_cells(address, self.cells(scene)))
        name = subject.node(scene).name
        return scene.with_project(project.with_layer(name, self._layer(scene)))

    def in_settings(self, scene: Scene) -> bool:
        """Say whether it is done among a layer's settings: to one of them, or to a size."""
        subject = self.subject
        if subject.name in _DONE and not subject.layer:
            return False
        return subject.measure in AXES or not subject.is_tensor(scene)

    def cells(self, scene: Scene) -> dict[Index, float]:
        """Return the numbers to write by their index in the tensor."""
        region = self.subject.region(scene.project.tensor(self.subject.address(scene)).shape)
        found = literal.rows(self.text)
        if found is None:
            raise LessonError("lesson_assignment", text=self.text[:60])
        count = regions.size(region)
        if count > limits.MAX_WRITTEN:
            raise LessonError("lesson_cells", count=count, most=limits.MAX_WRITTEN)
        if found.size not in (1, count):
            raise LessonError("lesson_count", expected=count, found=found.size)
        values = np.broadcast_to(found, (1, count)) if found.size == 1 else found
        return dict(zip(regions.cells(region), map(float, values.flat), strict=True))

    def whole(self) -> int:
        """Return the whole number that is to be set."""
        found = literal.rows(self.text)
        if found is None or found.size != 1 or found.flat[0] != int(found.flat[0]):
            raise LessonError("not_whole", text=self.text[:20])
        return int(found.flat[0])

    def setting(self, scene: Scene) -> Any:
        """Return the value that a setting is to have."""
        return literal.setting(self.text, self.subject.value(scene, scene))

    def _layer(self, scene: Scene) -> Layer:
        layer = self.subject.node(scene).layer
        value = self.setting(scene)  # which says so if there is no such setting
        if not self.subject.is_setting(scene):
            raise LessonError("lesson_assignment", text=self.subject.name)
        settings = {s.name: getattr(layer, s.name) for s in settings_of(layer)}
        try:
            return msgspec.convert({**settings, self.subject.name: value}, type(layer))
        except msgspec.ValidationError as error:
            if isinstance(error.__cause__, Refusal):
                raise error.__cause__ from error
            raise LessonError("lesson_setting", text=self.text[:40]) from error


def _added(scene: Scene, kind: str) -> Scene:
    if kind not in layer_kinds():
        raise LessonError("lesson_kind", text=kind[:40], known=", ".join(layer_kinds()))
    place = scene.project.network.position(scene.layer) + 1
    project = scene.project.inserted(place, kind)
    return replace(scene.with_project(project), shown=project.network.nodes[place].name, at=())


def _removed(scene: Scene, name: str) -> Scene:
    Subject(name, "x", ()).node(scene)
    return replace(scene.with_project(scene.project.removed(name)), shown="", at=())


def _viewed(scene: Scene, view: str) -> Scene:
    if view not in VIEWS:
        raise LessonError("lesson_view", text=view[:40], known=", ".join(VIEWS))
    if not scene.offers(view):
        offered = ", ".join(view for view in VIEWS if scene.offers(view))
        raise LessonError("lesson_view", text=view[:40], known=offered)
    return replace(scene, view=view)


def _shown(scene: Scene, name: str) -> Scene:
    Subject(name, "x", ()).node(scene)
    return replace(scene, shown=name, at=())


def _gone(scene: Scene, text: str) -> Scene:
    return replace(scene, at=output_index(scene, text))


_DONE = {ADD: _added, REMOVE: _removed, VIEW: _viewed, SHOW: _shown, AT: _gone}


def output_index(scene: Scene, text: str) -> Index:
    """Return the output cell of the shown layer that is written as ``1, 2``.

    Axes that are not given are at 0.

    Raises:
        LessonError: if there is no such cell.
    """
    shape = scene.project.network.shape(scene.layer)
    if not re.fullmatch(r"\s*\d{1,5}\s*(,\s*\d{1,5}\s*)*", text, re.ASCII):
        raise LessonError("lesson_index", text=text[:40])
    given = tuple(int(part) for part in text.split(","))
    index = given + (0,) * (len(shape) - len(given))
    if not regions.has(index, shape):
        raise LessonError("lesson_no_cell", shape=shape)
    return index
