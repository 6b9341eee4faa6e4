"""Ready-made projects to open, from ``resources/presets``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from numpy.random import Generator

from cnn_tutor.bundled import bundled
from cnn_tutor.engine.explanation import Index
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.study.boards import views
from cnn_tutor.study.boards.boards import project_of


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
        """The key of the view that is seen first, one of ``VIEWS``."""
        return str(self.content.get("view", views.CELLS))

    @property
    def at(self) -> Index:
        """The output cell that is looked at first: one whose number says something."""
        return tuple(self.content["at"])

    def project(self, rng: Generator | None = None) -> Project:
        """Return the project; a random one is new each time unless ``rng`` is given."""
        return project_of(self.content, self.key, lambda key: presets()[key].project(), rng)


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
