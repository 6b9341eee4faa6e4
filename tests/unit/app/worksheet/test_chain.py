"""A drawn chain on paper."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from cnn_tutor.app.worksheet import ink
from cnn_tutor.app.worksheet.chain import ChainFigure
from cnn_tutor.app.worksheet.paper import Paper
from cnn_tutor.study import numbers
from cnn_tutor.study.exercises import Exercise, generate
from tests.unit.app.worksheet.test_pages import sheet, texts

pytestmark = pytest.mark.usefixtures("qapp")

SHAPES = generate("shape_chain", "conv2d", 5, 3)
THROUGH = generate("field_through_layers", "conv2d", 5, 3)


def picture(figure: ChainFigure) -> QImage:
    image = QImage(figure.size().toSize() / 4, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        painter.scale(0.25, 0.25)
        figure.drawContents(painter)
    return image


def of(exercise: Exercise, answered: bool, room: float) -> ChainFigure:
    return ChainFigure(exercise, answered, room, None)


@pytest.mark.parametrize("exercise", [SHAPES, THROUGH])
def test_the_chain_and_what_is_asked_below_it_are_on_the_page(exercise):
    pages = sheet([exercise])
    asked, answers = texts(pages, 0), texts(pages, 1)
    for link in exercise.chain:
        for side in (asked, answers):
            assert link.name["en"] in side or link.name["ja"] in side
    for blank in exercise.blanks:
        assert numbers.brief(blank.answer) in answers
    in_chain = {name for link in exercise.chain for name in link.blanks}
    labels = [blank.label for blank in exercise.blanks if blank.name not in in_chain]
    for label in labels:
        assert label["en"] in asked or label["ja"] in asked


def test_answers_stand_in_the_boxes():
    open_, answered = (picture(of(SHAPES, told, 9000)) for told in (False, True))
    assert open_.size() == answered.size()
    assert open_ != answered
    green = QColor(ink.ANSWERED)
    assert any(
        answered.pixelColor(x, y) == green
        for x in range(answered.width())
        for y in range(0, answered.height(), 3)
    )


def test_it_keeps_to_the_width_of_the_paper():
    for name in ("a4", "b5"):
        room = Paper(name).width
        assert of(SHAPES, False, room).size().width() <= room
    assert of(SHAPES, False, 9000).size().height() < of(SHAPES, False, 2000).size().height()
