"""How far a learner has come, and what is made of it when it was spoilt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_tutor.study.lessons.progress import Progress
from cnn_tutor.study.practice.record.errors import StoreError

SUM = ("meet", "first_cell", "last")
KEYS = st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True)


def test_a_lesson_not_begun() -> None:
    progress = Progress()
    assert progress.place("pooling") == ""
    assert progress.count("pooling") == 0
    assert progress.done("pooling") == ()
    assert not progress.finished("pooling")


def test_a_lesson_on_the_way_to_its_end() -> None:
    kept: dict[str, str] = {}
    progress = Progress(kept)
    progress.visit("sum", "meet", SUM)
    assert (progress.place("sum"), progress.count("sum"), progress.done("sum")) == ("meet", 3, ())
    progress.finish("sum", "meet")
    progress.visit("sum", "first_cell", SUM)
    progress.finish("sum", "first_cell")
    progress.finish("sum", "first_cell")  # once more is no more
    assert kept == {"sum": "first_cell 3 meet first_cell"}
    assert not progress.finished("sum")
    progress.visit("sum", "last", SUM)
    progress.finish("sum", "last")
    assert progress.finished("sum")
    progress.visit("sum", "meet", SUM)  # looking back takes nothing away
    assert progress.finished("sum")
    assert progress.place("sum") == "meet"
    assert Progress(kept).done("sum") == ("meet", "first_cell", "last")
    progress.visit("sum", "meet", ("meet", "other"))  # the lesson has other steps now
    assert progress.done("sum") == ("meet",)
    assert not progress.finished("sum")


class Failing(dict[str, str]):
    """Keeps nothing as long as the disk is full."""

    full = True

    def __setitem__(self, key: str, text: str) -> None:
        if self.full:
            raise StoreError("practice_disk_full")
        super().__setitem__(key, text)


def test_lessons_go_on_while_nothing_can_be_kept() -> None:
    kept = Failing()
    progress = Progress(kept)
    progress.visit("sum", "meet", SUM)
    progress.finish("sum", "meet")
    progress.visit("dense", "one", ("one",))
    assert progress.done("sum") == ("meet",)
    assert kept == {}
    kept.full = False
    progress.keep_waiting()
    assert kept == {"sum": "meet 3 meet", "dense": "one 1"}


def test_what_was_kept_elsewhere_is_taken_over_once() -> None:
    before = {"sum": "first_cell 3 meet", "dense": "one 1 one", "x": ""}
    kept = {"sum": "meet 3 last"}
    progress = Progress(kept)
    progress.take_over(before)
    assert before == {}
    assert kept == {"sum": "first_cell 3 last meet", "dense": "one 1 one"}
    full = Failing()
    before = {"sum": "meet 3"}
    Progress(full).take_over(before)
    assert before == {"sum": "meet 3"}  # it is not lost


def test_what_was_only_shown_is_known_until_it_is_done() -> None:
    kept: dict[str, str] = {}
    progress = Progress(kept)
    progress.visit("sum", "meet", SUM)
    progress.show("sum", "meet")
    progress.show("sum", "last")
    assert progress.done("sum") == ()
    assert Progress(kept).shown("sum") == ("meet", "last")
    progress.finish("sum", "meet")
    assert (progress.done("sum"), progress.shown("sum")) == (("meet",), ("last",))
    progress.visit("sum", "meet", ("meet", "other"))  # the lesson has other steps now
    assert progress.shown("sum") == ()
    assert not progress.finished("sum")


def test_a_step_that_is_done_unseen_is_the_place_too() -> None:
    progress = Progress()
    progress.finish("a", "one")
    assert progress.place("a") == "one"
    assert not progress.finished("a")  # nobody knows how many there are


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "meet", "meet x", "meet -3 a b c", "meet 1.5 a", "14", "a ² b", "a ٣ b c d",
        "meet " + "9" * 5000,
    ],
)  # fmt: skip
def test_what_can_not_be_read_counts_as_nothing(text: str) -> None:
    progress = Progress({"a": text})
    assert progress.count("a") >= 0
    assert not progress.finished("a")
    progress.visit("a", "one", ["one"])
    progress.finish("a", "one")
    assert progress.place("a") == "one"
    assert progress.finished("a")


@given(KEYS, st.lists(KEYS, unique=True, min_size=1, max_size=20))
def test_what_is_kept_is_what_comes_back(lesson: str, steps: list[str]) -> None:
    kept: dict[str, str] = {}
    for n, step in enumerate(steps):
        progress = Progress(kept)  # as after a restart
        assert progress.finished(lesson) is False
        progress.visit(lesson, step, steps)
        progress.finish(lesson, step)
        assert progress.done(lesson) == tuple(steps[: n + 1])
        assert progress.place(lesson) == step
    assert Progress(kept).finished(lesson)
