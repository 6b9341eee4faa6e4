"""The table of results that a teacher takes out."""

from __future__ import annotations

import csv
import io

import pytest

from cnn_tutor.study import words
from cnn_tutor.study.practice.gradebook import COLUMNS, gradebook
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.record.store import Store
from tests.unit.study.practice.given import DAY, START, answer

SKILL = "products"


@pytest.fixture
def store():
    store = Store.open(":memory:")
    yield store
    store.close()


@pytest.fixture(autouse=True)
def _english():
    words.speak("en")


def give(store: Store, learner: int, right: int, day: int = 0, **more: object) -> None:
    facts = {
        "learner": learner,
        "code": f"CODE-{len(store.answers(learner))}",
        "of": 1,
        "seconds": 30.0,
        "mistakes": () if right else ("flipped_kernel",),
    }
    store.record(answer(right, START + day * DAY, **{**facts, **more}))


def table(store: Store) -> list[dict[str, str]]:
    data = gradebook(store)
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [len(line) for line in lines] == [len(COLUMNS)] * len(lines)
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines[1:]]


def row(store: Store, name: str, skill: str = SKILL) -> dict[str, str]:
    (found,) = (r for r in table(store) if (r["learner"], r["skill"]) == (name, skill))
    return found


def test_there_is_a_row_for_every_learner_and_skill(store) -> None:
    for name in ("Aiko", "Ben"):
        store.add_learner(name)
    rows = table(store)
    assert [(r["learner"], r["skill"]) for r in rows] == [
        (name, key) for name in ("Aiko", "Ben") for key in skills()
    ]
    assert {(r["exercises"], r["cells"]) for r in rows} == {("0", "0")}
    assert {r["accuracy"] for r in rows} == {""}
    assert {r["mastered"] for r in rows} == {"no"}


def test_it_counts_exercises_cells_and_all_the_time(store) -> None:
    aiko = store.add_learner("Aiko").id
    give(store, aiko, 1)
    give(store, aiko, 0)
    give(store, aiko, 1, first=False)
    give(store, aiko, 1, day=1)
    give(store, aiko, 1, day=1, shown=True)
    found = row(store, "Aiko")
    assert (found["exercises"], found["at_once"]) == ("4", "2")
    assert (found["cells"], found["right"], found["accuracy"]) == ("3", "2", "66.7")
    assert (found["days"], found["minutes"]) == ("2", "2.5")
    assert 0 < float(found["probability"]) < 1


def test_the_usual_mistake_goes_by_its_name(store) -> None:
    aiko = store.add_learner("Aiko").id
    for mistake in ("bias_forgotten", "flipped_kernel", "flipped_kernel"):
        give(store, aiko, 0, mistakes=(mistake, "sign_slipped"))
    named = words.table("mistakes")["flipped_kernel"]["name"]
    assert row(store, "Aiko")["mistake"] == named["en"]
    words.speak("ja")
    assert row(store, "Aiko")["mistake"] == named["ja"]


def test_headings_and_skills_are_in_the_language_that_is_on(store) -> None:
    store.add_learner("Aiko")
    words.speak("ja")
    text = gradebook(store).decode("utf-8-sig")
    assert text.startswith("学習者,")
    assert skills()[SKILL].name["ja"] in text


@pytest.mark.parametrize(
    ("name", "written"),
    [
        *((f"{sign}1+1", f"'{sign}1+1") for sign in "=+-@＝＋－＠"),
        *((name, name) for name in ("O'Hara, Ann", 'The "Ace"', "山田 太郎", "a=b")),
    ],
)
def test_a_name_is_never_computed_by_a_spreadsheet(store, name, written) -> None:
    store.add_learner(name)
    assert {r["learner"] for r in table(store)} == {written}


def test_a_mistake_or_skill_of_another_version_does_no_harm(store) -> None:
    aiko = store.add_learner("Aiko").id
    give(store, aiko, 0, mistakes=("some_new_mistake",))
    give(store, aiko, 1, skill="some_new_skill")
    assert row(store, "Aiko")["mistake"] == "some_new_mistake"
    assert len(table(store)) == len(skills())


def test_it_says_how_far_it_is_and_can_be_called_off(store, monkeypatch) -> None:
    monkeypatch.setattr("cnn_tutor.study.practice.practice._BATCH", 10)

    class Enough(Exception):
        pass

    for name in ("Aiko", "Ben"):
        learner = store.add_learner(name).id
        for day in range(50):
            give(store, learner, 1, day=day)
    shares: list[float] = []
    table = gradebook(store, shares.append)
    assert table == gradebook(store)
    assert shares == sorted(shares)
    assert 0 < shares[0] <= shares[-1] <= 1

    def stop(share: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        gradebook(store, stop)
