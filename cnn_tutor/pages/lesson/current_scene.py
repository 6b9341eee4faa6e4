"""What of the open project a learner has before them, and putting something else before them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.document.playback import Playback
from cnn_tutor.engine import region as regions
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.pages.views.tabs import Views
from cnn_tutor.study.lessons.language.scene import Scene


class Stage(QObject):
    """The layer, the view and the playback's place that a lab shows, as a lesson speaks of them."""

    changed = Signal()
    """Another number, layer, view or place is seen now."""

    def __init__(
        self,
        document: Document,
        shown: ShownLayer,
        views: Views,
        playback: Playback,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._shown, self._views, self._playback = document, shown, views, playback
        document.changed.connect(lambda _: self.changed.emit())
        shown.changed.connect(self.changed)
        views.currentChanged.connect(lambda _: self.changed.emit())
        playback.moved.connect(self.changed)

    @property
    def scene(self) -> Scene:
        """What is seen now."""
        document = self._document
        return Scene.live(
            document.evaluation,
            document.project,
            shown=self._shown.name,
            view=self._views.key,
            at=self._playback.at,
        )

    def show(self, scene: Scene) -> None:
        """Show a scene's layer, view and place, as far as the open project has them."""
        network = self._document.project.network
        if scene.layer in [node.name for node in network.nodes]:
            self._shown.select(scene.layer)
        self._views.show_view(scene.view)
        shape, at = network.shape(self._shown.name), scene.at
        place = at if regions.has(at, shape) else ()
        self._playback.stand_at(place, scene.later_blank, scene.terms)

    def shows(self, scene: Scene) -> bool:
        """Say whether a scene's numbers, layer and view are the ones that are seen."""
        return (
            self._shown.name == scene.layer
            and self._views.key == scene.view
            and self._document.project.equals(scene.project)
        )
