"""Whether a skill is known, as far as answers tell: Bayesian knowledge tracing.

After Corbett and Anderson (1995). A skill is either known or not; each answer shifts how likely
it is, and each one may also be what it took to learn it.
"""

from __future__ import annotations

START = 0.1
"""How likely a skill is known before the first answer: its lesson alone has shown it."""

GUESS = 0.03
"""How likely who does not know it is right all the same. It is that small only because the
exercises that count tell mistakes apart: no mistake leads to the right number, and a number from
-99 to 99 is not guessed. With exercises of any numbers it would be 0.29."""

SLIP = 0.1
"""How likely who knows it is wrong: a sum of nine products goes wrong that often."""

LEARN = 0.15
"""How likely one exercise, with what is said about a wrong answer, teaches it."""

KNOWN = 0.95
"""From this on a skill counts as known."""

SUREST = 0.995
"""It never gets likelier than this, for what is known can be forgotten: one wrong answer may then
be a slip, the second in a row says that it has to be learned again."""


def updated(known: float, right: bool) -> float:
    """Return how likely a skill is known after an answer, from how likely it was before."""
    if right:
        either = known * (1 - SLIP), (1 - known) * GUESS
    else:
        either = known * SLIP, (1 - known) * (1 - GUESS)
    seen = either[0] / sum(either)
    return min(seen + (1 - seen) * LEARN, SUREST)
