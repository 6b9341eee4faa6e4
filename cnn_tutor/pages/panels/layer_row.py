"""The network as a chain of layers: choose one, add one, move it or take it out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from cnn_tutor.document.document import Document
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.network import INPUT
from cnn_tutor.pages.state import layer_names
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.project.project import Project
from cnn_tutor.study import words
from cnn_tutor.widgets.controls.buttons import MenuButton, with_icon
from cnn_tutor.widgets.controls.chip_row import Chip, ChipRow
from cnn_tutor.widgets.controls.layouts import fixed, named, row
from cnn_tutor.widgets.style.icons import icon
from cnn_tutor.widgets.style.sizes import LETTERS, px

_BUTTON, _BETWEEN = 30, 4


class LayerRow(QWidget):
    """One row with every layer and its output's shape; the shown one stands out.

    Layers are added after the shown one. Whatever is done here can be undone.
    """

    refused = Signal(object)
    """Emitted with the Refusal that says why a layer can't be there, or can't go."""

    def __init__(self, document: Document, state: LabState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._state = document, state
        self._showing = False
        fixed(self, high=34)
        LETTERS.changed.connect(self.restyle)
        self.row = named(ChipRow(), "chain")
        self._back = self._button("chain_back", "previous")
        self._forth = self._button("chain_forth", "next")
        self._add = self._button("chain_add", "add", MenuButton())
        self._more = self._button("chain_menu", "more", MenuButton())
        self._kinds, self._menu = QMenu(self), QMenu(self)
        for button, menu in ((self._add, self._kinds), (self._more, self._menu)):
            button.setMenu(menu)
            button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._kinds.aboutToShow.connect(self._offer_kinds)
        for button in (self._back, self._forth):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do it already
            button.setAutoRepeat(True)
        self._left = self._action("Alt+Shift+Left", lambda: self._move(-1))
        self._right = self._action("Alt+Shift+Right", lambda: self._move(1))
        self._remove = self._action("Ctrl+Del", self._take_out)
        parts = (self._add, self._more, self._back, (self.row, 1), self._forth)
        row(*parts, on=self, margins=(0, 1, 0, 1), spacing=_BETWEEN)
        self.row.chosen.connect(state.select)
        self.row.menu_wanted.connect(lambda at: self._menu.popup(at))
        self.row.turned.connect(self._show_ends)
        self._back.clicked.connect(lambda: self.row.turn(-1))
        self._forth.clicked.connect(lambda: self.row.turn(1))
        state.updated.connect(self._on_updated)
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        """Return the room for all buttons, whether there is something to turn to now or not."""
        least = self.row.minimumSizeHint().width() + 4 * px(_BUTTON) + 4 * px(_BETWEEN)
        return QSize(least, super().minimumSizeHint().height())

    @property
    def first_part(self) -> QWidget:
        return self.row

    def parts(self, name: str = "") -> list[QWidget]:
        """Return a layer's chip, the button that adds one for ``"add"``, or all for no name."""
        chips = self.row.buttons(name)
        if name:
            return [self._add] if name == "add" else chips
        return [self._add, self._more, self._back, *chips, self._forth]

    def retranslate(self) -> None:
        self._left.setText(self.tr("Move the layer left"))
        self._right.setText(self.tr("Move the layer right"))
        self._remove.setText(self.tr("Remove the layer"))
        for button, text in (
            (self._back, self.tr("Earlier layers")),
            (self._forth, self.tr("Later layers")),
            (self._add, self.tr("Add a layer after this one")),
            (self._more, self.tr("Move or remove this layer")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
        self._show_layers()

    def restyle(self) -> None:
        """Draw the icons in the colours of the theme."""
        for button in (self._back, self._forth, self._add, self._more):
            button.setIcon(icon(str(button.property("icon_name")), 18))

    # --- following -------------------------------------------------------------------------------

    def _on_updated(self, old: Snapshot, new: Snapshot, _: object) -> None:
        if not new.same_board(old):
            self._show_layers()

    def _show_layers(self) -> None:
        network, name = self._document.project.network, self._state.shown.name
        names = [INPUT, *(node.name for node in network.nodes)]
        chips = [
            Chip(n, layer_names.label(network, n), layer_names.size(network.shape(n)), n == INPUT)
            for n in names
        ]
        self.row.show_chips(chips, name)
        place = names.index(name)
        self.row.setAccessibleName(
            self.tr("Layers: {layer}, {place} of {count}").format(
                layer=f"{chips[place].name} {chips[place].detail}",
                place=place,
                count=len(network.nodes),
            )
        )
        self._left.setEnabled(place > 1)
        self._right.setEnabled(place < len(network.nodes))
        self._remove.setEnabled(len(network.nodes) > 1)
        self._show_ends()

    def _show_ends(self) -> None:
        """Offer to look further along where not every layer has room."""
        self._back.setEnabled(self.row.more_before)
        self._forth.setEnabled(self.row.more_after)
        # What comes or goes lays the row out, which asks again: to be hidden while it is still
        # being shown would leave a button in between.
        if not self._showing:
            self._showing = True
            while self._back.isHidden() == self._crowded:
                for button in (self._back, self._forth):
                    button.setVisible(self._crowded)
            self._showing = False

    @property
    def _crowded(self) -> bool:
        room = self.width() - self._add.width() - self._more.width() - 12
        return self.row.whole_width() + 4 > room

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.restyle()

    def _offer_kinds(self) -> None:
        self._kinds.clear()
        for kind in layer_names.kinds():
            action = self._kinds.addAction(words.name(f"kinds.{kind}"))
            action.triggered.connect(lambda _=False, kind=kind: self._insert(kind))

    # --- changing the network --------------------------------------------------------------------

    def _insert(self, kind: str) -> None:
        project = self._document.project
        place = project.network.position(self._state.shown.name) + 1
        text = self.tr("Add a layer: {layer}").format(layer=words.name(f"kinds.{kind}"))
        made = self._change(lambda: project.inserted(place, kind), text)
        if made is not None:
            self._state.select(made.network.nodes[place].name)

    def _move(self, by: int) -> None:
        project, name = self._document.project, self._state.shown.name
        place = project.network.position(name) + by
        if 0 <= place < len(project.network.nodes):
            text = self.tr("Move a layer: {layer}").format(layer=self._called())
            self._change(lambda: project.moved(name, place), text)

    def _take_out(self) -> None:
        project, name = self._document.project, self._state.shown.name
        text = self.tr("Remove a layer: {layer}").format(layer=self._called())
        self._change(lambda: project.removed(name), text)

    def _change(self, make: Callable[[], Project], text: str) -> Project | None:
        try:
            project = make()
            self._document.replace(project, text)
        except Refusal as refusal:
            self.refused.emit(refusal)
            return None
        return project

    def _called(self) -> str:
        return layer_names.label(self._document.project.network, self._state.shown.name)

    # --- building --------------------------------------------------------------------------------

    def _button(self, name: str, drawing: str, made: QToolButton | None = None) -> QToolButton:
        button = named(made or QToolButton(), name)
        button.setProperty("icon_name", drawing)
        button.setIcon(icon(drawing, 18))
        button.setAutoRaise(True)
        return fixed(with_icon(button, 18), _BUTTON, _BUTTON)

    def _action(self, keys: str, do: Callable[[], None]) -> QAction:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: do())
        self.addAction(action)
        self._menu.addAction(action)
        return action
