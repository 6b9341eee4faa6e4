"""Picks which planes are seen where not all of them fit: ‹ 1–3 / 16 ›."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from cnn_tutor.widgets.controls.layouts import fixed, row


class PlanePicker(QWidget):
    """Two arrows and, between them, which of how many planes are seen."""

    picked = Signal(int)
    """Emitted with the first plane that the learner wants to see, from 0."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._first, self._seen, self._count = 0, 1, 1
        self._back = self._button(f"{name}_back", Qt.ArrowType.LeftArrow)
        self._place = QLabel()
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._forward = self._button(f"{name}_forward", Qt.ArrowType.RightArrow)
        row(self._back, self._place, self._forward, 1, on=self, spacing=2)
        self._back.clicked.connect(lambda: self.picked.emit(max(0, self._first - self._seen)))
        self._forward.clicked.connect(
            lambda: self.picked.emit(min(self._count - self._seen, self._first + self._seen))
        )
        self._retranslate()

    def show_planes(self, first: int, seen: int, count: int) -> None:
        """Say which planes are seen: ``seen`` of ``count``, from ``first`` on, counted from 0."""
        self._first, self._seen, self._count = first, seen, count
        shown = f"{first + 1}–{first + seen}" if seen > 1 else f"{first + 1}"
        self._place.setText(f"{shown} / {count}")
        arrows, at_ends = (self._back, self._forward), (first == 0, first + seen >= count)
        for arrow in arrows:
            arrow.setEnabled(True)
        for arrow, other, at_end in zip(arrows, reversed(arrows), at_ends, strict=True):
            if at_end and arrow.hasFocus():
                other.setFocus()  # or the keyboard would land just anywhere
            arrow.setEnabled(not at_end)

    def _retranslate(self) -> None:
        for button, text in (
            (self._back, self.tr("Planes before these")),
            (self._forward, self.tr("Planes after these")),
        ):
            button.setAccessibleName(text)
            button.setToolTip(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _button(self, name: str, arrow: Qt.ArrowType) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setArrowType(arrow)
        button.setAutoRaise(True)
        return fixed(button, 24, 24)
