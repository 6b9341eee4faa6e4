"""What a lesson can speak of: cells, sizes and settings, and what is seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import settings_of
from cnn_tutor.engine.network import Node
from cnn_tutor.engine.region import Region
from cnn_tutor.engine.window import Window
from cnn_tutor.project.project import Address
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.language.scene import Scene

OUTPUT = "output"
"""The name of what a layer puts out, beside those of its ports."""

Value = Array | str | bool | float | tuple[object, ...]

_FORM = re.compile(
    r"(?:(?P<layer>\w+)/)?(?P<name>[a-z]\w*)(?:\[(?P<box>[^\[\]]*)\])?(?:\.(?P<measure>[a-z]+))?",
    re.ASCII,
)
_RANGE = re.compile(r"(?P<one>\d{1,5})|(?P<start>\d{0,5}):(?P<stop>\d{0,5})", re.ASCII)

AT = "at"
"""The output cell that is looked at."""

VIEW, SHOWN = "view", "layer"
"""The view, and the layer that is shown."""

_SEEN: Mapping[str, Callable[[Scene], Value]] = MappingProxyType(
    {
        VIEW: lambda scene: scene.tab,
        SHOWN: lambda scene: scene.layer,
        AT: lambda scene: np.array(scene.cell, np.float64),
        "layers": lambda scene: " ".join(n.layer.kind for n in scene.project.network.nodes),
    }
)
"""What can be spoken of that belongs to no layer."""

_NUMBERS: Mapping[str, Callable[[Array], float]] = MappingProxyType(
    {
        "max": lambda cells: float(cells.max()),
        "min": lambda cells: float(cells.min()),
        "sum": lambda cells: float(cells.sum()),
        "mean": lambda cells: float(cells.mean()),
        "count": lambda cells: float(cells.size),
    }
)
AXES: Mapping[str, int] = MappingProxyType(
    {"height": 0, "width": 1, "units": 1, "channels": 2, "depth": 2, "filters": 3}
)
"""The measures that are the length of an axis."""

PARAMETERS = "parameters"
"""How many numbers of a layer training would change."""

CHANGES = "changes"
"""The measure of how many cells have changed since the step began; 1 of what has no cells."""


@dataclass(frozen=True)
class Subject:
    """Something that can be looked at in a scene, such as ``conv2d_1/output[0:2, 1].max``.

    ``layer`` is empty for the one that is shown. ``box`` has a start and a stop for the axes that
    are given, None where an end is left open; axes that are not given are meant as a whole.
    """

    layer: str
    name: str
    box: tuple[tuple[int, int | None], ...]
    measure: str = ""

    @classmethod
    def parse(cls, text: str) -> Subject:
        """Read one as it is written in a lesson; raises LessonError for what is none."""
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise LessonError("lesson_subject", text=text.strip()[:40])
        measure = found["measure"] or ""
        if measure and measure not in (*_NUMBERS, *AXES, CHANGES):
            known = ", ".join((*_NUMBERS, *AXES, CHANGES))
            raise LessonError("lesson_measure", text=measure[:20], known=known)
        if measure in AXES and found["box"] is not None:  # which has no say in it
            raise LessonError("lesson_subject", text=text.strip()[:40])
        return cls(found["layer"] or "", found["name"], _box(found["box"], text), measure)

    def node(self, scene: Scene) -> Node:
        """Return the layer that is meant; raises LessonError if there is none of that name."""
        try:
            return scene.node(self.layer)
        except KeyError:
            names = ", ".join(node.name for node in scene.project.network.nodes)
            raise LessonError("lesson_no_layer", text=self.layer[:40], known=names) from None

    def is_tensor(self, scene: Scene) -> bool:
        """Say whether cells are meant."""
        return self.name in (*_ports(scene, self.node(scene)), OUTPUT)

    def is_setting(self, scene: Scene) -> bool:
        """Say whether a layer's setting is meant."""
        return any(setting.name == self.name for setting in settings_of(self.node(scene).layer))

    def tensor(self, scene: Scene) -> Array:
        """Return the whole tensor whose cells are meant."""
        name = self.node(scene).name
        if self.name == OUTPUT:
            return scene.evaluation.value(name)
        return scene.evaluation.tensors(name)[self.name]

    def shape(self, scene: Scene) -> Shape:
        """Return the shape of the whole tensor whose cells are meant."""
        network, name = scene.project.network, self.node(scene).name
        return network.shape(name) if self.name == OUTPUT else network.shapes(name)[self.name]

    def address(self, scene: Scene) -> Address:
        """Return where the cells can be changed; raises LessonError if they are computed."""
        name = self.node(scene).name
        address = scene.project.address(name, self.name)
        if self.name == OUTPUT or (self.name == "x" and address.node == name):
            raise LessonError("lesson_computed", text=self.name)
        return address

    def region(self, shape: Shape) -> Region:
        """Return the box of cells that is meant in a tensor of some shape.

        Raises:
            LessonError: if the tensor has no such cells.
        """
        if len(self.box) > len(shape):
            raise LessonError("lesson_axes", count=len(self.box), shape=shape)
        open_axes = ((0, None),) * (len(shape) - len(self.box))
        box = []
        for (start, stop), length in zip((*self.box, *open_axes), shape, strict=True):
            stop = length if stop is None else stop
            if not start < stop <= length:
                raise LessonError("lesson_no_cell", shape=shape)
            box.append(slice(start, stop))
        return tuple(box)

    def meant(self, start: Scene) -> Subject:
        """Return the same with its layer named: without one, that which the step begins with.

        So it stays the same thing, whichever layer the learner looks at.
        """
        is_seen = self.name in _SEEN
        return self if self.layer or is_seen else replace(self, layer=start.layer)

    def value(self, scene: Scene, start: Scene) -> Value:
        """Return what it is now: cells with all their axes, a number, a word, or a setting.

        ``start`` is the scene as the step began.

        Raises:
            LessonError: if there is no such thing here.
        """
        own = self.meant(start)
        if own.name in _SEEN and not own.layer:
            own._check_whole()
            seen = _SEEN[own.name]
            return _differs(seen(scene), seen(start)) if own.measure else seen(scene)
        if not own.is_tensor(scene):
            value = own._of_layer(scene)
            own._check_whole()
            return _differs(value, own._of_layer(start)) if own.measure else value
        if own.measure in AXES:
            return own._length(own.shape(scene))
        region = own.region(own.shape(scene))
        if own.measure == "count":
            return float(regions.size(region))
        tensor = own.tensor(scene)
        if own.measure == CHANGES:
            return _changes(tensor, own.tensor(start), region)
        return _NUMBERS[own.measure](tensor[region]) if own.measure else tensor[region]

    def pads(self, scene: Scene, start: Scene) -> Array:
        """Return the cells of padding that a word among the settings comes to, on its four sides.

        Raises:
            LessonError: for a word that is about something else.
        """
        own = self.meant(start)
        windows: tuple[Window, ...] = ()
        if own.name not in _SEEN:
            node = own.node(scene)
            windows = node.layer.windows(scene.project.network.shapes(node.name))
        if not windows:
            raise LessonError("lesson_condition", text=self.name)
        return np.array([side for window in windows for side in window.pads], np.float64)

    def _of_layer(self, scene: Scene) -> Value:
        """Return a setting of the layer, or what can be said of it as a whole."""
        node = self.node(scene)
        if self.is_setting(scene):
            setting: Value = getattr(node.layer, self.name)
            return setting
        if self.name == PARAMETERS:
            return float(node.layer.parameters(scene.project.network.shapes(node.name)))
        settings = [setting.name for setting in settings_of(node.layer)]
        known = ", ".join((*_ports(scene, node), OUTPUT, *settings))
        raise LessonError("lesson_unknown", text=self.name[:40], known=known)

    def _check_whole(self) -> None:
        """Raise LessonError where cells or a measure are asked of what has none."""
        if self.box or self.measure not in ("", CHANGES):
            raise LessonError("lesson_no_cells", text=self.name[:40])

    def _length(self, shape: Shape) -> float:
        axis = AXES[self.measure]
        if axis >= len(shape):
            raise LessonError("lesson_axes", count=axis + 1, shape=shape)
        return float(shape[axis])


def _ports(scene: Scene, node: Node) -> tuple[str, ...]:
    """Return the ports of a layer that have numbers: a bias may be missing."""
    shapes = scene.project.network.shapes(node.name)
    return tuple(port for port in type(node.layer).inputs if port in shapes)


def _box(text: str | None, whole: str) -> tuple[tuple[int, int | None], ...]:
    if text is None:
        return ()
    axes: list[tuple[int, int | None]] = []
    for part in text.split(","):
        found = _RANGE.fullmatch(part.strip().replace(" ", ""))
        if found is None:
            raise LessonError("lesson_subject", text=whole.strip()[:40])
        if found["one"]:
            axes.append((int(found["one"]), int(found["one"]) + 1))
        else:
            axes.append((int(found["start"] or 0), int(found["stop"]) if found["stop"] else None))
    return tuple(axes)


def _changes(now: Array, before: Array, region: Region) -> float:
    if now.shape != before.shape:
        return float(regions.size(region))
    return float(np.count_nonzero(now[region] != before[region]))


def _differs(now: Value, before: Value) -> float:
    return float(not np.array_equal(np.asarray(now, object), np.asarray(before, object)))
