"""A chip: a button with a name and, in a quieter tone, a detail."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import tip
from cnn_tutor.widgets.style.sizes import scaled

HEIGHT = 28
"""The height of a chip, in pixels."""

_SIDE = 10
_GAP = 7


@dataclass(frozen=True)
class Chip:
    """A name with a detail in a quieter tone; ``key`` tells it apart. Some can't be chosen."""

    key: str
    name: str
    detail: str
    fixed: bool = False


class ChipButton(QAbstractButton):
    """Shows a chip; the chosen one is filled with the accent's colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chip = Chip("", "", "")
        self._brief = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the row has the keyboard
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_chip(self, chip: Chip) -> None:
        """Show this chip."""
        self.chip = chip
        self.setText(f"{chip.name} {chip.detail}")
        self.setToolTip(tip(self.text()))
        self.setObjectName(f"chip[{chip.key}]")
        self.setEnabled(not chip.fixed)
        self.update()

    def set_brief(self, brief: bool) -> None:
        """Leave the detail out, unless the chip is the chosen one: room is short."""
        self._brief = brief
        self.update()

    def sizeHint(self) -> QSize:
        name, detail = self._fonts()
        width = QFontMetrics(name).horizontalAdvance(self.chip.name) + 2 * _SIDE + 2
        if self._detail:
            width += _GAP + QFontMetrics(detail).horizontalAdvance(self._detail)
        return QSize(width, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, checked, fixed = colours.current(), self.isChecked(), self.chip.fixed
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        hover = self.underMouse() and self.isEnabled()
        edge = theme.accent if hover else theme.line
        fill = theme.accent if checked else theme.background if fixed else theme.panel
        name, detail = self._fonts()
        rect = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen if checked else colours.colour(edge))
            painter.setBrush(colours.colour(fill))
            painter.drawRoundedRect(box, 7, 7)
            painter.setFont(name)
            painter.setPen(colours.colour(theme.on_accent if checked else theme.text))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, self.chip.name)
            painter.setFont(detail)
            painter.setPen(colours.colour(theme.on_accent if checked else theme.dim))
            ends = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(rect, ends, self._detail)

    @property
    def _detail(self) -> str:
        return "" if self._brief and not self.isChecked() else self.chip.detail

    def _fonts(self) -> tuple[QFont, QFont]:
        return self.font(), scaled(self.font(), 0.88)
