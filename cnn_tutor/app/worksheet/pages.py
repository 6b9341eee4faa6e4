"""The pages of a worksheet: exercises one after the other, then their answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import product
from string import ascii_lowercase

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen, QTextDocument

from cnn_tutor.app.worksheet import ink
from cnn_tutor.app.worksheet.board import board, has_vectors
from cnn_tutor.app.worksheet.chain import ChainFigure
from cnn_tutor.app.worksheet.figure import Manner, document, figure
from cnn_tutor.app.worksheet.ink import MM
from cnn_tutor.app.worksheet.paper import SIDE, TOP, Paper
from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.study import naming, numbers, words
from cnn_tutor.study.exercises import Exercise, code

_HEAD, _KEY_HEAD = 22 * MM, 13 * MM
_GAP = 9 * MM
_KEY_GAP, _KEY_BELOW = 9 * MM, 7 * MM

_GUTTER, _CODE_WIDTH = 9 * MM, 23 * MM
_BELOW_TEXT = 2.5 * MM
_KEY_SCALE = 0.66
_SMALL = 0.75
"""The scale of a figure under which it goes on in a new line, or is arranged otherwise."""

_STYLE = f"""
.title {{ font-size: 190px; font-weight: bold; }}
.skill {{ font-size: 110px; color: {ink.DIM}; }}
.answers {{ font-size: 110px; font-weight: bold; }}
.field {{ font-size: 95px; color: {ink.DIM}; padding: 0 20px 0 50px; }}
.blank {{ border-bottom: 6px solid {ink.DIM}; }}
.number {{ font-size: 125px; font-weight: bold; color: {ink.NUMBER}; }}
.prompt {{ padding-top: 18px; }}
.detail {{ font-size: 85px; color: {ink.DIM}; }}
.code {{ font-size: 65px; color: {ink.DIM}; padding-top: 44px; }}
.choice {{ font-size: 115px; padding-right: 260px; }}
.foot {{ font-size: 75px; color: {ink.DIM}; }}
"""


Drawing = QTextDocument | ChainFigure


@dataclass
class Block:
    """Documents that stand together on a page, each with its place and its scale."""

    width: float
    height: float = 0.0
    parts: list[tuple[Drawing, QPointF, float]] = field(default_factory=list)

    def add(self, part: Drawing, x: float, scale: float = 1.0) -> None:
        """Put a document below the others."""
        self.parts.append((part, QPointF(x, self.height), scale))
        self.height += part.size().height() * scale
        self.width = max(self.width, x + part.size().width() * scale)

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Draw it with its upper left corner at a place."""
        for part, place, scale in self.parts:
            painter.save()
            painter.translate(at + place)
            painter.scale(scale, scale)
            painter.setPen(QColor(ink.TEXT))
            part.drawContents(painter)
            painter.restore()


@dataclass
class Item:
    """An exercise to be worked on, and how its figure is arranged on which paper.

    ``choices`` are the numbers to choose from, under letters; there are none for most.
    """

    number: int
    exercise: Exercise
    paper: Paper
    block: Block
    manner: Manner
    choices: tuple[float, ...] = ()


@dataclass
class Page:
    """What stands on one page, each thing with its place; ``key`` says that it is answers."""

    key: bool
    blocks: list[tuple[Block, QPointF]] = field(default_factory=list)


def item(number: int, exercise: Exercise, paper: Paper, choices: tuple[float, ...] = ()) -> Item:
    """Lay an exercise out for a page of its own at most; under the title there is less room."""
    prompt = words.pick(exercise.prompt)
    detail = _detail(exercise, prompt)
    asked = escape(prompt) + (f"<div class=detail>{escape(detail)}</div>" if detail else "")
    block = Block(paper.width)
    text = (
        f"<td class=number width={round(_GUTTER)}>{number}</td><td class=prompt>{asked}</td>"
        f"<td class=code width={round(_CODE_WIDTH)} align=right>{_code(exercise)}</td>"
    )
    block.add(document(_row(text, "100%"), paper.width, _STYLE), 0)
    block.height += _BELOW_TEXT
    below = document(_lettered(choices), paper.width - _GUTTER, _STYLE) if choices else None
    tallest = paper.height - (_HEAD if number == 1 else 0) - block.height
    tallest -= below.size().height() + _BELOW_TEXT if below else 0
    drawing, scale, manner = _largest(exercise, paper.width - _GUTTER, tallest)
    block.add(drawing, _GUTTER, scale)
    if below:
        block.height += _BELOW_TEXT
        block.add(below, _GUTTER)
    return Item(number, exercise, paper, block, manner, choices)


def _lettered(choices: tuple[float, ...]) -> str:
    """Return numbers to choose from, each beside its letter."""
    cells = (
        f"<td class=choice>{letter}) {numbers.show(number)}</td>"
        for letter, number in zip(ascii_lowercase, choices, strict=False)
    )
    return _row("".join(cells))


def _right_choice(item: Item) -> str:
    """Return the letter of the right number; nothing where there is nothing to choose."""
    blank = item.exercise.blanks[0]
    lettered = zip(ascii_lowercase, item.choices, strict=False)
    right = (letter for letter, number in lettered if numbers.agree(number, blank.answer))
    return "".join(f"<td class=answers>{letter})&nbsp;</td>" for letter in right)


def _answer(item: Item) -> Block:
    """Return the answer to an exercise: small, with the same grids."""
    block = Block(0)
    text = (
        f"<td class=number width={round(_GUTTER)}>{item.number}</td>"
        f"{_right_choice(item)}"
        f"<td class=code>{_code(item.exercise)}</td>"
    )
    block.add(document(_row(text), style=_STYLE), 0)
    room = (item.paper.width - _GUTTER) / _KEY_SCALE
    drawing = _drawing(item.exercise, True, room, item.manner)
    tallest = (item.paper.height - _KEY_HEAD - block.height) / _KEY_SCALE
    block.add(drawing, _GUTTER, _KEY_SCALE * _scale(drawing, room, tallest))
    return block


def _code(exercise: Exercise) -> str:
    """Return its code; not that of a board, which nobody would type."""
    return "" if exercise.board else code.encode(exercise)


def _detail(exercise: Exercise, prompt: str) -> str:
    """What kind of layer it is, with its settings, unless the prompt says so."""
    layer = words.pick(naming.described(exercise.layer, shapes_of(exercise.tensors)))
    said = layer in prompt
    on_board = any(blank.port for blank in exercise.blanks) or exercise.at or exercise.given
    return "" if said or not on_board or exercise.network else layer


def _largest(exercise: Exercise, room: float, tallest: float) -> tuple[Drawing, float, Manner]:
    """Return the figure in the manner in which it is largest, or else lowest, and its scale."""
    best, worth = None, (-1.0, 0.0)
    for manner in _manners(exercise):
        if worth[0] == 1 or (manner.broken and worth[0] > _SMALL):
            break  # the widest comes first, and one line is easier to read
        drawing = _drawing(exercise, False, room, manner)
        scale = _scale(drawing, room, tallest)
        found = (round(scale, 1), -drawing.size().height() * scale)
        if best is None or found > worth:
            best, worth = (drawing, scale, manner), found
    assert best is not None
    return best


def _drawing(exercise: Exercise, answered: bool, room: float, manner: Manner) -> Drawing:
    on_paper = board(exercise, manner.upright)
    drawing = figure(on_paper, answered, room, manner)
    if not exercise.chain:
        return drawing
    return ChainFigure(exercise, answered, room, drawing if on_paper.lines else None)


def _manners(exercise: Exercise) -> Iterator[Manner]:
    """Go through the ways to arrange an exercise, from the widest and lowest on."""
    rows = board(exercise).rows
    planes = max((len(group.grids) for row in rows for group in row), default=1)
    besides = [n for n in range(planes, 0, -1) if planes % n == 0]
    uprights = (False, True) if has_vectors(exercise) else (False,)
    for broken in range(len(rows[0]) if rows else 1):
        for upright, beside in product(uprights, besides):
            yield Manner(upright, beside, broken)


def _scale(drawing: Drawing, room: float, tallest: float) -> float:
    size = drawing.size()
    return min(1.0, room / max(size.width(), 1), tallest / max(size.height(), 1))


class Pages:
    """All pages of a worksheet, in the language that is on.

    ``title`` is what is practised, ``foot`` what stands at the foot of every page.
    """

    def __init__(self, items: Sequence[Item], title: str, foot: str, paper: Paper) -> None:
        self._title, self._foot, self.paper = title, foot, paper
        self.pages = [*_exercise_pages(items, paper), *_key_pages(items, paper)]

    def __len__(self) -> int:
        return len(self.pages)

    def paint(self, painter: QPainter, number: int) -> None:
        """Draw a page, counted from 0, with the paper's upper left corner at the origin."""
        page = self.pages[number]
        alike = [one for one in self.pages if one.key == page.key]
        place = next(n for n, one in enumerate(alike) if one is page)
        painter.save()
        painter.translate(SIDE, TOP)
        if page.key:
            self._paint_key_head(painter)
        elif place == 0:
            self._paint_head(painter)
        for n, (block, at) in enumerate(page.blocks):
            if n and not page.key:
                self._rule(painter, at.y() - _GAP / 2, ink.RULE, 0.5)
            block.paint(painter, at)
        self._paint_foot(painter, page.key, place + 1, len(alike))
        painter.restore()

    def _paint_head(self, painter: QPainter) -> None:
        title = f"<p class=title>{words.say('worksheet.title')}</p>"
        self._write(painter, f"{title}<p class=skill>{escape(self._title)}</p>")
        fields = "".join(
            f"<td class=field>{words.say(f'worksheet.{entry}')}</td>"
            f"<td class=blank width={round(width * MM)}></td>"
            for entry, width in (("name", 46), ("date", 28))
        )
        self._write(painter, _row(fields), at_right=True)
        self._rule(painter, 16 * MM, ink.NUMBER, 1.2)

    def _paint_key_head(self, painter: QPainter) -> None:
        answers = f"<span class=answers>{words.say('worksheet.answers')}</span>"
        skill = f"<span class=skill>&nbsp;&nbsp;&nbsp;{escape(self._title)}</span>"
        self._write(painter, answers + skill)
        self._rule(painter, 8 * MM, ink.ANSWER, 1.2)

    def _paint_foot(self, painter: QPainter, key: bool, number: int, of: int) -> None:
        entry = "worksheet.key_page" if key else "worksheet.page"
        count = words.say(entry, number=number, of=of)
        painter.translate(0, self.paper.height + 5 * MM)
        self._write(painter, f"<p class=foot>{escape(self._foot)}</p>")
        self._write(painter, f"<p class=foot>{count}</p>", at_right=True)

    def _write(self, painter: QPainter, html: str, at_right: bool = False) -> None:
        """Write at the left or the right end of the page."""
        written = document(html, style=_STYLE)
        x = self.paper.width - written.size().width() if at_right else 0.0
        painter.save()
        painter.translate(x, 0)
        painter.setPen(QColor(ink.TEXT))
        written.drawContents(painter)
        painter.restore()

    def _rule(self, painter: QPainter, y: float, shade: str, points: float) -> None:
        painter.setPen(QPen(QColor(shade), points * ink.POINT))
        painter.drawLine(QPointF(0, y), QPointF(self.paper.width, y))


def _row(cells: str, width: str = "") -> str:
    return f"<table width='{width}' cellspacing=0 cellpadding=0><tr>{cells}</tr></table>"


def _exercise_pages(items: Sequence[Item], paper: Paper) -> list[Page]:
    """Put exercises below each other; one that has no room left begins a page."""
    pages = [Page(key=False)]
    y = _HEAD
    for item in items:
        if y + item.block.height > paper.height + 1:
            pages.append(Page(key=False))
            y = 0.0
        pages[-1].blocks.append((item.block, QPointF(0, y)))
        y += item.block.height + _GAP
    return pages


def _key_pages(items: Sequence[Item], paper: Paper) -> list[Page]:
    """Put answers beside each other as far as they fit, line by line."""
    pages = [Page(key=True)]
    x, y, high = 0.0, _KEY_HEAD, 0.0
    for item in items:
        answer = _answer(item)
        if x and x + answer.width > paper.width:
            x, y, high = 0.0, y + high + _KEY_BELOW, 0.0
        if y > _KEY_HEAD and y + answer.height > paper.height:
            if x:  # what stands in this line already stays there
                x, high = 0.0, 0.0
            pages.append(Page(key=True))
            y = _KEY_HEAD
        pages[-1].blocks.append((answer, QPointF(x, y)))
        x += answer.width + _KEY_GAP
        high = max(high, answer.height)
    return pages
