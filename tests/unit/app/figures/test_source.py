"""What a figure can be made of: the views of a layer and the formula, unless it is asked for."""

from __future__ import annotations

from cnn_tutor.app.figures.source import FORMULA
from tests.unit.app.figures.sources import source


def test_every_view_that_is_offered_and_the_formula_can_be_shown(window) -> None:
    assert source(window, "relu").subjects == (*window.lab.state.now.offered, FORMULA)


def test_the_formula_of_a_number_that_is_asked_for_can_not(lesson) -> None:
    lesson.guide.go_to(1)
    found = source(lesson, lesson.guide.lesson.key)
    lesson.guide.go_to(1)
    lesson.lab.state.pin(*lesson.lab.questions.open)
    assert FORMULA not in found.subjects
