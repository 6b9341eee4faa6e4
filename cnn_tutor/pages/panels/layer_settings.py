"""What can be set on a layer and its tensors, found from the layer itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, get_type_hints

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layer import Layer, settings_of
from cnn_tutor.engine.network import Node
from cnn_tutor.engine.window import Padding, Pair
from cnn_tutor.project import limits
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.widgets.controls.settings_form import Choice, Editor, Field

_BY_SIDE = "by_side"


@dataclass(frozen=True)
class Key:
    """What a row of the form changes.

    That is the ``size`` of a port's planes, the length of one ``axis``, the one ``number`` in it, a
    setting (``set``), or the ``pads`` of a setting along one axis. ``name`` is that of the port or
    the setting.
    """

    what: Literal["size", "axis", "number", "set", "pads"]
    name: str
    axis: int | None = None

    def __str__(self) -> str:
        """Return the name of the row's box, by which lessons point at it, too."""
        usual = self.what == "pads" and self.name == "padding"
        parts = (self.what, "" if usual else self.name, "" if self.axis is None else str(self.axis))
        return ":".join(filter(None, parts))


def form_fields(project: Project, name: str) -> list[Field]:
    """Return the rows of the form for one node: sizes, then settings, then single numbers."""
    node = project.network.node(name)
    return [*_sizes(project, node), *_settings(project, node), *_numbers(node)]


def apply(project: Project, name: str, key: Key, value: Any) -> Project:
    """Return the project as the learner wants it.

    Raises:
        Refusal: if it can't be so.
    """
    layer = project.network.node(name).layer
    if key.what == "number":
        return project.with_cells(project.address(name, key.name), {(0,): value})
    if key.what in ("size", "axis"):
        at = project.address(name, key.name)
        shape = project.tensor(at).shape
        if key.axis is None:
            return project.resized(at, (*value, *shape[2:]))
        return project.resized(at, (*shape[: key.axis], value, *shape[key.axis + 1 :]))
    if key.axis is not None:
        sides = list(_pads(project, name, key.name))
        sides[key.axis] = value
        value = tuple(sides)
    elif value == _BY_SIDE and _hints(layer).get(key.name) == Padding:
        value = _pads(project, name, key.name)
    return project.with_layer(name, replace(layer, **{key.name: value}))  # type: ignore[type-var]


def _sizes(project: Project, node: Node) -> Iterator[Field]:
    """The lengths that can be chosen: of the input, of filters and of weights.

    What only follows others, such as a bias, has none of its own.
    """
    kind = node.layer.kind
    for port in type(node.layer).inputs:
        address = project.address(node.name, port)
        if port != "x" and port not in node.tensors:
            continue
        if port == "x" and address.node == node.name:
            continue  # what another layer puts out has no size of its own
        shape = project.tensor(address).shape
        if port != "x" and len(shape) not in _AXES:
            continue
        if len(shape) > 2:
            label = words.say("layers.size_of", port=words.port(kind, port))
            yield Field(Key("size", port), label, "wholes", shape[:2], _spoken(label))
        for axis, key in (_AXES if port != "x" else _INPUT_AXES).get(len(shape), {}).items():
            label = words.say(f"layers.axis_{key}")
            yield Field(Key("axis", port, axis), label, "wholes", shape[axis], (label,))


_INPUT_AXES = {1: {0: "inputs"}, 2: {0: "rows", 1: "columns"}, 3: {2: "channels"}}
"""What the axes of an input after its rows and columns are called, by how many it has."""

_AXES = {2: {1: "units"}, 4: {3: "filters", 2: "depth"}}
"""What the axes of a layer's own tensor are called; those that follow the input are left out."""


def _settings(project: Project, node: Node) -> Iterator[Field]:
    hints = _hints(node.layer)
    for setting in settings_of(node.layer):
        key, value = Key("set", setting.name), getattr(node.layer, setting.name)
        label = words.name(f"layers.{setting.name}")
        if hints.get(setting.name) == Padding:
            yield from _padding(project, node, setting.name, label)
        elif isinstance(value, tuple):
            yield Field(key, label, "wholes", value, _spoken(label))
        elif isinstance(value, bool):
            yield Field(key, label, "switch", value, (label,))
        elif isinstance(value, int) and _has_others(project, node, setting.name):
            yield Field(key, label, "wholes", value, (label,))
        elif isinstance(value, float):
            editor: Editor = "share" if setting.metadata.get("share") else "number"
            yield Field(key, label, editor, value, (label,))


def _padding(project: Project, node: Node, setting: str, label: str) -> Iterator[Field]:
    key, value = Key("set", setting), getattr(node.layer, setting)
    choices = tuple(
        Choice(word, words.say(f"layers.{word}"), _why_not(project, node.name, key, word))
        for word in ("valid", "same", _BY_SIDE)
    )
    chosen = value if isinstance(value, str) else _BY_SIDE
    yield Field(key, label, "choice", chosen, choices=choices)
    if chosen == _BY_SIDE:
        for axis, word in enumerate(("rows_pads", "columns_pads")):
            label = words.say(f"layers.{word}")
            names = tuple(words.say(f"layers.{side}") for side in _SIDES[axis])
            yield Field(Key("pads", setting, axis), label, "wholes", value[axis], names)


_SIDES = (("top", "bottom"), ("left", "right"))


def _numbers(node: Node) -> Iterator[Field]:
    for port, tensor in node.tensors.items():
        if tensor.shape == (1,) and port not in type(node.layer).switches:
            label = words.port(node.layer.kind, port)
            yield Field(Key("number", port), label, "number", float(tensor[0]), (label,))


def _pads(project: Project, name: str, setting: str) -> tuple[Pair, ...]:
    """The cells of padding on each side that a setting stands for now."""
    layer = project.network.node(name).layer
    value = getattr(layer, setting)
    if not isinstance(value, str):
        return tuple(value)
    windows = layer.windows(project.network.shapes(name))
    return tuple(window.pads for window in windows) if len(windows) == 2 else ((0, 0), (0, 0))


def _hints(layer: Layer) -> dict[str, Any]:
    """The types of a layer's settings; none where a name in them can't be found."""
    try:
        return get_type_hints(type(layer))
    except NameError:
        return {}


def _why_not(project: Project, name: str, key: Key, padding: str) -> str:
    try:
        apply(project, name, key, padding)
    except Refusal as refusal:
        return words.explain(refusal, name)
    return ""


def _has_others(project: Project, node: Node, setting: str) -> bool:
    """Whether a whole-number setting could be anything but what it is."""
    layer: Layer = node.layer
    for value in range(1, limits.MAX_SETTING + 1):
        if value != getattr(layer, setting):
            try:
                project.with_layer(node.name, replace(layer, **{setting: value}))  # type: ignore[type-var]
            except Refusal:
                continue
            return True
    return False


def _spoken(label: str) -> tuple[str, str]:
    return (
        words.say("layers.of_rows", what=label),
        words.say("layers.of_columns", what=label),
    )
