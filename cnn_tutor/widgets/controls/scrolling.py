"""What scrolls where the window is too small for it, and the place of a board that is zoomed."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QStackedWidget, QWidget
from shiboken6 import isValid

from cnn_tutor.widgets.controls.fold import Fold
from cnn_tutor.widgets.style.sizes import LETTERS, measured, px

_LEAST = (240, 160)
"""Width and height of a board's place at the least, at the standard letters."""


class Scrolling(QScrollArea):
    """Scrolls without a frame, and the keyboard goes past it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class Squeezed(Scrolling):
    """Shows a part of a page in the room there is, and scrolls if that is less than its least."""

    def __init__(self, part: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self.setWidget(_Ground(part))

    def sizeHint(self) -> QSize:
        return self._part.sizeHint()


def _least_size(part: QWidget) -> QSize:
    """Return the least size of a part, with all lines of its wrapped text at the width it has."""
    if isinstance(part, QStackedWidget):
        part = cast(
            QWidget, part.currentWidget()
        )  # it would have room for those that are not shown, too
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
        return _least_size(self._part).expandedTo(self._part.minimumSize())

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

    What is in the middle stays there while sizes change; when the board is zoomed by the wheel,
    what is under the pointer stays under it.
    """

    def __init__(self, board: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(board, parent)
        self._kept: tuple[QWidget, float, float] = (board, 0.5, 0.5)
        """What is to stay where it is: a point of the board or a part of it, as shares of its
        sides."""
        self._at: QPoint | None = None
        """Where in the window it stays; None for the middle of what is in sight."""
        self._settling = False
        measured(self, lambda area: area.setMinimumSize(*map(px, _LEAST)))
        LETTERS.changed.connect(self._on_letters)
        for bar in self._bars:
            bar.rangeChanged.connect(self._settle)
            bar.valueChanged.connect(self._on_scrolled)
        self._fit()

    def hold(self, at: QPoint) -> None:
        """Keep what is at a place in the window where it is, if that is on the board."""
        here = self.viewport().mapFrom(self.window(), at)
        if self.isVisible() and self.viewport().rect().contains(here):
            self._at = at
            self._keep(here)

    def bring(self, place: QRect) -> None:
        """Scroll a place of the board into sight, its top left corner above all."""
        for point in (place.bottomRight(), place.topLeft()):
            self.ensureVisible(point.x(), point.y(), px(12), px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)
        self._settle()

    # --- inside ----------------------------------------------------------------------------------

    @property
    def _bars(self) -> tuple[QScrollBar, QScrollBar]:
        return self.horizontalScrollBar(), self.verticalScrollBar()

    def _on_letters(self) -> None:
        self._fit()
        QTimer.singleShot(0, self, self._settle_at_last)  # boards are laid out late

    def _fit(self) -> None:
        """Make the board as many times as large as it would be in this window at 100 %.

        What is around it would be smaller then, and panels would stand there that are folded now.
        """
        whole, here = self.window().size(), self.maximumViewportSize()
        folds = (fold for fold in self.window().findChildren(Fold) if fold.isVisible())
        spared = QSize(sum(fold.spared for fold in folds), 0)
        around = (whole - here + spared) / LETTERS.scale
        size = (whole - around) * LETTERS.zoom
        self._part.setMinimumSize(size if LETTERS.zoom > 1 else QSize(0, 0))

    def _keep(self, at: QPoint) -> None:
        """Keep what is in sight at a place where it is."""
        board = self._part
        there = board.mapFrom(self.viewport(), at)
        part = board.childAt(there) or board
        inside = part.mapFrom(board, there)
        self._kept = (part, inside.x() / max(part.width(), 1), inside.y() / max(part.height(), 1))

    def _settle(self) -> None:
        board, seen = self._part, self.viewport()
        part, *shares = self._kept
        if not isValid(part):  # it may have been taken off the board
            part, shares = board, [0.5, 0.5]
        inside = QPoint(round(shares[0] * part.width()), round(shares[1] * part.height()))
        there = part.mapTo(board, inside) if part is not board else inside
        at = seen.rect().center() if self._at is None else seen.mapFrom(self.window(), self._at)
        self._settling = True
        for bar, value in zip(self._bars, (there - at).toTuple(), strict=True):
            bar.setValue(value)
        self._settling = False

    def _settle_at_last(self) -> None:
        self._settle()
        self._on_scrolled()

    def _on_scrolled(self) -> None:
        if not self._settling:
            self._at = None
            self._keep(self.viewport().rect().center())
