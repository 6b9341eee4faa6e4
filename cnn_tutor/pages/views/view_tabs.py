"""The ways of looking at a layer, and the tabs to go from one to another."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from cnn_tutor.document.document import Document
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.pages.views.cells.layer_board import LayerBoard
from cnn_tutor.pages.views.view import View
from cnn_tutor.study import words
from cnn_tutor.study.boards.views import CELLS, MATRICES, NETWORK, UNITS, view_keys
from cnn_tutor.widgets.controls.boxes import CalmWheel
from cnn_tutor.widgets.controls.buttons import with_keys
from cnn_tutor.widgets.controls.layouts import named


class ViewTabs(QStackedWidget):
    """Shows the view of the layer that is on; each is made when it is first looked at."""

    edited = Signal(object, object, int)
    """Emitted when the learner wants other numbers: the Address, the numbers by their indices, and
    the gesture that they belong to."""

    reached = Signal(QRect)
    """Emitted with the place in the view that what is looked at has come to."""

    def __init__(self, document: Document, state: LabState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._state = document, state
        self._made: dict[str, View] = {}
        self._brush = False
        self.tabs = named(QTabBar(), "views")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        CalmWheel(self.tabs)
        self.board = LayerBoard(document, state, after=self.tabs)
        self._add(CELLS, self.board)
        self._show_view(state.view)
        self._write_tabs()
        self.tabs.currentChanged.connect(lambda place: state.show_view(self._at(place)))
        state.updated.connect(self._on_updated)

    @property
    def view(self) -> View:
        """The view that is on."""
        return cast(View, self.currentWidget())

    @property
    def paints(self) -> bool:
        """Whether the view that is on has cells that the learner can change."""
        shown = self._state.shown
        editable = any(shown.address(port) is not None for port in shown.shapes)
        return editable and self._state.view in (CELLS, MATRICES)

    def set_brush(self, on: bool) -> None:
        """Let drags over cells paint, or select again, in every view."""
        self._brush = on
        for view in self._made.values():
            view.set_brush(on)

    def retranslate(self) -> None:
        self.tabs.setAccessibleName(self.tr("Views"))
        self._write_tabs()
        for view in self._made.values():
            view.retranslate()

    def _on_updated(self, old: Snapshot, new: Snapshot, _: object) -> None:
        if (old.view, old.offered) != (new.view, new.offered):
            self._show_view(new.view)
            self._write_tabs()

    def _show_view(self, key: str) -> None:
        """Show a view; the keyboard goes along if it was in the one before."""
        focus = self.window().focusWidget()
        had_keyboard = focus is not None and self.isAncestorOf(focus)
        before = self.currentWidget()
        self.setCurrentWidget(self._made.get(key) or self._make(key))
        if had_keyboard and self.view is not before:
            self.view.first_part.setFocus()

    def _make(self, key: str) -> View:
        """Make one of the views that most windows never show; they are loaded only now."""
        made = {MATRICES: self._matrices, UNITS: self._units, NETWORK: self._network}[key]
        return self._add(key, made())

    def _matrices(self, tab: str = MATRICES) -> View:
        from cnn_tutor.pages.views.matrices.matrix_view import MatrixView

        return MatrixView(self._document, self._state, tab=tab)

    def _units(self) -> View:
        from cnn_tutor.pages.views.units.units_view import UnitsView

        return UnitsView(self._document, self._state, self._matrices(tab=UNITS))

    def _network(self) -> View:
        from cnn_tutor.pages.views.network.network_view import NetworkView

        return NetworkView(self._document, self._state)

    def _add(self, key: str, view: View) -> View:
        view.edited.connect(self.edited)
        view.reached.connect(self.reached)
        view.set_brush(self._brush)
        self._made[key] = view
        self.addWidget(view)
        return view

    def _at(self, place: int) -> str:
        return str(self.tabs.tabData(place))

    def _write_tabs(self) -> None:
        offered, tabs = self._state.now.offered, self.tabs
        with QSignalBlocker(tabs):  # a tab that goes away would pass for another choice
            if tuple(self._at(n) for n in range(tabs.count())) != offered:
                while tabs.count():
                    tabs.removeTab(0)
                for key in offered:
                    tabs.setTabData(tabs.addTab(""), key)
            for n, key in enumerate(offered):
                name = words.say(f"views.{key}")
                tabs.setTabText(n, name)
                tabs.setTabToolTip(n, with_keys(name, view_keys(key)))
            tabs.setCurrentIndex(offered.index(self._state.now.view))
