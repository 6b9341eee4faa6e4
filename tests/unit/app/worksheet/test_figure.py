"""A board is drawn with its answers or without, as wide or as high as there is room."""

from __future__ import annotations

import pytest

from cnn_tutor.app.worksheet.board import Board, board
from cnn_tutor.app.worksheet.figure import Manner, figure
from cnn_tutor.study import numbers
from cnn_tutor.study.exercises import generate

ROOM = 5000.0

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("shape", ["one_output_cell", "output_size"])
def test_answers_are_written_only_where_they_are_wanted(shape: str) -> None:
    exercise = generate(shape, "conv2d", 3, 9)
    answer = numbers.brief(exercise.blanks[0].answer)
    empty, answered = (
        figure(board(exercise), wanted, ROOM, Manner()).toPlainText() for wanted in (False, True)
    )
    assert answered.split().count(answer) == empty.split().count(answer) + 1


def test_the_same_grids_can_be_arranged_wide_or_high() -> None:
    exercise = generate("whole_output", "conv2d", 5, 1)
    planes = len(board(exercise).rows[0][0].grids)
    assert planes > 1
    high, wide, broken = (
        figure(board(exercise), False, ROOM, manner).size()
        for manner in (Manner(), Manner(beside=planes), Manner(broken=2))
    )
    assert wide.width() > high.width() > broken.width()
    assert wide.height() < high.height() < broken.height()


def test_few_lines_stand_in_one_column_and_many_in_several() -> None:
    exercise = generate("output_size", "conv2d", 3, 9)
    lines = board(exercise).lines
    assert lines
    sizes = [figure(Board((), lines[:1] * count), False, ROOM, Manner()).size() for count in (5, 6)]
    assert sizes[0].width() < sizes[1].width()
    assert sizes[0].height() > sizes[1].height()
