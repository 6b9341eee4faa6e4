"""The shown layer, or the whole network, as a program for each framework."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QLabel,
    QPlainTextEdit,
    QTabBar,
    QToolButton,
    QWidget,
)

from cnn_tutor.document.document import Document
from cnn_tutor.engine import program
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.study import comments
from cnn_tutor.widgets.controls.boxes import CalmWheel, ChoiceBox
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.style.icons import icon
from cnn_tutor.widgets.style.sizes import measured, px

_COPIED_MS = 1500
_WAIT_MS = 60
_LEAST_HEIGHT = 120


class CodePanel(QWidget):
    """Shows programs that print the very numbers on the board, and copies them."""

    def __init__(
        self, document: Document, shown: ShownLayer, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._shown = document, shown
        self._title = QLabel()
        self._title.setProperty("heading", True)
        self._of = named(ChoiceBox(), "code_of")
        self._of.addItems(["", ""])
        self._of.activated.connect(lambda _: self.offer())
        self._tabs = named(QTabBar(), "code_tabs")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        CalmWheel(self._tabs)
        self._tabs.currentChanged.connect(self.finish)
        self._copy = named(QToolButton(), "copy_code")
        self._copy.setIcon(icon("copy", 18))
        self._copy.clicked.connect(self._copy_code)
        self._code = named(QPlainTextEdit(), "code")
        self._code.setReadOnly(True)
        self._code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        measured(self._code, lambda code: code.setMinimumHeight(px(_LEAST_HEIGHT)))
        self._code.setTabChangesFocus(True)
        of = row(self._title, 1, self._of)
        frameworks = row(self._tabs, 1, self._copy)
        column(of, frameworks, (self._code, 1), on=self, spacing=5)
        # The program is long to write out and read last: it waits until all else is painted.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.finish)

    @property
    def chain(self) -> list[QWidget]:
        """What the keyboard goes through, in reading order."""
        return [self._of, self._tabs, self._copy, self._code]

    def retranslate(self) -> None:
        self._title.setText(self.tr("Code"))
        self._of.setItemText(0, self.tr("This layer"))
        self._of.setItemText(1, self.tr("Whole network"))
        self._of.setAccessibleName(self.tr("What the code computes"))
        self._tabs.setAccessibleName(self.tr("Framework"))
        self._copy.setAccessibleName(self.tr("Copy the code"))
        self._copy.setToolTip(self.tr("Copy the code"))
        self._code.setAccessibleName(self.tr("The same layer as code"))
        self.refresh()

    def offer(self) -> None:
        """Offer the frameworks that there are programs for; a layer is another one now."""
        names = list(self._programs())
        if names != [self._tabs.tabText(n) for n in range(self._tabs.count())]:
            while self._tabs.count():
                self._tabs.removeTab(0)
            for framework in names:
                self._tabs.addTab(framework)
        self._of.setVisible(self._several)
        self.setVisible(bool(names) or self._several)
        self.refresh()

    def refresh(self) -> None:
        """Write the program anew soon: numbers are others now."""
        self._timer.start()

    def finish(self) -> None:
        """Write the program now."""
        self._timer.stop()
        text = self._programs().get(self._tabs.tabText(self._tabs.currentIndex()), "")
        text = comments.translated(text)
        if text != self._code.toPlainText():
            self._code.setPlainText(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._copy.setIcon(icon("copy", 18))

    @property
    def _several(self) -> bool:
        return len(self._document.project.network.nodes) > 1

    def _programs(self) -> Mapping[str, str]:
        if self._of.currentIndex() == 1 and self._several:
            nodes = self._document.project.network.nodes
            chain = [(node.name, node.layer, node.tensors) for node in nodes]
            return program.of_network(self._document.project.x, chain)
        return program.of_layer(self._shown.layer, self._shown.tensors)

    def _copy_code(self) -> None:
        self.finish()
        QGuiApplication.clipboard().setText(self._code.toPlainText())
        self._copy.setIcon(icon("copied", 18))
        QTimer.singleShot(_COPIED_MS, self._copy, lambda: self._copy.setIcon(icon("copy", 18)))
