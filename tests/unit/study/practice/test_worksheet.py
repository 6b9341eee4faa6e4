"""Which exercises stand on a worksheet."""

from __future__ import annotations

import pytest

from cnn_tutor.study.exercise import NoExercise
from cnn_tutor.study.exercises import generate
from cnn_tutor.study.practice import worksheet
from cnn_tutor.study.practice.mastery.skills import Skill, skills
from cnn_tutor.study.practice.worksheet import MIX, NoSuchSkill, exercises

SIZES = Skill("sizes", {"ja": "大きさ", "en": "sizes"}, (("output_size", "conv2d"),), (1, 2, 3))


def facts(skill: str, count: int, seed: int) -> list[tuple[object, ...]]:
    return [(e.shape, e.kind, e.level, e.seed) for e in exercises(skill, count, seed)]


def test_the_same_worksheet_has_the_same_exercises() -> None:
    first = facts(MIX, 8, 3)
    assert len(first) == 8
    assert first == facts(MIX, 8, 3)
    assert first != facts(MIX, 8, 4)


def test_it_goes_from_easy_to_hard(monkeypatch) -> None:
    mixed = [level for _, _, level, _ in facts(MIX, 20, 1)]
    assert mixed == sorted(mixed)
    assert len(set(mixed)) > 2
    monkeypatch.setattr(worksheet, "skills", lambda: {"sizes": SIZES})
    levels = [level for _, _, level, _ in facts("sizes", 7, 1)]
    assert levels == [1, 1, 1, 2, 2, 3, 3]


def test_a_mix_has_a_bit_of_everything(monkeypatch) -> None:
    known = {key: skills()[key] for key in ("output_size", "parameters", "dense")}
    monkeypatch.setattr(worksheet, "skills", lambda: known)
    shapes = {(shape, kind) for shape, kind, _, _ in facts(MIX, 6, 0)}
    for skill in known.values():
        assert shapes & set(skill.pairs), skill.key


def test_a_skill_has_only_its_own() -> None:
    for key in ("output_size", "dropout"):
        pairs = {(shape, kind) for shape, kind, _, _ in facts(key, 5, 2)}
        assert pairs <= set(skills()[key].pairs)


def test_no_exercise_is_there_twice() -> None:
    found = list(exercises("parameters", 12, 5))
    said = [(e.kind, e.prompt["en"]) for e in found]
    assert len(set(said)) == len(said)


def test_exercises_that_tell_mistakes_apart_come_first(monkeypatch) -> None:
    from dataclasses import replace

    def sometimes(shape, kind, level, seed):
        return replace(generate(shape, kind, level, seed), evidence=seed % 2 == 0)

    monkeypatch.setattr(worksheet, "generate", sometimes)
    monkeypatch.setattr(worksheet, "skills", lambda: {"sizes": SIZES})
    told = [e.evidence for e in exercises("sizes", 30, 0)]
    assert len(told) == 30
    assert sum(told) > 20  # of three tries one in two would do: 26 of 30


def test_only_what_cannot_be_asked_after_all_is_left_out(monkeypatch) -> None:
    fault: ValueError = NoExercise("of this kind")

    def never(shape, kind, level, seed):
        raise fault

    monkeypatch.setattr(worksheet, "generate", never)
    assert facts(MIX, 5, 0) == []
    fault = ValueError("inside a layer")
    with pytest.raises(ValueError, match="inside a layer"):
        facts(MIX, 5, 0)


def test_an_unknown_skill_is_refused_before_anything_is_made() -> None:
    with pytest.raises(NoSuchSkill) as caught:
        exercises("juggling", 5, 0)
    assert "output_size" in str(caught.value.values["known"])
    assert MIX in str(caught.value.values["known"])
