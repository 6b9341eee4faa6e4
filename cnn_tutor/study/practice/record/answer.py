"""One answer to an exercise, as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Answer:
    """What a learner wrote at one time, and how much of it was right.

    ``code`` is the exercise's, from which it can be made again; ``skill`` is what it trains.
    ``when`` knows its time zone. Of its ``of`` cells ``right`` are right. ``first`` says that it
    is the first answer to this exercise, ``hints`` how many were seen before it, ``shown`` that
    the solution was; ``evidence`` that the exercise tells mistakes apart; ``mixed`` that it came
    among exercises of other skills. It took ``seconds``. ``mistakes`` are what it looked like,
    likeliest first, and ``entries`` what was written, by blank.
    """

    learner: int
    code: str
    skill: str
    when: datetime
    right: int
    of: int
    first: bool = True
    hints: int = 0
    shown: bool = False
    evidence: bool = True
    mixed: bool = False
    seconds: float = 0.0
    mistakes: tuple[str, ...] = ()
    entries: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    @property
    def correct(self) -> bool:
        """Whether every cell was right."""
        return self.right == self.of

    @property
    def counts(self) -> bool:
        """Whether it says what the learner can do alone; all else is practice."""
        return self.first and not self.hints and not self.shown and self.evidence
