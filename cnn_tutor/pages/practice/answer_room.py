"""The room in which the line of answers stands; it scrolls where that is too high."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from cnn_tutor.pages.practice.answer_line import AnswerLine
from cnn_tutor.widgets.style.sizes import px

_LOWEST = 64
"""It is never lower than this, in pixels: a box with its sign has to be seen."""


class AnswerRoom(QScrollArea):
    """Holds the line, and is shown as long as that is; as high as it, or as high as can be."""

    def __init__(self, line: AnswerLine, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("answer_room")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.viewport().setAutoFillBackground(False)
        self._line, self._alone = line, False
        self.setWidget(line)
        line.setAutoFillBackground(False)
        # With the layer under it.
        line.entered.connect(lambda box: self.ensureWidgetVisible(box, 0, 3 * box.height()))

    def stand_alone(self, alone: bool) -> None:
        """Take all the height that there is, as without a board, or only what the line needs."""
        self._alone = alone
        policy = self.sizePolicy()
        expands, fixed = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed
        policy.setVerticalPolicy(expands if alone else fixed)
        policy.setVerticalStretch(int(alone))
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return self._line.sizeHint()

    def minimumSizeHint(self) -> QSize:
        least = self._line.minimumSizeHint()
        return QSize(least.width(), px(_LOWEST)) if self._alone else least

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(event.type() == QEvent.Type.ShowToParent)
        elif event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
