"""A panel at the right of a page: a column of parts that scrolls up and down."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget

from cnn_tutor.widgets.controls.fold import Fold, FoldButton
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.scrolling import Scrolling, Squeezed
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.sizes import measured, px

_WIDTH = 304
KEYS = "Ctrl+Shift+B"
"""Folds the panel away, or shows it again."""


class SidePanel(Scrolling):
    """Has a ``column``, on a ``page``, for what stands in the panel; ``edge`` is beside it.

    The button that folds it away, ``folding``, is to stand at the right of what is first in it.
    """

    def __init__(self, name: str, edge: int, parent: QWidget | None = None) -> None:
        self.page = named(QWidget(), f"{name}_page")
        super().__init__(parent)
        self._theme = colours.current()
        self.setWidget(self.page)
        self.setObjectName(name)
        measured(self, lambda panel: panel.setFixedWidth(px(_WIDTH)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column = column(on=self.page, margins=(edge, 8, edge, 10), spacing=5)
        self.folding = FoldButton("fold_panel", _hides, KEYS, False, self.page)

    def restyle(self) -> None:
        """Write what has colours of its own in those of the theme."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._theme is not colours.current():
            self._theme = colours.current()
            self.restyle()


def lay_out_page(page: QWidget, centre: QWidget, panel: SidePanel, *under: QWidget) -> Fold:
    """Put a panel at the right of what a page is about, and what is ``under`` both, if anything.

    Return what folds the panel away.
    """
    fold = Fold(panel, panel.folding, _shows, KEYS, at_left=False)
    upper = row((Squeezed(centre), 1), fold, spacing=0)
    column((upper, 1), *under, on=page, spacing=0)
    return fold


def _hides() -> str:
    return QCoreApplication.translate("SidePanel", "Hide the panel")


def _shows() -> str:
    return QCoreApplication.translate("SidePanel", "Show the panel")
