"""What a screen reader says though the keyboard does not come to it: verdicts, tasks, hints."""

from __future__ import annotations

import re
import weakref

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    Qt,
    QTextDocumentFragment,
    QWindow,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTableView, QWidget
from shiboken6 import isValid

_PAUSE_MS = 150
"""What is to be said waits so long for more, and for the keyboard to come to rest: what it comes
to is said at once, and would cut off what was begun before."""

_WAITS = 20
"""Pauses for which the first words wait for the screen reader: Qt finds it once a window is up."""

_SIGNS = re.compile(r"\s*[←→⏎✓✗▸]\s*")
_FOR_EARS = str.maketrans({"·": "×", "\u00a0": " ", "\u2002": " ", "\u2028": "\n"})


def spoken(text: str) -> str:
    """Return a text as it is read out: without HTML, and without signs that only show the way."""
    if Qt.mightBeRichText(text):
        text = QTextDocumentFragment.fromHtml(text).toPlainText()
    return _SIGNS.sub(" ", text.translate(_FOR_EARS)).strip()


class Announcer(QObject):
    """Hands to the screen reader, if one is on, what is to be said, in one piece.

    It waits until the program's window is the one that is used.
    """

    said = Signal(str)
    """Emitted with what was handed to the screen reader."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[str, tuple[weakref.ref[QWidget], str, bool]] = {}
        self._waits = _WAITS
        self._timer = QTimer()  # of no window's, and it ends by itself
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._say)

    @property
    def wanted(self) -> bool:
        """Whether anything listens."""
        return QAccessible.isActive()

    def announce(self, widget: QWidget, text: str, topic: str = "", urgent: bool = False) -> None:
        """Say a text, plain or rich, if the widget that shows it can be seen.

        Of several texts on one ``topic`` only the last is said, and an empty one takes back what
        waits there. What is ``urgent`` is said before what is being read out.
        """
        topic = topic or text
        self._waiting.pop(topic, None)
        if text and (self.wanted or self._waits):
            self._waiting[topic] = weakref.ref(widget), text, urgent
            self._timer.start()

    def follow_keyboard(self, application: QApplication) -> None:
        """Say the item at which the keyboard is when it comes to a list or a table.

        Qt says only which list it is.
        """
        application.focusChanged.connect(self._on_focus_changed)
        application.focusWindowChanged.connect(self._on_window_changed)

    def _say(self) -> None:
        window = QApplication.activeWindow()
        if window is None:
            return
        if not self.wanted and self._waits:
            self._waits -= 1
            self._timer.start()
            return
        self._waits = 0
        waiting = self._waiting.values()
        seen = [(text, urgent) for shown, text, urgent in waiting if _is_seen(shown())]
        self._waiting.clear()
        if self.wanted and (text := "\n".join(filter(None, (spoken(text) for text, _ in seen)))):
            event = QAccessibleAnnouncementEvent(window, text)
            if any(urgent for _, urgent in seen):
                event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(event)
            self.said.emit(text)

    def _on_window_changed(self, window: QWindow | None) -> None:
        if window is not None and self._waiting:
            self._timer.start()

    def _on_focus_changed(self, _: QWidget | None, now: QWidget | None) -> None:
        if self.wanted and isinstance(now, QAbstractItemView):
            QTimer.singleShot(0, now, lambda: _say_item(now))


def _is_seen(widget: QWidget | None) -> bool:
    return widget is not None and isValid(widget) and widget.isVisible()


def _say_item(view: QAbstractItemView) -> None:
    at = view.currentIndex()
    if view.hasFocus() and at.isValid():
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(_child(view, at.row(), at.column()))
        QAccessible.updateAccessibility(event)


def _child(view: QAbstractItemView, row: int, column: int) -> int:
    """Return the place of an item among all that a list or a table has, as Qt counts them.

    A table's headers count as a row and a column, shown or not.
    """
    if not isinstance(view, QTableView):
        return row
    return (row + 1) * (view.model().columnCount() + 1) + column + 1


ANNOUNCER = Announcer()
announce = ANNOUNCER.announce


def read_out(card: QWidget, *labels: QLabel) -> None:
    """Have a screen reader say what the labels of a card say, but for those that it hides."""
    texts = (spoken(label.text()) for label in labels if not label.isHidden())
    announce(card, "\n".join(texts), topic="task")
