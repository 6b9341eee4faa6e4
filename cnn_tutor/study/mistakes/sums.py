"""Mistakes about sums of products: what is multiplied, the channels, the bias, the weights laid."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.explanation import Cell, Explanation, Term
from cnn_tutor.study import words
from cnn_tutor.study.mistakes.case import Case, Lit, Products, Way, retold
from cnn_tutor.study.naming import channel_name

_Explain = Callable[[int], Explanation | None]


def ways(case: Case) -> Iterator[Way]:
    """Go through the mistakes of outputs that are sums of inputs times weights."""
    products = case.products
    if products is None:
        return
    yield from _of_products(case, products)
    if products.depth > 1:
        yield from _of_channels(case, products)
    if products.bias.any():
        yield from _of_bias(case, products)
    yield from _of_weights(case, products)


# --- what is multiplied, and what is made of the products ----------------------------------------


def _of_products(case: Case, products: Products) -> Iterator[Way]:
    for mistake, product, values in _each(products):
        explain = _retelling(case, product)
        yield Way(mistake, values.sum(1) + products.bias, explain, worked=True)
    if products.count > 1:
        mean = products.sums / products.count
        yield Way("mean_taken", mean + products.bias, values={"count": products.count})
        yield Way("largest_product", products.values.max(1) + products.bias)
    centre = _centre(case, products)
    if centre is not None:
        yield Way("centre_only", products.values[:, centre].sum(1) + products.bias)


def _each(products: Products) -> Iterator[tuple[str, Callable[[Cell, Cell], Term], Array]]:
    read, weights = products.inputs, products.weights
    yield "filter_ignored", lambda x, w: Term((x,)), read
    yield "input_ignored", lambda x, w: Term((w,)), weights
    added = read + weights
    yield "added_not_multiplied", lambda x, w: Term((), x.value + w.value), added
    if (products.values < 0).any() or (weights < 0).any():
        yield "signs_dropped", _unsigned, read * np.abs(weights)


def _unsigned(x: Cell, w: Cell) -> Term:
    return Term((x, Cell(w.port, w.index, abs(w.value))))


def _retelling(case: Case, product: Callable[[Cell, Cell], Term]) -> _Explain:
    return lambda place: retold(case.explanations[place], product)


def _centre(case: Case, products: Products) -> list[int] | None:
    """Return which of the products are those of the centre; None where there is no centre."""
    sizes = [window.size for window in case.windows]
    if not sizes or any(size % 2 == 0 for size in sizes) or max(sizes) == 1:
        return None
    middle = [size // 2 for size in sizes]
    return [n for n, place in enumerate(products.places[0].tolist()) if place[:2] == middle]


# --- channels: left out, mixed up, or their mean taken -------------------------------------------


def _of_channels(case: Case, products: Products) -> Iterator[Way]:
    sums = products.by_channel(products.values).sum(2)
    right = products.sums + products.bias
    for channel, sum_of in _by_number(products, sums):
        values, lit = _named(case, channel), _weights_on(case, products, channel)
        yield Way("channel_omitted", right - sum_of, values=values, lit=lit)
    if products.depth > 2:  # of two, one left out is the other one used
        for channel, sum_of in _by_number(products, sums):
            values = _named(case, channel)
            yield Way("one_channel_only", sum_of + products.bias, values=values)
    read, weights = (products.by_channel(v) for v in (products.inputs, products.weights))
    same = (read * weights[:, :1]).sum((1, 2)) + products.bias
    yield Way("same_slice", same, _with_the_first(case, products), values=_named(case, 0))
    mean = products.sums / products.depth + products.bias
    yield Way("channels_averaged", mean, values={"count": products.depth})


def _named(case: Case, channel: int) -> dict[str, object]:
    return {"channel": channel_name(case.layer, case.shapes, channel)}


def _by_number(products: Products, sums: Array) -> Iterator[tuple[int, Array]]:
    """Go through the input's channels: its number, and its sum in each output that reads it."""
    for channel in np.unique(products.maps).tolist():
        here = products.maps == channel
        yield channel, np.where(here.any(1), (sums * here).sum(1), np.nan)


def _weights_on(case: Case, products: Products, channel: int) -> Lit:
    if not case.single:
        return {}
    place = products.maps[0].tolist().index(channel)
    weights = products.places[0][products.channels == place].tolist()
    return {products.port: tuple(tuple(at) for at in weights)}


def _with_the_first(case: Case, products: Products) -> _Explain:
    """Tell how a number comes about if the weights of the first channel are used for all."""

    def explain(place: int) -> Explanation:
        firsts = iter([*products.by_channel(products.weights)[place, 0]] * products.depth)
        return retold(
            case.explanations[place],
            lambda x, w: Term((x, Cell(w.port, w.index, float(next(firsts))))),
        )

    return explain


# --- the bias: left out, taken off, or added more than once --------------------------------------


def _of_bias(case: Case, products: Products) -> Iterator[Way]:
    times = {"bias_forgotten": 0, "bias_subtracted": -1}
    if products.depth > 1:
        times["bias_per_channel"] = products.depth
    if case.windows and products.taps not in (1, products.depth):
        times["bias_per_cell"] = products.taps
    lit: Lit = {}
    if case.single:
        trained = set(type(case.layer).weights) - {products.port}
        last = case.explanations[0].steps[-1]
        cells = [cell for term in last.terms for cell in term.factors if cell.port in trained]
        lit = {cell.port: (cell.index,) for cell in cells}
    for mistake, count in times.items():
        numbers = products.sums + count * products.bias
        explain = _with_bias(case, count)
        yield Way(mistake, numbers, explain, values={"count": count}, lit=lit)


def _with_bias(case: Case, count: int) -> _Explain:
    def added(bias: Cell) -> Term | None:
        return Term((bias,), count) if count else None

    return lambda place: retold(case.explanations[place], added=added)


# --- the weights: turned, mirrored, transposed ---------------------------------------------------


def _of_weights(case: Case, products: Products) -> Iterator[Way]:
    for mistake, how, turned in _turned(case, case.tensors[products.port]):
        explain = _with_weights(case, products.port, turned)
        values = {"way": words.table("directions")[how]} if how else {}
        yield Way(mistake, products.laid(turned), explain, worked=True, values=values)


def _turned(case: Case, kernel: Array) -> Iterator[tuple[str, str, Array]]:
    """Go through the mistakes, the direction if a mistake has some, and the weights as laid on."""
    square = kernel.shape[0] == kernel.shape[1] > 1 if kernel.ndim > 1 else False
    if not case.windows:
        if square and kernel.ndim == 2:
            yield "dense_transposed", "", kernel.T
        return
    if kernel.shape[:2] != tuple(window.size for window in case.windows):
        return
    if max(kernel.shape[:2]) > 1:
        yield "flipped_kernel", "", kernel[::-1, ::-1]
    if square:
        yield "transposed_kernel", "", np.swapaxes(kernel, 0, 1)
    if min(kernel.shape[:2]) > 1:  # else it is the turned one
        yield "mirrored_kernel", "across", kernel[:, ::-1]
        yield "mirrored_kernel", "over", kernel[::-1]


def _with_weights(case: Case, port: str, turned: Array) -> _Explain:
    tensors = {**case.tensors, port: turned}
    return lambda place: case.layer.explain(tensors, case.cells[place])
