"""Mistakes about the channels of an input that has several."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cnn_tutor.engine.explanation import Cell, Explanation, Term
from cnn_tutor.study.mistakes.case import Case
from cnn_tutor.study.mistakes.products import Products, retold
from cnn_tutor.study.mistakes.way import Way


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes that leave out channels, mix them up or take their mean."""
    products = case.products
    if products is None or products.depth == 1:
        return
    sums = products.by_channel(products.values).sum(2)
    right = products.sums + products.bias
    for c in range(products.depth):
        values, lit = {"channel": c + 1}, _lit(case, products, c)
        yield Way("channel_omitted", right - sums[:, c], values=values, lit=lit)
    if products.depth > 2:  # of two, one left out is the other one used
        for c in range(products.depth):
            values = {"channel": c + 1}
            yield Way("one_channel_only", sums[:, c] + products.bias, values=values)
    read, weights = (products.by_channel(v) for v in (products.inputs, products.weights))
    same = (read * weights[:, :1]).sum((1, 2)) + products.bias
    yield Way("same_slice", same, _same(case, products))
    mean = products.sums / products.depth + products.bias
    yield Way("channels_averaged", mean, values={"count": products.depth})


def _lit(case: Case, products: Products, channel: int) -> dict[str, tuple[tuple[int, ...], ...]]:
    if not case.single:
        return {}
    weights = products.places[0][products.channels == channel].tolist()
    return {products.port: tuple(tuple(at) for at in weights)}


def _same(case: Case, products: Products) -> Callable[[int], Explanation | None]:
    """Tell how a number comes about if the weights of the first channel are used for all."""

    def explain(place: int) -> Explanation:
        firsts = iter([*products.by_channel(products.weights)[place, 0]] * products.depth)
        return retold(
            case.explanations[place],
            lambda x, w: Term((x, Cell(w.port, w.index, float(next(firsts))))),
        )

    return explain
