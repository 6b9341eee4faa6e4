"""A long record is gone through once; after that each answer costs the same. Counted, not timed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest

from cnn_tutor.study.practice import practice as practice_module
from cnn_tutor.study.practice.gradebook import gradebook
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.store import Store
from cnn_tutor.study.practice.summary import Summary
from tests.unit.study.practice.given import DAY, START, Clock, answer, standing

MANY = 1200
MISTAKES = ("flipped_kernel", "no_padding", "no_bias")


@pytest.fixture
def clock() -> Clock:
    return Clock(START + 60 * DAY)


@pytest.fixture
def store(clock: Clock) -> Iterator[Store]:
    with Store.open(":memory:", clock) as store:
        store.add_learner("A")
        yield store


def give(store: Store, count: int, rng: random.Random, clock: Clock) -> None:
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
def test_what_is_added_up_is_what_all_answers_together_say(store, clock, seed: int) -> None:
    rng = random.Random(seed)
    along = Practice(store, store.learners()[0], clock)
    for _ in range(8):
        give(store, 40, rng, clock)
        clock.on(rng.choice((1, 2, -1)) * DAY)
        assert told(along) == told(Practice(store, store.learners()[0], clock))
        answers = store.answers(1)
        assert along.standings() == {key: standing(key, answers, clock()) for key in skills()}


def test_one_more_answer_is_the_only_one_that_is_looked_at(store, clock, monkeypatch) -> None:
    give(store, MANY, random.Random(0), clock)
    practice = Practice(store, store.learners()[0], clock)
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


def test_who_waits_is_told_how_far_it_is(store, clock) -> None:
    give(store, MANY, random.Random(0), clock)
    shares = list(Practice(store, store.learners()[0], clock).catch_up())
    assert len(shares) > 3
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1
    told_again = list(Practice(store, store.learners()[0], clock).catch_up())
    assert all(share > 0.5 for share in told_again)  # the answers are known already


def test_what_is_called_off_goes_on_from_there(store, clock, monkeypatch) -> None:
    monkeypatch.setattr(practice_module, "_AT_ONCE", 100)
    give(store, MANY, random.Random(0), clock)
    practice = Practice(store, store.learners()[0], clock)
    assert next(share for share in practice.catch_up() if share > 0.7) < 0.8
    assert told(practice) == told(Practice(store, store.learners()[0], clock))


def test_the_gradebook_says_how_far_it_is_and_can_be_called_off(store, clock) -> None:
    class Enough(Exception):
        pass

    store.add_learner("B")
    give(store, MANY, random.Random(0), clock)
    shares: list[float] = []
    table = gradebook(store, shares.append)
    assert table == gradebook(store)
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] <= 1

    def stop(share: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        gradebook(store, stop)
