"""A round asks for what is due and what is next, in turns."""

from __future__ import annotations

import random
from itertools import groupby

import pytest

from cnn_tutor.study.practice.mastery.standing import Standing
from cnn_tutor.study.practice.plan import SIZE, Item, interleaved, planned
from tests.unit.study.practice.given import DAY, START

KEYS = tuple("abcdefgh")


def standings(**states: str) -> dict[str, Standing]:
    """Skills ``k``nown, known but ``u``nconfirmed, ``r``ested; the others are new."""
    made = {}
    for n, key in enumerate(KEYS[: int(states.pop("count", "8"))]):
        state = states.get(key, "")
        due = START + n * DAY if state in ("k", "u") else None
        made[key] = Standing(
            key, due=due, known=state in ("k", "u"), confirmed=state == "k", rested=state == "r"
        )
    return made


def longest(keys: tuple[str, ...]) -> int:
    return max(len(list(same)) for _, same in groupby(keys))


def test_the_first_round_teaches_the_first_two_skills_in_turns() -> None:
    assert planned(standings(), (), {}) == tuple("abababababab"[:SIZE])


def test_what_is_due_comes_first_in_turns_with_what_is_next() -> None:
    keys = planned(standings(a="k", b="k", c="k"), ("c", "a"), {})
    assert keys[:4] == ("c", "d", "a", "e")
    assert set(keys) == set("acde")
    assert keys.count("c") == keys.count("a") == 1


def test_many_reviews_leave_room_for_what_is_next() -> None:
    known = standings(**dict.fromkeys("abcdefg", "k"))
    assert planned(known, tuple("gfedcba"), {}) == tuple("ghfhehdhch")
    assert planned(known, ("c",), {})[:4] == ("c", "h", "a", "h")


def test_a_round_full_of_reviews_leaves_new_things_for_later() -> None:
    keys = tuple("abcdefghijkl")
    made = {key: Standing(key, due=START, known=key < "l", confirmed=True) for key in keys}
    assert planned(made, keys[:10], {}) == keys[:10]
    assert "l" in planned(made, keys[:9], {})


def test_what_is_known_from_another_day_is_asked_to_confirm_it() -> None:
    assert "a" in planned(standings(a="u"), (), {})[:2]
    assert len(set(planned(standings(a="u"), (), {}))) == 3
    again = planned(standings(a="u"), (), {"a": 1})
    assert len(set(again)) == 3, "to make a mixed round of it"


def test_a_skill_that_had_a_whole_round_today_lets_others_go_first() -> None:
    assert set(planned(standings(), (), {"a": SIZE})) == {"b", "c"}
    assert set(planned(standings(), (), {"a": SIZE - 1})) == {"a", "b"}
    everything = dict.fromkeys(KEYS, SIZE)
    assert set(planned(standings(), (), everything)) == {"a", "b"}


def test_what_rests_is_left_out_until_there_is_nothing_else() -> None:
    assert set(planned(standings(a="r"), (), {})) == {"b", "c"}
    all_rest = standings(**dict.fromkeys(KEYS, "r"))
    assert len(planned(all_rest, (), {})) == SIZE


def test_where_all_is_known_it_is_practised_with_what_is_due_soonest() -> None:
    all_known = standings(**dict.fromkeys(KEYS, "k"))
    assert planned(all_known, (), {}) == tuple("abcdefghab")
    assert planned(all_known, (), {"a": 1, "b": 2})[:2] == ("c", "d")
    assert planned(all_known, ("h",), {})[0] == "h"


def test_without_skills_there_is_no_round() -> None:
    assert planned({}, (), {}) == ()


def test_one_skill_alone_makes_a_round() -> None:
    for state in ("", "k", "u", "r"):
        assert planned(standings(count="1", a=state), (), {}) == ("a",) * SIZE


@pytest.mark.parametrize("seed", range(200))
def test_no_skill_comes_three_times_in_a_row(seed: int) -> None:
    rng = random.Random(seed)
    states = {key: rng.choice(["", "k", "u", "r"]) for key in KEYS}
    count = rng.randint(2, len(KEYS))
    made = standings(count=str(count), **states)
    known = [key for key, one in made.items() if one.known]
    due = tuple(rng.sample(known, rng.randint(0, len(known))))
    keys = planned(made, due, {key: rng.choice([0, 0, 3, 10]) for key in KEYS})
    assert len(keys) == SIZE
    assert set(keys) <= set(made)
    usable = [key for key, one in made.items() if not one.rested]
    if len(usable) > 1:
        assert longest(keys) <= 2
    if len(usable) > 2 and known:
        assert len(set(keys)) >= 3


def items(*kinds: str, skills: str = "") -> list[Item]:
    names = skills or "abcdefghij"
    return [Item(names[n], "s", kind, 0, n, 2, True) for n, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("kinds", "order"),
    [
        ("", ""),
        ("ccpp", "cpcp"),
        ("cccpp", "cpcpc"),
        ("pccc", "pccc"),
        ("ppcccd", "pcpcdc"),
        ("cccc", "cccc"),
        ("abc", "abc"),
    ],
)
def test_no_kind_comes_twice_in_a_row_where_there_is_another(kinds: str, order: str) -> None:
    assert "".join(item.kind for item in interleaved(items(*kinds))) == order


def test_the_exercises_of_a_skill_stay_in_their_order() -> None:
    rng = random.Random(0)
    for _ in range(200):
        made = items(*rng.choices("cpd", k=10), skills="".join(rng.choices("xyz", k=10)))
        found = interleaved(made)
        assert sorted(found, key=lambda item: item.seed) == made
        for skill in "xyz":
            seeds = [item.seed for item in found if item.skill == skill]
            assert seeds == sorted(seeds)
