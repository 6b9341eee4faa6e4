"""Looks for what Qt would read as HTML in a window, of texts that came from a stranger."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import Qt, QTextDocument
from PySide6.QtWidgets import QLabel, QListWidget, QMessageBox, QTextEdit, QWidget

from cnn_tutor.app.chapters.chapter_list import ChapterList

HTML = (
    "<img src='file:///zz.png'>",
    "zz<b>",
    "<a href='file:///zz'>zz</a>",
    "zz &lt; &amp;",
    "<table><tr><td>zz",
    "</span><h1>zz",
)
"""What is put where a stranger's text can stand."""

_BEGINNINGS = ("<img", "zz<b", "<a href='f", "zz &lt;", "<table><tr><td>zz", "<h1>zz")
_OURS = ("term:", "chapter:", "place:")


def assert_nothing_foreign(window: QWidget) -> None:
    """Fail if a part of a window reads a text of :data:`HTML` as such, and not letter by letter.

    Whatever the text, it must show no picture and lead nowhere but to terms and chapters.
    """
    for where, text in _rich(window):
        assert not [tag for tag in _BEGINNINGS if tag in text], f"{where}: {text[:200]}"
        document = QTextDocument()
        document.setHtml(text)
        block = document.begin()
        while block.isValid():
            at = block.begin()
            while not at.atEnd():
                form = at.fragment().charFormat()
                assert not form.isImageFormat(), f"{where}: {text[:200]}"
                assert form.anchorHref().startswith(_OURS) or not form.anchorHref(), where
                at += 1
            block = block.next()


def _rich(window: QWidget) -> Iterator[tuple[str, str]]:
    """Every text on the window that Qt reads as HTML, and where it is."""
    for widget in (window, *window.findChildren(QWidget)):
        where = f"{type(widget).__name__} {widget.objectName()}"
        texts = [widget.toolTip()]
        if isinstance(widget, QListWidget):
            texts += [widget.item(row).toolTip() for row in range(widget.count())]
        if isinstance(widget, ChapterList):
            texts += [item.toolTip(0) for item in widget.all_items()]
        if isinstance(widget, QMessageBox) and widget.textFormat() == Qt.TextFormat.AutoText:
            texts += [widget.text(), widget.informativeText()]
        if isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.AutoText:
            texts.append(widget.text())
        yield from ((where, text) for text in texts if Qt.mightBeRichText(text))
        if isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.RichText:
            yield where, widget.text()
        if isinstance(widget, QTextEdit):
            yield where, widget.toHtml()
