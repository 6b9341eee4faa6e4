"""What of the open project a learner has before them, and putting something else before them."""

from __future__ import annotations

from cnn_tutor.document.document import Document
from cnn_tutor.engine import region as regions
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.study.lessons.language.scene import Scene


class CurrentScene:
    """The layer, the view and the place that a page shows, as a lesson speaks of them."""

    def __init__(self, document: Document, state: LabState) -> None:
        self._document, self._state = document, state

    @property
    def scene(self) -> Scene:
        """What is seen now."""
        return Scene.live(
            self._document.evaluation,
            self._document.project,
            shown=self._state.shown.name,
            view=self._state.view,
            at=self._state.playback.at,
        )

    def show(self, scene: Scene) -> None:
        """Show a scene's layer, view and place, as far as the open project has them."""
        network, state = self._document.project.network, self._state
        with state.together():
            if scene.layer in [node.name for node in network.nodes]:
                state.select(scene.layer)
            state.show_view(scene.view)
            at = scene.at if regions.has(scene.at, network.shape(state.shown.name)) else ()
            state.playback.stand_at(at, scene.later_blank, scene.terms)

    def shows(self, scene: Scene) -> bool:
        """Say whether a scene's numbers, layer and view are the ones that are seen."""
        return (
            self._state.shown.name == scene.layer
            and self._state.view == scene.view
            and self._document.project.equals(scene.project)
        )
