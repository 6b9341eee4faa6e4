"""One way of making a mistake, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import STEP, Explanation, Index, Step
from cnn_tutor.study import formula, numbers, words

_TERMS_LIMIT = 10
"""Terms that are written out in a sentence; of more the learner would read none."""

Lit = Mapping[str, tuple[Index, ...]]
Values = Mapping[str, object]


def _unexplained(place: int) -> Explanation | None:
    return None


@dataclass(frozen=True, eq=False)
class Way:
    """One way of making a mistake throughout: the number that it gives in each asked cell.

    ``how`` tells it from others of the same mistake, such as its direction.
    ``numbers`` has one for each, not a number where the way does not exist there. ``explain``
    tells how the number of one asked cell, by its place among them, comes about; ``worked`` says
    that this is worth showing. ``aside``, ``values`` and ``lit`` are as in an outcome.
    """

    mistake: str
    numbers: Array
    how: str = ""
    explain: Callable[[int], Explanation | None] = _unexplained
    worked: bool = False
    aside: bool = False
    values: Values = field(default_factory=dict)
    lit: Lit = field(default_factory=dict)


class Told(Mapping[str, object]):
    """The values of the sentence about a way, which are not made up before they are asked for.

    ``work`` is how the way gets to its number, in brackets and in both languages; it is empty
    where that would be too long, or where several cells are asked for.
    """

    def __init__(self, way: Way, single: bool) -> None:
        self._way, self._single = way, single

    def __getitem__(self, key: str) -> object:
        return self._work if key == "work" else self._way.values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(("work", *self._way.values))

    def __len__(self) -> int:
        return 1 + len(self._way.values)

    @cached_property
    def _work(self) -> Mapping[str, str]:
        told = self._way.explain(0) if self._single and self._way.worked else None
        if told is None or len(told.steps[-1].terms) > _TERMS_LIMIT:
            return dict.fromkeys(words.LANGUAGES, "")
        plain = replace(told, steps=(*told.steps[:-1], _without_bias_of_zero(told.steps[-1])))
        *line, _ = formula.lines(plain)[-1]
        written = "".join(token.text for token in line) + numbers.brief(told.value)
        return {"ja": f"（{written}）", "en": f" ({written})"}


def _without_bias_of_zero(step: Step) -> Step:
    """Return a step without a bias that adds nothing: the learner sees none."""
    *terms, last = step.terms
    cell = last.factors[0] if len(last.factors) == 1 else None
    bias = cell is not None and cell.port not in ("x", STEP) and len(cell.index) == 1
    return replace(step, terms=tuple(terms)) if terms and bias and not last.value else step
