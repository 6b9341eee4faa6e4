"""What every part of a page does alike that shows the state: follow it, and rest out of sight."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar, Self

from PySide6.QtCore import QEvent, QRect, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Change, Document
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.widgets.style.sizes import LETTERS


class View(QWidget):
    """One way of looking at the shown layer. Out of sight it rests, and catches up when shown.

    ``tab`` is the key of the view in which it stands, where that is not its own.
    """

    key: ClassVar[str]
    """The view's key among those that a layer is offered."""

    edited = Signal(object, object, int)
    """Emitted when the learner wants other numbers: the Address, the numbers by their indices, and
    the gesture that they belong to."""

    reached = Signal(QRect)
    """Emitted with the place in the view that what is looked at has come to."""

    def __init__(
        self, document: Document, state: LabState, parent: QWidget | None = None, tab: str = ""
    ) -> None:
        super().__init__(parent)
        self._document, self.state, self.shown = document, state, state.shown
        self._tab = tab or self.key
        self._seen: Callable[[], Snapshot | None] = _nothing
        """What it shows, as long as that is kept; nothing if an error left it half shown."""
        state.updated.connect(self._on_updated)
        LETTERS.changed.connect(self._on_letters)

    @property
    def up_to_date(self) -> bool:
        """Whether what it shows is what there is now."""
        return self._seen() is self.state.now

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first."""
        return self

    def match(self, other: Self) -> None:
        """Show what another view of this kind shows, beyond what the state says."""

    def pose(self) -> None:
        """Leave out what is only there to be worked with, for a picture of the rest."""

    def retranslate(self) -> None:
        """Write everything in the language and the theme that are on."""
        if self.up_to_date:
            self.write()

    def set_brush(self, on: bool) -> None:
        """Let drags over cells paint, or select again; most views have no cells."""

    def rebuild(self) -> None:
        """Show all there is anew: another layer, or other shapes or settings of it."""
        raise NotImplementedError

    def follow(self, old: Snapshot, new: Snapshot, change: Change | None) -> None:
        """Show what is other now, of the same layer."""
        if change is not None:
            self.repaint_change(change)
        self.show_highlight(new.highlight)

    def repaint_change(self, change: Change) -> None:
        """Paint again what an edit of cells reached."""
        raise NotImplementedError

    def show_highlight(self, found: Highlight) -> None:
        """Highlight what belongs together."""
        raise NotImplementedError

    def write(self) -> None:
        """Write every word."""
        raise NotImplementedError

    def catch_up(self) -> None:
        """Show what there is now, if it has something to show of the layer."""
        now = self.state.now
        if not self.up_to_date and self.key in now.offered:
            with self._showing(now):
                self.rebuild()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catch_up()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.retranslate()

    def _on_letters(self) -> None:
        self._seen = _nothing
        if self.isVisible():
            self.catch_up()

    def _on_updated(self, old: Snapshot, new: Snapshot, change: Change | None) -> None:
        if self.up_to_date or new.view != self._tab or not self.isVisible():
            return
        if self._seen() is not old or not new.same_board(old):
            self.catch_up()
        elif self.key in new.offered:
            with self._showing(new):
                self.follow(old, new, change)

    @contextmanager
    def _showing(self, snapshot: Snapshot) -> Iterator[None]:
        """Take note of what is shown; where an error leaves it half shown, all is shown again."""
        self._seen = weakref.ref(snapshot)
        try:
            yield
        except Exception:
            self._seen = _nothing
            raise


def _nothing() -> None:
    return None
