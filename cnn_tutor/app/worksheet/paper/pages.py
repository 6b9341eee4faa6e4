"""The pages of a worksheet: exercises one after the other, then their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from cnn_tutor.app.worksheet.paper import ink
from cnn_tutor.app.worksheet.paper.ink import MM
from cnn_tutor.app.worksheet.paper.item import Item, KeyItem
from cnn_tutor.study import words
from cnn_tutor.study.exercises import Exercise

PAGE = (210 * MM, 297 * MM)
_SIDE, _TOP, _BOTTOM = 16 * MM, 14 * MM, 18 * MM
_WIDTH = PAGE[0] - 2 * _SIDE
_HEIGHT = PAGE[1] - _TOP - _BOTTOM
_HEAD, _KEY_HEAD = 22 * MM, 13 * MM
_APART = 9 * MM
_KEY_BESIDE, _KEY_BELOW = 9 * MM, 7 * MM
_TITLE, _SUBTITLE, _FIELD, _FOOT = 19, 11, 9.5, 7.5

Block = Item | KeyItem


@dataclass
class Page:
    """What stands on one page, each thing with its place; ``key`` says that it is answers."""

    key: bool
    blocks: list[tuple[Block, QPointF]] = field(default_factory=list)


def item(number: int, exercise: Exercise) -> Item:
    """Lay an exercise out for a page of its own at most; under the title there is less room."""
    return Item(number, exercise, _WIDTH, _HEIGHT - (_HEAD if number == 1 else 0))


class Pages:
    """All pages of a worksheet, in the language that is on.

    ``title`` is what is practised, ``foot`` what stands at the foot of every page.
    """

    def __init__(self, items: Sequence[Item], title: str, foot: str) -> None:
        self._title, self._foot = title, foot
        self.pages = [*_exercise_pages(items), *_key_pages(items)]

    def __len__(self) -> int:
        return len(self.pages)

    def paint(self, painter: QPainter, number: int) -> None:
        """Draw a page, counted from 0, with the paper's upper left corner at the origin."""
        page = self.pages[number]
        alike = [one for one in self.pages if one.key == page.key]
        place = next(n for n, one in enumerate(alike) if one is page)
        painter.save()
        painter.translate(_SIDE, _TOP)
        if page.key:
            self._paint_key_head(painter)
        elif place == 0:
            self._paint_head(painter)
        for n, (block, at) in enumerate(page.blocks):
            if n and not page.key:
                painter.setPen(ink.pen(ink.RULE, 0.5))
                y = at.y() - _APART / 2
                painter.drawLine(QPointF(0, y), QPointF(_WIDTH, y))
            block.paint(painter, at)
        self._paint_foot(painter, page.key, place + 1, len(alike))
        painter.restore()

    # --- head and foot ---------------------------------------------------------------------------

    def _paint_head(self, painter: QPainter) -> None:
        _write(painter, 0, _TITLE, words.say("worksheet.title"), bold=True)
        _write(painter, 9.5 * MM, _SUBTITLE, self._title, dim=True)
        x, y = _WIDTH, 7 * MM
        painter.setPen(ink.pen(ink.DIM, 0.6))
        painter.setFont(ink.font(_FIELD))
        for entry, room in (("date", 28 * MM), ("name", 46 * MM)):
            label = words.say(f"worksheet.{entry}")
            wide = ink.width(label, _FIELD) + 2 * MM
            x -= room
            painter.drawLine(QPointF(x, y), QPointF(x + room, y))
            x -= wide
            box = QRectF(x, y - ink.height(_FIELD), wide, ink.height(_FIELD))
            painter.drawText(box, int(ink.LEFT), label)
            x -= 5 * MM
        painter.setPen(ink.pen(ink.NUMBER, 1.2))
        painter.drawLine(QPointF(0, 16 * MM), QPointF(_WIDTH, 16 * MM))

    def _paint_key_head(self, painter: QPainter) -> None:
        _write(painter, 0, _SUBTITLE, words.say("worksheet.answers"), bold=True)
        wide = ink.width(words.say("worksheet.answers"), _SUBTITLE, True) + 4 * MM
        _write(painter, 0, _SUBTITLE, self._title, dim=True, x=wide)
        painter.setPen(ink.pen(ink.ANSWER, 1.2))
        painter.drawLine(QPointF(0, 8 * MM), QPointF(_WIDTH, 8 * MM))

    def _paint_foot(self, painter: QPainter, key: bool, number: int, of: int) -> None:
        box = QRectF(0, _HEIGHT + 5 * MM, _WIDTH, ink.height(_FOOT))
        painter.setPen(ink.DIM)
        painter.setFont(ink.font(_FOOT))
        painter.drawText(box, int(ink.LEFT), self._foot)
        entry = "worksheet.key_page" if key else "worksheet.page"
        painter.drawText(box, int(ink.RIGHT), words.say(entry, number=number, of=of))


def _write(
    painter: QPainter,
    y: float,
    points: float,
    text: str,
    *,
    bold: bool = False,
    dim: bool = False,
    x: float = 0.0,
) -> None:
    painter.setPen(ink.DIM if dim else ink.TEXT)
    painter.setFont(ink.font(points, bold))
    painter.drawText(QRectF(x, y, _WIDTH, ink.height(points)), int(ink.LEFT), text)


def _exercise_pages(items: Sequence[Item]) -> list[Page]:
    """Put exercises below each other; one that has no room left begins a page."""
    pages = [Page(key=False)]
    y = _HEAD
    for item in items:
        if y + item.height > _HEIGHT + 1:
            pages.append(Page(key=False))
            y = 0.0
        pages[-1].blocks.append((item, QPointF(0, y)))
        y += item.height + _APART
    return pages


def _key_pages(items: Sequence[Item]) -> list[Page]:
    """Put answers beside each other as far as they fit, line by line."""
    pages = [Page(key=True)]
    x, y, high = 0.0, _KEY_HEAD, 0.0
    for item in items:
        answer = KeyItem(item, _WIDTH, _HEIGHT - _KEY_HEAD)
        if x and x + answer.width > _WIDTH:
            x, y, high = 0.0, y + high + _KEY_BELOW, 0.0
        if y > _KEY_HEAD and y + answer.height > _HEIGHT:
            if x:  # what stands in this line already stays there
                x, high = 0.0, 0.0
            pages.append(Page(key=True))
            y = _KEY_HEAD
        pages[-1].blocks.append((answer, QPointF(x, y)))
        x += answer.width + _KEY_BESIDE
        high = max(high, answer.height)
    return pages
