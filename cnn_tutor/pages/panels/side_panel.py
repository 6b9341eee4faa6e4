"""A panel at the right of a page: a column of parts that scrolls up and down."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cnn_tutor.widgets.style import colours

_WIDTH = 304


class SidePanel(QScrollArea):
    """Has a ``column``, on a ``page``, for what stands in the panel; ``edge`` is beside it."""

    def __init__(self, name: str, edge: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = colours.current()
        self.setObjectName(name)
        self.setFixedWidth(_WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page = QWidget()
        self.page.setObjectName(f"{name}_page")
        self.column = QVBoxLayout(self.page)
        self.column.setContentsMargins(edge, 8, edge, 10)
        self.column.setSpacing(5)
        self.setWidget(self.page)

    def restyle(self) -> None:
        """Write what has colours of its own in those of the theme."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._theme is not colours.current():
            self._theme = colours.current()
            self.restyle()


def lay_out_page(page: QWidget, centre: QWidget, panel: SidePanel, player: QWidget) -> None:
    """Put a panel at the right of what a page is about, and the player under both."""
    upper, whole = QHBoxLayout(), QVBoxLayout(page)
    for layout in (upper, whole):
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
    upper.addWidget(centre, 1)
    upper.addWidget(panel)
    whole.addLayout(upper, 1)
    whole.addWidget(player)
