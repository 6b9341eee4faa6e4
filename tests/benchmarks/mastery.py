"""Whom the rules of mastery call masters who are none, and how long the others wait.

``python -m tests.benchmarks.mastery`` prints a table of simulated learners, half of whom never
learn.
"""

from __future__ import annotations

from tests.unit.study.practice.simulation import ANY, RULES, SEPARATING, courses, outcome

LEARNERS = 20000
EXERCISES = {"that keep mistakes apart": SEPARATING, "with any numbers": ANY}


def main() -> None:
    print(
        f"{'exercises':>26} {'called a master at':>24} {'not one':>9} {'reached':>9} {'after':>14}"
    )
    for exercises, leak in EXERCISES.items():
        for name, rule in RULES.items():
            found = outcome(list(courses(LEARNERS, leak, rule)))
            print(
                f"{exercises:>26} {name:>24} {found.wrong:8.2%} {found.reached:8.1%}"
                f" {found.half:3} ({found.most:2} answers)"
            )


if __name__ == "__main__":
    main()
