"""Steps and their scenes."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from cnn_tutor.engine.network import Evaluation
from cnn_tutor.study.lessons.language.assignment import Assignment
from cnn_tutor.study.lessons.language.target import PANEL, PLAYER
from cnn_tutor.study.lessons.lesson import Step
from cnn_tutor.study.lessons.task import Task
from tests.unit.study.lessons.written import EXAMPLE, opened, pictured

START = pictured()


def test_only_what_is_there_is_pointed_at() -> None:
    step = Step("s", {}, points=("settings.padding", "views.units", "x[1,1]", "player"))
    assert len(step.targets(START)) == 4
    relu = Assignment.parse("layer = relu_1").applied(START)
    assert [found.part for found in step.targets(relu)] == ["cells", "player"]


@pytest.mark.parametrize(
    ("step", "needs"),
    [
        (Step("s", {}, points=("x", "views", "products")), set()),
        (Step("s", {}, points=("formula",)), {PANEL}),
        (Step("s", {}, points=("player", "settings.padding")), {PANEL, PLAYER}),
        (Step("s", {}, task=Task({}, answer=(Assignment.parse("kernel = 0"),))), set()),
        (Step("s", {}, task=Task({}, answer=(Assignment.parse("add = relu"),))), set()),
        (Step("s", {}, task=Task({}, answer=(Assignment.parse("padding = same"),))), {PANEL}),
        (Step("s", {}, task=Task({}, answer=(Assignment.parse("x.height = 7"),))), {PANEL}),
        (Step("s", {}, look="0,0", walked=True), set()),
        (Step("s", {}, look="0,1", walked=True), {PLAYER}),
        (Step("s", {}, look="0,1"), set()),
    ],
)
def test_what_a_step_needs_follows_from_what_it_says(step: Step, needs: set[str]) -> None:
    assert step.needs(step.seen(START)) == needs


def test_what_was_needed_stays(tmp_path: Path) -> None:
    lesson = opened(tmp_path, EXAMPLE)
    assert [lesson.needs(place) for place in range(3)] == [set(), {PLAYER}, {PLAYER}]


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
