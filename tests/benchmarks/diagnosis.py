"""How soon the mistake of a learner is named, and what grading an answer costs.

``python -m tests.benchmarks.diagnosis`` prints a table for each kind of layer: of learners who
always make one mistake, the share for whom it is the first that is named after one, two and three
wrong answers, and the share for whom it is certain then. Last come learners who make slips as well,
and those who make nothing else.
"""

from __future__ import annotations

import statistics

from cnn_tutor.study.mistakes.catalogue import catalogue
from tests.helpers.simulated import WRONG, Course, Tally, only_slips, simulate

RUNS, SLIPS = 100, 0.05
EVERY = (0, 1, 2, 3, 4, 5)
COURSES = (
    Course("one_output_cell", "conv2d", EVERY, 120),
    Course("one_output_cell", "max_pooling2d", EVERY, 120),
    Course("one_output_cell", "average_pooling2d", EVERY, 120),
    Course("one_output_cell", "dense", EVERY, 120),
    Course("one_output_cell", "dropout", EVERY, 120),
    Course("whole_output", "conv2d", EVERY, 60),
    Course("stages_of_a_cell", "conv2d", EVERY, 60),
)


def line(name: str, tally: Tally) -> None:
    shares = "".join(f"{tally.share(wrong) * 100:8.1f} %" for wrong in WRONG)
    certain = "".join(
        f"{tally.certain[n] / tally.runs[n] * 100:8.1f} %" if tally.runs[n] else " " * 10
        for n in WRONG
    )
    taken = ", ".join(f"{other} {times}" for other, times in tally.confused.most_common(2))
    print(f"{name:>24}{tally.runs[1]:7}{shares}{certain}   {taken}")


def main() -> None:
    for course in COURSES:
        print(f"\n{course.shape} of {course.kind}, {len(course.exercises())} items")
        head = "".join(f"{f'after {n}':>10}" for n in WRONG)
        print(f"{'mistake':>24}{'runs':>7}{head}{head.replace('after', 'sure ')}   taken for")
        whole, rare, slipping = Tally(), Tally(), Tally()
        for mistake in course.mistakes():
            tally = simulate(course, mistake, RUNS)
            line(mistake + ("" if catalogue()[mistake].main else " (rare)"), tally)
            (whole if catalogue()[mistake].main else rare).add(tally)
            if catalogue()[mistake].main:
                slipping.add(simulate(course, mistake, RUNS, SLIPS))
        line("together", whole)
        line("rare together", rare)
        line(f"with {SLIPS:.0%} slips", slipping)
        _, wrong, named, sure = only_slips(course, 20)
        print(
            f"{'only slips':>24}: {named / wrong:.1%} of {wrong} wrong answers looked like a habit"
            f", {sure / wrong:.1%} certainly"
        )
        if whole.times:
            times = sorted(whole.times)
            print(
                f"{'a grade':>24}: {statistics.median(times) * 1e3:.2f} ms,"
                f" 99 of 100 under {times[int(len(times) * 0.99)] * 1e3:.1f} ms;"
                f" certain and wrong: {whole.falsely_certain}"
            )


if __name__ == "__main__":
    main()
