"""The project file (``.cnnt``): versioned JSON, read with suspicion."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layer import Layer, settings_of
from cnn_tutor.engine.network import INPUT, Network, Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import limits
from cnn_tutor.project.plain_text import blank, unseen
from cnn_tutor.project.project import Project

_log = logging.getLogger(__name__)

SUFFIX = ".cnnt"
FORMAT = "cnn-tutor"
VERSION = 1


class FileError(Refusal):
    """A file that can't be read: why, and ``where`` in it, such as ``nodes[0].kind``."""

    def __init__(self, reason: str, where: str = "", **values: object) -> None:
        super().__init__(reason, **values)
        self.where = where


class _Tensor(msgspec.Struct, forbid_unknown_fields=True):
    shape: list[int]
    values: list[float]


class _Node(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    kind: str
    settings: dict[str, Any]
    tensors: dict[str, _Tensor]


class _Header(msgspec.Struct):
    format: str
    version: int


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    version: int
    input: _Tensor
    nodes: list[_Node]
    origin: str = ""


def encode(project: Project) -> bytes:
    """Return the project as the bytes of a file; reading them gives the same numbers."""
    content = _File(
        FORMAT,
        VERSION,
        _packed(project.x),
        [
            _Node(
                node.name,
                node.layer.kind,
                {s.name: getattr(node.layer, s.name) for s in settings_of(node.layer)},
                {port: _packed(tensor) for port, tensor in node.tensors.items()},
            )
            for node in project.network.nodes
        ],
        project.origin,
    )
    return msgspec.json.encode(content) + b"\n"


def decode(data: bytes) -> Project:
    """Return the project that the bytes of a file hold.

    Raises:
        FileError: for anything that is not a whole, sane project of a version this program knows.
    """
    if len(data) > limits.MAX_FILE_BYTES:
        raise FileError("file_too_large", most=limits.MAX_FILE_BYTES // 2**20)
    _check_crowd(data)
    content = _parsed(data)
    if len(content.origin) > limits.MAX_ORIGIN or unseen(content.origin):
        raise FileError("file_structure", "origin")
    with inside("input"):
        x = _unpacked("x", content.input)
    if not 1 <= len(content.nodes) <= limits.MAX_NODES:
        raise FileError("nodes_limit", "nodes", most=limits.MAX_NODES)
    nodes = tuple(_node(n, f"nodes[{i}]") for i, n in enumerate(content.nodes))
    with inside("nodes", nodes):
        project = Project(x, Network(x.shape, nodes), content.origin).checked()
        project.evaluated()
    _log.debug("Read a project of %d layers over %s", len(nodes), x.shape)
    return project


def _check_crowd(data: bytes) -> None:
    """Refuse what would take up far more room than its bytes, before any of it is taken."""
    values = data.count(b",") + 1
    if values > limits.MAX_CELLS + limits.MAX_FILE_LISTS:
        raise FileError("total_limit", value=values, most=limits.MAX_CELLS)
    if data.count(b"[") + data.count(b"{") > limits.MAX_FILE_LISTS:
        raise FileError("file_not_project")


def _parsed(data: bytes) -> _File:
    try:
        header = msgspec.json.decode(data, type=_Header)
        if header.format != FORMAT:
            raise FileError("file_not_project")
        if header.version > VERSION:
            raise FileError("file_newer", "version", version=header.version, known=VERSION)
        if header.version < 1:
            raise FileError("file_not_project", "version")
        return msgspec.json.decode(data, type=_File)
    except msgspec.ValidationError as error:
        raise _unexpected("", error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _broken(data, str(error)) from error
    except RecursionError as error:
        raise FileError("file_not_project") from error


def _broken(data: bytes, said: str) -> FileError:
    """Return where a file ceases to be JSON, which msgspec ``said``, or that it ends too early."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data":
            return FileError("file_cut")
        return FileError("file_not_json", byte=error.start)
    byte = re.search(r"byte (\d+)", said)
    if byte and int(byte[1]) < len(data):
        return FileError("file_not_json", byte=int(byte[1]))
    return FileError("file_cut")


def _node(node: _Node, where: str) -> Node:
    kind = layer_kinds().get(node.kind)
    if kind is None:
        raise FileError("file_unknown_layer", f"{where}.kind", kind=node.kind[:40])
    check_names(kind, node.settings, node.tensors, f"{where}.")
    with inside(f"{where}.settings"):
        layer = layer_of(kind, node.settings)
    tensors = {}
    for port in [port for port in kind.inputs[1:] if port in node.tensors]:
        with inside(f"{where}.tensors.{port}"):
            tensors[port] = _unpacked(port, node.tensors[port])
            if port in kind.switches:
                limits.check_switches(tensors[port])
    check_node_name(node.name, f"{where}.")
    return Node(node.name, layer, tensors)


def check_names(
    kind: type[Layer], settings: Iterable[str], ports: Iterable[str], here: str = ""
) -> None:
    """Raise FileError for a setting or a port, besides ``x``, that a kind of layer doesn't have.

    ``here`` is what stands before its ``where``; its values have the ``name`` that is unknown.
    """
    known = {setting.name for setting in settings_of(kind)}
    for name in settings:
        if name not in known:
            short = name[:40]
            raise FileError("file_unknown_setting", f"{here}settings", setting=short, name=short)
    own = kind.inputs[1:]
    for name in ports:
        if name not in own:
            known_ports = ", ".join(own or kind.inputs)
            raise FileError("ports", f"{here}tensors", ports=known_ports, name=name[:40])


def check_node_name(name: str, here: str = "") -> None:
    """Raise FileError for what can't be the name of a layer."""
    if blank(name) or name == INPUT or len(name) > limits.MAX_NAME or unseen(name):
        raise FileError("file_node_name", f"{here}name")


def layer_of(kind: type[Layer], settings: Mapping[str, Any]) -> Layer:
    """Return a layer of a kind with these settings.

    Raises:
        msgspec.ValidationError: if they are not of the right types; its cause is a Refusal if
            they are, and can't be so nevertheless.
        LimitError: if one is too large.
    """
    layer: Layer = msgspec.convert(settings, kind) if settings_of(kind) else kind()
    limits.check_settings(layer)
    return layer


@contextmanager
def inside(where: str, nodes: Sequence[Node] = ()) -> Iterator[None]:
    """Say of any refusal where in the file its cause is: at one of ``nodes`` if it names it."""
    try:
        yield
    except FileError:
        raise
    except Refusal as error:
        places = [i for i, node in enumerate(nodes) if node.name == error.values.get("node")]
        where = f"{where}[{places[0]}]" if places else where
        raise FileError(error.reason, where, **error.values) from error
    except msgspec.ValidationError as error:
        cause = error.__cause__
        if isinstance(cause, Refusal):
            raise FileError(cause.reason, where, **cause.values) from error
        raise _unexpected(where, error) from error


def _unexpected(where: str, error: msgspec.ValidationError) -> FileError:
    """Return what msgspec found wrong, and where, in words that can be translated."""
    detail, _, path = str(error).partition(" - at `$")
    place = (where + path.rstrip("`")).lstrip(".") or "…"
    types = re.fullmatch(r"Expected `([^`]+)`, got `([^`]+)`", detail)
    if types:
        return FileError("file_type", place, expected=types[1], found=types[2])
    return FileError("file_structure", place)


def _packed(tensor: Array) -> _Tensor:
    return _Tensor(list(tensor.shape), tensor.ravel().tolist())


def _unpacked(port: str, tensor: _Tensor) -> Array:
    shape = tuple(tensor.shape)
    limits.check_shape(port, shape)
    if math.prod(shape) != len(tensor.values):
        raise Refusal("file_count", expected=math.prod(shape), found=len(tensor.values))
    array = np.array(tensor.values, np.float64).reshape(shape)
    limits.check_numbers(array)
    array.flags.writeable = False
    return array
