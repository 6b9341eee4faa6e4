"""How a window frames its board: how large, between which panels, alone in a presentation."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from cnn_tutor.app.settings.preferences import Preferences
from cnn_tutor.app.style import letters
from cnn_tutor.widgets.controls.fold import Fold
from cnn_tutor.widgets.controls.gestures import WheelTurn
from cnn_tutor.widgets.controls.scrolling import ZoomArea
from cnn_tutor.widgets.style.sizes import LETTERS, px

CHAPTERS, PANEL = "chapters", "panel"
"""What can be folded away: the list at the left, and the panel at the right of a page."""

_NARROW = 1250
"""Under this width a window has no room for panels beside the board, at the standard letters."""

_CONTROL = Qt.KeyboardModifier.ControlModifier
_FULL_SCREEN = Qt.WindowState.WindowFullScreen


class Framing(QObject):
    """Zooms, folds the panels and presents, and remembers the first two in the preferences.

    In a narrow window and in a presentation the panels are folded by themselves, and that of a
    board in a lesson that does not need it yet; one of them at a time can be opened.
    """

    changed = Signal()
    """Emitted when a panel was folded or shown, or a presentation has begun or ended."""

    def __init__(
        self,
        window: QMainWindow,
        sidebar: Fold,
        pages: QStackedWidget,
        preferences: Preferences | None,
    ) -> None:
        super().__init__(window)
        self._window, self._sidebar, self._pages = window, sidebar, pages
        self._preferences = preferences
        self.zoom = preferences.zoom if preferences else 100
        """In percent."""
        self._folded = set(preferences.folded if preferences else ())
        self._opened = ""
        """A panel that is shown although it would be folded; empty for none."""
        self._lent = False
        """Whether that is so because it was needed, not because it was asked for."""
        self._needed = True
        """Whether the page that is on has needed its panel yet."""
        self._narrow = False
        self._wheel = WheelTurn()
        self.presents = False
        """Whether the board is shown alone, with its caption and its player."""
        LETTERS.changed.connect(self._fit_panels)

    # --- zoom ------------------------------------------------------------------------------------

    def zoom_by(self, steps: int) -> None:
        """Zoom in by steps, or out if they are negative."""
        self.set_zoom(letters.step(self.zoom, steps))

    def set_zoom(self, percent: int) -> None:
        """Zoom, and remember it."""
        self.show_zoom(percent)
        if self._preferences:
            self._preferences.zoom = percent

    def show_zoom(self, percent: int) -> None:
        """Zoom until the program is closed."""
        self.zoom = percent
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom by the wheel with Ctrl, wherever in the window it turns."""
        if not isinstance(event, QWheelEvent) or not event.modifiers() & _CONTROL:
            return False
        for area in self._pages.findChildren(ZoomArea):
            area.hold(event.position().toPoint())
        clicks = self._wheel.turn((0, 0), event.angleDelta().y())
        if clicks:  # a fine wheel takes several events to one
            self.zoom_by(clicks)
        return True

    # --- panels ----------------------------------------------------------------------------------

    def shows(self, name: str) -> bool:
        """Return whether a panel is shown, on the pages that have it."""
        return name == self._opened or not (self._folds_itself(name) or name in self._folded)

    def toggle(self, name: str) -> None:
        """Fold a panel away, or show it again."""
        shown, self._lent = self.shows(name), False
        if name == self._opened:
            self._opened = ""
        elif self._folds_itself(name):
            self._opened = name
        if not self._folds_itself(name):
            self._folded ^= {name} if shown == self.shows(name) else set()
            if self._preferences:
                self._preferences.folded = tuple(sorted(self._folded))
        self._fit_panels()

    def set_needed(self, needed: bool) -> None:
        """Leave the panel folded as long as a lesson has not come to what needs it."""
        self._needed = needed
        self._fit_panels()

    def open(self, name: str) -> None:
        """Show a panel that is needed now, without remembering that."""
        if not self.shows(name):
            self._opened, self._lent = name, True
            self._fit_panels()

    def release(self) -> None:
        """Fold a panel again that is only shown because it was needed."""
        if self._lent:
            self._opened, self._lent = "", False
            self._fit_panels()

    # --- presentation ----------------------------------------------------------------------------

    def present(self, presents: bool, full_screen: bool = True) -> None:
        """Show the board alone, with its caption and its player, or all of the window again."""
        if presents == self.presents:
            return
        self.presents, self._opened = presents, ""
        self._window.menuBar().setHidden(presents)
        state = self._window.windowState()
        if full_screen or not presents:
            self._window.setWindowState(state | _FULL_SCREEN if presents else state & ~_FULL_SCREEN)
        self.fit()
        self._fit_panels()

    # --- fitting ---------------------------------------------------------------------------------

    def fit(self) -> None:
        """Take over the size of the window."""
        letters.apply(self.zoom, self.presents, self._window.size())
        self._fit_panels()

    def _folds_itself(self, name: str) -> bool:
        return self.presents or self._narrow or (name == PANEL and not self._needed)

    def _fit_panels(self) -> None:
        narrow = self._window.width() < px(_NARROW)
        if narrow != self._narrow:
            self._narrow, self._opened = narrow, ""
        narrow_anyway = self._window.width() < px(_NARROW) / LETTERS.scale
        for name, fold in self._folds():
            shown = self.shows(name)
            spared = shown or narrow_anyway or self.presents or name in self._folded
            fold.zoomed_away = not spared
            fold.show_open(shown)
            fold.setHidden(self.presents and not shown)
        self.changed.emit()

    def _folds(self) -> Iterator[tuple[str, Fold]]:
        yield CHAPTERS, self._sidebar
        for fold in self._pages.findChildren(Fold):
            yield PANEL, fold
