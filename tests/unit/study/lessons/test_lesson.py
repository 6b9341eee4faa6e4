"""Steps and their scenes."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from cnn_tutor.engine.network import Evaluation
from cnn_tutor.study.lessons.language.assignment import Assignment
from cnn_tutor.study.lessons.lesson import Step
from tests.unit.study.lessons.written import EXAMPLE, opened, pictured

START = pictured()


def test_only_what_is_there_is_pointed_at() -> None:
    step = Step("s", {}, points=("settings.padding", "views.units", "x[1,1]", "player"))
    assert len(step.targets(START)) == 4
    relu = Assignment.parse("layer = relu_1").applied(START)
    assert [found.part for found in step.targets(relu)] == ["cells", "player"]


def test_a_step_is_found_by_its_key_and_says_where_a_board_came_from(tmp_path: Path) -> None:
    lesson = opened(tmp_path, EXAMPLE)
    assert [lesson.place(key) for key in ("watch", "guess", "nowhere")] == [0, 1, 0]
    assert lesson.origin(1) == lesson.scene(1).project.origin == "own_mine/guess"


def test_the_numbers_of_a_lesson_are_let_go_of(tmp_path: Path) -> None:
    made: list[weakref.ref[Evaluation]] = []
    real = Evaluation.__init__

    def counted(self: Evaluation, *args: object) -> None:
        made.append(weakref.ref(self))
        real(self, *args)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Evaluation, "__init__", counted)
        lesson = opened(tmp_path, EXAMPLE)
        gc.collect()
        assert len(made) > 2
        assert not [ref for ref in made if ref() is not None]
        for place in (0, 1, 2, 1):
            assert lesson.scene(place).evaluation is lesson.scene(place).evaluation
        gc.collect()
        assert len([ref for ref in made if ref() is not None]) == 1
