"""What a step of a lesson points at."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cnn_tutor.engine.layer import settings_of
from cnn_tutor.engine.region import Region
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene
from cnn_tutor.study.lessons.language.subject import Subject

CELLS = "cells"

PARTS = ("settings", "views", "chain", "products", "formula", "size", "player", "code")
"""The parts of the window that can be pointed at, besides the cells of tensors."""


PANEL, PLAYER = "panel", "player"
"""What a lesson needs only from some step on: the panel beside the board, and the player."""

_IN_PANEL = frozenset(("settings", "formula", "size", "code"))


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

    @property
    def stands_in(self) -> str:
        """Which of :data:`PANEL` and :data:`PLAYER` it stands in; empty for the board."""
        return PANEL if self.part in _IN_PANEL else PLAYER if self.part == "player" else ""


def target(text: str, scene: Scene) -> Target:
    """Return what is meant by ``kernel[1,1]``, ``output``, ``settings.padding`` or ``player``.

    Raises:
        LessonError: if there is no such thing in the scene.
    """
    part, dot, name = text.strip().partition(".")
    if part in PARTS:
        if dot and (part not in _NAMED or not _NAMED[part](name, scene)):
            raise LessonError("lesson_target", text=text.strip()[:40], known=", ".join(PARTS))
        return Target(part, name)
    subject = Subject.parse(text)
    if subject.measure or subject.layer or not subject.is_tensor(scene):
        raise LessonError("lesson_target", text=text[:40], known=", ".join(PARTS))
    box = subject.region(subject.shape(scene)) if subject.box else None
    return Target(CELLS, subject.name, box)


_AXIS = re.compile(r"axis:(?P<port>\w+):(?P<axis>\d)", re.ASCII)
"""The row of a single axis, such as the filters of a kernel in ``axis:kernel:3``."""


def _has_row(name: str, scene: Scene) -> bool:
    node = scene.node()
    shapes = scene.project.network.shapes(node.name)
    axis = _AXIS.fullmatch(name)
    if axis:
        return axis["port"] in shapes and int(axis["axis"]) < len(shapes[axis["port"]])
    return name in shapes or name in [setting.name for setting in settings_of(node.layer)]


def _has_layer(name: str, scene: Scene) -> bool:
    return name == "add" or name in [node.name for node in scene.project.network.nodes]


_NAMED: Mapping[str, Callable[[str, Scene], bool]] = MappingProxyType(
    {
        "settings": _has_row,
        "views": lambda name, scene: scene.offers(name),
        "chain": _has_layer,
    }
)
"""The parts of which a single thing can be named, and whether there is one of a name."""
