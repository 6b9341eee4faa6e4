"""A label whose text runs over several lines and always gets the height for them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent, QTextDocumentFragment
from PySide6.QtWidgets import QLabel, QWidget

_BY_MOUSE = Qt.TextInteractionFlag.LinksAccessibleByMouse
_BY_KEYS = Qt.TextInteractionFlag.LinksAccessibleByKeyboard


class WrappedLabel(QLabel):
    """Claims the height that its wrapped text needs; a plain label lets layouts squeeze it.

    Links in its text are followed by a click, or by Tab and Enter; ``linkActivated`` says which.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # addresses tell nobody much
        self._linked = False
        self._others: tuple[str, ...] = ()

    def make_room_for(self, *texts: str) -> None:
        """Claim the height of the highest of these texts, too, which may come later."""
        self._others = texts
        self._claim()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._offer_links("<a href=" in text)
        self._claim()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        ahead = event.reason() == Qt.FocusReason.TabFocusReason
        if ahead or event.reason() == Qt.FocusReason.BacktabFocusReason:
            # Qt goes on from where it left off, not from the end that the learner comes from.
            self.setSelection(0 if ahead else len(self.accessibleName()), 0)
            self.focusNextPrevChild(ahead)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._claim()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._claim()
        elif event.type() == QEvent.Type.PaletteChange and self._linked:
            text = self.text()
            super().setText("")  # links take their colour when the text is read
            super().setText(text)

    def _offer_links(self, linked: bool) -> None:
        """Be a stop for the keyboard, with a name to be read out, as long as there are links."""
        if linked:
            self.setAccessibleName(QTextDocumentFragment.fromHtml(self.text()).toPlainText())
        if linked == self._linked:
            return
        self._linked = linked
        self.setTextInteractionFlags(_BY_MOUSE | _BY_KEYS if linked else _BY_MOUSE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if linked else Qt.FocusPolicy.NoFocus)
        if not linked:
            self.setAccessibleName("")
            if self.hasFocus():
                self.focusNextChild()

    def _claim(self) -> None:
        self.setMinimumHeight(0)  # or the old claim would count as a need of the text
        shown, high = self.text(), self.heightForWidth(self.width())
        for text in self._others:
            super().setText(text)
            high = max(high, self.heightForWidth(self.width()))
        if self._others:
            super().setText(shown)
        self.setMinimumHeight(max(0, high))
