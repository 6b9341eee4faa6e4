"""Ready-made projects to open, from ``resources/presets``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import msgspec
import numpy as np

from cnn_tutor.bundled import bundled
from cnn_tutor.engine.layer import Array, Layer
from cnn_tutor.engine.network import Network, Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import rebuilt
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.study.tensors import tensor


@dataclass(frozen=True)
class Preset:
    """A project that can be opened by its key, with a title and a caption in both languages."""

    key: str
    content: Mapping[str, Any]

    @property
    def title(self) -> str:
        """The name in the chapter list."""
        return words.pick(self.content["title"])

    @property
    def caption(self) -> str:
        """What to look at, in one or two sentences."""
        return words.pick(self.content["caption"])

    @property
    def group(self) -> str:
        """The key of the heading under which it is listed."""
        return str(self.content["group"])

    @property
    def view(self) -> str:
        """What is seen of it first: ``"cells"``, ``"matrices"``, ``"units"`` or ``"network"``."""
        return str(self.content.get("view", "cells"))

    def project(self, rng: np.random.Generator | None = None) -> Project:
        """Return the project; one that is drawn by lot is new each time unless ``rng`` is given."""
        if "level" in self.content:
            kind = layer_kinds()[self.content["kind"]]
            layer, sample = kind.sample(rng or np.random.default_rng(), self.content["level"])
            return Project.of(sample.pop("x"), layer, sample, self.key)
        if "nodes" in self.content:
            x, entries = _given("x", self.content["x"]), self.content["nodes"]
        else:
            x, entries = _given("x", self.content["tensors"]["x"]), [self.content]
        network = Network(x.shape, ())
        lots = np.random.default_rng(0)
        for entry in entries:
            shape = network.shape(network.last)
            node = rebuilt.completed(_node(entry, network), shape, lots)
            network = Network(x.shape, (*network.nodes, node))
        return Project.chain(x, network.nodes, self.key)


@cache
def presets() -> Mapping[str, Preset]:
    """Return every preset by its key, in the order in which they are listed.

    The files go by the number that each gives as its ``order``.
    """
    files = [tomllib.loads(path.read_text("utf-8")) for path in bundled("presets").glob("*.toml")]
    return MappingProxyType(
        {
            key: Preset(key, entry)
            for content in sorted(files, key=lambda content: int(content["order"]))
            for key, entry in content.items()
            if key != "order"
        }
    )


def _given(port: str, entry: Mapping[str, Any]) -> Array:
    """Return a tensor; one ``of`` another preset is what that has first at the same port."""
    if "of" not in entry:
        return tensor(entry)
    other = presets()[entry["of"]].project()
    return other.x if port == "x" else other.network.nodes[0].tensors[port]


def _node(entry: Mapping[str, Any], network: Network) -> Node:
    """Return a layer with the tensors that its entry gives, named after its kind."""
    kind = layer_kinds()[entry["kind"]]
    layer: Layer = msgspec.convert(entry.get("settings", {}), kind)
    given = {port: _given(port, e) for port, e in entry.get("tensors", {}).items() if port != "x"}
    number = 1 + sum(node.layer.kind == kind.kind for node in network.nodes)
    return Node(entry.get("name", f"{kind.kind}_{number}"), layer, given)
