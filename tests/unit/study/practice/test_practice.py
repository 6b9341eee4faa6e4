"""A learner's practice from round to round: what is asked, what is kept, what is told of it."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.tanh import Tanh
from cnn_tutor.study import numbers
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.board_code import exercise_over
from cnn_tutor.study.exercises.code import decode, encode
from cnn_tutor.study.exercises.generator import generate
from cnn_tutor.study.grading.grading import Grade, grade
from cnn_tutor.study.practice import practice as practice_module
from cnn_tutor.study.practice.alike import asks, kinds_of
from cnn_tutor.study.practice.mastery import skills as skills_module
from cnn_tutor.study.practice.mastery.skills import skill_of, skills
from cnn_tutor.study.practice.mastery.standing import ALL, LAST_STEP, WORKED
from cnn_tutor.study.practice.mastery.tally import Tally
from cnn_tutor.study.practice.plan import Item
from cnn_tutor.study.practice.practice import DAYS, Day, Practice, Summary, Today
from cnn_tutor.study.practice.record.store import Learner, Store, StoreError
from tests.helpers.failing_record import begun, locked, ways
from tests.helpers.made_up import exercise
from tests.unit.study.practice.given import DAY, START, Clock, answer, standing


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Store:
    return Store.open(":memory:", clock)


def seeds() -> Callable[[], int]:
    numbers = iter(range(10**6))
    return lambda: next(numbers)


@pytest.fixture
def learner(store: Store) -> Learner:
    return store.add_learner("花子")


@pytest.fixture
def practice(store: Store, learner: Learner, clock: Clock) -> Practice:
    return Practice(store, learner, clock, seeds())


RIGHT, WRONG = (grade(exercise({"a": 1, "b": 2}), {"a": a, "b": "2"}) for a in "17")


def take(practice: Practice, clock: Clock, rounds: int = 1, right: bool = True) -> list[Item]:
    """Answer whole rounds without making up the exercises; return what was asked."""
    asked = []
    for _ in range(rounds):
        for planned in practice.round():
            item = practice.adjusted(planned)
            asked.append(item)
            practice._store.record(
                answer(
                    right=right,
                    skill=item.skill,
                    when=clock.on(),
                    mixed=item.mixed,
                    evidence=item.stage == ALL,
                    learner=practice.learner.id,
                )
            )
    return asked


def test_a_round_is_ten_exercises_that_can_be_made(practice: Practice) -> None:
    items = practice.round()
    assert len(items) == 10
    assert len({item.seed for item in items}) == 10
    for item in items:
        exercise = item.exercise()
        facts = exercise.shape, exercise.kind, exercise.level, exercise.seed
        assert facts == (item.shape, item.kind, item.level, item.seed)
        assert skill_of(item.shape, item.kind, item.level) == item.skill
        assert item.exercise() is exercise


def test_the_first_exercises_of_a_skill_come_with_help_that_fades(practice: Practice) -> None:
    stages = [item.stage for item in practice.round("products")]
    assert stages == [WORKED, LAST_STEP] + [ALL] * 8
    worked, last, whole, *_ = practice.round("products")
    assert not worked.exercise().workings
    assert last.exercise().workings
    assert len(last.exercise().blanks) == 1
    assert not whole.exercise().workings


def test_a_round_of_one_skill_has_all_its_exercises(practice: Practice) -> None:
    items = practice.round("products")
    assert {item.skill for item in items} == {"products"}
    assert {(i.shape, i.kind) for i in items} == set(skills()["products"].asked_at(0))
    assert not any(item.mixed for item in items)
    with pytest.raises(KeyError):
        practice.round("no such skill")


def test_a_planned_exercise_is_adjusted_to_what_came_before_it(
    practice: Practice, clock: Clock, store: Store
) -> None:
    items = practice.round("products")
    assert practice.adjusted(items[0]) is items[0]
    store.record(answer(right=False, evidence=False))
    assert practice.adjusted(items[1]) is items[1]
    store.record(answer(right=False, evidence=False))
    helped = practice.adjusted(items[2])
    assert (helped.skill, helped.stage, helped.mixed) == ("products", LAST_STEP, False)
    for _ in range(3):
        store.record(answer())
    assert practice.adjusted(items[5]).level == 1


def test_an_exercise_can_be_had_again_with_other_numbers(practice: Practice) -> None:
    item = practice.round()[0]
    again = practice.again(item)
    assert again.seed != item.seed
    assert replace(again, seed=item.seed) == item


def test_what_is_answered_is_kept(practice: Practice, store: Store, clock: Clock) -> None:
    item = practice.round("products")[2]
    exercise = item.exercise()
    wrong = {blank.name: "12345" for blank in exercise.blanks}
    graded = grade(exercise, wrong)
    kept = practice.record(item, graded, wrong, hints=1, seconds=30)
    assert store.answers(practice.learner.id) == (kept,)
    assert tuple(decode(kept.code)) == (item.shape, item.kind, item.level, item.seed)
    assert (kept.right, kept.of) == graded.credit == (0, len(exercise.blanks))
    assert kept.skill == "products"
    assert kept.entries == wrong
    assert kept.when == clock()
    assert (kept.first, kept.hints, kept.shown, kept.evidence) == (True, 1, False, True)
    assert kept.seconds == 30


def test_help_is_no_evidence(practice: Practice) -> None:
    for item in practice.round("products")[:3]:
        kept = practice.record(item, RIGHT, {})
        assert kept.evidence == kept.counts == (item.stage == ALL)


def test_an_exercise_that_was_answered_before_is_no_first_one(
    practice: Practice, clock: Clock
) -> None:
    item = practice.round("products")[3]
    assert practice.record(item, WRONG, {}).first
    assert not practice.record(item, RIGHT, {}, first=False).first
    clock.on(DAY)
    assert not practice.record(item, RIGHT, {}).first
    assert practice.record(practice.again(item), RIGHT, {}).first


def test_what_can_not_be_kept_is_said(practice: Practice, store: Store) -> None:
    item = practice.round()[0]
    store.remove_learner(practice.learner.id)
    with pytest.raises(StoreError):
        practice.record(item, RIGHT, {})


def test_days_of_practice_lead_to_mastery(practice: Practice, clock: Clock) -> None:
    assert not any(one.tries for one in practice.standings().values())
    mixed = []
    for _ in range(14):
        for _ in range(2):
            mixed.append({item.mixed for item in take(practice, clock)})
        clock.on(DAY)
    assert mixed[0] == {False}
    assert all(one == {True} for one in mixed[2:])
    standings = practice.standings()
    assert list(standings) == list(skills())
    assert standings["products"].mastered
    assert sum(one.mastered for one in standings.values()) >= 8
    asked_in_order = [key for key, one in standings.items() if one.tries]
    assert asked_in_order == list(skills())[: len(asked_in_order)]


def test_what_is_due_is_asked_first_and_then_no_longer_due(
    practice: Practice, clock: Clock
) -> None:
    for _ in range(4):
        take(practice, clock)
        clock.on(DAY)
    clock.on(60 * DAY)
    due = practice.due()
    assert due
    dates = [practice.standings()[key].due for key in due]
    assert dates == sorted(dates, key=lambda date: date or clock())
    assert practice.today().left == len(due)
    assert practice.round()[0].skill == due[0]
    take(practice, clock, 2)
    assert not set(due) & set(practice.due())


def test_who_always_fails_is_sent_on_and_back_the_next_day(
    practice: Practice, clock: Clock
) -> None:
    take(practice, clock, 3, right=False)
    standings = practice.standings()
    assert standings["products"].rested
    assert "products" not in {item.skill for item in practice.round()}
    clock.on(DAY)
    assert not practice.standings()["products"].rested
    (first, *_) = practice.round()
    assert (first.skill, first.stage) == ("products", WORKED)


def test_each_learner_has_a_practice_of_their_own(store: Store, clock: Clock) -> None:
    first, second = (Practice(store, store.add_learner(name), clock) for name in "AB")
    take(first, clock, 2)
    assert first.standings()["products"].tries
    assert not second.standings()["products"].tries
    assert second.today() == Today(Tally(), 0, 0)


def test_seeds_have_room_in_a_code(store: Store) -> None:
    practice = Practice(store, store.add_learner("A"))
    drawn = [practice.again(practice.round()[0]).seed for _ in range(20)]
    assert all(0 <= seed < 2**30 for seed in drawn)
    assert len(Counter(drawn)) > 15


def test_without_shapes_there_is_nothing_to_do(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(skills_module, "shapes", dict)
    assert practice.round() == ()
    assert practice.standings() == {}
    assert practice.due() == ()
    assert practice.today() == Today(Tally(), 0, 0)


def test_the_program_starts_without_the_scheduler() -> None:
    program = (
        "import sys; from cnn_tutor.study.practice.practice import Practice;"
        "print('fsrs' in sys.modules, 'PySide6' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"], done.stderr


# --- what was met, and what was asked lately ---------------------------------------------------


def kinds(items: Iterable[Item]) -> set[str]:
    return {item.kind for item in items}


def done(practice: Practice, clock: Clock, rounds: int) -> list[Item]:
    """Go through rounds and do all of them right; return what was asked."""
    asked = []
    for _ in range(rounds):
        for planned in practice.round():
            item = practice.adjusted(planned)
            exercise = item.exercise()
            entries = {b.name: numbers.exact(b.answer) for b in exercise.blanks}
            practice.record(item, grade(exercise, entries), entries)
            asked.append(item)
        clock.on(DAY)
    return asked


def test_today_s_practice_has_only_kinds_that_were_met(store, learner, clock) -> None:
    met: set[str] = set()
    seeds = iter(range(10**6))
    practice = Practice(store, learner, clock, lambda: next(seeds), lambda: met)
    assert kinds(practice.round()) == {"conv2d"}  # nothing was met: as it begins
    assert {item.skill for item in practice.round()} == set(list(skills())[:2])
    met = {"max_pooling2d"}
    assert kinds(done(practice, clock, 3)) == {"max_pooling2d"}
    met = {"conv2d"}
    assert kinds(done(practice, clock, 2)) == {"conv2d", "max_pooling2d"}  # it was answered


def test_networks_wait_until_all_of_their_layers_were_met(store, learner, clock) -> None:
    met = {"conv2d", "relu", "max_pooling2d"}
    seeds = iter(range(10**6))
    practice = Practice(store, learner, clock, lambda: next(seeds), lambda: met)
    asked = done(practice, clock, 12)
    assert "shape_chain" in {item.skill for item in asked}
    assert set().union(*(kinds_of(item.exercise()) for item in asked)) <= met


def test_a_skill_that_is_chosen_is_asked_though_it_was_never_met(store, learner, clock) -> None:
    practice = Practice(store, learner, clock, met=lambda: {"conv2d"})
    assert kinds(practice.round("dense")) == {"dense"}
    item = practice.round("dense")[0]
    practice.record(item, grade(item.exercise(), {}), {}, shown=True)
    assert "dense" in practice._kinds()


@pytest.mark.parametrize("skill", ["output_size", "parameters", "receptive_field", "flatten"])
def test_no_two_exercises_of_a_round_or_of_two_days_ask_the_same(
    store, learner, clock, skill
) -> None:
    practice = Practice(store, learner, clock)
    seen: list[object] = []
    for _ in range(2):
        for planned in practice.round(skill):
            item = practice.adjusted(planned)
            seen.append(asks(generate(item.shape, item.kind, item.level, item.seed)))
            practice.record(item, grade(item.exercise(), {}), {}, shown=True)
        clock.on(DAY)
    assert len(seen) == len(set(seen)) == 20


def test_other_numbers_are_other_ones(practice: Practice) -> None:
    item = practice.round("output_size")[3]
    seen = {asks(item.exercise())}
    for _ in range(5):
        item = practice.again(item)
        assert asks(item.exercise()) not in seen
        seen.add(asks(item.exercise()))


def test_answers_of_an_older_version_still_tell_what_was_met(
    store, learner, clock, monkeypatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("cnn_tutor.study.exercises.code.VERSION", 0)
        old = encode(("one_output_cell", "max_pooling2d", 1, 5))
    store.record(answer(code=old, skill="max_pooling", when=clock(), mistakes=("pool_mean",)))
    practice = Practice(store, learner, clock, met=lambda: set())
    assert "max_pooling" in {item.skill for item in practice.round("max_pooling")}
    assert set(practice._kinds()) & {"max_pooling2d", "global_max_pooling2d"}
    assert practice.history() == ()  # they can't be made any more
    assert practice.usual_mistakes() == (("pool_mean", 1),)
    assert practice.today().went.asked == 1


def test_rgb_begins_with_one_filter_without_stride_or_padding(practice: Practice) -> None:
    for item in practice.round("rgb")[:2]:
        exercise = item.exercise()
        assert (exercise.layer.strides, exercise.layer.padding) == ((1, 1), "valid")
        assert exercise.tensors["kernel"].shape == (3, 3, 3, 1)
        assert exercise.tensors["x"].max() < 6
        assert abs(exercise.tensors["kernel"]).max() <= 3


def test_kinds_take_turns_in_a_round(store, learner, clock) -> None:
    practice = Practice(store, learner, clock)
    for skill in ("max_pooling", "activations"):
        for _ in range(3):  # until all of it is asked
            done_ = practice.round(skill)
            for item in done_:
                practice.record(item, grade(item.exercise(), {}), {}, shown=True)
    found = [item.kind for item in practice.round("activations")]
    assert all(one != other for one, other in pairwise(found)) or len(set(found)) == 1


# --- what is told of it ---------------------------------------------------------------------------


def test_today_counts_first_answers_and_days_of_the_last_two_weeks(
    practice: Practice, store: Store, clock: Clock
) -> None:
    assert practice.today() == Today(Tally(), 0, 0)
    for days in (0, 3, 5, 14, 15, 30, -2):
        store.record(answer(when=START - days * DAY, right=4, of=9, seconds=10))
    assert practice.today() == Today(Tally(1, 0, 4, 9), 0, 3)
    store.record(answer(when=START, right=9, of=9, first=False, seconds=5))
    store.record(answer(when=START, right=1, of=1, seconds=5))
    assert practice.today() == Today(Tally(2, 1, 5, 10), 0, 3)
    assert DAYS == 14
    assert practice.days()[-2] == Day(START.date(), Tally(2, 1, 5, 10), 20)
    assert [day.date for day in practice.days()] == sorted(day.date for day in practice.days())
    clock.on(2 * DAY)
    assert practice.today() == Today(Tally(1, 0, 4, 9), 0, 4)


def test_an_example_that_was_looked_at_is_no_day_of_practice(
    practice: Practice, store: Store
) -> None:
    """Else a new learner reads that there are no answers yet, and of a day with practice."""
    store.record(answer(when=START, right=0, of=0, shown=True, evidence=False))
    assert practice.today() == Today(Tally(), 0, 0)


def test_midnight_is_where_the_learner_was(practice: Practice, store: Store) -> None:
    store.record(answer(when=START.replace(hour=0, minute=5)))
    store.record(answer(when=START.replace(hour=23, minute=55)))
    assert [day.date for day in practice.days()] == [START.date()]
    west = timezone(timedelta(hours=-8))
    abroad = Practice(store, practice.learner, lambda: START.astimezone(west))
    assert abroad.days() == practice.days()  # which were days of Tokyo
    store.record(answer(when=START.astimezone(west)))  # it is the day before there
    assert [day.went.asked for day in abroad.days()] == [1, 2]


@pytest.mark.parametrize(
    "hours",
    [
        (datetime(2026, 3, 29, 0, 30), datetime(2026, 3, 29, 3, 30), datetime(2026, 3, 29, 23, 50)),
        (datetime(2026, 10, 25, 0, 1), datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 23)),
    ],
    ids=["on", "back"],
)
def test_a_day_on_which_the_clocks_are_changed_is_one_day(practice, store, hours) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    for hour in hours:
        for fold in (0, 1):  # the second time that it is that hour
            store.record(answer(when=hour.replace(tzinfo=berlin, fold=fold)))
    before = hours[0].replace(tzinfo=berlin) - timedelta(hours=1)
    store.record(answer(when=before))
    assert [day.went.asked for day in practice.days()] == [1, 6]


def test_a_clock_that_was_set_back_changes_no_day(practice, store, clock) -> None:
    store.record(answer(when=clock()))
    clock.on(3 * DAY)
    store.record(answer(when=clock()))
    assert len(practice.days()) == 2
    clock.on(-4 * DAY)
    store.record(answer(when=clock()))
    assert [day.date - START.date() for day in practice.days()] == [-DAY, 0 * DAY, 3 * DAY]
    assert practice.today().went.asked == 1


def test_mistakes_are_counted_by_what_was_likeliest(practice: Practice, store: Store) -> None:
    given = [("b", "a"), ("a",), (), ("b",), ("c", "b"), ("b",)]
    for n, mistakes in enumerate(given):
        store.record(answer(code=f"exercise {n}", right=not mistakes, mistakes=mistakes))
    assert practice.usual_mistakes() == (("b", 3), ("a", 1), ("c", 1))
    assert practice.usual_mistakes(1) == (("b", 3),)


def answered(practice: Practice, item: Item, text: str = "", first: bool = True) -> Exercise:
    """Let the learner write a number into all cells, or what belongs there."""
    exercise = item.exercise()
    entries = {b.name: text or numbers.show(b.answer) for b in exercise.blanks}
    practice.record(item, grade(exercise, entries), entries, first=first)
    return exercise


def asked(practice: Practice, number: int) -> Item:
    return replace(practice.round("products")[2], stage=ALL, seed=number)


def seen(history: Iterable[Grade]) -> list[tuple[int, bool]]:
    """Return the seeds of the exercises, and which answers were right."""
    return [(graded.sheet.exercise.seed, graded.right) for graded in history]


def test_the_history_is_the_last_answers_right_ones_and_wrong_ones(practice: Practice) -> None:
    for number, text in enumerate(("1234", "", "77")):
        answered(practice, asked(practice, number), text)
    assert seen(practice.history()) == [(0, False), (1, True), (2, False)]
    item = asked(practice, 3)
    entries = {b.name: "1234" for b in item.exercise().blanks}
    assert not grade(item.exercise(), entries, practice.history()).right
    for number in range(10, 40):
        answered(practice, asked(practice, number), "1234")
    assert [seed for seed, _ in seen(practice.history())] == list(range(28, 40))


def test_an_answer_to_a_board_s_exercise_is_kept_and_graded_again(
    practice: Practice, clock: Clock
) -> None:
    made = exercise_over(*Conv2D.sample(np.random.default_rng(1), 0))
    item = Item(skill_of(*made.facts[:3]), *made.facts, ALL, mixed=False, board=made.board)
    wrong = {blank.name: str(blank.answer + 1) for blank in made.blanks}
    kept = practice.record(item, grade(item.exercise(), wrong), wrong)
    assert (kept.code, kept.evidence) == (made.board, True)  # what is wrong always counts
    (graded,) = Practice(practice._store, practice.learner, clock.on).history()
    assert not graded.right
    assert practice.history(item) == ()
    other = replace(item, board=exercise_over(*Conv2D.sample(np.random.default_rng(2), 0)).board)
    right = {blank.name: str(blank.answer) for blank in other.exercise().blanks}
    assert not practice.record(other, grade(other.exercise(), right), right).evidence


def test_after_a_restart_the_history_is_graded_again(practice: Practice, clock: Clock) -> None:
    for number in range(3):
        answered(practice, asked(practice, number), "1234")
    again = Practice(practice._store, practice.learner, clock)
    assert seen(again.history()) == seen(practice.history())
    for one, other in zip(again.history(), practice.history(), strict=True):
        assert one.evidence == other.evidence


def test_of_one_exercise_the_last_wrong_answer_counts(practice: Practice) -> None:
    item = asked(practice, 5)
    for text in ("1234", "77", ""):
        answered(practice, item, text, first=text == "1234")
    (graded,) = practice.history()
    assert not graded.right
    assert set(graded.sheet.numbers.values()) == {77.0}
    assert practice.history(item) == ()


def test_what_was_only_shown_is_no_sign_of_a_mistake(practice: Practice) -> None:
    item = asked(practice, 5)
    practice.record(item, grade(item.exercise(), {}), {}, shown=True)
    assert practice.history() == ()


def test_exercises_that_can_not_be_made_any_more_are_left_out(
    practice: Practice, store: Store
) -> None:
    store.record(answer(code="of an older version", right=False, mistakes=("mean_taken",)))
    assert practice.history() == ()


def test_two_boards_are_two_exercises_and_tell_their_own_kind(
    practice: Practice, store: Store
) -> None:
    graded = []
    for layer, x in ((Tanh(), [-2.0, 1.0]), (Tanh(), [-1.0, 3.0])):
        asked = exercise_over(layer, {"x": np.array(x)})
        graded.append(grade(asked, {blank.name: "77" for blank in asked.blanks}))
        store.record(answer(code=asked.board, right=False))
    assert graded[0].evidence.of != graded[1].evidence.of
    store.record(answer(code="of an older version", skill="gone"))
    assert set(practice._so_far().kinds) == {"tanh"}


# --- answers that wait ------------------------------------------------------------------------


def judged(item: Item, right: bool = False) -> tuple[Grade, dict[str, str]]:
    exercise = item.exercise()
    entries = {blank.name: str(blank.answer) if right else "1234" for blank in exercise.blanks}
    return grade(exercise, entries), entries


def kept(store: Store) -> list[tuple[bool, bool]]:
    """What is on the disk of one exercise: whether it is its first answer, and was right."""
    again = sqlite3.connect(str(store.path))
    rows = again.execute("SELECT first, right = cells FROM answers WHERE code != 'before'")
    found = [(bool(first), bool(right)) for first, right in rows]
    again.close()
    return found


@ways
def test_a_first_answer_that_waited_is_the_only_first_one(
    tmp_path: Path, way: Callable[[Store], object]
) -> None:
    store = begun(tmp_path)
    practice = Practice(store, store.learners()[0], Clock().on)
    item = practice.round("products")[2]
    with way(store):  # type: ignore[attr-defined]
        with pytest.raises(StoreError):
            practice.record(item, *judged(item))
        assert practice.waits
    practice.record(item, *judged(item, right=True))
    assert not practice.waits
    assert [(one.first, one.correct) for one in store.answers(1)[1:]] == [
        (True, False),
        (False, True),
    ]
    store.close()
    assert kept(store) == [(True, False), (False, True)]


def test_answers_wait_in_their_order(tmp_path: Path) -> None:
    store = begun(tmp_path)
    practice = Practice(store, store.learners()[0], Clock().on)
    items = practice.round()[:4]
    with locked(store):
        for item in items:
            with pytest.raises(StoreError) as refusal:
                practice.record(item, *judged(item))
            assert refusal.value.reason == "practice_held"
    practice.keep_waiting()
    codes = [one.code for one in store.answers(1)[1:]]
    assert codes == [item.code for item in items]
    store.close()


# --- what a long record costs ---------------------------------------------------------------

MANY = 1200
MISTAKES = ("flipped_kernel", "no_padding", "no_bias")


def fill(store: Store, count: int, rng: random.Random, clock: Clock) -> None:
    """Let a learner answer this and that, on clocks that are set back and ahead, too."""
    for n in range(count):
        right, days = rng.random() < 0.85, rng.choice((0, 0, 0, 0, -1, 3))
        facts = {
            "skill": rng.choice([*skills(), "unheard_of"]),
            "code": f"CODE{rng.randrange(count)}",
            "first": rng.random() < 0.9,
            "hints": rng.choice((0, 0, 0, 1)),
            "shown": rng.random() < 0.05,
            "mixed": rng.random() < 0.5,
            "seconds": rng.random(),
            "mistakes": () if right else tuple(rng.sample(MISTAKES, 2)),
        }
        store.record(answer(right, clock.time + days * DAY + timedelta(minutes=n), **facts))


def told(practice: Practice) -> tuple[object, ...]:
    return (
        practice.standings(),
        practice.due(),
        practice.today(),
        practice.days(),
        practice.usual_mistakes(),
        practice.history(),
    )


@pytest.mark.parametrize("seed", range(2))
def test_what_is_added_up_is_what_all_answers_say(store, clock, learner, seed: int) -> None:
    rng = random.Random(seed)
    along = Practice(store, learner, clock)
    for _ in range(8):
        fill(store, 40, rng, clock)
        clock.on(rng.choice((1, 2, -1)) * DAY)
        assert told(along) == told(Practice(store, learner, clock))
        answers = store.answers(1)
        assert along.standings() == {key: standing(key, answers, clock()) for key in skills()}


def test_one_more_answer_is_all_that_is_looked_at(store, clock, learner, monkeypatch) -> None:
    fill(store, MANY, random.Random(0), clock)
    practice = Practice(store, learner, clock)
    added, asked = [], []
    add = Summary.add
    monkeypatch.setattr(Summary, "add", lambda *given: (added.append(given[1]), add(*given))[1])
    store._connection.set_trace_callback(asked.append)
    told(practice)
    assert len(added) == MANY
    assert len([sql for sql in asked if sql.startswith("SELECT * FROM answers")]) == 1
    added.clear()
    asked.clear()
    store.record(answer(skill="products", when=clock.on()))
    told(practice)
    practice.round()
    assert len(added) == 1
    assert not [sql for sql in asked if sql.startswith("SELECT * FROM answers")]


def test_who_waits_is_told_how_far_it_is(store, clock, learner) -> None:
    fill(store, MANY, random.Random(0), clock)
    shares = list(Practice(store, learner, clock).catch_up())
    assert len(shares) > 3
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1
    told_again = list(Practice(store, learner, clock).catch_up())
    assert all(share > 0.5 for share in told_again)  # the answers are known already


def test_what_is_called_off_goes_on_from_there(store, clock, learner, monkeypatch) -> None:
    monkeypatch.setattr(practice_module, "_BATCH", 100)
    fill(store, MANY, random.Random(0), clock)
    practice = Practice(store, learner, clock)
    assert next(share for share in practice.catch_up() if share > 0.7) < 0.8
    assert told(practice) == told(Practice(store, learner, clock))
