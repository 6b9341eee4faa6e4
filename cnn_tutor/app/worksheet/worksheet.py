"""A worksheet as a PDF file: exercises to print, and their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUuid
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from cnn_tutor import __version__
from cnn_tutor.app.files.exporting import export
from cnn_tutor.app.worksheet import ink
from cnn_tutor.app.worksheet.pages import Pages, item
from cnn_tutor.study import words
from cnn_tutor.study.exam import COUNT, EXAM, MINUTES
from cnn_tutor.study.exam.question import questions
from cnn_tutor.study.exercises import Exercise
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.worksheet import MIX, exercises

_POINTS_PER_INCH = 72
_NAMESPACE = QUuid("{8d0c3c52-2f0b-4b1e-9f7e-6d1f0a7c5b3e}")


@dataclass(frozen=True)
class Worksheet:
    """Which worksheet it is: the same four facts give the same pages.

    ``skill`` is a skill's key, or that of the mix of everything or of the exam; ``language`` is
    ``"ja"`` or ``"en"``.
    """

    skill: str
    count: int
    seed: int
    language: str


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
    """Return a worksheet as PDF, A4.

    Nothing but the time of its making differs from one time to the next. ``progress`` is told the
    share that is done, again and again, and may raise to end it.
    """
    items = []
    for number, (exercise, choices) in enumerate(_asked(sheet), 1):
        with _speaking(sheet.language):
            items.append(item(number, exercise, choices))
        progress(number / sheet.count)
    with _speaking(sheet.language):
        title = _title(sheet)
        pages = Pages(items, title, words.say("worksheet.foot", seed=str(sheet.seed)))
        return _printed(pages, title, repr(sheet))


def _asked(sheet: Worksheet) -> Iterator[tuple[Exercise, tuple[float, ...]]]:
    """Go through the exercises, each with the numbers to choose from if there are any."""
    if sheet.skill == EXAM:
        for question in questions(sheet.seed, sheet.count):
            yield question.exercise, question.choices
    else:
        for exercise in exercises(sheet.skill, sheet.count, sheet.seed):
            yield exercise, ()


def _title(sheet: Worksheet) -> str:
    if sheet.skill == EXAM:
        return words.say("worksheet.exam", minutes=sheet.count * MINUTES // COUNT)
    return (
        words.say("worksheet.mix") if sheet.skill == MIX else words.pick(skills()[sheet.skill].name)
    )


def _printed(pages: Pages, title: str, name: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(title)
    writer.setCreator(f"CNN Tutor {__version__}")
    writer.setDocumentId(QUuid.createUuidV5(_NAMESPACE, name.encode()))
    painter = QPainter(writer)
    scale = writer.resolution() / _POINTS_PER_INCH / ink.POINT
    painter.scale(scale, scale)
    for number in range(len(pages)):
        if number:
            writer.newPage()
        pages.paint(painter, number)
    painter.end()
    return bytes(buffer.data().data())


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """Say everything in another language for a while."""
    before = words.language()
    words.speak(language)
    try:
        yield
    finally:
        words.speak(before)
