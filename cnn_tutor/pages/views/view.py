"""What every view of a lab does alike: listen, and do no work while nobody sees it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Change, Document
from cnn_tutor.pages.state.focus import Focus
from cnn_tutor.pages.state.highlight import Spotlight
from cnn_tutor.pages.state.offers import OFFERS
from cnn_tutor.pages.state.shown_layer import ShownLayer


class LazyView(QWidget):
    """One way of looking at the shown layer. Out of sight it waits, and catches up when shown."""

    key: ClassVar[str]
    """The view's key among those that a layer is offered."""

    edited = Signal(object, object, int)
    """An Address, the numbers that the learner wants there, and the gesture they belong to."""

    opened = Signal()
    """The learner wants to see the cells of the layer that is shown now."""

    def __init__(
        self, document: Document, shown: ShownLayer, focus: Focus, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.shown, self.focus = shown, focus
        self._document = document
        self._behind = True
        self._built: tuple[object, str] = (None, "")
        document.replaced.connect(lambda _: self._start_over())
        shown.changed.connect(self._start_over)
        document.changed.connect(self._follow)
        focus.changed.connect(self._relight)

    @property
    def late(self) -> bool:
        """Whether the layer has yet to be shown as it is now.

        A view that was made late hears late of other work, too: by then the light may already be
        on cells that it does not have.
        """
        evaluation, name = self._built
        same = evaluation is self._document.evaluation and name == self.shown.name
        return self._behind or not same

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first."""
        return self

    def retranslate(self) -> None:
        """Write everything in the language and the theme that are on."""
        if not self.late:
            self.write()

    def set_brush(self, on: bool) -> None:
        """Let drags over cells paint, or select again; most views have no cells."""

    def rebuild(self) -> None:
        """Show the layer anew: it is another one, or its shapes or settings are others."""
        raise NotImplementedError

    def repaint_change(self, change: Change) -> None:
        """Paint again what an edit of cells reached."""
        raise NotImplementedError

    def light(self, light: Spotlight) -> None:
        """Light up what belongs together."""
        raise NotImplementedError

    def write(self) -> None:
        """Write every word."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.late:
            self._start_over()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.retranslate()

    def _start_over(self) -> None:
        self._behind = not self.isVisible() or not self.offered(self.shown)
        if not self._behind:
            self._built = (self._document.evaluation, self.shown.name)
            self.rebuild()
            self.write()
            self.light(self.focus.light)

    def _follow(self, change: Change) -> None:
        if self.isVisible() and not self.late:
            self.repaint_change(change)
        else:
            self._behind = True

    def _relight(self, light: Spotlight) -> None:
        if self.isVisible() and not self.late:
            self.light(light)
        else:
            self._behind = True

    @classmethod
    def offered(cls, shown: ShownLayer) -> bool:
        """Say whether there is anything to see of the layer."""
        return OFFERS[cls.key](shown)
