"""What a wrong number looks like: one mistake before many, the usual before the rare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from cnn_tutor.study.exercise import Exercise, ExerciseShape, Outcome
from cnn_tutor.study.grading import diagnosis, evidence
from cnn_tutor.study.grading.grading import Grade, Past, grade
from cnn_tutor.study.mistakes.catalogue import Mistake
from tests.helpers.made_up import exercise, marks, mistakes

OTHERS = tuple(f"other_{n}" for n in range(16))
KNOWN = mistakes("one", "two", "three", "slip", "slip_too", *OTHERS, rare=0.1)


@pytest.fixture(autouse=True)
def _made_up_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (diagnosis, evidence):
        monkeypatch.setattr(module, "catalogue", lambda: KNOWN)


def said(result: Grade) -> list[str]:
    return [mistake.id for mistake in result.mistakes]


def certain(result: Grade) -> list[str]:
    return [mistake.id for mistake in result.mistakes if mistake.certain]


def cell(answer: float = 10, slips: Mapping[str, float] | None = None, **wrong: float) -> Exercise:
    """Return an exercise of one cell, "a", with the number of each mistake in it.

    There are others, too, which nobody makes.
    """
    wrong = {other: 90.0 + n for n, other in enumerate(OTHERS)} | wrong
    return exercise(
        {"a": answer},
        [Outcome(mistake, {"a": number}) for mistake, number in wrong.items()],
        [Outcome(mistake, {"a": number}) for mistake, number in (slips or {}).items()],
    )


GRID = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}


# --- one answer ----------------------------------------------------------------------------------


def test_a_mistake_is_known_by_its_number() -> None:
    asked = cell(one=11, two=12)
    assert said(grade(asked, {"a": "11"})) == ["one"]
    assert said(grade(asked, {"a": "１２"})) == ["two"]
    assert said(grade(asked, {"a": "13"})) == []


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


def test_a_mistake_is_told_once_though_several_of_its_ways_lead_to_the_number() -> None:
    ways = [Outcome("one", {"a": 11}), Outcome("one", {"a": 11}), Outcome("one", {"a": 12})]
    assert said(grade(exercise({"a": 10}, ways), {"a": "11"})) == ["one"]


def test_the_usual_comes_before_the_rare() -> None:
    assert said(grade(cell(rare=11, one=11), {"a": "11"})) == ["one", "rare"]


def test_what_leads_there_every_way_comes_before_what_does_so_one_way_in_eight() -> None:
    ways = [Outcome("one", {"a": number}, str(number)) for number in range(11, 19)]
    asked = exercise({"a": 10}, [*ways, Outcome("two", {"a": 12})])
    assert said(grade(asked, {"a": "12"})) == ["two", "one"]
    assert said(grade(asked, {"a": "13"})) == ["one"]


def test_what_leads_there_by_nature_comes_after_what_is_better_known() -> None:
    asked = exercise({"a": 10}, [Outcome("one", {"a": 11}, aside=True), Outcome("two", {"a": 11})])
    assert said(grade(asked, {"a": "11"})) == ["two", "one"]
    assert said(grade(asked, {"a": "11"}, ["one"])) == ["one", "two"]
    assert certain(grade(asked, {"a": "11"}, ["one", "one"])) == ["one"]


def test_a_slip_comes_after_what_leads_there_as_well() -> None:
    asked = cell(one=11, slips={"slip": 12, "slip_too": 11})
    assert said(grade(asked, {"a": "11"})) == ["one", "slip_too"]
    assert said(grade(asked, {"a": "12"})) == ["slip"]


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


def test_one_exercise_is_no_proof_however_many_cells_agree() -> None:
    others = [Outcome(other, {"a": 90.0 + n}) for n, other in enumerate(OTHERS)]
    asked = exercise(GRID, [Outcome("one", {"a": 5, "b": 6, "c": 7, "d": 8}), *others])
    entries = dict(zip("abcd", "5678", strict=True))
    first = grade(asked, entries)
    assert said(first) == ["one"]
    assert certain(first) == []
    assert certain(grade(asked, entries, [first])) == []  # the same exercise once more
    assert certain(grade(cell(one=-3), {"a": "-3"}, [first])) == ["one"]


@pytest.mark.parametrize(
    "before",
    [
        ["one"], [{"one"}], [["one", "slip"]], [(cell(one=31), {"a": "31"})], ["one", ()],
        [("one", "two"), ("one", "three")],
    ],
)  # fmt: skip
def test_an_earlier_answer_that_agrees_makes_it_certain(before: list[Past]) -> None:
    asked = cell(one=-13, three=7)
    assert certain(grade(asked, {"a": "-13"}, before)) == ["one"]


@pytest.mark.parametrize(
    "before",
    [
        [], ["two"], [()], [(cell(one=11), {"a": "10"})], [("one", "two")],
        ["one", (cell(one=11), {"a": "10"})], ["one", (cell(one=31), {"a": "17"})],
    ],
)  # fmt: skip
def test_an_earlier_answer_that_does_not_agree_leaves_it_uncertain(before: list[Past]) -> None:
    assert certain(grade(cell(one=-13), {"a": "-13"}, before)) == []


def test_answers_to_which_the_mistake_does_not_lead_are_in_no_ones_way() -> None:
    before: list[Past] = [(cell(one=31), {"a": "31"}), (cell(two=40), {"a": "10"})]
    assert certain(grade(cell(one=-13), {"a": "-13"}, before)) == ["one"]


def test_two_ways_of_a_mistake_do_not_agree() -> None:
    def off(up: float, down: float) -> Exercise:
        ways = [Outcome("one", {"a": up}, "up"), Outcome("one", {"a": down}, "down")]
        others = [Outcome(other, {"a": 90.0 + n}) for n, other in enumerate(OTHERS)]
        return exercise({"a": 10}, [*ways, *others])

    up = grade(off(31, -8), {"a": "31"})
    assert certain(grade(off(26, -13), {"a": "-13"}, [up])) == []
    assert certain(grade(off(26, -13), {"a": "26"}, [up, up])) == []  # of one exercise
    assert certain(grade(off(26, -13), {"a": "26"}, [up, grade(off(43, 2), {"a": "43"})])) == [
        "one"
    ]


def test_an_earlier_grade_is_as_good_as_its_answer() -> None:
    earlier, now = cell(one=31, two=31, three=44), cell(one=-13, three=-13)
    first = grade(earlier, {"a": "31"})
    for before in (first, (earlier, {"a": "31"})):
        result = grade(now, {"a": "-13"}, [before, "one"])
        assert said(result) == ["one", "three"]
        assert certain(result) == ["one"]  # in the earlier one the third leads elsewhere
        assert certain(grade(now, {"a": "-13"}, [before])) == []  # two mistakes led there, too


def test_an_earlier_answer_may_be_given_as_the_mistakes_that_were_told() -> None:
    told = grade(cell(one=11), {"a": "11"}).mistakes
    for before in (told, told[0]):
        assert certain(grade(cell(one=-13), {"a": "-13"}, [before])) == ["one"]
        assert certain(grade(cell(two=-13), {"a": "-13"}, [before])) == []


def test_what_two_mistakes_explain_is_told_as_both() -> None:
    asked = cell(one=31, two=31, rare=31)
    first, *rest = grade(asked, {"a": "31"}).mistakes
    assert (first.id, first.tied) == ("one", ("two", "rare"))
    assert "either" in first.message["en"]
    assert "mistake two" in first.message["en"]
    assert "誤り one" in first.message["ja"]
    assert "誤り two" in first.message["ja"]
    assert [mistake.id for mistake in rest] == ["two", "rare"]
    alone, *_ = grade(asked, {"a": "31"}, ["one"]).mistakes
    assert (alone.id, alone.tied) == ("one", ())


def test_a_tie_never_becomes_certain() -> None:
    before: list[Grade] = []
    for _ in range(6):
        before.append(grade(cell(one=31, rare=31), {"a": "31"}, before))
        assert certain(before[-1]) == []
    assert certain(grade(cell(one=40, rare=50), {"a": "40"}, before)) == ["one"]


def test_a_slip_is_never_certain_and_stands_in_no_mistakes_way() -> None:
    asked = cell(slips={"slip": 12})
    assert certain(grade(asked, {"a": "12"}, ["slip", "slip"])) == []
    both = cell(one=31, slips={"slip": 31})
    assert certain(grade(both, {"a": "31"}, [("one", "slip"), "one"])) == ["one"]


def test_a_mistake_that_a_cell_speaks_against_is_not_certain() -> None:
    asked = exercise(GRID, [Outcome("one", {"a": 5, "b": 6, "c": 7, "d": 8})])
    entries = {"a": "5", "b": "6", "c": "7", "d": "4"}
    assert certain(grade(asked, entries, ["one"])) == []
    assert certain(grade(asked, entries | {"d": "8"}, ["one"])) == ["one"]


def test_zeros_in_all_cells_are_no_habit() -> None:
    """Who has no idea writes 0, which is what some mistakes come to as well."""
    ways = [Outcome("one", dict.fromkeys("abcd", 0.0)), Outcome("two", {"a": 9, "b": 9})]
    before: list[Grade] = []
    for _ in range(4):
        before.append(grade(exercise(GRID, ways), dict.fromkeys("abcd", "0"), before))
        assert certain(before[-1]) == []


@pytest.mark.parametrize("off", [1, -2, 3])
def test_a_number_just_beside_the_answer_is_weak_evidence(off: int) -> None:
    """Of the ways that there are to go wrong, chance takes these most often."""
    ways = {other: 20 + n for n, other in enumerate(OTHERS)}
    first = grade(cell(one=10 + off, **ways), {"a": str(10 + off)})
    assert certain(grade(cell(one=10 - off, **ways), {"a": str(10 - off)}, [first])) == []
    wide = grade(cell(one=50, **ways), {"a": "50"})
    assert certain(grade(cell(one=-33, **ways), {"a": "-33"}, [wide])) == ["one"]


# --- history -------------------------------------------------------------------------------------


def test_what_the_learner_did_before_is_likelier_now() -> None:
    asked = cell(one=11, two=11)
    assert said(grade(asked, {"a": "11"}, ["one"])) == ["one", "two"]
    assert said(grade(asked, {"a": "11"}, ["two"])) == ["two", "one"]
    assert said(grade(cell(one=11, rare=11), {"a": "11"}, ["rare"])) == ["rare", "one"]


def test_the_last_answers_count_more_than_those_long_ago() -> None:
    asked = cell(one=11, two=11)
    assert said(grade(asked, {"a": "11"}, ["two", "one"]))[0] == "one"
    assert said(grade(asked, {"a": "11"}, ["one", "two"]))[0] == "two"
    assert said(grade(asked, {"a": "11"}, ["one"] * 3 + ["two"] * 2 + ["one"]))[0] == "one"


def test_the_history_does_not_make_a_mistake_of_a_number_it_does_not_lead_to() -> None:
    assert said(grade(cell(one=11, two=12), {"a": "12"}, ["one"] * 20)) == ["two"]


# --- what is said --------------------------------------------------------------------------------


def test_the_message_says_what_was_written_and_where_in_both_languages() -> None:
    message = grade(cell(one=-3), {"a": "−3"}).mistakes[0].message
    assert "mistake one" in message["en"]
    assert "Output[0, 0, 0] has −3" in message["en"]
    assert "誤り one" in message["ja"]
    assert "出力[0, 0, 0] は −3" in message["ja"]


def test_a_fraction_is_cut_short_in_the_message() -> None:
    message = grade(cell(one=7 / 3), {"a": "7/3"}).mistakes[0].message
    assert message["en"].endswith("has 2.3333…")


def test_the_message_is_careful_until_it_is_certain() -> None:
    careful = grade(cell(one=-3), {"a": "−3"}).mistakes[0].message
    certain = grade(cell(one=-3), {"a": "−3"}, ["one"]).mistakes[0].message
    assert careful["en"].startswith("This looks")
    assert "ようです" in careful["ja"]
    assert "looks" not in certain["en"]
    assert "ようです" not in certain["ja"]


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


def test_a_wrong_answer_that_looked_like_something_else_speaks_against_it() -> None:
    asked = cell(one=-13)
    assert certain(grade(asked, {"a": "-13"}, ["one"])) == ["one"]
    assert certain(grade(asked, {"a": "-13"}, ["one", "two"])) == []


def test_a_slip_in_each_of_two_cells_is_told_once_and_lights_neither() -> None:
    slips = [
        Outcome("slip", {"a": 5}, lit={"x": ((0,),)}),
        Outcome("slip", {"b": 6}, lit={"x": ((1,),)}),
    ]
    asked = exercise(GRID, [], slips)
    (both,) = grade(asked, {"a": "5", "b": "6", "c": "3", "d": "4"}).mistakes
    assert set(both.cells) == {"a", "b"}
    assert not both.lit
    assert both.message["en"].startswith("This looks like: mistake slip")
    (one,) = grade(asked, {"a": "5", "b": "2", "c": "3", "d": "4"}).mistakes
    assert one.lit == {"x": ((0,),)}
