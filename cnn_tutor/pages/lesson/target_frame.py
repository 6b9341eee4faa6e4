"""A frame around what a lesson speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from cnn_tutor.pages.lesson.target_places import TargetPlaces
from cnn_tutor.pages.panels.inspector import Inspector
from cnn_tutor.pages.panels.layer_row import LayerRow
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.views.view_tabs import ViewTabs
from cnn_tutor.study.lessons.language.target import Target
from cnn_tutor.widgets.overlays.pointing_frame import PointingFrame, pointing_frame
from cnn_tutor.widgets.style import motion

_PULSES, _PULSE_MS = 2, 1200
"""How often the frames swell when they appear, and how long that takes altogether."""

_EDGE = 2
"""A frame stays so far inside of the lab, in pixels."""


class TargetFrame(QWidget):
    """Draws frames around what a lesson points at, over the whole lab, wherever it moves to.

    It listens to the lab only while there is something to point at. Screen readers are not told
    of it: what the lesson says is read out.
    """

    def __init__(
        self,
        lab: QWidget,
        state: LabState,
        views: ViewTabs,
        inspector: Inspector,
        layer_row: LayerRow,
        player: QWidget,
    ) -> None:
        super().__init__(lab)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setObjectName("target_frame")
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._lab, self._board = lab, views.board
        self._pointed = TargetPlaces(views, inspector, layer_row, player)
        self._state = state
        self._targets: tuple[Target, ...] = ()
        self._frames: list[PointingFrame] = []
        self._ground = QRegion()
        self._watch: _Watch | None = None
        self._watched: frozenset[QWidget] = frozenset()
        self._bring = self._fresh = False
        self._stirred = QTimer(self)
        """Runs out when all that happens now has happened."""
        self._stirred.setSingleShot(True)
        self._stirred.setInterval(0)
        self._stirred.timeout.connect(self._look_again)
        self._pulse = QVariantAnimation(self)
        self._pulse.setDuration(_PULSE_MS)
        for n in range(2 * _PULSES + 1):
            self._pulse.setKeyValueAt(n / (2 * _PULSES), float(n % 2))
        self._pulse.valueChanged.connect(lambda _: self.update())
        self.hide()

    @property
    def rects(self) -> tuple[QRect, ...]:
        """The frames that are drawn now, in the lab's coordinates."""
        return tuple(frame.rect for frame in self._frames)

    def show_targets(self, targets: Sequence[Target]) -> None:
        """Draw frames around these and nothing else; they are scrolled into sight this once."""
        self._targets = tuple(targets)
        self._pulse.stop()
        if not self._targets:
            self._watch_over(frozenset())
            self._draw([])
            return
        self._bring = self._fresh = True
        self.raise_()
        self.refresh()
        self._stirred.start()  # again when everything has been laid out

    def refresh(self) -> None:
        """Work out again where the targets are."""
        if not self._targets:
            return
        self.setGeometry(self._lab.rect())
        if self._bring:
            for target in reversed(self._targets):
                self._pointed.bring_into_sight(target)
        spots = [spot for target in self._targets for spot in self._pointed.spots(target)]
        self._watch_over(frozenset(widget for spot in spots for widget, _ in spot.parts))
        room = self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        places: dict[tuple[int, ...], int] = {}
        for spot in spots:
            place, (across, down) = spot.place(self._lab), spot.outset
            if not place.isEmpty():
                rect = place.adjusted(-across, -down, across, down).intersected(room)
                places[rect.x(), rect.y(), rect.width(), rect.height()] = max(1, down)
        self._draw([pointing_frame(QRect(*at), near, self._is_free) for at, near in places.items()])

    # --- following what moves --------------------------------------------------------------------

    def _look_again(self) -> None:
        self.refresh()
        self._bring = False

    def _watch_over(self, widgets: frozenset[QWidget]) -> None:
        """Listen to these widgets and all that they stand in, and no longer to others."""
        if (self._watch is not None) == bool(self._targets) and widgets == self._watched:
            return
        if self._watch is not None:
            self._watch.deleteLater()  # and with it all that it listens to
        self._watch, self._watched = None, widgets
        if self._targets:
            self._watch = _Watch(self._lab, widgets)
            self._watch.stirred.connect(self._stirred.start)
            self._state.updated.connect(self._watch.stirred)

    # --- drawing ---------------------------------------------------------------------------------

    def _draw(self, frames: list[PointingFrame]) -> None:
        if frames != self._frames:
            self._frames = frames
            # Nothing but the frames' own ground is painted again when something under it is.
            left, self._ground = self._ground, QRegion()
            for frame in frames:
                self._ground += frame.ground()
            self.setMask(self._ground)
            self.update()
            self._wipe(left)
        self.setVisible(bool(self._frames))
        if self._fresh and self._frames:
            self._fresh = False
            if motion.may_move(self):
                self._pulse.start()

    def _wipe(self, ground: QRegion) -> None:
        """Have everything painted again where frames have been.

        What Qt itself does leaves them on what has come there from elsewhere at the same time.
        """
        for widget in self._lab.findChildren(QWidget):
            if widget.isVisible() and widget is not self:
                here = ground.translated(-widget.mapTo(self._lab, QPoint()))
                if here.intersects(widget.rect()):
                    QWidget.update(widget, here)  # item views hide it behind one of their own

    def _is_free(self, place: QRect) -> bool:
        """Say whether there is nothing to read at a place in the lab."""
        if not self.rect().contains(place):
            return False
        corners = (place.topLeft(), place.topRight(), place.bottomLeft(), place.bottomRight())
        for point in (*corners, place.center()):
            under = self._lab.childAt(point)
            if under not in (None, self._board) and under.layout() is None:
                return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        still = self._pulse.state() == QVariantAnimation.State.Stopped
        swelling = 0.0 if still else self._pulse.currentValue()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for frame in self._frames:
            frame.paint(painter, swelling)
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pulse.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()


_STIRRING = frozenset(
    (
        QEvent.Type.Resize,
        QEvent.Type.Move,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.LayoutRequest,
        QEvent.Type.LanguageChange,
        QEvent.Type.FontChange,
        QEvent.Type.StyleChange,
    )
)


class _Watch(QObject):
    """Says when widgets or what they stand in have moved, scrolled, come or gone."""

    stirred = Signal()

    def __init__(self, lab: QWidget, widgets: frozenset[QWidget]) -> None:
        super().__init__(lab)
        watched: set[QWidget] = {lab}
        for widget in widgets:
            above: QWidget | None = widget
            while above is not None and above not in watched:
                watched.add(above)
                above = above.parentWidget()
        for widget in watched:
            widget.installEventFilter(self)
            if isinstance(widget, QAbstractScrollArea):
                for bar in (widget.horizontalScrollBar(), widget.verticalScrollBar()):
                    bar.valueChanged.connect(self._tell)
                    bar.rangeChanged.connect(self._tell)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() in _STIRRING:
            self.stirred.emit()
        return False

    def _tell(self, *_: Any) -> None:
        self.stirred.emit()
