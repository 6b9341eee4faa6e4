"""Where a view is laid out to have its picture taken: off the screen, and large enough for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from cnn_tutor.app.figures.source import FORMULA, Source
from cnn_tutor.app.style.appearance import dress
from cnn_tutor.document.playback import Place, Playback
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.pages.views.view_tabs import ViewTabs
from cnn_tutor.study import formula
from cnn_tutor.widgets.controls.plane_picker import PlanePicker
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.colours import Colours
from cnn_tutor.widgets.style.rich_text import lines_html

SIDE_LIMIT = 1600
"""Pixels up to which a view is made wider or higher for all of it to be seen."""

_GROWTH = 1.15
_PASSES = 4
"""Times that layouts are waited for: one of them may ask for another."""

_NO_BARS = "QScrollBar::handle { background: transparent; }"
_FORMULA_LETTERS = 1.4


class Stage:
    """One view of a source, or its formula, in one theme.

    It has a state of its own: nothing that happens here is seen in the window. There is neither a
    pointer nor a keyboard, so that nothing stands out for these; and what has moved stands still.
    """

    def __init__(self, source: Source, subject: str, theme: Colours) -> None:
        self.theme, room = theme, source.room
        self._page = QWidget()
        for attribute in (
            Qt.WidgetAttribute.WA_DontShowOnScreen,
            Qt.WidgetAttribute.WA_DeleteOnClose,
        ):
            self._page.setAttribute(attribute)
        self._page.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        with painted_in(theme):
            dress(self._page, theme)
            self._page.setStyleSheet(self._page.styleSheet() + _NO_BARS)
            self._state = self._twin(source, subject)
            self.playback = self._state.playback
            """That of this view alone."""
            if subject == FORMULA:
                self._shown: QWidget = self._formula(room.width())
            else:
                self._shown = self._view(source)
            self._page.resize(room)
            self._show()
            if isinstance(self._shown, ViewTabs):
                self._shown.view.pose()
                if type(self._shown.view) is type(source.view):
                    self._shown.view.match(source.view)
                self._settle()
            self._grow()
            if not self.whole:  # it is as well seen as on the screen
                self._page.resize(room)
                self._show()

    @property
    def whole(self) -> bool:
        """Whether all of it is seen, with nothing left to scroll or to pick."""
        return self._lacks() == (False, False)

    def seek(self, position: int) -> None:
        """Go to a step of the playback, from 1, and show it as it is when nothing moves."""
        self._stand(lambda: self.playback.seek(position))

    def stand_like(self, other: Playback) -> None:
        """Go where another playback of the same output stands."""
        self._stand(lambda: self.playback.stand_like(other))

    def steps(self, last: int) -> list[int]:
        """Return every position of the playback up to the last that is a step of its own.

        A cell of few terms has positions that are none.
        """
        self._page.hide()
        steps: dict[Place, int] = {}
        for position in range(1, last + 1):
            self.playback.seek(position)
            steps.setdefault(self.playback.place, position)
        return list(steps.values())

    def bounds(self) -> QRect:
        """Return the part of it on which anything is painted."""
        picture = QImage(self._page.size(), QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            self.paint(painter, QPoint())
        across = np.frombuffer(picture.constBits(), np.uint32).reshape(
            picture.height(), picture.bytesPerLine() // 4
        )
        rows, columns = np.flatnonzero(across.any(1)), np.flatnonzero(across.any(0))
        if not rows.size:
            return QRect()
        first = QPoint(int(columns[0]), int(rows[0]))
        return QRect(first, QPoint(int(columns[-1]), int(rows[-1])))

    def paint(self, painter: QPainter, origin: QPoint) -> None:
        """Paint it, ``origin`` at the painter's own."""
        painter.save()
        painter.translate(-origin)
        with painted_in(self.theme):
            flags = QWidget.RenderFlag.DrawChildren  # and no ground
            self._page.render(painter, QPoint(), QRegion(), flags)
        painter.restore()

    def close(self) -> None:
        """Take it away."""
        self._page.close()

    # --- inside ----------------------------------------------------------------------------------

    def _twin(self, source: Source, subject: str) -> LabState:
        """Return a state that stands where the source's does, and follows another playback."""
        shown = ShownLayer(source.document, source.state.shown.locked)
        shown.select(source.state.shown.name)
        shown.cover = source.state.shown.cover
        twin = LabState(source.document, shown, source.state.hidden, parent=self._page)
        with twin.together():
            twin.show_view(subject)
            twin.playback.stand_like(source.state.playback)
        return twin

    def _view(self, source: Source) -> QWidget:
        views = ViewTabs(source.document, self._state, self._page)
        views.tabs.setParent(self._page)
        views.tabs.hide()
        views.board.set_shaded(source.shaded)
        return views

    def _formula(self, width: int) -> QWidget:
        found = self._state.pinned
        label = QLabel(lines_html(formula.lines(found.explanation)), self._page)
        font = label.font()
        font.setPixelSize(round(label.fontInfo().pixelSize() * _FORMULA_LETTERS))
        label.setFont(font)
        label.setWordWrap(label.sizeHint().width() > width)
        label.setMinimumHeight(label.heightForWidth(width) if label.wordWrap() else 0)
        return label

    def _stand(self, go: Callable[[], None]) -> None:
        with painted_in(self.theme):
            self._page.hide()  # a view shows all anew when it is seen again
            go()
            self._show()

    def _show(self) -> None:
        self._shown.setGeometry(self._page.rect())
        self._page.show()
        self._settle()
        for child in self._page.findChildren(QWidget):
            child.setAutoFillBackground(False)
            if isinstance(child, PlanePicker):
                child.setGeometry(QRect())

    def _settle(self) -> None:
        """Have everything laid out: of this page alone, as the window is in another theme."""
        for _ in range(_PASSES):
            for widget in (self._page, *self._page.findChildren(QWidget)):
                QCoreApplication.sendPostedEvents(widget)

    def _grow(self) -> None:
        """Take more room where anything scrolls or has to be picked, as far as that is worth it."""
        while True:
            size = self._page.size()
            wider, higher = self._lacks()
            width = min(round(size.width() * _GROWTH), SIDE_LIMIT) if wider else size.width()
            height = min(round(size.height() * _GROWTH), SIDE_LIMIT) if higher else size.height()
            if QSize(width, height) == size:
                return
            self._page.resize(width, height)
            self._show()

    def _lacks(self) -> tuple[bool, bool]:
        """Return whether more is to be seen at the sides, and above and below."""
        areas = [a for a in self._page.findChildren(QAbstractScrollArea) if a.isVisible()]
        picked = any(p.isVisible() for p in self._page.findChildren(PlanePicker))
        wider = any(area.horizontalScrollBar().maximum() > 0 for area in areas)
        higher = any(area.verticalScrollBar().maximum() > 0 for area in areas)
        return wider, higher or picked


@contextmanager
def painted_in(theme: Colours) -> Iterator[None]:
    """Paint in a theme for a while; nothing of the window may be painted meanwhile."""
    before = colours.current()
    colours.use(theme)
    try:
        yield
    finally:
        colours.use(before)
