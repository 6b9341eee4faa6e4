"""A panel at the right of a page: a column of parts that scrolls up and down."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from cnn_tutor.widgets.controls.layouts import column, named, row
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
        self.page = named(QWidget(), f"{name}_page")
        self.column = column(on=self.page, margins=(edge, 8, edge, 10), spacing=5)
        self.setWidget(self.page)

    def restyle(self) -> None:
        """Write what has colours of its own in those of the theme."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._theme is not colours.current():
            self._theme = colours.current()
            self.restyle()


def lay_out_page(page: QWidget, centre: QWidget, panel: SidePanel, *under: QWidget) -> None:
    """Put a panel at the right of what a page is about, and what is ``under`` both, if anything."""
    upper = row((centre, 1), panel, spacing=0)
    column((upper, 1), *under, on=page, spacing=0)
