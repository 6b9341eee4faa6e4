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
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project.project import Project
from cnn_tutor.study import words


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

    def project(self, rng: np.random.Generator | None = None) -> Project:
        """Return the project; one that is drawn by lot is new each time unless ``rng`` is given."""
        kind = layer_kinds()[self.content["kind"]]
        if "level" in self.content:
            layer, tensors = kind.sample(rng or np.random.default_rng(), self.content["level"])
        else:
            layer = msgspec.convert(self.content.get("settings", {}), kind)
            tensors = {
                port: np.array(given["rows"], np.float64).reshape(given["shape"])
                for port, given in self.content["tensors"].items()
            }
        inner = {port: tensors[port] for port in type(layer).inputs[1:]}
        return Project.of(tensors["x"], layer, inner, self.key)


@cache
def presets() -> Mapping[str, Preset]:
    """Return every preset by its key, in the order in which they are listed."""
    content = tomllib.loads(bundled("presets", "convolution.toml").read_text("utf-8"))
    return MappingProxyType({key: Preset(key, entry) for key, entry in content.items()})
