"""What a wrong number looks like: one mistake before many, the usual before the rare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from cnn_tutor.study.exercise import Exercise, ExerciseShape, Outcome
from cnn_tutor.study.grading import diagnosis
from cnn_tutor.study.grading.grading import Grade, Past, grade
from cnn_tutor.study.mistakes.catalogue import Mistake
from tests.helpers.made_up import exercise, marks, mistakes

KNOWN = mistakes("one", "two", "three", "slip", "slip_too", rare=0.1)


@pytest.fixture(autouse=True)
def _made_up_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "catalogue", lambda: KNOWN)


def said(result: Grade) -> list[str]:
    return [mistake.id for mistake in result.mistakes]


def certain(result: Grade) -> list[str]:
    return [mistake.id for mistake in result.mistakes if mistake.certain]


def cell(answer: float = 10, slips: Mapping[str, float] | None = None, **wrong: float) -> Exercise:
    """Return an exercise of one cell, "a", with the number of each mistake in it."""
    return exercise(
        {"a": answer},
        [Outcome(mistake, {"a": number}) for mistake, number in wrong.items()],
        [Outcome(mistake, {"a": number}) for mistake, number in (slips or {}).items()],
    )


GRID = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}


# --- one answer ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["10", "", "x", "11,000"])
def test_what_is_not_wrong_looks_like_no_mistake(text: str) -> None:
    assert grade(cell(one=11, two=10), {"a": text}).mistakes == ()


@pytest.mark.parametrize(
    ("number", "text", "meant"),
    [
        (7 / 3, "2.33", True), (7 / 3, "7/3", True), (7 / 3, "2.3333", True), (7 / 3, "2.3", False),
        (7 / 3, "2.34", False), (11, "11.004", False), (11, "11.0", True), (0.125, "0.13", True),
    ],
)  # fmt: skip
def test_a_mistakes_number_may_be_rounded_as_an_answer_may(
    number: float, text: str, meant: bool
) -> None:
    assert said(grade(cell(one=number), {"a": text})) == (["one"] if meant else [])


EVERY_WAY = [Outcome("one", {"a": number}) for number in range(11, 19)]
TWICE = [Outcome("one", {"a": 11}), Outcome("one", {"a": 11}), Outcome("one", {"a": 12})]


@pytest.mark.parametrize(
    ("asked", "text", "told"),
    [
        (cell(one=11, two=12), "１１", ["one"]),
        (cell(one=11, two=12), "13", []),
        (exercise({"a": 10}, TWICE), "11", ["one"]),
        (cell(rare=11, one=11), "11", ["one", "rare"]),
        # What leads there every way comes before what does so one way in eight.
        (exercise({"a": 10}, [*EVERY_WAY, Outcome("two", {"a": 12})]), "12", ["two", "one"]),
        (exercise({"a": 10}, [*EVERY_WAY, Outcome("two", {"a": 12})]), "13", ["one"]),
        # A slip comes after what leads there as well.
        (cell(one=11, slips={"slip": 12, "slip_too": 11}), "11", ["one", "slip_too"]),
        (cell(one=11, slips={"slip": 12, "slip_too": 11}), "12", ["slip"]),
    ],
)
def test_the_mistakes_that_lead_to_a_number(asked: Exercise, text: str, told: list[str]) -> None:
    assert said(grade(asked, {"a": text})) == told


def test_what_leads_there_by_nature_comes_after_what_is_better_known() -> None:
    asked = exercise({"a": 10}, [Outcome("one", {"a": 11}, aside=True), Outcome("two", {"a": 11})])
    assert said(grade(asked, {"a": "11"})) == ["two", "one"]
    assert said(grade(asked, {"a": "11"}, ["one"])) == ["one", "two"]
    assert certain(grade(asked, {"a": "11"}, ["one"])) == ["one"]


def test_nothing_is_worked_out_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = cell(one=11)
    looked: list[str] = []

    def noting(what: str, found: tuple[Outcome, ...]) -> None:
        def look(shape: ExerciseShape, exercise: Exercise) -> tuple[Outcome, ...]:
            looked.append(what)
            return found

        monkeypatch.setattr(type(asked.source), what, look)

    noting("outcomes", asked.outcomes)
    noting("slips", ())
    for entries, expected in (
        ({"a": "10"}, []),
        ({"a": ""}, []),
        ({"a": "x"}, []),
        ({"a": "11"}, ["outcomes", "slips"]),
    ):
        looked.clear()
        grade(replace(asked), entries)
        assert sorted(looked) == expected


# --- a grid --------------------------------------------------------------------------------------


def test_one_mistake_for_the_whole_grid_beats_one_for_each_cell() -> None:
    whole = Outcome("rare", {"a": 5, "b": 6, "c": 7, "d": 8})
    each = [Outcome(m, {n: v}) for m, n, v in (("one", "a", 5), ("two", "b", 6), ("three", "c", 7))]
    result = grade(exercise(GRID, [*each, whole]), dict(zip("abcd", "5678", strict=True)))
    assert said(result) == ["rare"]
    assert result.mistakes[0].cells == ("a", "b", "c", "d")


def test_what_no_better_mistake_explains_is_told_too() -> None:
    ways = [Outcome("one", {"a": 5, "b": 6}), Outcome("two", {"c": 9}), Outcome("three", {"b": 6})]
    entries = {"a": "5", "b": "6", "c": "9", "d": "4"}
    assert said(grade(exercise(GRID, ways), entries)) == ["one", "two"]


def test_a_slip_that_explains_more_comes_first_and_else_last() -> None:
    ways = [Outcome("rare", {"a": 5}), Outcome("one", {"b": 6})]
    slips = [Outcome("slip", {"a": 5, "b": 6, "c": 9}), Outcome("slip_too", {"c": 9})]
    entries = {"a": "5", "b": "6", "c": "9", "d": "4"}
    assert said(grade(exercise(GRID, ways, slips), entries)) == ["slip"]
    assert said(grade(exercise(GRID, ways, slips[1:]), entries))[-1] == "slip_too"


@pytest.mark.parametrize(("b", "first"), [("2", "two"), ("7", "one"), ("8", "two"), ("", "one")])
def test_a_mistake_that_leads_elsewhere_in_other_cells_is_weaker(b: str, first: str) -> None:
    """Of two that explain one cell each, only that in which the other cell is as it would be."""
    ways = [Outcome("one", {"a": 5, "b": 6}), Outcome("two", {"a": 5})]
    if b == "7":  # wrong in a way that neither leads to
        ways[1] = Outcome("two", {"a": 5, "c": 9})
    if b == "":  # nothing there speaks against either: the more common one
        ways[1] = Outcome("rare", {"a": 5})
    if b == "8":
        ways[1] = Outcome("two", {"a": 5, "b": 8})
    result = grade(exercise(GRID, ways), {"a": "5", "b": b, "c": "3", "d": "4"})
    assert said(result)[0] == first


def test_one_way_has_to_explain_the_cells_not_one_way_here_and_another_there() -> None:
    ways = [
        Outcome("one", {"a": 5, "b": 60}),
        Outcome("one", {"a": 50, "b": 6}),
        Outcome("rare", {"a": 5, "b": 6}),
    ]
    result = grade(exercise(GRID, ways), {"a": "5", "b": "6", "c": "3", "d": "4"})
    assert said(result) == ["rare"]


def test_marks_look_like_a_mistake_only_all_together() -> None:
    asked = exercise(marks("ab", "cd"), [Outcome("one", {"a": 0, "c": 1}, together=True)])
    assert said(grade(asked, {"b": "1", "c": "1"})) == ["one"]
    assert said(grade(asked, {"a": "0", "b": "1", "c": "1", "d": "0"})) == ["one"]
    assert said(grade(asked, {"c": "1"})) == []
    assert said(grade(asked, {"b": "1", "c": "1", "d": "1"})) == []
    assert said(grade(asked, {"a": "1", "b": "1", "c": "1"})) == []
    assert certain(grade(asked, {"b": "1", "c": "1"})) == []


# --- certainty -----------------------------------------------------------------------------------


def test_one_wrong_number_is_no_proof_but_two_are() -> None:
    asked = exercise(GRID, [Outcome("one", {"a": 5, "b": 6, "c": 7})])
    assert certain(grade(asked, {"a": "5"})) == []
    assert certain(grade(asked, {"a": "5", "b": "6"})) == ["one"]


@pytest.mark.parametrize(
    "before",
    [
        ["one"], [("one", "two")], [{"one"}], [["two", "one"]], [(cell(one=11), {"a": "11"})],
        [("two",), "one"], ["one", ()],
    ],
)  # fmt: skip
def test_an_earlier_answer_that_agrees_makes_it_certain(before: list[Past]) -> None:
    asked = cell(one=-3, three=7)
    assert certain(grade(asked, {"a": "-3"}, before)) == ["one"]


@pytest.mark.parametrize("before", [[], ["two"], [()], [(cell(one=11), {"a": "10"})]])
def test_an_earlier_answer_that_does_not_agree_leaves_it_uncertain(before: list[Past]) -> None:
    assert certain(grade(cell(one=-3), {"a": "-3"}, before)) == []


def test_an_earlier_grade_is_as_good_as_its_answer() -> None:
    earlier, now = cell(one=11, two=11, three=14), cell(one=-3, three=-3)
    first = grade(earlier, {"a": "11"})
    for before in (first, (earlier, {"a": "11"})):
        result = grade(now, {"a": "-3"}, [before])
        assert said(result) == ["one", "three"]
        assert certain(result) == ["one"]


def test_an_earlier_answer_may_be_given_as_the_mistakes_that_were_told() -> None:
    told = grade(cell(one=11), {"a": "11"}).mistakes
    for before in (told, told[0]):
        assert certain(grade(cell(one=-3), {"a": "-3"}, [before])) == ["one"]
        assert certain(grade(cell(two=-3), {"a": "-3"}, [before])) == []


def test_nothing_is_certain_while_another_mistake_has_as_much_for_it() -> None:
    asked = cell(one=11, two=11)
    assert certain(grade(asked, {"a": "11"}, [("one", "two")])) == []
    assert certain(grade(asked, {"a": "11"}, [("one", "two"), ("two",)])) == ["two"]
    ways = [Outcome("one", {"a": 5, "b": 6}), Outcome("rare", {"a": 5, "b": 6})]
    assert certain(grade(exercise(GRID, ways), {"a": "5", "b": "6"})) == []


def test_a_slip_is_never_certain_and_stands_in_no_mistakes_way() -> None:
    asked = cell(slips={"slip": 12})
    assert certain(grade(asked, {"a": "12"}, ["slip", "slip"])) == []
    both = cell(one=11, slips={"slip": 11})
    assert certain(grade(both, {"a": "11"}, [("one", "slip")])) == ["one"]


def test_a_mistake_that_most_cells_speak_against_is_not_certain() -> None:
    asked = exercise(GRID, [Outcome("one", {"a": 5, "b": 6, "c": 7, "d": 8})])
    entries = {"a": "5", "b": "2", "c": "3", "d": "4"}
    assert certain(grade(asked, entries, ["one"])) == []
    assert certain(grade(asked, entries | {"b": "6", "c": "7"}, ["one"])) == ["one"]


# --- history -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (["one"], ["one", "two"]),
        (["two"], ["two", "one"]),
        (["two", "one"], ["one", "two"]),
        (["one", "two"], ["two", "one"]),
        (["one"] * 3 + ["two"] * 2 + ["one"], ["one", "two"]),
    ],
)
def test_what_the_learner_did_last_is_likelier_now(before: list[Past], told: list[str]) -> None:
    assert said(grade(cell(one=11, two=11), {"a": "11"}, before)) == told


def test_a_habit_may_be_rare_but_does_not_explain_other_numbers() -> None:
    assert said(grade(cell(one=11, rare=11), {"a": "11"}, ["rare"])) == ["rare", "one"]
    assert said(grade(cell(one=11, two=12), {"a": "12"}, ["one"] * 20)) == ["two"]


# --- what is said --------------------------------------------------------------------------------


def test_the_message_says_what_was_written_and_where_carefully_until_it_is_certain() -> None:
    careful = grade(cell(one=7 / 3), {"a": "7/3"}).mistakes[0].message
    assert careful["en"].startswith("This looks")
    assert "ようです" in careful["ja"]
    certain = grade(cell(one=-3), {"a": "−3"}, ["one"]).mistakes[0].message
    assert "looks" not in certain["en"]
    assert "ようです" not in certain["ja"]
    for message, written in ((careful, "2.3333…"), (certain, "−3")):
        assert "mistake one" in message["en"]
        assert f"Output[0, 0, 0] has {written}" in message["en"]
        assert "誤り one" in message["ja"]
        assert f"出力[0, 0, 0] は {written}" in message["ja"]


def test_the_message_has_the_values_of_its_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    says = {"ja": "{wrong} で {what}", "en": "{wrong} makes {what}"}
    mistake = Mistake("own", {"ja": "名", "en": "name"}, says)
    monkeypatch.setitem(KNOWN, "own", mistake)
    lit = {"x": ((0, 0, 0),)}
    values = {"wrong": "1 + 2", "what": {"ja": "和", "en": "a sum"}}
    way = Outcome("own", {"a": -3}, values=values, lit=lit)
    (told,) = grade(exercise({"a": 1}, [way]), {"a": "-3"}).mistakes
    assert "1 + 2 makes a sum" in told.message["en"]
    assert "1 + 2 で 和" in told.message["ja"]
    assert told.lit == lit
    assert told.name == {"ja": "名", "en": "name"}
