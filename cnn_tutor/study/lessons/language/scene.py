"""What a learner has before them at a step of a lesson."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.explanation import Index
from cnn_tutor.engine.network import Evaluation, Node
from cnn_tutor.project.project import Project
from cnn_tutor.study.boards import views


@dataclass(frozen=True, eq=False)
class Scene:
    """A project, and what of it is seen.

    ``shown`` is the layer that is looked at, the last one where it is empty, in one of the
    views. ``at`` is the output cell that is looked at, the last one where it is empty, and where
    ``hide_later`` the ones after it are hidden. ``terms`` is how many of its terms have been
    added up, 0 for all.
    """

    project: Project
    shown: str = ""
    view: str = views.CELLS
    at: Index = ()
    hide_later: bool = False
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
        return not self.at or regions.has(self.at, self.project.network.shape(self.layer))

    @property
    def cell(self) -> Index:
        """The output cell that is looked at, as the window has it: with all its axes."""
        if self.at and self.fits:
            return self.at
        return tuple(n - 1 for n in self.project.network.shape(self.layer))

    @property
    def tab(self) -> str:
        """The view that is seen: the cells where the layer does not have the one that is meant."""
        return self.view if self.offers(self.view) else views.CELLS

    def offers(self, view: str) -> bool:
        """Say whether the layer that is looked at can be seen in a view."""
        network, name = self.project.network, self.layer
        layer = network.node(name).layer
        return views.shows(view, layer, network.shapes(name), network.shape(name))

    @property
    def evaluation(self) -> Evaluation:
        """Every number of the project; raises Refusal if they can't be computed."""
        if not self._numbers:
            self._numbers.append(self.project.evaluated())
        return self._numbers[0]

    def forget(self) -> None:
        """Let go of the numbers, which take much room; they are computed again when needed."""
        self._numbers.clear()

    def node(self, name: str = "") -> Node:
        """Return a layer by its name, the shown one without; raises KeyError for an unknown one."""
        return self.project.network.node(name or self.layer)

    def with_project(self, project: Project) -> Scene:
        """Return the same look at another project."""
        same = project.x is self.project.x and project.network is self.project.network
        return replace(self, project=project, _numbers=[*self._numbers] if same else [])
