"""A formula on a single line, whose middle is left out where it is too long."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cnn_tutor.study.formula import RESULT, Line, Token
from cnn_tutor.widgets.style.rich_text import line_html
from cnn_tutor.widgets.style.sizes import px

_GAP = Token(" … ")


class FormulaLine(QLabel):
    """Writes a formula as wide as there is room; all of it is in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: Line = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_line(self, line: Line) -> None:
        """Write a formula."""
        self._line = line
        self.setToolTip(line_html(line))
        self._fit()

    @property
    def plain(self) -> str:
        """The whole formula as plain text."""
        return "".join(token.text for token in self._line)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() + px(6))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), self.fontMetrics().height() + px(6)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._fit()

    def _fit(self) -> None:
        room = self.width() - px(12)
        widths = [self._wide(token) for token in self._line]
        if sum(widths) <= room:
            self.setText(line_html(self._line))
            return
        # The end with the result stays; from the start as much as fits.
        left = room - self._wide(_GAP)
        last = len(widths)
        while last > 0 and sum(widths[last - 1 :]) <= left * 0.4:
            last -= 1
        left -= sum(widths[last:])
        first = 0
        while first < last and sum(widths[: first + 1]) <= left:
            first += 1
        # A term is written whole or not at all.
        while first > 0 and not _parts(self._line[first - 1]):
            first -= 1
        while last < len(widths) and not _parts(self._line[last]):
            last += 1
        self.setText(line_html((*self._line[:first], _GAP, *self._line[last:])))

    def _wide(self, token: Token) -> int:
        font = QFont(self.font())
        font.setBold(token.role == RESULT)
        return QFontMetrics(font).horizontalAdvance(token.text)


def _parts(token: Token) -> bool:
    """Say whether a token stands between two terms."""
    return not token.role and token.text.endswith(" ")
