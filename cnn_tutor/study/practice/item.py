"""One exercise of a round of practice, before it is made up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.generator import generate
from cnn_tutor.study.practice.mastery.standing import LAST_STEP


@dataclass(frozen=True)
class Item:
    """What is asked next: which exercise, for which skill, with how much help.

    ``stage`` is 0 where a worked cell comes first, 1 where only the last step is left to do, and
    2 where all is; ``mixed`` says that it comes among exercises of other skills.
    """

    skill: str
    shape: str
    kind: str
    level: int
    seed: int
    stage: int
    mixed: bool

    def exercise(self) -> Exercise:
        """Return the exercise, always the same one."""
        return self._exercise

    @cached_property
    def _exercise(self) -> Exercise:
        made = generate(self.shape, self.kind, self.level, self.seed)
        return made.faded() if self.stage == LAST_STEP else made
