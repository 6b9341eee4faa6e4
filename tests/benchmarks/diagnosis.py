"""How soon the mistake of a learner is named, and what grading an answer costs.

``python -m tests.benchmarks.diagnosis`` prints a table for each kind of layer: of learners who
always make one mistake, the share for whom it is the first that is named after one, two and three
wrong answers, and the share for whom it is certain then. Last come learners who make slips as well,
and those who make nothing else.
"""

from __future__ import annotations

from statistics import quantiles

from cnn_tutor.study.mistakes.catalogue import catalogue
from tests.benchmarks.measuring import row
from tests.helpers.simulated import EVERY, WRONG, Course, Tally, only_slips, simulate

RUNS, SLIPS = 100, 0.05
COURSES = (
    *(
        Course("one_output_cell", kind, EVERY, 120)
        for kind in ("conv2d", "max_pooling2d", "average_pooling2d", "dense", "dropout")
    ),
    Course("whole_output", "conv2d", EVERY, 60),
    Course("stages_of_a_cell", "conv2d", EVERY, 60),
)


def line(name: str, tally: Tally) -> None:
    shares = [tally.share(wrong) for wrong in WRONG]
    certain = [tally.certain[n] / max(1, tally.runs[n]) for n in WRONG]
    taken = ", ".join(f"{other} {times}" for other, times in tally.confused.most_common(2))
    row(name, tally.runs[1], *(f"{share:.1%}" for share in shares + certain), f"  {taken}", width=9)


def main() -> None:
    for course in COURSES:
        print(f"\n{course.shape} of {course.kind}, {len(course.exercises())} items")
        heads = [f"{how} {n}" for how in ("after", "sure") for n in WRONG]
        row("mistake", "runs", *heads, "  taken for", width=9)
        main, rare, slipping = Tally(), Tally(), Tally()
        for mistake in course.mistakes():
            tally, usual = simulate(course, mistake, RUNS), catalogue()[mistake].main
            line(mistake if usual else f"{mistake} (rare)", tally)
            (main if usual else rare).add(tally)
            if usual:
                slipping.add(simulate(course, mistake, RUNS, SLIPS))
        line("together", main)
        line("rare together", rare)
        line(f"with {SLIPS:.0%} slips", slipping)
        _, wrong, named, sure = only_slips(course, 20)
        row("only slips", f"  named {named / wrong:.1%} of {wrong} wrong answers, {sure} surely")
        if main.times:
            median, most = (1e3 * quantiles(main.times, n=100)[place] for place in (49, 98))
            row("a grade", f"  {median:.2f} ms, 99 of 100 under {most:.1f} ms")


if __name__ == "__main__":
    main()
