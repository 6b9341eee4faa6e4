"""The glossary: look up a word in Japanese, in English, or as Keras and PyTorch write it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QStackedWidget, QWidget

from cnn_tutor.app.glossary.term_list import TermList
from cnn_tutor.app.glossary.term_page import TermPage
from cnn_tutor.study.glossary import find, glossary
from cnn_tutor.widgets.controls.layouts import column, fitting, fixed, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style.sizes import measured

_LIST_WIDTH = 252


class GlossaryWindow(QDialog):
    """A window beside the program's, with all terms to look through and a field to search them.

    It blocks nothing and remembers nothing; who holds it opens it with :meth:`show_term`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("glossary")
        self._field = QLineEdit()
        self._field.setObjectName("glossary_search")
        self._field.setClearButtonEnabled(True)
        self._terms = fixed(TermList(), _LIST_WIDTH)
        self._page = TermPage()
        self._nothing = WrappedLabel()
        self._nothing.setObjectName("glossary_nothing")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._build()
        self._field.textChanged.connect(lambda: self._search(anew=True))
        self._terms.chosen.connect(lambda key: self._page.show_term(glossary()[key]))
        self._terms.typed.connect(self._type)
        self._terms.left.connect(self._field.setFocus)
        self._page.wanted.connect(self._choose)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._seek)
        self.retranslate()
        self.resize(fitting(self, 760, 500))
        measured(self, lambda window: window.setMinimumSize(fitting(window, 640, 360)))

    def show_term(self, key: str = "") -> None:
        """Open the window at a term, or ready for a search. KeyError if there is no such term."""
        if key:
            self._choose(glossary()[key].key)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        if self.isVisible():
            self.raise_()
        self.show()
        self.activateWindow()
        if key:
            self._terms.setFocus()
        else:
            self._seek()

    def retranslate(self) -> None:
        """Put every word into the language that is on."""
        self.setWindowTitle(self.tr("Glossary"))
        self._field.setPlaceholderText(self.tr("Search in Japanese, English, Keras or PyTorch"))
        self._field.setAccessibleName(self.tr("Search the glossary"))
        self._terms.setAccessibleName(self.tr("Terms"))
        self._page.setAccessibleName(self.tr("Meaning of the term"))
        self._search()
        self._page.refresh()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        found = QWidget()
        row(self._terms, (self._page, 1), on=found, spacing=12)
        empty = QWidget()
        column(1, self._nothing, 1, on=empty, margins=(48, 0, 48, 40))
        self._stack = QStackedWidget()
        self._stack.addWidget(found)
        self._stack.addWidget(empty)
        column(self._field, (self._stack, 1), on=self, margins=(16, 16, 16, 16), spacing=12)

    # --- searching -------------------------------------------------------------------------------

    def _search(self, anew: bool = False) -> None:
        """List what the field's text finds, all terms where it is empty.

        A new search chooses what it finds first, another language keeps what is chosen.
        """
        text = self._field.text().strip()
        terms = find(text)
        self._terms.fill(terms, terms[0].key if anew and text and terms else self._terms.key)
        self._nothing.setText(
            self.tr(
                "No term is called “{text}”.\n"
                "Try fewer letters or the other language, or clear the field to see all terms."
            ).format(text=text)
        )
        self._stack.setCurrentIndex(0 if terms else 1)

    def _seek(self) -> None:
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def _type(self, text: str) -> None:
        """Go on with a search with a letter that was typed over the list."""
        self._field.setFocus()
        self._field.end(False)
        self._field.insert(text)

    def _choose(self, key: str) -> None:
        """Show a term, even one that the search has left out."""
        if not self._terms.choose(key):
            self._field.clear()
            self._terms.choose(key)

    # --- events ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Down or not self._field.hasFocus():
            super().keyPressEvent(event)
        elif self._terms.key:
            self._terms.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._page.refresh()
