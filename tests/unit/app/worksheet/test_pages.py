"""How exercises are laid out on paper."""

from __future__ import annotations

import itertools
import re

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTextDocument
from PySide6.QtSvg import QSvgGenerator

from cnn_tutor.app.style import appearance
from cnn_tutor.app.worksheet.pages import _HEAD, Pages, item
from cnn_tutor.app.worksheet.paper import Paper
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercises import Exercise, generate, kinds, shapes
from cnn_tutor.study.exercises.code import encode
from cnn_tutor.study.practice.worksheet import PAPERS
from tests.helpers.drilling import distinctive, telling
from tests.unit.app.worksheet.every import every
from tests.unit.engine.toys import Scaled, known

pytestmark = pytest.mark.usefixtures("qapp")


def sheet(exercises: list[Exercise], paper: str = "a4") -> Pages:
    on = Paper(paper)
    return Pages([item(n, e, on) for n, e in enumerate(exercises, 1)], "title", "foot", on)


def texts(sheet: Pages, number: int) -> list[str]:
    """What is written on a page."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    svg = QSvgGenerator()
    svg.setOutputDevice(buffer)
    svg.setViewBox(QRectF(0, 0, sheet.paper.page_width, sheet.paper.page_height))
    painter = QPainter(svg)
    sheet.paint(painter, number)
    painter.end()
    found = re.findall(r"<text [^>]*>([^<]*)</text>", bytes(buffer.data()).decode())
    return [text.strip() for text in found]


@pytest.fixture(
    scope="module",
    params=[("ja", "a4"), ("en", "a4"), ("ja", "b5"), ("en", "letter"), ("ja", "a3")],
)
def everything(request, qapp) -> Pages:
    """Every exercise there is, in one language on one paper."""
    language, paper = request.param
    before = words.language()
    words.speak(language)
    made = sheet(every(0, 5) if paper == "a4" else every(5), paper)
    words.speak(before)
    return made


def test_nothing_lies_over_anything_else_or_beyond_the_page(everything) -> None:
    for page in everything.pages:
        placed = []
        for block, at in page.blocks:
            for part, place, scale in block.parts:
                placed.append(QRectF(at + place, part.size() * scale))
        for box in placed:
            assert box.right() <= everything.paper.width + 1
            assert box.bottom() <= everything.paper.height + 1
        for one, other in itertools.combinations(placed, 2):
            assert not one.intersects(other)


def test_every_number_has_room_in_one_line_of_its_cell(everything) -> None:
    for page in everything.pages:
        drawings = [block.parts[-1][0] for block, _ in page.blocks]
        for drawing in drawings:
            if not isinstance(drawing, QTextDocument):  # a chain has its boxes
                continue
            text = drawing.begin()
            while text.isValid():
                assert text.layout().lineCount() <= 1, text.text()
                text = text.next()


def test_a_page_looks_the_same_in_every_theme(qapp) -> None:
    def drawn() -> QImage:
        made = sheet(every(2)[:4])
        picture = QImage(420, 594, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.scale(*2 * [picture.width() / made.paper.page_width])
        made.paint(painter, 0)
        painter.end()
        return picture

    appearance.apply("light")
    light = drawn()
    appearance.apply("dark")
    assert drawn() == light


def test_more_stands_on_a_larger_page() -> None:
    counts = {paper: len(sheet(every(3)[:30], paper)) for paper in PAPERS}
    assert counts["a3"] < counts["a4"] < counts["b5"]


def test_answers_are_in_the_key_only() -> None:
    words.speak("en")
    for exercise in (
        telling("output_size", "conv2d", 3),
        telling("parameter_count", "conv2d", 5),
    ):
        made = sheet([exercise])
        question, key = (texts(made, n) for n in range(2))
        assert distinctive(exercise)
        for answer in distinctive(exercise).values():
            assert numbers.brief(answer) not in question
            assert numbers.brief(answer) in key


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
    answer, paper = exercise.blanks[0].answer, Paper(PAPERS[0])
    others = (answer + 1, -answer, 5000.0)
    for place, letter in enumerate("abcd"):
        choices = (*others[:place], answer, *others[place:])
        made = Pages([item(1, exercise, paper, choices)], "title", "foot", paper)
        front, key = (" ".join(texts(made, number)).replace("\xa0", " ") for number in (0, 1))
        for sign, number in zip("abcd", choices, strict=True):
            assert f"{sign}) {numbers.show(number)}" in front
        assert re.findall(r"\b([abcd])\)", key) == [letter]


def test_the_tallest_exercise_with_choices_still_fits_its_page() -> None:
    for exercise, key in itertools.product(every(1, 3), PAPERS):
        paper = Paper(key)
        found = item(1, exercise, paper, (1.0, 2.0, 3.0, 4.0))
        assert found.block.height <= paper.height - _HEAD + 1
