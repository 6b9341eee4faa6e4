"""How exercises are laid out on paper."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from cnn_tutor.app.worksheet.paper import ink, pages
from cnn_tutor.app.worksheet.paper.board import board
from cnn_tutor.app.worksheet.paper.cells import Cell
from cnn_tutor.app.worksheet.paper.pages import PAGE, Pages, item
from cnn_tutor.study import numbers, words
from cnn_tutor.study.exercise import PRODUCTS, STEPS, Blank
from cnn_tutor.study.exercises import Exercise, generate, kinds, shapes
from cnn_tutor.study.exercises.code import encode
from tests.unit.engine.toys import Scaled, known

pytestmark = pytest.mark.usefixtures("qapp")


def every(*levels: int) -> list[Exercise]:
    return [
        generate(shape, kind, level, 4)
        for shape in shapes()
        for kind in kinds(shape)
        for level in levels
    ]


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


def cells(exercise: Exercise) -> Iterator[Cell]:
    on_paper = board(exercise)
    for row in on_paper.rows:
        for group in row:
            for grid in itertools.chain(*group.grids):
                yield from itertools.chain(*grid.rows)
    yield from (line.cell for line in on_paper.lines)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_nothing_lies_over_anything_else_or_beyond_the_page(language) -> None:
    words.speak(language)
    made = sheet(every(0, 5))
    for page in made.pages:
        placed = []
        for block, at in page.blocks:
            width = getattr(block, "width", pages._WIDTH)
            placed.append(QRectF(at.x(), at.y(), width, block.height))
        for box in placed:
            assert box.right() <= pages._WIDTH + 1
            assert box.bottom() <= pages._HEIGHT + 1
        for one, other in itertools.combinations(placed, 2):
            assert not one.intersects(other)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_parts_of_a_figure_stand_apart(language) -> None:
    words.speak(language)
    for number, exercise in enumerate(every(2, 4), 1):
        figure = item(number, exercise).figure
        boxes = [box.adjusted(1, 1, -1, -1) for box in figure.boxes]
        for one, other in itertools.combinations(boxes, 2):
            assert not one.intersects(other), (exercise.shape, exercise.kind)


def test_every_blank_is_on_the_paper_once_and_empty() -> None:
    for exercise in every(1, 5):
        asked = [cell for cell in cells(exercise) if cell.asked]
        assert len(asked) == len(exercise.blanks), (exercise.shape, exercise.kind)
        assert not any(cell.given for cell in asked if not cell.mark)
        hidden = {b.port for b in exercise.blanks} & set(type(exercise.layer).switches)
        assert not hidden or not any(cell.given for cell in asked)


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


def test_an_output_that_is_asked_in_one_cell_is_open_elsewhere() -> None:
    for kind in kinds("one_output_cell"):
        exercise = generate("one_output_cell", kind, 3, 1)
        groups = board(exercise).rows[0]
        output = list(itertools.chain(*(r for g in groups[-1].grids for x in g for r in x.rows)))
        assert not any(cell.given for cell in output), kind
        assert sum(cell.asked for cell in output) == 1


def test_what_is_sought_in_the_input_or_filter_is_found_from_the_output() -> None:
    exercise = generate("find_filter", "conv2d", 3, 1)
    made = exercise.layer.forward(exercise.tensors)
    output = [x for g in board(exercise).rows[0][-1].grids for x in g]
    given = [cell.given for grid in output for row in grid.rows for cell in row]
    assert given == [numbers.brief(float(n)) for n in made.ravel()]


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


def test_numbers_fit_their_cells() -> None:
    for number, exercise in enumerate(every(5), 1):
        for grid in item(number, exercise).figure.grids:
            assert grid.longest <= grid.cell_width


def test_a_kind_that_nobody_knows_is_printed_too() -> None:
    class Printed(Scaled):
        kind = "printed"

    with known(Printed):
        asked = [s for s in shapes() if "printed" in kinds(s)]
        assert "whole_output" in asked
        made = sheet([generate(shape, "printed", 0, 1) for shape in asked])
        assert "scale" in texts(made, 0)


def test_the_signs_of_a_layer_make_an_equation() -> None:
    assert [group.sign for group in board(generate("whole_output", "conv2d", 0, 1)).rows[0]] == [
        *("", "∗", "+", "=")
    ]
    assert [g.sign for g in board(generate("whole_output", "relu", 0, 1)).rows[0]] == ["", "→"]


def test_paper_has_its_own_font_whatever_is_on_the_screen(qapp) -> None:
    before = ink.width("123", 10)
    font = qapp.font()
    try:
        other = qapp.font()
        other.setFamilies(["DejaVu Sans Mono"])
        qapp.setFont(other)
        ink.font.cache_clear()
        ink.width.cache_clear()
        assert ink.width("123", 10) == before
    finally:
        qapp.setFont(font)
        ink.font.cache_clear()
        ink.width.cache_clear()


def stages(level: int, seed: int) -> Exercise:
    """Every product of one cell, and the result of every step, asked for."""
    exercise = generate("one_output_cell", "conv2d", level, seed)
    steps = exercise.layer.explain(exercise.tensors, exercise.at).steps
    blanks = [
        Blank(f"products[{n},{t}]", term.value, PRODUCTS, (n, t))
        for n, step in enumerate(steps)
        for t, term in enumerate(step.terms)
        if len(term.factors) > 1
    ]
    blanks += [Blank(f"steps[{n}]", step.value, STEPS, (n,)) for n, step in enumerate(steps)]
    return replace(exercise, blanks=tuple(blanks))


@pytest.mark.parametrize("level", [0, 3, 4])
def test_the_way_to_a_number_has_room_for_every_product_and_sum(level) -> None:
    exercise = stages(level, 2)
    asked = [cell for cell in cells(exercise) if cell.asked]
    assert len(asked) == len(exercise.blanks)
    assert sorted(cell.answer for cell in asked) == sorted(
        numbers.brief(blank.answer) for blank in exercise.blanks
    )
    assert not any(cell.given for cell in asked)


def test_products_that_are_shown_are_numbers_and_only_the_last_step_is_asked() -> None:
    exercise = stages(3, 2).faded()
    given = [cell.given for cell in cells(exercise)]
    step = exercise.layer.explain(exercise.tensors, exercise.at).steps[-1]
    assert {numbers.brief(term.value) for term in step.terms} <= set(given)
    assert sum(cell.asked for cell in cells(exercise)) == 1
