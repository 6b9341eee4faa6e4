"""Mistakes about the bias: left out, taken off, or added more than once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cnn_tutor.engine.explanation import Cell, Explanation, Term
from cnn_tutor.study.mistakes.case import Case, Way, retold


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes about the bias, where there is one and it isn't 0."""
    products = case.products
    if products is None or not products.bias.any():
        return
    times = {"bias_forgotten": 0, "bias_subtracted": -1}
    if products.depth > 1:
        times["bias_per_channel"] = products.depth
    if case.windows and products.taps not in (1, products.depth):
        times["bias_per_cell"] = products.taps
    for mistake, count in times.items():
        numbers = products.sums + count * products.bias
        yield Way(
            mistake,
            numbers,
            explain=_explainer(case, count),
            values={"count": count},
            lit=_lit(case),
        )


def _explainer(case: Case, count: int) -> Callable[[int], Explanation | None]:
    def added(bias: Cell) -> Term | None:
        return Term((bias,), count) if count else None

    return lambda place: retold(case.explanations[place], added=added)


def _lit(case: Case) -> dict[str, tuple[tuple[int, ...], ...]]:
    if not case.single or case.products is None:
        return {}
    trained = set(type(case.layer).weights) - {case.products.port}
    last = case.explanations[0].steps[-1]
    cells = [cell for term in last.terms for cell in term.factors if cell.port in trained]
    return {cell.port: (cell.index,) for cell in cells}
