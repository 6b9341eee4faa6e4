"""Every exercise trains one skill, the plain ones first, and a new kind of layer is practised."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.study import words
from cnn_tutor.study.exercises.generator import LEVELS, kinds, shapes
from cnn_tutor.study.practice.mastery import skills as module
from cnn_tutor.study.practice.mastery.skills import skill_of, skills
from tests.unit.engine.toys import Scaled, known


def pairs() -> list[tuple[str, str]]:
    return [(shape, kind) for shape in shapes() for kind in kinds(shape)]


def test_every_exercise_belongs_to_one_skill_at_each_level() -> None:
    assert pairs()
    for shape, kind in pairs():
        for level in LEVELS:
            owners = [
                key
                for key, skill in skills().items()
                if level in skill.levels and (shape, kind) in skill.asked_at(level)
            ]
            assert owners == [skill_of(shape, kind, level)], (shape, kind, level)


def test_every_skill_can_be_asked_at_each_of_its_levels() -> None:
    for key, skill in skills().items():
        assert skill.key == key
        assert skill.pairs
        assert list(skill.levels) == sorted(set(skill.levels))
        for level in skill.levels:
            assert {skill_of(*pair, level) for pair in skill.asked_at(level)} == {key}


def test_the_file_names_shapes_and_kinds_that_there_are_and_none_twice() -> None:
    seen: set[tuple[str, str, int]] = set()
    for key, entry in words.table("skills").items():
        for kind, named in entry["asks"].items():
            assert kind == "*" or kind in layer_kinds(), key
            for shape in named:
                assert shape == "*" or shape in shapes(), key
                claims = {(kind, shape, level) for level in entry.get("levels", LEVELS)}
                assert not claims & seen, key
                seen |= claims


def test_levels_of_convolution_are_skills_of_their_own() -> None:
    found = [skill_of("one_output_cell", "conv2d", level) for level in LEVELS]
    assert found == ["products", "products", "padding", "stride", "rgb", "rgb"]
    assert skill_of("one_output_cell", "conv2d", -1) == "products"
    assert skill_of("one_output_cell", "conv2d", 99) == "rgb"
    assert next(iter(skills())) == "products"
    assert skills()["products"].pairs[0] == ("one_output_cell", "conv2d")


def test_names_are_in_both_languages() -> None:
    names = {skill.name["ja"] for skill in skills().values()}
    assert {"積和", "出力の大きさ", "パディング", "RGB の和", "最大プーリング"} <= names
    assert len(names) == len(skills())
    assert all(set(skill.name) == set(words.LANGUAGES) for skill in skills().values())


@pytest.fixture
def toy() -> Iterator[str]:
    with known(Scaled):
        yield Scaled.kind


def test_a_new_kind_is_a_skill_at_once(toy: str) -> None:
    askable = [shape for shape in shapes() if toy in kinds(shape)]
    assert "one_output_cell" in askable
    key = skill_of("one_output_cell", toy, 0)
    assert key == f"kind.{toy}"
    assert dict(skills()[key].name) == {"ja": toy, "en": toy}
    assert ("one_output_cell", toy) in skills()[key].pairs
    assert skills()[key].levels == tuple(LEVELS)


def test_a_kind_that_is_gone_again_leaves_no_skill() -> None:
    with known(Scaled):
        assert f"kind.{Scaled.kind}" in skills()
    assert f"kind.{Scaled.kind}" not in skills()
    assert skill_of("one_output_cell", Scaled.kind, 0) == f"kind.{Scaled.kind}"


def test_shapes_that_are_not_there_leave_no_holes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "shapes", lambda: {"one_output_cell": None})
    assert {shape for skill in skills().values() for shape, _ in skill.pairs} == {"one_output_cell"}
    monkeypatch.setattr(module, "shapes", dict)
    assert skills() == {}


def test_what_the_file_leaves_out_of_a_kind_goes_by_the_name_of_the_kind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = {"products": words.table("skills")["products"]}
    real = words.table
    monkeypatch.setattr(words, "table", lambda file: table if file == "skills" else real(file))
    module._arranged.cache_clear()
    try:
        assert skill_of("one_output_cell", "conv2d", 3) == "kind.conv2d"
        rest = skills()["kind.conv2d"]
        assert rest.name["ja"] == "畳み込み"
        assert ("one_output_cell", "conv2d") in rest.asked_at(3)
        assert ("one_output_cell", "conv2d") not in rest.asked_at(0)
    finally:
        module._arranged.cache_clear()
