"""What a page shows of a project: the layer, the view, the place and what is highlighted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from cnn_tutor.document.document import Change, Document
from cnn_tutor.document.playback import Place, Playback, most_terms, term_count
from cnn_tutor.engine import region as regions
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.engine.network import Evaluation
from cnn_tutor.pages.state import highlight
from cnn_tutor.pages.state.hidden_cells import HiddenCells
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.shown_layer import Cover, ShownLayer
from cnn_tutor.project.project import Project
from cnn_tutor.study.boards.views import CELLS
from cnn_tutor.study.lessons.language.scene import Scene


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a page shows at one moment; views compare two of them and paint what differs.

    The arrays of an evaluation stay current: which cells of it an edit reached is in the
    document's :class:`Change`.
    """

    project: Project
    evaluation: Evaluation
    layer: str
    """The name of the layer that is shown."""

    cover: Cover
    offered: tuple[str, ...]
    """The keys of the views that have something to show of the layer."""

    view: str
    work: int
    """Another number for each work that was opened."""

    hidden: int
    """Another number whenever what is hidden has changed."""

    place: Place
    highlight: Highlight

    def same_board(self, other: Snapshot) -> bool:
        """Say whether both show the same layer, with the same shapes and settings."""
        return (self.evaluation, self.layer, self.cover) == (
            other.evaluation,
            other.layer,
            other.cover,
        )


class LabState(QObject):
    """Takes in what happens to a project and to what is seen of it, and reports it once.

    Whatever happens (an edit, another layer, a move of the playback, a cell that is pointed at or
    answered), the state works out one :class:`Snapshot` and hands it on when all is consistent.
    What a listener changes meanwhile is reported next. So no listener hangs on another, or on the
    order in which they were connected.

    ``enter`` is called when other work is opened, before it is reported: it sets the view,
    the layer and the place that are meant for that work.
    """

    updated = Signal(object, object, object)
    """Emitted when anything changed: the :class:`Snapshot` before, the one now, and the
    :class:`Change` of the document if cells were edited, else None."""

    leaving = Signal()
    """Emitted before another layer is shown, for what is being typed for this one to be taken."""

    def __init__(
        self,
        document: Document,
        shown: ShownLayer,
        hidden: HiddenCells,
        enter: Callable[[], None] = lambda: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self.shown, self.hidden, self._enter = document, shown, hidden, enter
        self.playback = Playback(self)
        self._pointed: tuple[str, Index] | None = None
        self._term: int | None = None
        self._pinned: Highlight | None = None
        self.view = CELLS
        """The key of the view that is on."""
        self._work, self._hidden_changes = 0, 0
        self._depth, self._publishing, self._stale = 0, False, False
        self._changes: list[Change] = []
        self._show_layer(other_work=True)
        self.now = self._snapshot()
        """What was reported last."""
        document.replaced.connect(self._on_replaced)
        document.changed.connect(self._on_cells_edited)
        self.playback.moved.connect(self._on_moved)
        hidden.changed.connect(self._on_hidden_changed)

    @property
    def highlight(self) -> Highlight:
        """What is highlighted now."""
        return self.now.highlight

    @property
    def pinned(self) -> Highlight:
        """What is highlighted when nothing is pointed at: the output that the playback is at."""
        if self._pinned is None:
            playback = self.playback
            found = highlight.on_output(self.shown, playback.at, playback.terms)
            self._pinned = self._without_hidden(found)
        return self._pinned

    # --- what can be asked of it -----------------------------------------------------------------

    @contextmanager
    def together(self) -> Iterator[None]:
        """Take several changes in as one, which is reported at the end."""
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            self._stale = True
            if not self._depth:
                self._publish()

    def open(self) -> None:
        """Begin with the open project as with other work."""
        self._on_replaced(other_work=True)

    def select(self, name: str) -> None:
        """Show the layer of that name; KeyError if there is none."""
        self._document.project.network.position(name)
        if name != self.shown.name:
            self.leaving.emit()
            with self.together():
                self.shown.select(name)
                self._show_layer(other_work=True)
                self.hidden.follow()

    def uncover(self) -> None:
        """Show what was hidden so far; what is shown instead of real numbers stays."""
        cover = self.shown.cover
        if cover.hidden or cover.blank or cover.shown:
            with self.together():
                self.shown.cover = Cover(cover.shown)
                self._show_layer(other_work=True)

    def show_view(self, key: str) -> None:
        """Go to a view, or to the cells where the layer has no such view."""
        view = key if key in self._offered else CELLS
        if view != self.view:
            with self.together():
                self.view = view

    @property
    def scene(self) -> Scene:
        """What is seen now, as a lesson speaks of it."""
        document, seen = self._document, {"view": self.view, "at": self.playback.at}
        return Scene.live(document.evaluation, document.project, shown=self.shown.name, **seen)

    def show_scene(self, scene: Scene) -> None:
        """Show a scene's layer, view and place, as far as the open project has them."""
        network = self._document.project.network
        with self.together():
            if scene.layer in [node.name for node in network.nodes]:
                self.select(scene.layer)
            self.show_view(scene.view)
            at = scene.at if regions.has(scene.at, network.shape(self.shown.name)) else ()
            self.playback.stand_at(at, scene.hide_later, scene.terms)

    def shows_scene(self, scene: Scene) -> bool:
        """Say whether a scene's numbers, layer and view are the ones that are seen."""
        seen = (self.shown.name, self.view) == (scene.layer, scene.view)
        return seen and self._document.project.equals(scene.project)

    def point_at(self, port: str, index: Index | None) -> None:
        """Highlight what goes with a cell; None for no cell. A blank output is passed by."""
        if index is not None and port == OUTPUT and not self.can_highlight(index):
            index = None
        pointed = None if index is None else (port, index)
        if (pointed, None) != (self._pointed, self._term):
            with self.together():
                self._pointed, self._term = pointed, None

    def point_at_term(self, place: int | None) -> None:
        """Highlight a term of the pinned output, counted over all its steps; None for none."""
        if (None, place) != (self._pointed, self._term):
            with self.together():
                self._pointed, self._term = None, place

    def pin(self, port: str, index: Index) -> None:
        """Stay at a cell: playback goes to an output, another cell is pointed at."""
        if port == OUTPUT:
            self.playback.point_at(index)
        else:
            self.point_at(port, index)

    def shows(self, at: Index) -> bool:
        """Say whether the number of an output cell is shown."""
        return self.playback.reached(at) and not self.hidden.is_blank(at)

    def can_highlight(self, at: Index) -> bool:
        """Say whether pointing at an output cell highlights it: one that is asked for, as well."""
        return self.shows(at) or self.hidden.is_asked(at)

    def explains(self, at: Index) -> bool:
        """Say whether it may be seen where an output cell comes from."""
        return self.shows(at) and self.hidden.highlights and not self.hidden.hides(at)

    # --- taking in what happens ------------------------------------------------------------------

    def _on_replaced(self, other_work: bool) -> None:
        with self.together():
            self.shown.follow(other_work)
            self._show_layer(other_work)
            self.hidden.follow(other_work)
            if other_work:
                self._work += 1
                self._enter()

    def _on_cells_edited(self, change: Change) -> None:
        with self.together():
            self._changes.append(change)
            self._pinned = None
            self._hidden_changes += self.hidden.follow()
            if term_count(self.pinned.explanation) > self.playback.most_terms:
                self._play_on(other_work=False)

    def _on_moved(self) -> None:
        with self.together():
            self._pointed = self._term = self._pinned = None

    def _on_hidden_changed(self) -> None:
        with self.together():
            self._hidden_changes += 1
            self._pinned = None
            pointed = self._pointed
            if pointed and pointed[0] == OUTPUT and not self.can_highlight(pointed[1]):
                self._pointed = None

    def _show_layer(self, other_work: bool) -> None:
        self._pointed = self._term = self._pinned = None
        self._offered = self.shown.offered
        if self.view not in self._offered:
            self.view = CELLS
        self._play_on(other_work)

    def _play_on(self, other_work: bool) -> None:
        """Have the playback go over the output as it is now, from its end or where it is."""
        shape = self.shown.shapes[OUTPUT]
        go = self.playback.start if other_work else self.playback.go_on
        self.playback.pause()
        go(shape, most_terms(self.shown.explain, shape), self._terms_at)
        self._pinned = None

    def _terms_at(self, at: Index) -> int:
        return term_count(self.shown.explain(at))

    # --- reporting it ----------------------------------------------------------------------------

    def _publish(self) -> None:
        """Tell what changed, and what the listeners change by that, one after the other."""
        if self._publishing:
            return
        self._publishing = True
        try:
            while self._stale or self._changes:
                change = self._changes.pop(0) if self._changes else None
                self._stale = False
                before, self.now = self.now, self._snapshot()
                self.updated.emit(before, self.now, change)
        finally:
            self._publishing = False

    def _snapshot(self) -> Snapshot:
        return Snapshot(
            project=self._document.project,
            evaluation=self._document.evaluation,
            layer=self.shown.name,
            cover=self.shown.cover,
            offered=self._offered,
            view=self.view,
            work=self._work,
            hidden=self._hidden_changes,
            place=self.playback.place,
            highlight=self._found(),
        )

    def _found(self) -> Highlight:
        found = self.pinned
        if not self.hidden.highlights:
            return found
        if self._term is not None and self._term < found.shown:
            found = highlight.on_term(self.shown, found.at, self._term)
        elif self._pointed is not None:
            port, index = self._pointed
            if port == OUTPUT:
                found = highlight.on_output(self.shown, index)
            else:
                found = highlight.on_input(self.shown, port, index, found)
        return self._without_hidden(found)

    def _without_hidden(self, found: Highlight) -> Highlight:
        """Hide what the learner is to find out."""
        if not self.hidden.highlights:
            return highlight.only_pointed(found, self.hidden.pointed, self.hidden.workings)
        if found.hidden or not self.hidden.hides(found.explanation.output):
            return found
        return highlight.without_result(found, self.hidden.workings)
