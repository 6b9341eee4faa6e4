"""How exercises are laid out on paper."""

from __future__ import annotations

import itertools
import re

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from cnn_tutor.app.worksheet import pages
from cnn_tutor.app.worksheet.pages import PAGE, Pages, item
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercises import Exercise, generate, kinds, shapes
from cnn_tutor.study.exercises.code import encode
from tests.unit.app.worksheet.every import every
from tests.unit.engine.toys import Scaled, known

pytestmark = pytest.mark.usefixtures("qapp")


def sheet(exercises: list[Exercise]) -> Pages:
    return Pages([item(n, e) for n, e in enumerate(exercises, 1)], "title", "foot")


def texts(sheet: Pages, number: int) -> list[str]:
    """What is written on a page."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    svg = QSvgGenerator()
    svg.setOutputDevice(buffer)
    svg.setViewBox(QRectF(0, 0, *PAGE))
    painter = QPainter(svg)
    sheet.paint(painter, number)
    painter.end()
    found = re.findall(r"<text [^>]*>([^<]*)</text>", bytes(buffer.data()).decode())
    return [text.strip() for text in found]


@pytest.fixture(scope="module", params=words.LANGUAGES)
def everything(request, qapp) -> Pages:
    """Every exercise there is, in one language."""
    before = words.language()
    words.speak(request.param)
    made = sheet(every(0, 5))
    words.speak(before)
    return made


def test_nothing_lies_over_anything_else_or_beyond_the_page(everything) -> None:
    for page in everything.pages:
        placed = []
        for block, at in page.blocks:
            for part, place, scale in block.parts:
                placed.append(QRectF(at + place, part.size() * scale))
        for box in placed:
            assert box.right() <= pages.WIDTH + 1
            assert box.bottom() <= pages.HEIGHT + 1
        for one, other in itertools.combinations(placed, 2):
            assert not one.intersects(other)


def test_every_number_has_room_in_one_line_of_its_cell(everything) -> None:
    for page in everything.pages:
        drawings = [block.parts[-1][0] for block, _ in page.blocks]
        for drawing in drawings:
            text = drawing.begin()
            while text.isValid():
                assert text.layout().lineCount() <= 1, text.text()
                text = text.next()


def test_answers_are_in_the_key_only() -> None:
    words.speak("en")
    for exercise in (
        generate("output_size", "conv2d", 3, 9),
        generate("parameter_count", "conv2d", 5, 2),
    ):
        made = sheet([exercise])
        question, key = (texts(made, n) for n in range(2))
        for blank in exercise.blanks:
            assert numbers.brief(blank.answer) not in question
            assert numbers.brief(blank.answer) in key


def test_every_exercise_has_its_number_and_its_code_twice() -> None:
    made = sheet(every(1)[:30])
    written = [texts(made, n) for n in range(len(made))]
    answers = [page.key for page in made.pages]
    assert answers == sorted(answers)
    for key in (False, True):
        found = [
            text for page, own in zip(written, answers, strict=True) if own is key for text in page
        ]
        for number, exercise in enumerate(every(1)[:30], 1):
            assert str(number) in found
            assert encode(exercise) in found


def test_pages_are_numbered_and_those_of_the_key_anew() -> None:
    words.speak("en")
    made = sheet(every(0)[:12])
    first = sum(not page.key for page in made.pages)
    rest = len(made) - first
    feet = [f"Page {n + 1} of {first}" for n in range(first)]
    feet += [f"Answers, page {n + 1} of {rest}" for n in range(rest)]
    for number, foot in enumerate(feet):
        written = "".join(texts(made, number)).replace(" ", "")  # may be cut up at its digits
        assert written.endswith(foot.replace(" ", ""))


def test_a_kind_that_nobody_knows_is_printed_too() -> None:
    class Printed(Scaled):
        kind = "printed"

    with known(Printed):
        asked = [s for s in shapes() if "printed" in kinds(s)]
        assert "whole_output" in asked
        made = sheet([generate(shape, "printed", 0, 1) for shape in asked])
        assert "scale" in texts(made, 0)


def test_numbers_to_choose_from_stand_under_letters_and_the_right_letter_in_the_key() -> None:
    exercise = generate("parameter_count", "conv2d", 2, 3)
    answer = exercise.blanks[0].answer
    others = (answer + 1, -answer, 5000.0)
    for place, letter in enumerate("abcd"):
        choices = (*others[:place], answer, *others[place:])
        made = Pages([item(1, exercise, choices)], "title", "foot")
        front, key = (" ".join(texts(made, number)).replace("\xa0", " ") for number in (0, 1))
        for sign, number in zip("abcd", choices, strict=True):
            assert f"{sign}) {numbers.show(number)}" in front
        assert re.findall(r"\b([abcd])\)", key) == [letter]


def test_the_tallest_exercise_with_choices_still_fits_its_page() -> None:
    for exercise in every(1, 3):
        found = item(1, exercise, (1.0, 2.0, 3.0, 4.0))
        assert found.block.height <= pages.HEIGHT - pages._HEAD + 1
