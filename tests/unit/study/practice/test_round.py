"""An unfinished round is kept as a text; what can't be gone on with is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.study.exercise import VERSION
from cnn_tutor.study.practice.mastery.standing import ALL
from cnn_tutor.study.practice.plan import Item
from cnn_tutor.study.practice.round import ROUNDS_LIMIT, Round, Work, rounds_of, text_of

ITEM = Item("products", "one_output_cell", "conv2d", 1, 7, ALL, mixed=True)


def begun(items: int = 3, place: int = 1) -> Round:
    made = Round([ITEM] * items)
    made.settle(True)
    made.mistakes[0] = "flipped_kernel"
    made.known.add(0)
    for _ in range(place):
        made.go_on()
    made.work = Work({"a": "−1"}, {"a": "2"}, {"a": False}, 2, noted=True)
    return made


def told(made: Round) -> tuple[object, ...]:
    return made.items, made.place, made.results, made.mistakes, made.known, made.work


def test_it_comes_back_as_it_was() -> None:
    (again,) = rounds_of(text_of([begun()]))
    assert told(again) == told(begun())


def test_only_the_unfinished_ones_are_kept_and_of_many_the_latest() -> None:
    untouched, alone, over = Round([ITEM] * 2), begun(1, 0), begun(2, 2)
    assert text_of([untouched, alone, over]) == ""
    many = [begun(n, 1) for n in range(2, ROUNDS_LIMIT + 4)]
    assert [len(one.items) for one in rounds_of(text_of(many))] == [4, 5, 6, 7]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f'"version":{VERSION}', f'"version":{VERSION + 1}'),
        ("one_output_cell", "no_such_shape"),
        ("conv2d", "no_such_kind"),
        ("products", "no_such_skill"),
        ("[true,null,null]", "[true]"),
        ('"seed":7', '"seed":-7'),
        ("}", ""),
    ],
)
def test_what_is_damaged_or_of_another_version_is_none(old: str, new: str) -> None:
    text = text_of([begun()])
    assert old in text
    assert rounds_of(text.replace(old, new)) == []


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert rounds_of(text) == []
