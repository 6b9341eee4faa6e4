"""What the learner looks at: the output that the playback is at, or whatever is pointed at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from cnn_tutor.document.document import Document
from cnn_tutor.document.playback import Playback, most_terms, term_count
from cnn_tutor.engine.explanation import Index
from cnn_tutor.pages.lesson.questions import Questions
from cnn_tutor.pages.state import highlight
from cnn_tutor.pages.state.hidden_cells import Blanks
from cnn_tutor.pages.state.highlight import Spotlight
from cnn_tutor.pages.state.shown_layer import OUTPUT, ShownLayer


class Focus(QObject):
    """Keeps the one spotlight that every view of a lab shows, and the playback on the shown layer.

    Views tell it what is pointed at and what is pinned; it says what is lit then. It is made
    before the views, so that it is ahead of them whenever the document changes.
    """

    changed = Signal(object)
    """The Spotlight that is on now."""

    def __init__(
        self,
        document: Document,
        shown: ShownLayer,
        playback: Playback,
        parent: QObject | None = None,
        questions: Blanks | None = None,
    ) -> None:
        super().__init__(parent)
        self._shown, self.playback = shown, playback
        self.questions: Blanks = questions or Questions(document, shown, playback, self)
        """What the learner is asked; nothing lit gives it away."""
        self._pointed: tuple[str, Index] | None = None
        self._pinned: Spotlight | None = None
        self._restart(other_work=True)
        document.replaced.connect(self._restart)
        document.changed.connect(self._recount)
        shown.changed.connect(self._show_other)
        playback.moved.connect(self._follow)
        self.questions.changed.connect(self._follow_questions)

    @property
    def light(self) -> Spotlight:
        """What is lit up now."""
        return self._light

    @property
    def pinned(self) -> Spotlight:
        """What is lit up when nothing is pointed at: the output that the playback is at."""
        if self._pinned is None:
            light = highlight.on_output(self._shown, self.playback.at, self.playback.terms)
            self._pinned = self._veil(light)
        return self._pinned

    def point_at(self, port: str, index: Index | None) -> None:
        """Light up what goes with a cell; None for no cell at all. A blank output is passed by."""
        if index is not None and port == OUTPUT and not self.can_light(index):
            index = None
        self._pointed = None if index is None else (port, index)
        self.refresh()

    def can_light(self, at: Index) -> bool:
        """Say whether pointing at an output cell lights it up: one that is asked for, as well."""
        return self.playback.reached(at) or self.questions.is_asked(at)

    def tells(self, at: Index) -> bool:
        """Say whether it may be seen where an output cell comes from."""
        return self.playback.reached(at) and self.questions.lit and not self.questions.veils(at)

    def point_at_term(self, place: int | None) -> None:
        """Light up one term of the pinned output, counted over all its steps; None for none."""
        light = self.pinned
        if place is not None and place < light.shown and self.questions.lit:
            light = highlight.on_term(self._shown, light.at, place)
        self._show(light)

    def pin(self, port: str, index: Index) -> None:
        """Stay at a cell: an output becomes the playback's place, another cell is pointed at."""
        if port == OUTPUT:
            self.playback.point_at(index)
        else:
            self.point_at(port, index)

    def refresh(self) -> None:
        """Work out anew what is lit."""
        if self._pointed is None or not self.questions.lit:
            self._show(self.pinned)
            return
        port, index = self._pointed
        if port == OUTPUT:
            self._show(highlight.on_output(self._shown, index))
        else:
            self._show(highlight.on_input(self._shown, port, index, self.pinned))

    def _veil(self, light: Spotlight) -> Spotlight:
        """Hide what the learner is to find out."""
        if not self.questions.lit:
            return highlight.darkened(light, self.questions.pointed, self.questions.workings)
        if light.veiled or not self.questions.veils(light.explanation.output):
            return light
        return highlight.veil(light, self.questions.workings)

    def _restart(self, other_work: bool) -> None:
        """Begin anew with the shown layer, whose shapes or settings are others now.

        Nobody is told: the views have to show the layer first.
        """
        self._pointed = self._pinned = None
        shape = self._shown.shapes[OUTPUT]
        self.playback.pause()
        was = self.playback.blockSignals(True)
        go = self.playback.start if other_work else self.playback.go_on
        go(shape, most_terms(self._shown.explain, shape), self._terms_at)
        self.playback.blockSignals(was)
        self._light = self.pinned

    def _show_other(self) -> None:
        self._restart(other_work=True)

    def _terms_at(self, at: Index) -> int:
        return term_count(self._shown.explain(at))

    def _recount(self) -> None:
        """Numbers are others now."""
        self._pinned = None
        shape = self._shown.shapes[OUTPUT]
        if term_count(self.pinned.explanation) > self.playback.most_terms:
            self.playback.go_on(shape, most_terms(self._shown.explain, shape), self._terms_at)
            self._pinned = None
        self.refresh()

    def _follow(self) -> None:
        self._pointed = self._pinned = None
        self.refresh()

    def _follow_questions(self) -> None:
        self._pinned = None
        if self._pointed and self._pointed[0] == OUTPUT and not self.can_light(self._pointed[1]):
            self._pointed = None
        self.refresh()

    def _show(self, light: Spotlight) -> None:
        self._light = self._veil(light)
        self.changed.emit(self._light)
