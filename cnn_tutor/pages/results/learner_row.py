"""Which learner practises: a list to choose from, and to add, rename and remove some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QMessageBox, QWidget

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.pages.results.name_dialog import NameDialog
from cnn_tutor.study import words
from cnn_tutor.widgets.controls.boxes import ChoiceBox
from cnn_tutor.widgets.controls.buttons import MenuButton, with_icon
from cnn_tutor.widgets.controls.layouts import named, row
from cnn_tutor.widgets.style.icons import icon
from cnn_tutor.widgets.style.rich_text import tip
from cnn_tutor.widgets.style.sizes import measured, px

if TYPE_CHECKING:
    from cnn_tutor.study.practice.record.store import Learner, Store

_WIDEST = 420
_ICON = 18


class LearnerRow(QWidget):
    """Shows the learners of a store; what is done to them is kept there at once."""

    learner_chosen = Signal(int)
    """Emitted with the id of the learner who practises from now on, perhaps under a new name."""
    refused = Signal(str)
    """Emitted with why something could not be kept, as a sentence."""
    _store: Store

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel()
        self._choice = named(ChoiceBox(), "learner")
        measured(self._choice, lambda choice: choice.setMaximumWidth(px(_WIDEST)))
        self._label.setBuddy(self._choice)
        self._more = named(MenuButton(), "learner_menu")
        with_icon(self._more, _ICON)
        self._menu = QMenu(self)
        self._add, self._rename, self._remove = (
            self._action(name, call)
            for name, call in (
                ("add_learner", self._ask_to_add),
                ("rename_learner", self._ask_to_rename),
                ("remove_learner", self._ask_to_remove),
            )
        )
        self._more.setMenu(self._menu)
        row(self._label, self._choice, self._more, on=self, spacing=8)
        self._choice.activated.connect(self._choose)
        self.retranslate()
        self._restyle()

    def show_learners(self, store: Store, learner: int) -> None:
        """List the learners of a store, and say which of them it is."""
        self._store = store
        self._choice.clear()
        for one in store.learners():
            self._choice.addItem(one.name, one.id)
        self._choice.setCurrentIndex(self._choice.findData(learner))
        self._choice.setToolTip(tip(self._choice.currentText()))
        self._remove.setEnabled(self._choice.count() > 1)

    def retranslate(self) -> None:
        self._label.setText(self.tr("Learner"))
        self._choice.setAccessibleName(self._label.text())
        self._more.setAccessibleName(self.tr("Add, rename or remove a learner"))
        self._more.setToolTip(self._more.accessibleName())
        self._add.setText(self.tr("Add a learner…"))
        self._rename.setText(self.tr("Rename…"))
        self._remove.setText(self.tr("Remove…"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._restyle()

    # --- what is done to learners ----------------------------------------------------------------

    def _ask_to_add(self) -> None:
        NameDialog(self.tr("Add a learner"), "", self._keep_new, self).open()

    def _ask_to_rename(self) -> None:
        learner, name = self._here()
        NameDialog(
            self.tr("Rename"), name, lambda text: self._keep_name(learner, text), self
        ).open()

    def _ask_to_remove(self) -> None:
        learner, name = self._here()
        box = named(QMessageBox(self), "remove_learner_question")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Remove a learner"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(words.say("results.remove", name=name))
        count = self._store.count(learner)
        box.setInformativeText(words.say("results.remove_lost", count=count))
        yes = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        yes.setObjectName("remove_learner_yes")
        no = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(lambda: self._take_out(learner))
        box.open()

    def _keep_new(self, name: str) -> None:
        added: Learner = self._store.add_learner(name)
        self._go_on_as(added.id)

    def _keep_name(self, learner: int, name: str) -> None:
        self._store.rename_learner(learner, name)
        self._go_on_as(learner)

    def _take_out(self, learner: int) -> None:
        try:
            self._store.remove_learner(learner)
        except Refusal as refusal:
            self.refused.emit(words.explain(refusal))
            return
        left = self._store.learners()
        if left:
            self._go_on_as(left[0].id)

    # --- inside ----------------------------------------------------------------------------------

    def _action(self, name: str, call: object) -> QAction:
        action = named(self._menu.addAction(""), name)
        action.triggered.connect(call)
        return action

    def _here(self) -> tuple[int, str]:
        return int(self._choice.currentData()), self._choice.currentText()

    def _choose(self, place: int) -> None:
        self._go_on_as(int(self._choice.itemData(place)))

    def _go_on_as(self, learner: int) -> None:
        self.show_learners(self._store, learner)
        self.learner_chosen.emit(learner)

    def _restyle(self) -> None:
        self._more.setIcon(icon("more", _ICON))
