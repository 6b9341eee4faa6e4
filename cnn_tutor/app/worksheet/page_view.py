"""The pages of a worksheet on the screen: those that will be written, drawn by the same painter."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from cnn_tutor.app.worksheet.worksheet import Draft

_SPACE = 14


class PageView(QScrollArea):
    """Shows a finished worksheet, its pages below each other and as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._sheets = _Sheets()
        self.setWidget(self._sheets)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setBackgroundRole(QPalette.ColorRole.Mid)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return self._sheets.count

    def show_draft(self, draft: Draft) -> None:
        """Show the pages of a finished worksheet, from the first on."""
        self._sheets.draft = draft
        self._fit()
        self.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show no pages."""
        self._sheets.draft = None
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._sheets.fit(self.viewport().width())


class _Sheets(QWidget):
    """Sheets of paper below each other."""

    def __init__(self) -> None:
        super().__init__()
        self.draft: Draft | None = None
        self._boxes: list[QRectF] = []
        self._scale = 0.0

    @property
    def count(self) -> int:
        return len(self._boxes)

    def fit(self, width: int) -> None:
        """Take this width, and lay the sheets out in it."""
        self._boxes, y = [], float(_SPACE)
        pages = self.draft.pages if self.draft is not None else None
        if pages is not None:
            size = QSizeF(pages.paper.page_width, pages.paper.page_height)
            self._scale = (width - 2 * _SPACE) / size.width()
            for _ in range(len(pages)):
                self._boxes.append(QRectF(QPointF(_SPACE, y), size * self._scale))
                y = self._boxes[-1].bottom() + _SPACE
        self.resize(width, round(y))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, box in enumerate(self._boxes):
            if self.draft is None or not box.intersects(QRectF(event.rect())):
                continue
            painter.fillRect(box, Qt.GlobalColor.white)
            painter.save()
            painter.setClipRect(box)
            painter.translate(box.topLeft())
            painter.scale(self._scale, self._scale)
            self.draft.paint(painter, number)
            painter.restore()
