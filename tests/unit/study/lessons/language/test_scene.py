"""What a learner has before them."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.study.lessons.written import pictured


def test_what_is_not_there_any_more_falls_back() -> None:
    scene = replace(pictured(), at=(1, 2, 0))
    assert (scene.layer, scene.cell, scene.fits) == ("conv2d_1", (1, 2, 0), True)
    gone = replace(scene, shown="gone", at=(9, 9, 9), view="units")
    assert (gone.layer, gone.cell, gone.fits) == ("relu_1", (1, 2, 1), False)
    assert gone.tab == "cells"  # a ReLU has no units
    assert replace(gone, shown="conv2d_1").tab == "units"


def test_numbers_are_computed_once_and_let_go_of() -> None:
    scene = pictured()
    first = scene.evaluation
    assert scene.evaluation is scene.with_project(scene.project).evaluation is first
    scene.forget()
    assert scene.evaluation is not first
