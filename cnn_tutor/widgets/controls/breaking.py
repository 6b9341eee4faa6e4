"""A row that breaks into two lines where there is too little room for one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget, QWidgetItem

from cnn_tutor.widgets.controls.layouts import Margins, row


class BreakingRow(QWidget):
    """Has a part that takes the room there is and another beside it, or under it at the right."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        spacing: int,
        margins: Margins = (0, 0, 0, 0),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._first, self._second = first, second
        policy = second.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Minimum)
        second.setSizePolicy(policy)
        self._box = row((first, 1), second, on=self, margins=margins, spacing=spacing)

    def minimumSizeHint(self) -> QSize:
        least = self._box.minimumSize()
        if self._box.direction() == QBoxLayout.Direction.LeftToRight:
            wide = max(self._first.minimumSizeHint().width(), self._second.sizeHint().width())
            margins = self._box.contentsMargins()
            least.setWidth(wide + margins.left() + margins.right())
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._break()
        return super().event(event)

    # --- inside ----------------------------------------------------------------------------------

    def _break(self) -> None:
        margins = self._box.contentsMargins()
        first, second = (QWidgetItem(part).minimumSize() for part in (self._first, self._second))
        around = self._box.spacing() + margins.left() + margins.right()
        needed = first.width() + second.width() + around
        ways = QBoxLayout.Direction
        way = ways.LeftToRight if needed <= self.width() else ways.TopToBottom
        if way != self._box.direction():
            right = Qt.AlignmentFlag.AlignRight
            self._box.setDirection(way)
            self._box.setAlignment(
                self._second, right if way == ways.TopToBottom else Qt.AlignmentFlag(0)
            )
            self.updateGeometry()
