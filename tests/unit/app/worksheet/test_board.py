"""What stands on paper for an exercise."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from cnn_tutor.app.worksheet.board import Cell, board
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import PRODUCTS, STEPS, Blank
from cnn_tutor.study.exercises import Exercise, generate, kinds
from tests.unit.app.worksheet.every import every


def cells(exercise: Exercise) -> list[Cell]:
    on_paper = board(exercise)
    grouped = [cell for group in itertools.chain(*on_paper.rows) for cell in group.cells]
    return [*grouped, *(line.cell for line in on_paper.lines)]


def test_every_blank_is_on_the_paper_once_and_empty() -> None:
    for exercise in every(1, 5):
        asked = [cell for cell in cells(exercise) if cell.asked]
        in_chain = sum(len(link.blanks) for link in exercise.chain)
        expected = len(exercise.blanks) - in_chain
        assert len(asked) == expected, (exercise.shape, exercise.kind)
        assert not any(cell.given for cell in asked if not cell.mark)
        hidden = {b.port for b in exercise.blanks} & set(type(exercise.layer).switches)
        assert not hidden or not any(cell.given for cell in asked)


def test_an_output_that_is_asked_in_one_cell_is_open_elsewhere() -> None:
    for kind in kinds("one_output_cell"):
        exercise = generate("one_output_cell", kind, 3, 1)
        output = board(exercise).rows[0][-1].cells
        assert not any(cell.given for cell in output), kind
        assert sum(cell.asked for cell in output) == 1


def test_what_is_sought_in_the_input_or_filter_is_found_from_the_output() -> None:
    exercise = generate("find_filter", "conv2d", 3, 1)
    made = exercise.layer.forward(exercise.tensors)
    given = [cell.given for cell in board(exercise).rows[0][-1].cells]
    assert given == [numbers.brief(float(n)) for n in made.ravel()]


def test_a_mask_is_found_from_the_output() -> None:
    asked = (generate("dropout_mask", "dropout", 2, seed) for seed in range(20))
    exercise = next(e for e in asked if e.blanks[0].port == "mask")
    made = exercise.layer.forward(exercise.tensors)
    output = board(exercise).rows[0][-1].cells
    assert [cell.given for cell in output] == [numbers.brief(float(n)) for n in made.ravel()]


def test_the_signs_of_a_layer_make_an_equation() -> None:
    assert [group.sign for group in board(generate("whole_output", "conv2d", 0, 1)).rows[0]] == [
        *("", "∗", "+", "=")
    ]
    assert [g.sign for g in board(generate("whole_output", "relu", 0, 1)).rows[0]] == ["", "→"]


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
