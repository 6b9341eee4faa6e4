"""A worksheet as a PDF file: exercises to print, and their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUuid
from PySide6.QtGui import QPainter, QPdfWriter

from cnn_tutor import __version__
from cnn_tutor.app.files.exporting import export
from cnn_tutor.app.worksheet import ink
from cnn_tutor.app.worksheet.pages import Item, Pages, item
from cnn_tutor.app.worksheet.paper import Paper
from cnn_tutor.study import words
from cnn_tutor.study.exam import COUNT, EXAM, MINUTES
from cnn_tutor.study.exam.question import questions
from cnn_tutor.study.exercises import Exercise
from cnn_tutor.study.exercises.board_code import board_exercise
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.worksheet import BOARD, MIX, PAPERS, exercises

_POINTS_PER_INCH = 72
_NAMESPACE = QUuid("{8d0c3c52-2f0b-4b1e-9f7e-6d1f0a7c5b3e}")


@dataclass(frozen=True)
class Worksheet:
    """Which worksheet it is: the same facts give the same pages.

    ``skill`` is a skill's key, or that of the mix of everything or of the exam; ``language`` is
    ``"ja"`` or ``"en"``, and ``paper`` one of ``PAPERS``. With the code of a ``board`` there is
    only its exercise.
    """

    skill: str
    count: int
    seed: int
    language: str
    paper: str = PAPERS[0]
    board: str = ""


class Draft:
    """A worksheet in the making: its exercises are made up and laid out one after the other.

    Raises:
        NoSuchSkill: for an unknown skill.
    """

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.pages: Pages | None = None
        """All pages; None until every exercise is made."""
        self._items: list[Item] = []
        self._asked = _asked(sheet)

    def go_on(self) -> float:
        """Make the next exercise and return the share that is done; at 1 the pages are there."""
        sheet, paper = self.sheet, Paper(self.sheet.paper)
        asked = next(self._asked, None)
        if asked is not None:
            exercise, choices = asked
            with _speaking(sheet.language):
                self._items.append(item(len(self._items) + 1, exercise, paper, choices))
        if asked is not None and len(self._items) < sheet.count:
            return len(self._items) / sheet.count
        with _speaking(sheet.language):
            entry = "worksheet.foot_board" if sheet.board else "worksheet.foot"
            foot = words.say(entry, seed=str(sheet.seed))
            self.pages = Pages(self._items, self._title, foot, paper)
        return 1.0

    def paint(self, painter: QPainter, number: int) -> None:
        """Draw a finished page, counted from 0, with the paper's upper left corner at the origin.

        One unit of the painter is a tenth of a point.
        """
        assert self.pages is not None
        with _speaking(self.sheet.language):
            self.pages.paint(painter, number)

    def pdf(self) -> bytes:
        """Return the finished worksheet as PDF; only the time of its making ever differs."""
        assert self.pages is not None
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setPageSize(self.pages.paper.size)
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        with _speaking(self.sheet.language):
            writer.setTitle(self._title)
        writer.setCreator(f"CNN Tutor {__version__}")
        writer.setDocumentId(QUuid.createUuidV5(_NAMESPACE, repr(self.sheet).encode()))
        painter = QPainter(writer)
        scale = writer.resolution() / _POINTS_PER_INCH / ink.POINT
        painter.scale(scale, scale)
        for number in range(len(self.pages)):
            if number:
                writer.newPage()
            self.paint(painter, number)
        painter.end()
        return bytes(buffer.data().data())

    @property
    def _title(self) -> str:
        if self.sheet.skill == EXAM:
            minutes = self.sheet.count * MINUTES // COUNT
            return words.say("worksheet.exam", minutes=minutes)
        if self.sheet.skill in (MIX, BOARD):
            return words.say(f"worksheet.{self.sheet.skill}")
        return words.pick(skills()[self.sheet.skill].name)


def _asked(sheet: Worksheet) -> Iterator[tuple[Exercise, tuple[float, ...]]]:
    """Return the exercises, each with the numbers to choose from if there are any."""
    if sheet.board:
        return iter([(board_exercise(sheet.board), ())])
    if sheet.skill == EXAM:
        return _of_exam(sheet)
    return ((exercise, ()) for exercise in exercises(sheet.skill, sheet.count, sheet.seed))


def _of_exam(sheet: Worksheet) -> Iterator[tuple[Exercise, tuple[float, ...]]]:
    """Go through an exam, which is drawn as a whole, but not before the first one is asked for."""
    for question in questions(sheet.seed, sheet.count):
        yield question.exercise, question.choices


def write_worksheet(
    path: str, sheet: Worksheet, progress: Callable[[float], object] = lambda share: None
) -> None:
    """Write a worksheet into a PDF file; see :func:`pdf`.

    Raises:
        FileError: if it can't be written.
        NoSuchSkill: for an unknown skill.
    """
    export(path, pdf(sheet, progress))


def pdf(sheet: Worksheet, progress: Callable[[float], object] = lambda share: None) -> bytes:
    """Return a worksheet as PDF.

    ``progress`` is told the share that is done, again and again, and may raise to end it.
    """
    draft = Draft(sheet)
    while draft.pages is None:
        progress(draft.go_on())
    return draft.pdf()


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """Say everything in another language for a while."""
    before = words.language()
    words.speak(language)
    try:
        yield
    finally:
        words.speak(before)
