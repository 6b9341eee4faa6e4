"""The formula of one output number, with the real numbers in it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import NamedTuple

from cnn_tutor.engine.explanation import STEP, Cell, Explanation, Step, Term
from cnn_tutor.engine.window import Window
from cnn_tutor.study import numbers, words

RESULT = "result"
"""The role of a number that has been computed."""

_TERMS_LIMIT = 240
"""Terms or lines that are all written; of more, only the first and the last are."""


class Token(NamedTuple):
    """A piece of a formula: what is written, and the port whose number it is ("" for signs).

    ``term`` is the place of the term that it belongs to, counted over all steps; −1 for none.
    """

    text: str
    role: str = ""
    term: int = -1


Line = tuple[Token, ...]


class Pointed(NamedTuple):
    """Which terms of a formula stand out, and whether all else is ``faint``."""

    terms: frozenset[int] = frozenset()
    faint: bool = False


NOTHING = Pointed()


def lines(
    explanation: Explanation,
    shown: int | None = None,
    leave_out: Collection[int] = (),
    hidden: bool = False,
) -> tuple[Line, ...]:
    """Return the formula of an output cell: a line a step.

    ``shown`` is how many terms have been added up so far; what comes after them stays open.
    Steps whose places are in ``leave_out`` get no line. Where the number is ``hidden``, because it
    is asked for, no result is written, of no step, and nothing at all before the first term.
    """
    if hidden and shown == 0:
        return ((_result(math.nan),),)
    written: list[Line] = []
    places = [place for place in range(len(explanation.steps)) if place not in leave_out]
    passed_over = (
        places[_TERMS_LIMIT // 2 : -_TERMS_LIMIT // 2] if len(places) > _TERMS_LIMIT else []
    )
    left = sum(len(step.terms) for step in explanation.steps) if shown is None else shown
    before = 0
    for place, step in enumerate(explanation.steps):
        if left < len(step.terms):
            asked = (Token(" = "), _result(math.nan)) if hidden else ()
            return (*written, (*_step(step, left, hidden, before), Token(" …"), *asked))
        if passed_over and passed_over[0] <= place <= passed_over[-1]:
            if place == passed_over[0]:
                written.append((Token(f"⋯ ({len(passed_over)}) ⋯"),))
        elif place not in leave_out:
            result = _result(math.nan if hidden else step.value)
            written.append((*_step(step, left, hidden, before), Token(" = "), result))
        left -= len(step.terms)
        before += len(step.terms)
    return tuple(written)


def _step(step: Step, shown: int, hidden: bool, before: int) -> Iterator[Token]:
    template = words.table("folds")[step.fold]
    yield Token(template["open"])
    left_out = (
        range(_TERMS_LIMIT // 2, shown - _TERMS_LIMIT // 2) if shown > _TERMS_LIMIT else range(0)
    )
    for n, term in enumerate(step.terms[:shown]):
        if n in left_out:
            continue
        if n:
            yield Token(template["between"])
        if left_out and n == left_out.stop:
            yield Token(f"⋯ ({len(left_out)}) ⋯{template['between']}")
        alone = len(term.factors) < 2 and abs(term.scale) == 1
        after_sign = n > 0 and template["between"].strip() != ","
        brackets = after_sign or not alone
        for token in term_tokens(term, "·", brackets=brackets, hidden=hidden):
            yield token._replace(term=before + n)
    if shown < len(step.terms):
        yield Token(template["between"].rstrip())
        return
    yield Token(template["close"].format(count=len(step.terms)))


def total(step: Step, inside: int, shown: int, hidden: bool = False, before: int = 0) -> Line:
    """Return the line under a product grid: the fold of its products, then of what comes after.

    ``inside`` is how many terms the grid holds, ``shown`` how many have been added up so far, and
    ``before`` how many terms earlier steps have.
    Where the number is ``hidden``, because it is asked for, no sum is written.
    """
    template = words.table("folds")[step.fold]
    line = [Token(f"{words.pick(template['sign'])} = ")]
    if hidden:
        return (*line, _result(math.nan))
    after = step.terms[inside:shown]
    if after:
        line.append(Token(numbers.show(step.partial(inside))))
        for n, term in enumerate(after, before + inside):
            line.append(Token(template["between"]))
            line += [token._replace(term=n) for token in term_tokens(term, "·")]
        line.append(Token(" = "))
    return (*line, _result(step.partial(shown)))


def term_tokens(
    term: Term, times: str, brackets: bool = True, hidden: bool = False
) -> Iterator[Token]:
    """Write one term, such as 1·0; a negative number is in ``brackets``, as it follows a sign.

    A term without factors is a number by itself. In a ``hidden`` one results of earlier steps are
    not told.
    """
    if len(term.factors) == 1 and term.scale == -1:
        (cell,) = term.factors
        text = _told(cell, hidden)
        yield Token(numbers.MINUS)
        yield Token(f"({text})" if text.startswith(numbers.MINUS) else text, _role(cell.port))
        return
    alone = not term.factors
    parts = [Token(numbers.show(term.scale))] if alone or term.scale != 1 else []
    parts += [Token(_told(cell, hidden), cell.port) for cell in term.factors]
    for n, (text, role, _) in enumerate(parts):
        if n:
            yield Token(times)
        bracketed = brackets and text.startswith(numbers.MINUS)
        yield Token(f"({text})" if bracketed else text, _role(role))


def _told(cell: Cell, hidden: bool) -> str:
    return numbers.show(math.nan if hidden and cell.port == STEP else cell.value)


def _role(port: str) -> str:
    return RESULT if port == STEP else port


def size(window: Window) -> Line:
    """Return the formula of one side's output size, ⌊(n + 2p − k) / s⌋ + 1.

    Lopsided padding is written as two numbers in place of 2p, and a window with gaps as what it
    spans with them, d(k − 1) + 1.
    """
    before, after = window.pads
    pads = f" + 2·{before}" if before == after else f" + {before} + {after}"
    span = str(window.size)
    if window.dilation > 1:
        span = f"({window.dilation}·({window.size} − 1) + 1)"
    formula = f"⌊({window.length}{pads} − {span}) / {window.stride}⌋ + 1 = "
    return (Token(formula), _result(window.positions))


def _result(value: float) -> Token:
    return Token(numbers.show(value), RESULT)
