"""A menu bar that is never too long for its window."""

from __future__ import annotations

from PySide6.QtGui import QActionEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenuBar, QWidget

from cnn_tutor.widgets.style.sizes import letters, sized

_DOWN, _ACROSS = 0.36, 0.7
"""What stays free over and under a menu's name, and beside it, in letters."""


class FittingMenuBar(QMenuBar):
    """Writes in the program's letters, or in the largest with which all menus have room.

    Where they are large, Qt would leave menus out, and lay the rest over the corner.
    """

    def put_corner(self, corner: QWidget) -> None:
        """Put a widget at the right end, as large as it is now."""
        self.setCornerWidget(corner)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def actionEvent(self, event: QActionEvent) -> None:
        super().actionEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self.isVisible():
            return
        for pixels in range(round(letters()), 0, -1):
            self.setFont(sized(self.font(), pixels))
            down, across = round(_DOWN * pixels), round(_ACROSS * pixels)
            self.setStyleSheet(f"QMenuBar::item {{ padding: {down}px {across}px; }}")
            if self.sizeHint().width() <= self.width():
                break
