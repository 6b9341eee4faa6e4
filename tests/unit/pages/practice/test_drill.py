"""The drill: a round from its first exercise to its end, and what of it is recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication

from cnn_tutor.pages.practice.drill import HINTS
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.code import decode
from cnn_tutor.study.grading.sheet import EMPTY, WRONG
from cnn_tutor.study.practice.mastery.replay import START
from cnn_tutor.study.practice.mastery.standing import ALL, LAST_STEP, WORKED
from cnn_tutor.study.practice.plan import Item
from cnn_tutor.study.practice.record.store import StoreError
from tests.helpers.drilling import (
    EXERCISES,
    GRID,
    LINE,
    MARKS,
    Refusing,
    Table,
    Told,
    item,
    practice,
    right,
    with_stage,
    wrong,
)

CELL = ("one_output_cell", "conv2d", 1, 1)
OTHER = ("one_output_cell", "conv2d", 1, 2)
ALL_CELLS = len(item(GRID).exercise().blanks)


@pytest.fixture
def table(qapp: QApplication) -> Table:
    """A drill on a single exercise of several blanks, and nothing recorded yet."""
    return Table(GRID)


def on_round(*facts: tuple[str, str, int, int], stage: int = ALL) -> Table:
    """Return a drill at the first exercise of a round."""
    made = Table(None)
    made.given.items = tuple(with_stage(one, stage) for one in facts)
    made.drill.start()
    return made


def some(entries: dict[str, str], count: int, start: int = 0) -> dict[str, str]:
    return dict(list(entries.items())[start : start + count])


def flipped(exercise: Exercise) -> dict[str, str]:
    """Return what is written by somebody who turns the filter."""
    outcome = next(one for one in exercise.outcomes if one.mistake == "flipped_kernel")
    return {name: numbers.exact(number) for name, number in outcome.entries.items()}


# --- a round -------------------------------------------------------------------------------------


def test_before_a_round_there_is_nothing_to_do(qapp) -> None:
    table = Table(None)
    drill = table.drill
    for method in (drill.check, drill.hint, drill.show_solution, drill.next, drill.again):
        method()
    assert (drill.exercise, drill.item, drill.round.results) == (None, None, ())
    assert not drill.round.over
    assert not drill.done
    assert table.kept == ()


def test_a_round_goes_from_exercise_to_exercise_to_its_end(qapp) -> None:
    table = on_round(CELL, LINE, MARKS)
    drill = table.drill
    begun = QSignalSpy(drill.begun)
    for place, facts in enumerate((CELL, LINE, MARKS)):
        exercise = table.exercise
        assert (exercise.shape, exercise.kind, exercise.level, exercise.seed) == facts
        assert drill.round.place == place
        table.answer(right(exercise))
        assert drill.done
        drill.check()  # which goes on now
    assert drill.round.over
    assert drill.exercise is table.sheet.exercise is None
    assert drill.round.results == (True, True, True)
    assert begun.count() == 3
    assert [tuple(decode(answer.code)) for answer in table.kept] == [CELL, LINE, MARKS]
    assert all(answer.counts and answer.correct for answer in table.kept)


def test_a_round_of_the_practice_has_ten_exercises(qapp) -> None:
    table = Table(None)
    table.drill.start()
    assert table.drill.round.results[1:] == (None,) * 9
    table.drill.start("dense")
    assert {one.skill for one in table.drill.round.items} == {"dense"}


def test_the_board_shows_the_numbers_of_the_exercise_and_takes_no_edits(table) -> None:
    exercise = table.exercise
    for port, tensor in exercise.tensors.items():
        assert (table.shown.tensors[port] == tensor).all()
        assert table.shown.address(port) is None
    assert table.document.undo_stack.count() == 0


# --- first answers -------------------------------------------------------------------------------


def test_all_right_at_once_is_evidence(table) -> None:
    judged, stored = QSignalSpy(table.drill.judged), QSignalSpy(table.drill.stored)
    table.answer(right(table.exercise))
    (answer,) = table.kept
    assert (answer.right, answer.of) == (ALL_CELLS, ALL_CELLS)
    assert (answer.first, answer.hints, answer.shown, answer.mistakes) == (True, 0, False, ())
    assert answer.counts
    assert answer.seconds >= 0
    assert answer.entries == right(table.exercise)
    assert table.drill.round.results == (True,)
    assert (judged.count(), stored.count()) == (1, 1)
    assert judged.at(0)[0] is table.drill.grade


def test_what_is_mended_later_does_not_make_the_first_answer_right(table) -> None:
    good, bad = right(table.exercise), wrong(table.exercise)
    first = ALL_CELLS - 5
    table.answer(some(good, first) | some(bad, 5, first))
    assert not table.drill.done
    table.answer(some(good, 5, first))
    assert table.drill.done
    before, after = table.kept
    assert (before.right, before.of, before.first) == (first, ALL_CELLS, True)
    assert (after.right, after.of, after.first) == (ALL_CELLS, ALL_CELLS, False)
    assert table.drill.round.results == (False,)


def test_the_first_answer_is_complete_when_every_blank_has_been_judged_once(table) -> None:
    good, bad = right(table.exercise), wrong(table.exercise)
    table.answer(some(bad, 2))  # only these two are there to judge
    table.answer(some(good, 2) | some(good, 10, 2))
    assert [answer.first for answer in table.kept] == [False, False]
    table.answer(some(good, ALL_CELLS, 12))
    *_, last = table.kept
    assert (last.first, last.right, last.of) == (True, ALL_CELLS - 2, ALL_CELLS)
    assert table.drill.done


def test_partial_answers_that_are_right_are_as_good_as_one(table) -> None:
    good = right(table.exercise)
    for start in (0, 5, 10):
        table.answer(some(good, 5 if start < 10 else ALL_CELLS, start))
    assert [answer.first for answer in table.kept] == [False, False, True]
    assert table.kept[-1].correct
    assert table.drill.round.results == (True,)


def test_who_leaves_without_an_answer_that_could_be_read_has_not_been_wrong(qapp) -> None:
    for text in ("", "abc", "1,000"):
        table = on_round(CELL, OTHER)
        table.answer({table.names[0]: text})
        table.drill.next()
        assert table.kept == (), text
        assert table.drill.round.results == (None, None), text


def test_checking_the_same_again_is_not_another_answer(qapp) -> None:
    table = Table(CELL)
    table.answer(flipped(table.exercise))
    found = table.drill.grade
    for _ in range(2):
        table.document.undo_stack.undo()
        table.document.undo_stack.redo()
        assert table.sheet.state(table.names[0]) == EMPTY
        table.drill.check()
        assert table.sheet.state(table.names[0]) == WRONG
    assert len(table.kept) == 1
    assert not found.mistakes[0].certain
    assert not table.drill.grade.mistakes[0].certain


# --- leaving -------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["next", "start", "leave", "again", "set_one"])
def test_a_wrong_answer_that_is_left_is_kept(qapp, way) -> None:
    table = on_round(GRID, CELL)
    names = table.names
    table.answer(some(wrong(table.exercise), 3) | some(right(table.exercise), 4, 3))
    does = getattr(table.drill, way)
    does(*CELL) if way == "set_one" else does()
    part, left = table.kept
    assert (part.first, left.first) == (False, True)
    assert (left.right, left.of) == (4, 7)
    assert left.outcome is False
    assert left.mistakes == ()  # they have been counted already
    assert set(left.entries) == set(names)


@pytest.mark.parametrize("hints", [0, 1])
def test_what_is_left_half_filled_with_nothing_wrong_is_not_wrong(qapp, hints) -> None:
    table = on_round(GRID, CELL)
    for _ in range(hints):
        table.drill.hint()
    table.answer(some(right(table.exercise), 4))
    table.drill.next()
    _, left = table.kept
    assert (left.first, left.left, left.right, left.of, left.outcome) == (True, True, 4, 4, None)
    assert table.drill.round.results == (None, None)
    went = table.given.today().went
    assert (went.asked, went.at_once, went.right, went.of) == (0, 0, 4, 4)
    assert table.given.standings()["stride"].probability == START


def test_the_card_and_the_day_count_exercises_alike(qapp) -> None:
    table = on_round(CELL, CELL, LINE, MARKS, GRID, OTHER)
    drill = table.drill
    table.answer(right(table.exercise))
    drill.next()
    drill.again()
    table.answer(wrong(table.exercise))
    drill.next()
    drill.show_solution()
    drill.next()
    drill.hint()
    table.answer(right(table.exercise))
    drill.next()
    table.answer(some(wrong(table.exercise), 2))
    drill.show_solution()
    drill.next()
    drill.next()
    assert drill.round.results == (True, False, False, False, False, None)
    went = table.given.today().went
    assert (went.at_once, went.asked) == (1, 5)


def test_a_first_answer_that_was_complete_is_not_recorded_again_when_it_is_left(qapp) -> None:
    table = on_round(CELL, OTHER)
    table.answer(wrong(table.exercise))
    table.drill.next()
    assert [answer.first for answer in table.kept if answer.first] == [True]
    assert table.drill.round.results == (False, None)


def test_skipping_records_nothing(qapp) -> None:
    table = on_round(CELL, GRID)
    table.drill.next()
    table.enter(some(wrong(table.exercise), 2))  # which was never checked
    table.drill.next()
    assert table.kept == ()
    assert table.drill.round.over
    assert table.drill.round.results == (None, None)


def test_what_was_left_with_a_hint_is_no_first_try_when_it_comes_again(qapp) -> None:
    table = on_round(LINE, LINE)
    table.drill.hint()
    table.drill.next()
    (answer,) = table.kept
    assert (answer.first, answer.hints, answer.counts) == (True, 1, False)
    assert table.drill.round.results[0] is None
    table.answer(right(table.exercise))
    assert not any(one.counts for one in table.kept)


def test_a_solved_exercise_is_left_without_another_record(qapp) -> None:
    table = on_round(CELL, OTHER)
    table.answer(right(table.exercise))
    table.drill.next()
    table.drill.leave()
    assert len(table.kept) == 1
    assert table.drill.exercise is None
    assert table.drill.round.results == ()
    assert not table.drill.round.over


# --- a round that waits --------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["start", "leave", "set_one", "restart"])
def test_a_round_is_gone_on_with_where_it_was_left(qapp, way) -> None:
    table = on_round(CELL, GRID, LINE)
    table.answer(right(table.exercise))
    table.drill.next()
    table.drill.hint()
    good, bad = right(table.exercise), wrong(table.exercise)
    table.answer(some(good, 2) | some(bad, 1, 2))
    table.enter(some(good, 1, 3))
    before, states = table.sheet.entries, [table.sheet.state(name) for name in table.names]
    if way == "restart":
        table = Table(None, table.given)
    else:
        does = getattr(table.drill, way)
        does(*OTHER) if way == "set_one" else does()
    drill = table.drill
    assert (drill.unfinished.place, len(drill.unfinished.items)) == (1, 3)
    drill.resume()
    assert (drill.round.place, drill.round.results[0], drill.hints) == (1, True, 1)
    assert table.exercise.facts == GRID
    assert table.sheet.entries == before
    assert [table.sheet.state(name) for name in table.names] == states
    assert not drill.sheet.solved
    assert drill.unfinished is None
    table.answer(good)
    assert drill.done
    drill.next()
    table.answer(right(table.exercise))
    assert drill.round.results == (True, False, True)
    went = table.given.today().went
    assert (went.asked, went.at_once, went.of) == (3, 2, 1 + (3 if way != "restart" else 25) + 4)
    drill.next()
    assert Table(None, table.given).drill.unfinished is None


def test_a_half_filled_exercise_that_waited_still_counts_when_it_is_right(qapp) -> None:
    table = on_round(GRID, CELL)
    good = right(table.exercise)
    table.answer(some(good, 3))
    table.drill.leave()
    table.drill.resume()
    table.answer(good)
    assert table.drill.round.results == (True, None)
    assert [one.outcome for one in table.kept if one.first] == [True]


def test_a_round_of_which_nothing_was_done_does_not_wait(qapp) -> None:
    table = on_round(CELL, LINE)
    table.drill.start()
    table.drill.set_one(*GRID)
    table.enter(right(table.exercise))
    table.drill.leave()
    assert table.drill.unfinished is None
    assert Table(None, table.given).drill.unfinished is None


def test_rounds_that_wait_are_offered_one_after_the_other(qapp) -> None:
    table = on_round(CELL, LINE)
    table.drill.next()
    table.given.items = (item(GRID), item(OTHER), item(MARKS))
    table.drill.start()
    table.drill.next()
    table.drill.leave()
    assert len(table.drill.unfinished.items) == 3
    table.drill.resume()
    assert len(table.drill.unfinished.items) == 2


def test_what_was_shown_stays_shown_in_a_round_that_waits(qapp) -> None:
    table = on_round(CELL, GRID, OTHER, stage=WORKED)
    table.drill.next()
    kept = len(table.kept)
    again = Table(None, table.given)
    again.drill.resume()
    assert (again.drill.worked, again.drill.done, again.drill.shown_how) == (True, True, True)
    assert len(again.kept) == kept


# --- hints and the solution ----------------------------------------------------------------------


def test_hints_come_in_three_tiers_and_are_recorded(table) -> None:
    hinted = QSignalSpy(table.drill.hinted)
    for _ in range(HINTS + 1):
        table.drill.hint()
    assert [hinted.at(n) for n in range(hinted.count())] == [[1], [2], [3], [3]]
    assert table.drill.hints == HINTS == 3
    table.answer(right(table.exercise))
    (answer,) = table.kept
    assert (answer.hints, answer.first, answer.counts) == (3, True, False)
    assert table.drill.round.results == (False,)
    table.drill.hint()
    assert hinted.count() == HINTS + 1  # nothing is left to hint at


def test_the_first_hint_highlights_the_board_but_not_where_that_is_the_answer(qapp) -> None:
    for facts, on in ((GRID, True), (MARKS, False)):
        table = Table(facts)
        assert not table.sheet.highlights
        table.drill.hint()
        assert table.sheet.highlights is on
        table.drill.set_one(*GRID)
        assert not table.sheet.highlights


@pytest.mark.parametrize("facts", [GRID, LINE, MARKS])
def test_the_solution_is_no_evidence(qapp, facts) -> None:
    table = Table(facts)
    table.drill.show_solution()
    assert table.drill.done
    assert table.drill.shown_how
    assert table.sheet.entries.keys() == right(table.exercise).keys()
    (answer,) = table.kept
    assert (answer.first, answer.shown, answer.right, answer.counts) == (True, True, 0, False)
    assert set(answer.entries.values()) == {""}
    assert table.drill.round.results == (False,)
    table.drill.show_solution()
    table.drill.hint()
    assert len(table.kept) == 1


def test_the_solution_after_a_wrong_answer(table) -> None:
    table.answer(wrong(table.exercise))
    table.drill.show_solution()
    first, second = table.kept
    assert (first.first, first.shown, first.right) == (True, False, 0)
    assert (second.first, second.shown) == (False, True)


def test_a_right_entry_that_was_never_checked_is_no_answer_once_the_solution_is_shown(
    table,
) -> None:
    table.enter(right(table.exercise))
    table.drill.show_solution()
    (answer,) = table.kept
    assert (answer.right, answer.shown, answer.counts) == (0, True, False)


# --- help and other numbers ----------------------------------------------------------------------


def test_a_worked_example_is_shown_at_once_and_is_no_answer(qapp) -> None:
    table = on_round(GRID, CELL, stage=WORKED)
    assert table.drill.worked
    assert table.drill.done
    assert table.drill.shown_how
    assert table.sheet.solved
    (answer,) = table.kept
    assert (answer.first, answer.shown, answer.counts) == (True, True, False)
    assert table.given.today().went.of == 0
    table.drill.check()
    assert table.drill.round.place == 1


def test_with_the_last_step_left_only_that_is_asked(qapp) -> None:
    table = on_round(GRID, stage=LAST_STEP)
    assert len(table.names) == 1
    assert not table.drill.worked
    assert table.sheet.workings
    table.answer(right(table.exercise))
    (answer,) = table.kept
    assert (answer.of, answer.evidence, answer.counts) == (1, False, False)


@pytest.mark.parametrize("shape", EXERCISES)
def test_again_is_the_same_with_other_numbers(qapp, shape) -> None:
    facts = (shape, EXERCISES[shape], 1, 4)
    table = Table(facts)
    before = table.exercise
    table.drill.show_solution()
    table.drill.again()
    after = table.exercise
    assert (after.shape, after.kind, after.level) == facts[:3]
    assert after.seed != before.seed
    assert set(table.sheet.entries.values()) == {""}
    assert (table.drill.done, table.drill.hints, table.drill.shown_how) == (False, 0, False)
    table.answer(right(after))
    assert [answer.first for answer in table.kept] == [True, True]


class Adjusting(Told):
    """A practice that would ask something else by now."""

    stage = LAST_STEP

    def adjusted(self, item: Item) -> Item:
        return replace(item, shape="whole_output", stage=self.stage)


def test_again_stays_the_same_though_another_exercise_would_come_by_now(qapp) -> None:
    table = Table(None, practice(Adjusting, item(CELL), item(OTHER)))
    table.drill.start()
    before = table.drill.item
    assert before.shape == "whole_output"
    table.given.stage = ALL
    table.drill.again()
    after = table.drill.item
    assert after.seed != before.seed
    assert replace(after, seed=before.seed) == before


def test_an_exercise_that_is_done_again_keeps_the_result_of_the_first_time(qapp) -> None:
    table = on_round(CELL, OTHER)
    table.answer(wrong(table.exercise))
    table.drill.again()
    table.answer(right(table.exercise))
    assert table.drill.round.results == (False, None)


def test_what_comes_next_is_as_hard_as_it_should_be_by_then(qapp) -> None:
    table = Table(None)
    table.drill.start("products")
    stages = []
    for _ in range(4):
        stages.append(table.drill.item.stage)
        if not table.drill.done:
            table.answer(wrong(table.exercise))
            table.drill.show_solution()
        table.drill.next()
    assert stages == [WORKED, LAST_STEP, LAST_STEP, LAST_STEP]


def test_a_code_that_opens_no_exercise_leaves_what_is_on(table) -> None:
    for facts, error in (
        (("no_shape", "conv2d", 0, 1), KeyError),
        (("one_output_cell", "no_kind", 0, 1), KeyError),
        (("find_filter", "relu", 0, 1), ValueError),
    ):
        before = table.exercise
        with pytest.raises(error):
            table.drill.set_one(*facts)
        assert table.exercise is before


# --- a record that can't be written --------------------------------------------------------------


def test_what_could_not_be_stored_is_said_and_the_round_goes_on(qapp) -> None:
    given = practice(Refusing, item(CELL), item(OTHER), item(GRID))
    given.why = StoreError("practice_disk_full")
    table = Table(None, given)
    failed = QSignalSpy(table.drill.failed)
    stored = QSignalSpy(table.drill.stored)
    table.drill.start()
    table.answer(right(table.exercise))
    assert failed.count() == 1
    refusal = failed.at(0)[0]
    assert refusal.reason == "practice_disk_full"
    assert table.drill.done
    assert table.drill.round.results[0] is True
    table.drill.next()
    table.answer(wrong(table.exercise))
    table.drill.next()
    assert failed.count() == 3  # when it was checked, and when it was left
    assert (stored.count(), table.kept) == (0, ())
    given.why = None
    table.answer(right(table.exercise))
    assert [answer.first for answer in table.kept] == [True]
    assert stored.count() == 1


def test_a_first_answer_that_could_not_be_stored_is_stored_with_the_next_check(qapp) -> None:
    given = practice(Refusing)
    given.why = StoreError("practice_disk_full")
    table = Table(CELL, given)
    table.answer(wrong(table.exercise))
    given.why = None
    table.answer(right(table.exercise))
    (answer,) = table.kept
    assert (answer.first, answer.right, answer.of) == (True, 0, 1)
