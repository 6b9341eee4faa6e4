"""The numbers that mistakes lead to, worked out in plain loops: nothing of the program computes.

Of a layer only its settings are read and of an exercise only its tensors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cnn_tutor.engine.explanation import Index
from cnn_tutor.study.exercise import Exercise

Product = tuple[float, float, int]
"""A number of the padded input, the weight on it, and the channel."""

Ways = Callable[[Exercise, Index], Iterator[float]]


def ways(mistake: str, exercise: Exercise, at: Index) -> list[float] | None:
    """Return the numbers of all ways of making a mistake in one output cell.

    None of a mistake that nothing is known of here; an empty list where it can't be made.
    """
    known = _WAYS.get(exercise.layer.kind, {}).get(mistake)
    return None if known is None else list(known(exercise, at))


def known(kind: str) -> tuple[str, ...]:
    """Return the mistakes whose numbers are known here for a kind of layer."""
    return tuple(_WAYS.get(kind, {}))


# --- convolution ---------------------------------------------------------------------------------


class Conv:
    """A convolution as a pupil sees it: lists of numbers and a window to lay on them."""

    def __init__(self, exercise: Exercise) -> None:
        layer: Any = exercise.layer
        self.x = exercise.tensors["x"].tolist()
        self.w = exercise.tensors["kernel"].tolist()
        self.b = exercise.tensors["bias"].tolist()
        self.h, self.wd, self.c = len(self.x), len(self.x[0]), len(self.x[0][0])
        self.kh, self.kw = len(self.w), len(self.w[0])
        self.depth, self.filters = len(self.w[0][0]), len(self.w[0][0][0])
        self.sh, self.sw = layer.strides
        self.dh, self.dw = layer.dilation_rate
        self.groups = layer.groups
        spans = (self.dh * (self.kh - 1) + 1, self.dw * (self.kw - 1) + 1)
        self.pads = [
            _pads(layer.padding, axis, n, span, s)
            for axis, (n, span, s) in enumerate(
                zip((self.h, self.wd), spans, layer.strides, strict=True)
            )
        ]
        (top, bottom), (left, right) = self.pads
        self.rows = (self.h + top + bottom - spans[0]) // self.sh + 1
        self.columns = (self.wd + left + right - spans[1]) // self.sw + 1
        self.spans = spans

    def cell(self, r: int, q: int, c: int, *, edge: bool = False) -> float:
        """Return a number of the input, zero or the nearest one outside."""
        if edge:
            r, q = min(max(r, 0), self.h - 1), min(max(q, 0), self.wd - 1)
        inside = 0 <= r < self.h and 0 <= q < self.wd
        return float(self.x[r][q][c]) if inside else 0.0

    def products(
        self,
        start: tuple[int, int],
        unit: int,
        turned: Mapping[tuple[int, int], tuple[int, int]] | None = None,
        edge: bool = False,
    ) -> list[Product]:
        """Return what meets with the window's first cell at a place of the input."""
        first = unit // (self.filters // self.groups) * self.depth
        found = []
        for u, v in self.taps():
            row, column = turned[u, v] if turned else (u, v)
            for c in range(self.depth):
                r, q = start[0] + u * self.dh, start[1] + v * self.dw
                weight = float(self.w[row][column][c][unit])
                found.append((self.cell(r, q, first + c, edge=edge), weight, c))
        return found

    def taps(self) -> list[tuple[int, int]]:
        """Return the places of the filter."""
        return [(u, v) for u in range(self.kh) for v in range(self.kw)]

    def start(self, i: int, j: int) -> tuple[int, int]:
        """Return the place of the window's first cell for an output cell."""
        return i * self.sh - self.pads[0][0], j * self.sw - self.pads[1][0]


def _pads(padding: Any, axis: int, n: int, span: int, stride: int) -> tuple[int, int]:
    if padding == "valid":
        return 0, 0
    if padding == "same":
        total = max((-(-n // stride) - 1) * stride + span - n, 0)
        return total // 2, total - total // 2
    before, after = padding[axis]
    return before, after


def _sum(products: list[Product]) -> float:
    return sum(p * w for p, w, _ in products)


def _by_products(number: Callable[[list[Product], float], Iterator[float]]) -> Ways:
    """Return the ways of a mistake that is made with the right products before one."""

    def ways(exercise: Exercise, at: Index) -> Iterator[float]:
        conv = Conv(exercise)
        i, j, o = at
        yield from number(conv.products(conv.start(i, j), o), float(conv.b[o]))

    return ways


def _turned(*taps: Callable[[int, int, int, int], tuple[int, int]]) -> Ways:
    def ways(exercise: Exercise, at: Index) -> Iterator[float]:
        conv = Conv(exercise)
        i, j, o = at
        for turn in taps:
            if turn(0, 1, 3, 3) == (1, 0) and conv.kh != conv.kw:
                continue  # a filter that is not square can't be transposed
            turned = {(u, v): turn(u, v, conv.kh, conv.kw) for u, v in conv.taps()}
            products = conv.products(conv.start(i, j), o, turned)
            yield _sum(products) + conv.b[o]

    return ways


def _moved(exercise: Exercise, at: Index) -> Iterator[float]:
    conv = Conv(exercise)
    i, j, o = at
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            r, q = i + down, j + across
            if (down or across) and 0 <= r < conv.rows and 0 <= q < conv.columns:
                yield _sum(conv.products(conv.start(r, q), o)) + conv.b[o]


def _swapped(exercise: Exercise, at: Index) -> Iterator[float]:
    conv = Conv(exercise)
    i, j, o = at
    if i != j and j < conv.rows and i < conv.columns:
        yield _sum(conv.products(conv.start(j, i), o)) + conv.b[o]


def _no_stride(exercise: Exercise, at: Index) -> Iterator[float]:
    conv = Conv(exercise)
    i, j, o = at
    start = (i - conv.pads[0][0], j - conv.pads[1][0])
    if start != conv.start(i, j):
        yield _sum(conv.products(start, o)) + conv.b[o]


def _no_padding(exercise: Exercise, at: Index) -> Iterator[float]:
    conv = Conv(exercise)
    i, j, o = at
    start = (i * conv.sh, j * conv.sw)
    fits = start[0] + conv.spans[0] <= conv.h and start[1] + conv.spans[1] <= conv.wd
    if start != conv.start(i, j) and fits:
        yield _sum(conv.products(start, o)) + conv.b[o]


def _edge(exercise: Exercise, at: Index) -> Iterator[float]:
    conv = Conv(exercise)
    i, j, o = at
    if any(map(any, conv.pads)):
        yield _sum(conv.products(conv.start(i, j), o, edge=True)) + conv.b[o]


def _slices(exercise: Exercise, at: Index) -> Iterator[float]:
    conv = Conv(exercise)
    i, j, o = at
    first = o // (conv.filters // conv.groups) * conv.depth
    if conv.depth > 1:
        total = 0.0
        for u, v in conv.taps():
            for c in range(conv.depth):
                r, q = conv.start(i, j)[0] + u * conv.dh, conv.start(i, j)[1] + v * conv.dw
                total += conv.cell(r, q, first + c) * conv.w[u][v][0][o]
        yield total + conv.b[o]


def _channel_sums(products: list[Product]) -> list[float]:
    depth = max(c for _, _, c in products) + 1
    return [sum(p * w for p, w, c in products if c == one) for one in range(depth)]


def _channels(number: Callable[[list[float], float], Iterator[float]]) -> Ways:
    def of_products(products: list[Product], b: float) -> Iterator[float]:
        sums = _channel_sums(products)
        if len(sums) > 1:
            yield from number(sums, b)

    return _by_products(of_products)


def _biased(number: Callable[[float, float, int, int], float]) -> Ways:
    """Return the way of a mistake with the bias: of the sum, bias, channels and cells."""

    def of_products(products: list[Product], b: float) -> Iterator[float]:
        depth = max(c for _, _, c in products) + 1
        if b:
            yield number(_sum(products), b, depth, len(products) // depth)

    return _by_products(of_products)


def _bias_per_channel(products: list[Product], b: float) -> Iterator[float]:
    depth = max(c for _, _, c in products) + 1
    if b and depth > 1:
        yield _sum(products) + depth * b


_CONV: dict[str, Ways] = {
    "flipped_kernel": _turned(lambda u, v, h, w: (h - 1 - u, w - 1 - v)),
    "transposed_kernel": _turned(lambda u, v, h, w: (v, u)),
    "mirrored_kernel": _turned(
        lambda u, v, h, w: (u, w - 1 - v), lambda u, v, h, w: (h - 1 - u, v)
    ),
    "window_off_by_one": _moved,
    "row_column_swapped": _swapped,
    "stride_ignored": _no_stride,
    "padding_forgotten": _no_padding,
    "edge_copied": _edge,
    "filter_ignored": _by_products(lambda ps, b: iter([sum(p for p, _, _ in ps) + b])),
    "input_ignored": _by_products(lambda ps, b: iter([sum(w for _, w, _ in ps) + b])),
    "added_not_multiplied": _by_products(lambda ps, b: iter([sum(p + w for p, w, _ in ps) + b])),
    "mean_taken": _by_products(lambda ps, b: iter([_sum(ps) / len(ps) + b])),
    "largest_product": _by_products(lambda ps, b: iter([max(p * w for p, w, _ in ps) + b])),
    "signs_dropped": _by_products(lambda ps, b: iter([sum(p * abs(w) for p, w, _ in ps) + b])),
    "channel_omitted": _channels(lambda sums, b: (sum(sums) - one + b for one in sums)),
    "one_channel_only": _channels(lambda sums, b: (one + b for one in sums)),
    "channels_averaged": _channels(lambda sums, b: iter([sum(sums) / len(sums) + b])),
    "same_slice": _slices,
    "bias_forgotten": _biased(lambda a, b, depth, cells: a),
    "bias_subtracted": _biased(lambda a, b, depth, cells: a - b),
    "bias_per_channel": _by_products(_bias_per_channel),
    "bias_per_cell": _biased(lambda a, b, depth, cells: a + cells * b),
    "term_omitted": _by_products(lambda ps, b: (_sum(ps) - p * w + b for p, w, _ in ps if p * w)),
    "sign_slipped": _by_products(
        lambda ps, b: (_sum(ps) - 2 * p * w + b for p, w, _ in ps if p * w)
    ),
}


# --- pooling -------------------------------------------------------------------------------------


def _pooled(exercise: Exercise, at: Index, stride: int = 0) -> list[float]:
    """Return the numbers in the window of an output, without the padding."""
    layer: Any = exercise.layer
    x = exercise.tensors["x"].tolist()
    i, j, c = at
    places: list[range] = []
    for axis, (n, place) in enumerate(zip((len(x), len(x[0])), (i, j), strict=True)):
        size, step = layer.pool_size[axis], layer.strides[axis]
        before, _ = _pads(layer.padding, axis, n, size, step)
        start = place * (stride or step) - before
        places.append(range(max(start, 0), min(start + size, n)))
    return [float(x[r][q][c]) for r in places[0] for q in places[1]]


def _of_window(number: Callable[[list[float]], float]) -> Ways:
    return lambda exercise, at: iter([number(_pooled(exercise, at))])


def _overlapped(exercise: Exercise, at: Index) -> Iterator[float]:
    strides = exercise.layer.strides  # type: ignore[attr-defined]
    if (at[0] * strides[0], at[1] * strides[1]) != at[:2]:
        yield max(_pooled(exercise, at, 1))


_POOL: dict[str, Ways] = {
    "pool_mean": _of_window(lambda cells: sum(cells) / len(cells)),
    "pool_smallest": _of_window(min),
    "pool_sum": _of_window(sum),
    "pool_overlapped": _overlapped,
    "pool_global": lambda exercise, at: iter([float(exercise.tensors["x"][..., at[-1]].max())]),
    "pool_top_left": _of_window(lambda cells: cells[0]),
}


# --- dense, dropout ------------------------------------------------------------------------------


def _of_unit(number: Callable[[list[float], list[float], float], float | None]) -> Ways:
    def ways(exercise: Exercise, at: Index) -> Iterator[float]:
        x = exercise.tensors["x"].tolist()
        w = [row[at[-1]] for row in exercise.tensors["kernel"].tolist()]
        found = number(x, w, exercise.tensors["bias"].tolist()[at[-1]])
        if found is not None:
            yield found

    return ways


def _dot(x: list[float], w: list[float]) -> float:
    return sum(p * q for p, q in zip(x, w, strict=True))


def _transposed(exercise: Exercise, at: Index) -> Iterator[float]:
    x, w = exercise.tensors["x"].tolist(), exercise.tensors["kernel"].tolist()
    if len(w) == len(w[0]):
        yield _dot(x, w[at[-1]]) + exercise.tensors["bias"].tolist()[at[-1]]


_DENSE: dict[str, Ways] = {
    "bias_forgotten": _of_unit(lambda x, w, b: _dot(x, w) if b else None),
    "bias_subtracted": _of_unit(lambda x, w, b: _dot(x, w) - b if b else None),
    "dense_transposed": _transposed,
    "filter_ignored": _of_unit(lambda x, w, b: sum(x) + b),
    "input_ignored": _of_unit(lambda x, w, b: sum(w) + b),
    "added_not_multiplied": _of_unit(lambda x, w, b: sum(x) + sum(w) + b),
    "signs_dropped": _of_unit(lambda x, w, b: _dot(x, [abs(q) for q in w]) + b),
}


def _of_cell(number: Callable[[float, float, float], float]) -> Ways:
    """Return the way of a mistake with one cell: of its number, its switch and the rate."""

    def ways(exercise: Exercise, at: Index) -> Iterator[float]:
        layer: Any = exercise.layer
        if layer.training:
            x, mask = exercise.tensors["x"], exercise.tensors["mask"]
            yield number(float(x[at]), float(mask[at]), layer.rate)

    return ways


def _scaled_anyway(exercise: Exercise, at: Index) -> Iterator[float]:
    layer: Any = exercise.layer
    if not layer.training:
        yield float(exercise.tensors["x"][at]) / (1 - layer.rate)


_DROPOUT: dict[str, Ways] = {
    "dropout_unscaled": _of_cell(lambda x, m, p: x * m),
    "dropout_times_keep": _of_cell(lambda x, m, p: x * m * (1 - p)),
    "dropout_by_rate": _of_cell(lambda x, m, p: x * m / p),
    "dropout_mask_inverted": _of_cell(lambda x, m, p: x * (1 - m) / (1 - p)),
}

_WAYS: dict[str, dict[str, Ways]] = {
    "conv2d": _CONV,
    "max_pooling2d": _POOL,
    "dense": _DENSE,
    "dropout": _DROPOUT,
}
