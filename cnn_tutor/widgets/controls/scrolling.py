"""What scrolls where the window is too small for it, and the place of a board that is zoomed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from cnn_tutor.widgets.style.sizes import LETTERS, measured, px

_LEAST = (240, 160)
"""Width and height of a board's place at the least, at the standard letters."""


class Scrolling(QScrollArea):
    """Scrolls without a frame; the keyboard goes past it, and Ctrl with the wheel is no scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the window zooms
        else:
            super().wheelEvent(event)


class Squeezed(Scrolling):
    """Shows a part of a page in the room there is, and scrolls if that is less than its least."""

    def __init__(self, part: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self.setWidget(_Ground(part))

    def sizeHint(self) -> QSize:
        return self._part.sizeHint()


def least_size(part: QWidget) -> QSize:
    """Return the least size of a part, with all lines of its wrapped text at the width it has."""
    least, layout = part.minimumSizeHint(), part.layout()
    if layout is not None and layout.hasHeightForWidth():
        wide = max(part.width(), least.width())
        least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(wide)))
    return least


class _Ground(QWidget):
    """Is as large as the part that stands on it.

    By itself a scroll area would not squeeze a part with wrapped text, but give it all the height
    that it would like to have.
    """

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self._part = part
        part.setParent(self)

    def minimumSizeHint(self) -> QSize:
        return least_size(self._part).expandedTo(self._part.minimumSize())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._part.resize(event.size())
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # text is wrapped otherwise now


class ZoomArea(Squeezed):
    """The place of a board, which is larger than it where the board is zoomed in.

    The point of the board that is in the middle stays there while sizes change; when it is zoomed
    by the wheel, the one under the pointer stays under it.
    """

    def __init__(self, board: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(board, parent)
        self._kept = (0.5, 0.5)
        """The point of the board that is to stay where it is, as shares of its sides."""
        self._at = (0.5, 0.5)
        """Where it stays, as shares of the sides of what is in sight."""
        self._settling = False
        measured(self, lambda area: area.setMinimumSize(*map(px, _LEAST)))
        LETTERS.changed.connect(self._fit)
        for bar in self._bars:
            bar.rangeChanged.connect(self._settle)
            bar.valueChanged.connect(self._on_scrolled)
        self._fit()

    def bring(self, place: QRect) -> None:
        """Scroll a place of the board into sight, its top left corner above all."""
        for point in (place.bottomRight(), place.topLeft()):
            self.ensureVisible(point.x(), point.y(), px(12), px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._keep(event.position())
        super().wheelEvent(event)

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _bars(self) -> tuple[QScrollBar, QScrollBar]:
        return self.horizontalScrollBar(), self.verticalScrollBar()

    def _fit(self) -> None:
        """Make the board as many times as large as it would be in this window at 100 %.

        What is around it would leave it more room then.
        """
        whole, here = self.window().size(), self.maximumViewportSize()
        around = (whole - here) / LETTERS.scale
        size = ((whole - around) * LETTERS.zoom).expandedTo(here)
        self._part.setMinimumSize(size if LETTERS.zoom > 1 else QSize(0, 0))

    def _keep(self, at: QPointF) -> None:
        """Keep the point of the board where it is that is in sight at a place."""
        board, seen = self._part, self.viewport()
        there = board.mapFrom(seen, at)
        self._kept = (there.x() / max(board.width(), 1), there.y() / max(board.height(), 1))
        self._at = (at.x() / max(seen.width(), 1), at.y() / max(seen.height(), 1))

    def _settle(self) -> None:
        board, seen = self._part, self.viewport()
        sides = ((board.width(), seen.width()), (board.height(), seen.height()))
        self._settling = True
        for bar, (whole, part), kept, at in zip(
            self._bars, sides, self._kept, self._at, strict=True
        ):
            bar.setValue(round(kept * whole - at * part))
        self._settling = False

    def _on_scrolled(self) -> None:
        if not self._settling:
            self._keep(QPointF(self.viewport().rect().center()))
