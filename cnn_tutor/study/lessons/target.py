"""What a step of a lesson points at."""

from __future__ import annotations

from dataclasses import dataclass

from cnn_tutor.engine.region import Region
from cnn_tutor.study.lessons.fault import LessonError
from cnn_tutor.study.lessons.scene import Scene
from cnn_tutor.study.lessons.subject import Subject

CELLS = "cells"

PARTS = ("settings", "views", "chain", "products", "formula", "size", "player", "code")
"""The parts of the window that can be pointed at, besides the cells of tensors."""


@dataclass(frozen=True)
class Target:
    """Something to look at: cells of a tensor, or a part of the window.

    ``part`` is ``"cells"`` or one of :data:`PARTS`. Of cells, ``name`` is the port (``"output"``
    for the layer's output) and ``box`` the region of them, None for the whole tensor. Of
    settings ``name`` is that of a setting, and of views a view's key; empty for the part as a
    whole.
    """

    part: str
    name: str = ""
    box: Region | None = None


def target(text: str, scene: Scene) -> Target:
    """Return what is meant by ``kernel[1,1]``, ``output``, ``settings.padding`` or ``player``.

    Raises:
        LessonError: if there is no such thing in the scene.
    """
    part, _, name = text.strip().partition(".")
    if part in PARTS:
        return Target(part, name)
    subject = Subject.parse(text)
    if subject.measure or subject.layer or not subject.is_tensor(scene):
        raise LessonError("lesson_target", text=text[:40], known=", ".join(PARTS))
    box = subject.region(subject.tensor(scene).shape) if subject.box else None
    return Target(CELLS, subject.name, box)
