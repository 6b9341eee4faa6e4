"""One exercise of a worksheet on paper: its number, what is asked, its figure and its code."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from cnn_tutor.app.worksheet.paper import ink
from cnn_tutor.app.worksheet.paper.board import Board, board, has_vectors
from cnn_tutor.app.worksheet.paper.figure import Figure, Manner
from cnn_tutor.app.worksheet.paper.ink import MM
from cnn_tutor.study import words
from cnn_tutor.study.exercises import Exercise, code
from cnn_tutor.study.exercises.shapes import _cells, _texts

GUTTER = 9 * MM
"""The strip that the numbers of the exercises stand in."""

_NUMBER, _PROMPT, _DETAIL, _CODE = 12.5, 10.5, 8.5, 6.5
_CODE_WIDTH = 23 * MM
_OVER_DETAIL, _BELOW_TEXT = 0.6 * MM, 2.5 * MM
_KEY_SCALE = 0.66
_COLUMNS = (140 * MM, 95 * MM, 62 * MM)
"""How high columns of planes may be: each is tried."""
_SMALL = 0.75
"""A figure that would be smaller than this goes on in a new line instead."""
_KEY_HEAD = 5.6 * MM


class Item:
    """An exercise to be worked on; ``height`` is what it takes in a given width."""

    def __init__(self, number: int, exercise: Exercise, width: float, tallest: float) -> None:
        self.number, self.exercise, self._width = number, exercise, width
        self._room = width - GUTTER
        self._prompt = words.pick(exercise.prompt)
        self._detail = _detail(exercise, self._prompt)
        text = self._room - _CODE_WIDTH
        self._prompt_height = ink.wrapped(self._prompt, _PROMPT, text)
        detail = ink.height(_DETAIL) + _OVER_DETAIL if self._detail else 0
        self._lead = self._prompt_height + detail
        self._lead += _BELOW_TEXT
        found = _figure(exercise, self._room, tallest - self._lead)
        self.figure, self._scale, self.manner = found
        self.height = self._lead + self.figure.height * self._scale

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Draw it with its upper left corner at a place."""
        painter.save()
        painter.translate(at)
        _number(painter, self.number)
        painter.setFont(ink.font(_PROMPT))
        painter.setPen(ink.TEXT)
        text = QRectF(GUTTER, 0, self._room - _CODE_WIDTH, self._prompt_height + MM)
        painter.drawText(text, int(ink.WRAPPED), self._prompt)
        painter.setPen(ink.DIM)
        if self._detail:
            painter.setFont(ink.font(_DETAIL))
            top = self._prompt_height + _OVER_DETAIL
            box = QRectF(GUTTER, top, self._room, ink.height(_DETAIL))
            painter.drawText(box, int(ink.LEFT), self._detail)
        painter.setFont(ink.font(_CODE))
        box = QRectF(self._width - _CODE_WIDTH, 0, _CODE_WIDTH, ink.height(_PROMPT))
        painter.drawText(box, int(ink.RIGHT), code.encode(self.exercise))
        self.figure.paint(painter, GUTTER, self._lead, self._scale)
        painter.restore()


class KeyItem:
    """The answer to an exercise: small, with the same grids; it is ``width`` by ``height``."""

    def __init__(self, item: Item, room: float, tallest: float) -> None:
        self._number, self._code = item.number, code.encode(item.exercise)
        room = (room - GUTTER) / _KEY_SCALE
        on_paper = board(item.exercise, item.manner.upright)
        self._figure = Figure(on_paper, True, room, item.manner)
        self._scale = _KEY_SCALE * _scale(self._figure, room, (tallest - _KEY_HEAD) / _KEY_SCALE)
        head = ink.width(self._code, _CODE)
        self.width = GUTTER + max(self._figure.width * self._scale, head)
        self.height = _KEY_HEAD + self._figure.height * self._scale

    def paint(self, painter: QPainter, at: QPointF) -> None:
        """Draw it with its upper left corner at a place."""
        painter.save()
        painter.translate(at)
        _number(painter, self._number)
        painter.setPen(ink.DIM)
        painter.setFont(ink.font(_CODE))
        box = QRectF(GUTTER, 0, self.width, ink.height(_NUMBER))
        painter.drawText(box, int(ink.LEFT), self._code)
        self._figure.paint(painter, GUTTER, _KEY_HEAD, self._scale)
        painter.restore()


def _number(painter: QPainter, number: int) -> None:
    painter.setPen(ink.NUMBER)
    painter.setFont(ink.font(_NUMBER, bold=True))
    # On one line with the text beside it, which is smaller.
    rise = (ink.height(_NUMBER) - ink.height(_PROMPT)) * 0.62
    box = QRectF(0, -rise, GUTTER, ink.height(_NUMBER))
    painter.drawText(box, int(ink.LEFT), str(number))


def _detail(exercise: Exercise, prompt: str) -> str:
    """What kind of layer it is, with its settings, unless the prompt says so."""
    setting = words.pick(_cells.setting(exercise.layer))
    name = words.pick(_texts.kind_text(exercise.layer.kind))
    said = name in prompt and setting in prompt
    on_board = any(blank.port for blank in exercise.blanks) or exercise.at or exercise.given
    return "" if said or not on_board or exercise.network else f"{name}{setting}"


def _figure(exercise: Exercise, room: float, tallest: float) -> tuple[Figure, float, Manner]:
    """Return the figure in the manner in which it is largest, or else lowest, and its scale."""
    best, worth = None, (-1.0, 0.0)
    for broken in (0, *_breaks(board(exercise))):
        if broken and worth[0] > _SMALL:
            break  # one line is easier to read
        for upright in (False, True) if has_vectors(exercise) else (False,):
            on_paper = board(exercise, upright)
            for column in _COLUMNS:
                manner = Manner(upright, column, broken)
                figure = Figure(on_paper, False, room, manner)
                scale = _scale(figure, room, tallest)
                found = (round(scale, 1), -figure.height * scale)
                if best is None or found > worth:
                    best, worth = (figure, scale, manner), found
    assert best is not None
    return best


def _breaks(on_paper: Board) -> range:
    return range(1, len(on_paper.rows[0])) if on_paper.rows else range(0)


def _scale(figure: Figure, room: float, tallest: float) -> float:
    return min(1.0, room / max(figure.width, 1), tallest / max(figure.height, 1))
