"""Mistakes about the channels of an input that has several."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Cell, Explanation, Term
from cnn_tutor.study.mistakes.case import Case, Products, Way, retold
from cnn_tutor.study.naming import channel_name


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes that leave out channels, mix them up or take their mean."""
    products = case.products
    if products is None:
        return
    yield from _groups(case, products)
    if products.depth == 1:
        return
    sums = products.by_channel(products.values).sum(2)
    right = products.sums + products.bias
    for channel, sum_of in _by_number(products, sums):
        values, lit = _named(case, channel), _lit(case, products, channel)
        yield Way("channel_omitted", right - sum_of, str(channel), values=values, lit=lit)
    if products.depth > 2:  # of two, one left out is the other one used
        for channel, sum_of in _by_number(products, sums):
            values = _named(case, channel)
            yield Way("one_channel_only", sum_of + products.bias, str(channel), values=values)
    read, weights = (products.by_channel(v) for v in (products.inputs, products.weights))
    same = (read * weights[:, :1]).sum((1, 2)) + products.bias
    yield Way(
        "same_slice", same, explain=_same(case, products), values=_named(case, 0), lit=case.weighing
    )
    mean = products.sums / products.depth + products.bias
    yield Way("channels_averaged", mean, values={"count": products.depth})


def _groups(case: Case, products: Products) -> Iterator[Way]:
    """Go through the one mistake about groups: the first channels are read for every filter."""
    x = case.tensors["x"]
    groups = x.shape[-1] // case.tensors[products.port].shape[-2] if case.windows else 1
    if groups == 1 or not (products.maps[:, 0] > 0).any():
        return
    first = np.tile(x[..., : x.shape[-1] // groups], groups)
    yield Way("groups_ignored", case.forward(changed={"x": first}))


def _named(case: Case, channel: int) -> dict[str, object]:
    return {"channel": channel_name(case.layer, case.shapes, channel)}


def _by_number(products: Products, sums: Array) -> Iterator[tuple[int, Array]]:
    """Go through the input's channels: its number, and its sum in each output that reads it."""
    for channel in np.unique(products.maps).tolist():
        here = products.maps == channel
        yield channel, np.where(here.any(1), (sums * here).sum(1), np.nan)


def _lit(case: Case, products: Products, channel: int) -> dict[str, tuple[tuple[int, ...], ...]]:
    if not case.single:
        return {}
    place = products.maps[0].tolist().index(channel)
    weights = products.places[0][products.channels == place].tolist()
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
