"""The ways of looking at a layer, and the tabs to go from one to another."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from cnn_tutor.document.document import Document
from cnn_tutor.pages.state.focus import Focus
from cnn_tutor.pages.state.offers import CELLS, MATRICES, NETWORK, OFFERS, UNITS
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.pages.views.cells.layer_board import LayerBoard
from cnn_tutor.study import words
from cnn_tutor.widgets.controls.boxes import CalmWheel


class View(Protocol):
    """What every view can be asked for."""

    edited: SignalInstance

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first."""

    def set_brush(self, on: bool) -> None:
        """Let drags over cells paint, or select again."""

    def retranslate(self) -> None:
        """Put every word into the language that is on."""


_CLASSES = {
    MATRICES: ("matrices.matrix_view", "MatrixView"),
    UNITS: ("units.units_view", "UnitsView"),
    NETWORK: ("network.network_view", "NetworkView"),
}
"""Where the views are that most windows never show; they are loaded when they are asked for."""


class Views(QStackedWidget):
    """Shows one view of the layer at a time; a view is made when it is first looked at."""

    edited = Signal(object, object, int)
    """An Address, the numbers that the learner wants there, and the gesture they belong to."""

    offered_changed = Signal()
    """Another layer is shown, which may have other views."""

    def __init__(
        self, document: Document, shown: ShownLayer, focus: Focus, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._shown, self._focus = document, shown, focus
        self._made: dict[str, QWidget] = {}
        self._key = ""
        self._brush = False
        self.tabs = QTabBar()
        self.tabs.setObjectName("views")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        CalmWheel(self.tabs)
        self.tabs.currentChanged.connect(lambda place: self.show_view(self._at(place)))
        self.board = LayerBoard(document, shown, focus)
        self.board.comes_after = self.tabs
        self._add(CELLS, self.board)
        self.show_view(CELLS)
        document.replaced.connect(self._offer)
        shown.changed.connect(self._offer)

    @property
    def key(self) -> str:
        """The key of the view that is on."""
        return self._key

    @property
    def view(self) -> View:
        """The view that is on."""
        return cast(View, self.currentWidget())

    @property
    def offered(self) -> list[str]:
        """The keys of the views that have something to show of the layer."""
        return [key for key, has_any in OFFERS.items() if has_any(self._shown)]

    def show_view(self, key: str) -> None:
        """Go to a view, or to the board where the layer has no such view."""
        key = key if key in self.offered else CELLS
        if key != self._key:
            focus = self.window().focusWidget()
            had_keyboard = focus is not None and self.isAncestorOf(focus)
            self._key = key
            self.setCurrentWidget(self._made.get(key) or self._make(key))
            if had_keyboard:
                self.view.first_part.setFocus()
        self._write_tabs()

    @property
    def paints(self) -> bool:
        """Whether the view that is on has cells that the learner can change."""
        editable = any(self._shown.address(port) is not None for port in self._shown.shapes)
        return editable and self._key in (CELLS, MATRICES)

    def set_brush(self, on: bool) -> None:
        """Let drags over cells paint, or select again, in every view."""
        self._brush = on
        for view in self._made.values():
            cast(View, view).set_brush(on)

    def retranslate(self) -> None:
        """Put every word into the language that is on."""
        self.tabs.setAccessibleName(self.tr("Views"))
        self._write_tabs()
        for view in self._made.values():
            cast(View, view).retranslate()

    def _offer(self) -> None:
        self.show_view(self._key)
        self.offered_changed.emit()

    def _make(self, key: str) -> QWidget:
        module, name = _CLASSES[key]
        made = getattr(import_module(f"cnn_tutor.pages.views.{module}"), name)
        view = made(self._document, self._shown, self._focus)
        view.opened.connect(lambda: self.show_view(CELLS))
        return self._add(key, view)

    def _add(self, key: str, view: QWidget) -> QWidget:
        cast(View, view).edited.connect(self.edited)
        cast(View, view).set_brush(self._brush)
        self._made[key] = view
        self.addWidget(view)
        return view

    def _at(self, place: int) -> str:
        return str(self.tabs.tabData(place))

    def _write_tabs(self) -> None:
        offered, tabs = self.offered, self.tabs
        was = tabs.blockSignals(True)
        if [self._at(n) for n in range(tabs.count())] != offered:
            while tabs.count():
                tabs.removeTab(0)
            for key in offered:
                tabs.setTabData(tabs.addTab(""), key)
        for n, key in enumerate(offered):
            tabs.setTabText(n, words.say(f"views.{key}"))
        tabs.setCurrentIndex(offered.index(self._key))
        tabs.blockSignals(was)
