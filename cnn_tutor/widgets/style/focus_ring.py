"""The ring around whatever has the keyboard: the same on every control, and nothing makes room."""

from __future__ import annotations

import weakref
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QRadioButton,
    QSlider,
    QTabBar,
    QWidget,
)

from cnn_tutor.widgets.style import colours

_ROUND, _APART = 6, 3
"""How round its corners are, and how far it is from what has no edge of its own, in pixels."""

_WITHOUT_EDGE = (QCheckBox, QRadioButton, QSlider, QLabel)

_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest)
_RINGS_ITSELF = "rings_itself"


def rings_itself(widget: QWidget) -> None:
    """Say that a widget paints the ring itself, around one of its parts."""
    widget.setProperty(_RINGS_ITSELF, True)


def follow_keyboard(app: QApplication) -> None:
    """Draw the ring on what has the keyboard from now on, in every window."""
    app.focusChanged.connect(_move)


class FocusRing(QWidget):
    """Lies on the edge of a control, or around one that has none; on the current one of tabs."""

    def __init__(self, around: QWidget) -> None:
        room = around.parentWidget() if isinstance(around, _WITHOUT_EDGE) else None
        super().__init__(room or around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        around.installEventFilter(self)
        self._around: Callable[[], QWidget | None] = weakref.ref(around)
        if isinstance(around, QTabBar):
            around.currentChanged.connect(self._go_to_tab)
        self._fit(around)
        self.show()

    def is_around(self, widget: QWidget) -> bool:
        """Return whether it is this control's, which keeps it while a menu has the keyboard."""
        return self._around() is widget

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._fit(watched)
        elif isinstance(event, QFocusEvent) and event.lostFocus() and not _is_lent(event):
            self._around = _nothing
            self.hide()
            self.deleteLater()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(colours.focus_pen())
            half = colours.RING / 2
            box = QRectF(self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(box, _ROUND, _ROUND)

    def _go_to_tab(self) -> None:
        self._fit(self.parent())

    def _fit(self, around: QObject | None) -> None:
        # Nothing is kept: a window that goes may still be moving when Python has let go of it.
        room = self.parentWidget()
        if not isinstance(around, QWidget) or room is None:
            return
        place: QRect = around.rect()
        if isinstance(around, QTabBar):
            place = around.tabRect(around.currentIndex())
        elif room is not around:
            place = around.geometry().adjusted(-_APART, -_APART, _APART, _APART)
            place &= room.rect()
        self.setGeometry(place)
        self.raise_()


def _nothing() -> None:
    """Stand for a control that a ring is no longer around."""


def _is_lent(event: QFocusEvent) -> bool:
    """Say whether only a menu, or the list of a box, has the keyboard for a while."""
    return event.reason() == Qt.FocusReason.PopupFocusReason


def _move(old: QWidget | None, now: QWidget | None) -> None:
    if now is None or now.isWindow() or now.property(_RINGS_ITSELF):
        return
    if now.window().windowType() == Qt.WindowType.Popup:  # which shows what is chosen itself
        return
    if not any(ring.is_around(now) for ring in now.window().findChildren(FocusRing)):
        FocusRing(now)
