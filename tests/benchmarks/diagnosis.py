"""What is made of learners' wrong answers: how soon a habit is known, how seldom one is imagined.

``python -m tests.benchmarks.diagnosis`` prints one table. A line of learners with a habit has the
share for whom it is the first that is named, alone or in a tie, after one, two and three wrong
answers, the share for whom it is certain after three, and how often another one was certain. A line
of those without has the share of answers after which any mistake was certain, and of learners who
were ever told so within six.
"""

from __future__ import annotations

import time

from cnn_tutor.study.grading.grading import grade
from tests.benchmarks.measuring import row
from tests.helpers.simulated import (
    UNSYSTEMATIC,
    WRONG,
    Course,
    Tally,
    of_several,
    right,
    systematic,
    unsystematic,
    written,
)

ITEMS, RUNS, LEARNERS = 40, 12, 300

COURSES = tuple(
    Course(shape, kind, ITEMS)
    for shape, kinds in {
        "one_output_cell": (
            *("conv2d", "max_pooling2d", "average_pooling2d", "dense", "dropout"),
            *("softmax", "sigmoid"),
        ),
        "whole_output": ("conv2d", "max_pooling2d", "dense", "dropout", "relu", "tanh", "flatten"),
        "output_size": ("conv2d",),
        "parameter_count": ("conv2d",),
        "flatten_position": ("flatten",),
    }.items()
    for kind in kinds
)

_WIDTH = 9


def habit_line(name: str, tally: Tally) -> None:
    shares = [f"{tally.share(tally.named, n):.1%}" for n in WRONG]
    sure = f"{tally.share(tally.certain, WRONG[-1]):.1%}"
    other = f"{tally.others / max(1, tally.answers):.2%}"
    row(name, tally.answers, *shares, sure, other, width=_WIDTH)


def chance_line(name: str, tally: Tally) -> None:
    answers = f"{tally.sure_answers / max(1, tally.answers):.2%}"
    learners = f"{tally.sure_learners / tally.learners:.2%}"
    row(name, tally.answers, answers, learners, width=_WIDTH)


def main() -> None:
    every, slips, half, two = Tally(), Tally(), Tally(), Tally()
    row("a habit", "answers", *(f"named {n}" for n in WRONG), "sure 3", "other", width=_WIDTH)
    for course in COURSES:
        tally = systematic(course, RUNS)
        habit_line(str(course), tally)
        every.add(tally)
        slips.add(systematic(course, RUNS // 4, slips=0.05))
        for whole, own in zip((half, two), of_several(course, LEARNERS // 10), strict=True):
            whole.add(own)
    habit_line("together", every)
    habit_line("with 5% slips", slips)
    habit_line("half of the time", half)
    habit_line("one of two", two)
    print("\nmost often taken for another:", every.confused.most_common(4), "\n")
    row("no habit", "answers", "sure", "learners", width=_WIDTH)
    for kind in UNSYSTEMATIC:
        tally = Tally()
        for course in COURSES:
            tally.add(unsystematic(course, kind, LEARNERS // 10))
        chance_line(kind, tally)
    print()
    row("a grade", "median", "99 of 100", "most", width=_WIDTH)
    for course in COURSES:
        times = []
        for item in course.exercises[:60]:
            entries = written({name: value + 1 for name, value in right(item).items()})
            start = time.perf_counter()
            grade(item, entries)
            times.append(1e3 * (time.perf_counter() - start))
        times.sort()
        shown = (times[len(times) // 2], times[len(times) * 99 // 100], times[-1])
        row(str(course), *(f"{one:.2f} ms" for one in shown), width=_WIDTH)


if __name__ == "__main__":
    main()
