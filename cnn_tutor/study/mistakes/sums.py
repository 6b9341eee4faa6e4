"""Mistakes about what is multiplied and added up in a sum of products."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Cell, Explanation, Term
from cnn_tutor.study.mistakes.case import Case, Products, Way, retold


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes that make each product or their sum another way."""
    products = case.products
    if products is None:
        return
    for mistake, product, values in _each(products):
        numbers = values.sum(1) + products.bias
        lit = case.read if mistake == "input_ignored" else case.weighing
        yield Way(mistake, numbers, explain=_explainer(case, product), worked=True, lit=lit)


def rarer(case: Case) -> Iterator[Way]:
    """Go through the mistakes about the sum as a whole, or about some of its products."""
    products = case.products
    if products is None:
        return
    whole = np.abs(products.values).sum(1) + np.abs(products.bias)
    if (products.inputs < 0).any() or (products.bias < 0).any():  # or it is the weights' alone
        yield Way("all_signs_dropped", whole)
    right = products.sums + products.bias
    if (right < 0).any():
        yield Way("relu_added", np.where(right < 0, 0.0, np.nan))
    if products.bias.any():
        yield Way("bias_multiplied", products.sums * products.bias)
    if products.count > 1:
        mean = products.sums / products.count
        yield Way("mean_taken", mean + products.bias, values={"count": products.count})
        yield Way("largest_product", products.values.max(1) + products.bias)
    centre = _centre(case, products)
    if centre is not None:
        yield Way("centre_only", products.values[:, centre].sum(1) + products.bias)


def _each(products: Products) -> Iterator[tuple[str, Callable[[Cell, Cell], Term], Array]]:
    """Go through the mistakes made with each product: how it is told, and its numbers."""
    read, weights = products.inputs, products.weights
    yield "filter_ignored", lambda x, w: Term((x,)), read
    yield "input_ignored", lambda x, w: Term((w,)), weights
    yield "added_not_multiplied", _added, read + weights
    yield "signs_dropped", _unsigned, read * np.abs(weights)


def _added(x: Cell, w: Cell) -> Term:
    return Term((), x.value + w.value)


def _unsigned(x: Cell, w: Cell) -> Term:
    return Term((x, Cell(w.port, w.index, abs(w.value))))


def _explainer(
    case: Case, product: Callable[[Cell, Cell], Term]
) -> Callable[[int], Explanation | None]:
    return lambda place: retold(case.explanations[place], product)


def _centre(case: Case, products: Products) -> list[int] | None:
    """Return which of the products are those of the centre; None where there is no centre."""
    sizes = [window.size for window in case.windows]
    if not sizes or any(size % 2 == 0 for size in sizes) or max(sizes) == 1:
        return None
    middle = [size // 2 for size in sizes]
    return [n for n, place in enumerate(products.places[0].tolist()) if place[:2] == middle]
