"""Looks at painted rows: whether a text is cut off, or runs into what is beside it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QListView, QWidget

from tests.helpers.looking import covered, cut_off, nameless

LANGUAGES, THEMES = ("ja", "en"), ("light", "dark")

LONG = {
    f"s{n}": (
        f"{n}番目の、とても長い名前が付いている項目をていねいに練習する",
        f"Skill number {n} with a name that is a good deal longer than others",
    )
    for n in range(20)
}
"""Skills with names that are longer than any there is, in both languages."""


def settle() -> None:
    """Let layouts within layouts ask for room and get it: a round of events for each."""
    for _ in range(6):
        QApplication.processEvents()


def faults(window: QWidget) -> list[str]:
    """Everything on a page that is cut off, covered or without a name; rows are looked at apart."""
    return [
        *(f for f in cut_off(window) if "chapter" not in f),
        *covered(window),
        *nameless(window),
    ]


def edges_inked(view: QAbstractItemView, skip: int = 0) -> list[str]:
    """The cells in sight whose paint touches their edge, past ``skip`` pixels at the top."""
    view.clearFocus()
    settle()
    image = view.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    found = []
    for place in _cells(view):
        if not view.viewport().rect().contains(place):
            continue
        ground = image.pixelColor(
            round((place.right() - 1) * ratio), round((place.bottom() - 1) * ratio)
        )
        for side in _edges(place, skip):
            if not _plain(image, side, ground, ratio):
                found.append(f"{view.objectName()}: {place} is inked at {side}")
    return found


def texts(window: QWidget) -> str:
    """Return all that the labels in sight say."""
    return "\n".join(w.text() for w in window.findChildren(QLabel) if w.isVisibleTo(window))


def _cells(view: QAbstractItemView) -> Iterator[QRect]:
    model = view.model()
    for row in range(model.rowCount(QModelIndex())):
        for column in range(1 if isinstance(view, QListView) else model.columnCount(QModelIndex())):
            yield view.visualRect(model.index(row, column))


def _edges(place: QRect, skip: int) -> Iterator[QRect]:
    inner = place.adjusted(0, skip, 0, 0)
    yield QRect(inner.left(), inner.top(), inner.width(), 1)
    yield QRect(inner.left(), inner.bottom(), inner.width(), 1)
    yield QRect(inner.left(), inner.top(), 2, inner.height())
    yield QRect(inner.right() - 1, inner.top(), 2, inner.height())


def _plain(image: QImage, place: QRect, ground: QColor, ratio: float) -> bool:
    return all(
        image.pixelColor(round(x * ratio), round(y * ratio)) == ground
        for x in range(place.left(), place.right() + 1)
        for y in range(place.top(), place.bottom() + 1)
    )
