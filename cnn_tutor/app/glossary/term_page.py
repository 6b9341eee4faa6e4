"""One term of the glossary: its names, its meaning, and how it is written in code."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from cnn_tutor.app.style import appearance
from cnn_tutor.study import words
from cnn_tutor.study.glossary import Term, glossary
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import TERM, term_link
from cnn_tutor.widgets.style.sizes import LETTERS, by_letters, measured, px

_COMMA = {"ja": "、", "en": ", "}
_APART = " &nbsp;·&nbsp; "


class TermPage(QTextBrowser):
    """Shows a term; its text can be copied, and its links lead to other terms."""

    wanted = Signal(str)
    """Emitted with the key of a term whose link was followed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("glossary_details")
        self.setOpenLinks(False)
        measured(self, lambda page: page.document().setDocumentMargin(px(18)))
        self.anchorClicked.connect(self._follow)
        self._term: Term | None = None
        LETTERS.changed.connect(self.refresh)

    def show_term(self, term: Term) -> None:
        """Write a term in the language and the theme that are on."""
        self._term = term
        parts = (self._names(term), self._meaning(term), self._code(term), self._see(term))
        self.setHtml(by_letters("".join(parts)))

    def refresh(self) -> None:
        """Write the same term anew, now that the language or the theme is another one."""
        if self._term is not None:
            self.show_term(self._term)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        ahead = event.reason() == Qt.FocusReason.TabFocusReason
        if ahead or event.reason() == Qt.FocusReason.BacktabFocusReason:
            # Qt goes on from where it left off, not from the end that the learner comes from.
            end = QTextCursor.MoveOperation.Start if ahead else QTextCursor.MoveOperation.End
            self.moveCursor(end)
            self.focusNextPrevChild(ahead)

    def _names(self, term: Term) -> str:
        theme = colours.current()
        other = "" if term.other_term == term.term else html.escape(term.other_term)
        lines = (
            f'<p style="margin: 0 0 2px 0; font-size: 24px; font-weight: bold">'
            f"{html.escape(term.term)}</p>"
            f'<p style="margin: 0 0 2px 0; font-size: 18px; color: {theme.dim}">{other}</p>'
        )
        if term.also:
            names = _COMMA[words.language()].join(term.also)
            also = html.escape(self.tr("Also: {names}").format(names=names))
            lines += f'<p style="margin: 6px 0 0 0; color: {theme.dim}">{also}</p>'
        return lines

    @staticmethod
    def _meaning(term: Term) -> str:
        text = html.escape(term.meaning, quote=False)
        return f'<p style="margin: 14px 0 16px 0; line-height: 118%">{text}</p>'

    def _code(self, term: Term) -> str:
        """Return the two rows that say how a term is written in Keras and in PyTorch."""
        theme = colours.current()
        wide = self.fontMetrics().horizontalAdvance("PyTorch") + px(30)
        cell = "vertical-align: middle; padding: 7px"
        rows = "".join(
            f'<tr><td width="{wide}" style="{cell} 0 7px 12px; color: {theme.dim}">{name}</td>'
            f"<td style='{cell} 12px 7px 0; font-family: {appearance.fixed_font()};"
            f" font-size: 13px'>{html.escape(code)}</td></tr>"
            for name, code in (("Keras", term.keras), ("PyTorch", term.pytorch))
            if code
        )
        style = f"background-color: {theme.background}; margin-top: 12px"
        return f'<table width="100%" cellspacing="0" style="{style}">{rows}</table>' if rows else ""

    def _see(self, term: Term) -> str:
        links = [term_link(key, html.escape(glossary()[key].term)) for key in term.see]
        if not links:
            return ""
        heading = html.escape(self.tr("See also"))
        return (
            f'<p style="margin: 18px 0 4px 0; font-weight: bold; color: {colours.current().dim}">'
            f'{heading}</p><p style="margin: 0; line-height: 125%">{_APART.join(links)}</p>'
        )

    def _follow(self, address: QUrl) -> None:
        self.wanted.emit(address.toString().removeprefix(TERM))
