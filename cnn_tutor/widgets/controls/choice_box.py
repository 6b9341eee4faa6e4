"""A box to choose one of several names from."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QWidget

from cnn_tutor.widgets.controls.calm_wheel import CalmWheel


class ChoiceBox(QComboBox):
    """Is as wide as its widest name, and is changed by a choice only.

    Qt's own stays as wide as the widest name it ever had, and a wheel that passes changes it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        CalmWheel(self)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
