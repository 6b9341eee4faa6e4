"""The line that puts the sums of several channels together, as it stands on the board."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import replace

from cnn_tutor.engine.explanation import STEP, Explanation, Step, Term
from cnn_tutor.pages.views.cells.tables import Table
from cnn_tutor.study import formula, numbers, words
from cnn_tutor.study.formula import NOTHING, Pointed
from cnn_tutor.widgets.style.rich_text import ink, line_html, term_html

_NATIVE_COUNT_LIMIT = 9
"""Things that are counted in Japanese with its own numerals, up to 九つ."""


def total_html(
    explanation: Explanation,
    tables: tuple[Table, ...],
    shown: int,
    colour_of: Callable[[Table], str],
    hidden: bool = False,
    pointed: Pointed = NOTHING,
) -> str:
    """Return what is computed from the tables' results: a paragraph for each such step.

    ``shown`` is how many terms of all steps have been added up so far; ``colour_of`` gives the
    colour in which a table's sum is written, that of its channel. Where the number is ``hidden``,
    because it is asked for, question marks stand for it and for the tables' results. Terms that
    are ``pointed`` at stand out.
    """
    inks = {table.place: colour_of(table) for table in tables}
    paragraphs, before = [], 0
    for place, step in enumerate(explanation.steps):
        if place not in inks:
            added = max(0, min(shown - before, len(step.terms)))
            lines = _step(step, added, inks, hidden, before, pointed)
            paragraphs.append("<br>".join(lines))
        before += len(step.terms)
    return "<p style='margin: 0'>" + "</p><p>".join(paragraphs) + "</p>" if paragraphs else ""


def with_results(explanation: Explanation, value: float) -> Explanation:
    """Return an explanation whose steps go on with this number instead of every earlier result."""
    steps = tuple(
        replace(step, terms=tuple(_with_results(term, value) for term in step.terms))
        for step in explanation.steps
    )
    return replace(explanation, steps=steps)


def _with_results(term: Term, value: float) -> Term:
    cells = tuple(replace(c, value=value) if c.port == STEP else c for c in term.factors)
    return replace(term, factors=cells)


def _step(
    step: Step, shown: int, inks: dict[int, str], hidden: bool, before: int, pointed: Pointed
) -> Iterator[str]:
    results = [term for term in step.terms if _result_of(term) is not None]
    others = [term for term in step.terms if _result_of(term) is None]
    between = html.escape(words.table("folds")[step.fold]["between"])
    if step.fold == "sum":
        many = "sum_of_many" if len(results) > _NATIVE_COUNT_LIMIT else "sum_of"
        yield f"<b>{words.say(f'layers.{many}', count=len(results))}</b>"
    places = {id(term): n for n, term in enumerate(step.terms)}
    seen = [
        term_html(_coloured(term, inks, n > 0, hidden), before + places[id(term)], pointed)
        for n, term in enumerate(results)
        if places[id(term)] < shown
    ]
    yield between.join(seen) or "…"
    for term in others:
        if places[id(term)] < shown:
            named = term_html(_named(term), before + places[id(term)], pointed)
            yield between.lstrip() + named
    if hidden or shown == len(step.terms):
        result = numbers.UNKNOWN if hidden else numbers.show(step.value)
        yield line_html((formula.Token("= "), formula.Token(result, formula.RESULT)))


def _result_of(term: Term) -> int | None:
    return term.factors[0].index[0] if term.factors and term.factors[0].port == STEP else None


def _coloured(term: Term, inks: dict[int, str], after_sign: bool, hidden: bool) -> str:
    place = _result_of(term)
    colour = inks.get(place, ink(formula.RESULT)) if place is not None else ink("")
    brackets = after_sign or term.scale != 1
    tokens = formula.term_tokens(term, "·", brackets, hidden)
    text = "".join(token.text for token in tokens)
    return f"<span style='color:{colour}'>{html.escape(text)}</span>"


def _named(term: Term) -> str:
    """Write a term that is no earlier result, such as the bias, with its port's name."""
    name = words.name(f"layers.{term.factors[0].port}") if term.factors else ""
    return f"{html.escape(name)} {line_html(tuple(formula.term_tokens(term, '·')))}"
