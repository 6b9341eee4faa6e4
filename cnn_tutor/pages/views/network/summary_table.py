"""The layers of the network as a table: names, output shapes and parameters, as Keras sums up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Document
from cnn_tutor.engine.network import INPUT
from cnn_tutor.pages.state import layer_names
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.study import numbers, words
from cnn_tutor.widgets.grids.answer_model import ModelIndex
from cnn_tutor.widgets.grids.plain_table import PlainTable, TextModel

_KIND = 1
_NUMBERS = (3,)
"""The columns with numbers, flush right."""


class _Row(NamedTuple):
    name: str
    """The node's name; empty for the line with the total."""

    cells: tuple[str, ...]


class SummaryTable(PlainTable):
    """Shows what each layer puts out and how many numbers it learns; a row chooses its layer."""

    def __init__(self, document: Document, state: LabState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("summary")
        self._document, self._state = document, state
        self._model = _SummaryModel(self)
        self.setModel(self._model)
        self.set_spare_column(_KIND)
        self.retranslate()
        state.updated.connect(self._on_updated)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Summary of the network"))
        self._show_network()

    def currentChanged(self, current: ModelIndex, previous: ModelIndex) -> None:
        super().currentChanged(current, previous)
        name = self._model.name(current.row())
        if current.isValid() and name not in ("", INPUT) and name != self._state.shown.name:
            self._state.select(name)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_network()  # what it scrolls to hangs on its height

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._show_network()

    def _on_updated(self, old: Snapshot, new: Snapshot, _: object) -> None:
        if not new.same_board(old):
            self._show_network()

    def _show_network(self) -> None:
        titles = [self.tr("Layer"), self.tr("Kind"), self.tr("Output"), self.tr("Parameters")]
        self._model.show(self._rows(), titles)
        self.claim()
        chosen = self._model.index(self._model.row(self._state.shown.name), 0)
        self.setCurrentIndex(chosen)
        self.scrollTo(chosen.siblingAtRow(chosen.row() + 1))  # under the last one is the total
        self.scrollTo(chosen)

    def _rows(self) -> list[_Row]:
        network = self._document.project.network
        rows = [
            _Row(INPUT, (words.name("layers.x"), "", layer_names.size(network.input_shape), ""))
        ]
        for node in network.nodes:
            kind = words.name(f"kinds.{node.layer.kind}")
            count = node.layer.parameters(network.shapes(node.name))
            size = layer_names.size(network.shape(node.name))
            rows.append(_Row(node.name, (node.name, kind, size, numbers.show(count))))
        return [*rows, _Row("", (self.tr("Total"), "", "", numbers.show(network.parameters)))]


class _SummaryModel(TextModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(_NUMBERS, parent)
        self._names: list[str] = []

    def show(self, rows: list[_Row], titles: list[str]) -> None:
        """Show these rows, unless they are the ones that it shows already."""
        texts: list[Sequence[str]] = [row.cells for row in rows]
        if (texts, titles) != (self._texts, self._titles):
            self._names = [row.name for row in rows]
            self.show_texts(texts, titles)

    def name(self, row: int) -> str:
        return self._names[row] if 0 <= row < len(self._names) else ""

    def row(self, name: str) -> int:
        return self._names.index(name)

    def flags(self, index: ModelIndex) -> Qt.ItemFlag:
        if self.name(index.row()) in ("", INPUT):
            return Qt.ItemFlag.NoItemFlags  # nothing to choose; the arrow keys pass it by
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.FontRole and not self._names[index.row()]:
            bold = QFont(QGuiApplication.font())
            bold.setBold(True)
            return bold
        return super().data(index, role)
