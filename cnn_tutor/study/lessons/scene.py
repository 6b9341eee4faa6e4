"""What a learner has before them at a step of a lesson."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.network import Evaluation, Node
from cnn_tutor.project.project import Project


@dataclass(frozen=True, eq=False)
class Scene:
    """A project, and what of it is seen.

    ``shown`` is the layer that is looked at, the last one where it is empty, in one of the
    ``views``. ``at`` is the output cell that is looked at, and where ``later_blank`` the ones
    after it are blank. ``terms`` is how many of its terms have been added up, 0 for all.
    """

    project: Project
    shown: str = ""
    view: str = "cells"
    at: Index = ()
    later_blank: bool = False
    terms: int = 0
    _numbers: list[Evaluation] = field(default_factory=list, repr=False)

    @classmethod
    def live(cls, evaluation: Evaluation, project: Project, **seen: object) -> Scene:
        """Return what is seen now, of a project whose numbers are known already."""
        return cls(project, **seen, _numbers=[evaluation])  # type: ignore[arg-type]

    @property
    def layer(self) -> str:
        """The name of the layer that is looked at."""
        names = [node.name for node in self.project.network.nodes]
        return self.shown if self.shown in names else names[-1]

    @property
    def fits(self) -> bool:
        """Whether the output has the cell that is looked at."""
        shape = self.project.network.shape(self.layer)
        same = len(self.at) == len(shape)
        return not self.at or (same and all(i < n for i, n in zip(self.at, shape, strict=True)))

    @cached_property
    def evaluation(self) -> Evaluation:
        """Every number of the project; raises Refusal if they can't be computed."""
        return self._numbers[0] if self._numbers else self.project.evaluated()

    def node(self, name: str = "") -> Node:
        """Return a layer by its name, the shown one without; raises KeyError for an unknown one."""
        return self.project.network.node(name or self.layer)

    def with_project(self, project: Project) -> Scene:
        """Return the same look at another project."""
        return replace(self, project=project, _numbers=[])
