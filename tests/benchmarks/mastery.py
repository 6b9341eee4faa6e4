"""Whom the rules of mastery call masters who are none, and how long the others wait.

``python -m tests.benchmarks.mastery`` prints a table of simulated learners, half of whom never
learn.
"""

from __future__ import annotations

from tests.benchmarks.measuring import row
from tests.unit.study.practice.simulation import ANY, RULES, SEPARATING, courses, outcome

LEARNERS = 20000
EXERCISES = {"that keep mistakes apart": SEPARATING, "with any numbers": ANY}


def main() -> None:
    row("exercises", "called a master at", "not one", "reached", "after", "at most", width=24)
    for exercises, leak in EXERCISES.items():
        for name, rule in RULES.items():
            found = outcome(list(courses(LEARNERS, leak, rule)))
            shares = f"{found.wrong:.2%}", f"{found.reached:.1%}"
            row(exercises, name, *shares, found.half, found.most, width=24)


if __name__ == "__main__":
    main()
