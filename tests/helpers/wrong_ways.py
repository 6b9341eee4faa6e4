"""The numbers that mistakes lead to, once more: one multiplication at a time, unlike ours.

P is the padded input, X the unpadded one, t are the products in the window of an output, A their
sum, b the bias, y = A + b. Each function returns the numbers of one output cell, by mistake; those
of a mistake whose way does not exist there are missing.
"""

from __future__ import annotations

from tests.unit.engine.reference import output_length, same_pads


class Image:
    """An image in its padding, over which windows of one layer slide."""

    def __init__(self, x, size, strides, padding, dilation=(1, 1)):
        self.x, self.size, self.strides, self.dilation = x.tolist(), size, strides, dilation
        self.height, self.width, self.channels = x.shape
        self.pads, self.rooms, self.bare = [], [], []
        for axis, n in enumerate(x.shape[:2]):
            k, s, d = size[axis], strides[axis], dilation[axis]
            given = padding if isinstance(padding, str) else padding[axis]
            pads = (0, 0) if given == "valid" else given
            self.pads.append(same_pads(n, k, s, d) if given == "same" else pads)
            self.rooms.append(output_length(n, k, s, d, given))
            self.bare.append(output_length(n, k, s, d, "valid"))

    def inside(self, r, q):
        return 0 <= r < self.height and 0 <= q < self.width

    def start(self, i, j):
        """Return where the window of output (i, j) starts, counted in P."""
        return i * self.strides[0], j * self.strides[1]

    def window(self, top, left):
        """Go through the cells of X under a window that starts at (top, left) of P."""
        for u in range(self.size[0]):
            for v in range(self.size[1]):
                down = top + u * self.dilation[0] - self.pads[0][0]
                across = left + v * self.dilation[1] - self.pads[1][0]
                yield u, v, down, across

    def moved(self, i, j, stride_id):
        """Return the starts of the windows that mistakes lay elsewhere, by mistake."""
        rows, columns = self.rooms
        found = {}
        if rows > 1 and columns > 1 and j < rows and i < columns:
            found["row_column_swapped"] = [self.start(j, i)]
        if max(self.strides) > 1:
            found[stride_id] = [(i, j)]
        before = (self.pads[0][0], self.pads[1][0])
        if any(before) and i < self.bare[0] and j < self.bare[1]:
            there = self.start(i, j)
            found["padding_forgotten"] = [(there[0] + before[0], there[1] + before[1])]
        beside = [
            self.start(a, b)
            for a in (i - 1, i, i + 1)
            for b in (j - 1, j, j + 1)
            if (a, b) != (i, j) and 0 <= a < rows and 0 <= b < columns
        ]
        return {**found, **({"window_off_by_one": beside} if beside else {})}


def convolution(layer, tensors, at):
    """Return what mistakes make of an output of a convolution, and the slips."""
    kernel, (i, j, f) = tensors["kernel"].tolist(), at
    kh, kw, depth, filters = tensors["kernel"].shape
    bias = float(tensors["bias"][f])
    image = Image(tensors["x"], (kh, kw), layer.strides, layer.padding, layer.dilation_rate)
    first = f // (filters // layer.groups) * depth

    def weight(u, v, c):
        return kernel[u][v][c][f]

    def read(r, q, c, edge=False):
        if edge:
            r, q = min(max(r, 0), image.height - 1), min(max(q, 0), image.width - 1)
        return image.x[r][q][first + c] if image.inside(r, q) else 0.0

    def sums(start, term=lambda p, w: p * w, turned=weight, edge=False):
        """Return the sum of each channel over the window that starts there."""
        totals = [0.0] * depth
        for u, v, r, q in image.window(*start):
            for c in range(depth):
                totals[c] += term(read(r, q, c, edge), turned(u, v, c))
        return totals

    def y(start=None, **how):
        return sum(sums(start or image.start(i, j), **how)) + bias

    by_channel = sums(image.start(i, j))
    total = sum(by_channel)
    products = [
        read(r, q, c) * weight(u, v, c)
        for u, v, r, q in image.window(*image.start(i, j))
        for c in range(depth)
    ]
    found = {
        "flipped_kernel": {y(turned=lambda u, v, c: weight(kh - 1 - u, kw - 1 - v, c))},
        "mirrored_kernel": {
            y(turned=lambda u, v, c: weight(u, kw - 1 - v, c)),
            y(turned=lambda u, v, c: weight(kh - 1 - u, v, c)),
        },
        "filter_ignored": {y(term=lambda p, w: p)},
        "input_ignored": {y(term=lambda p, w: w)},
        "added_not_multiplied": {y(term=lambda p, w: p + w)},
        "mean_taken": {total / (kh * kw * depth) + bias},
        "largest_product": {max(products) + bias},
    }
    if kh == kw:
        found["transposed_kernel"] = {y(turned=lambda u, v, c: weight(v, u, c))}
    if kh % 2 and kw % 2:
        middle = [(r, q) for u, v, r, q in image.window(*image.start(i, j)) if u == v == kh // 2]
        ((r, q),) = middle
        centre = sum(read(r, q, c) * weight(kh // 2, kw // 2, c) for c in range(depth))
        found["centre_only"] = {centre + bias}
    if any(weight(u, v, c) < 0 for u in range(kh) for v in range(kw) for c in range(depth)):
        found["signs_dropped"] = {y(term=lambda p, w: p * abs(w))}
    for mistake, starts in image.moved(i, j, "stride_ignored").items():
        found[mistake] = {y(start) for start in starts}
    if any(map(any, image.pads)):
        found["edge_copied"] = {y(edge=True)}
    if depth > 1:
        found["channel_omitted"] = {total + bias - a for a in by_channel}
        found["same_slice"] = {y(turned=lambda u, v, c: weight(u, v, 0))}
        found["channels_averaged"] = {total / depth + bias}
    if depth > 2:  # of two channels, to leave one out is to use the other only
        found["one_channel_only"] = {a + bias for a in by_channel}
    if bias:
        found["bias_forgotten"] = {total}
        found["bias_subtracted"] = {total - bias}
        found["bias_per_cell"] = {total + kh * kw * bias}
        if depth > 1:
            found["bias_per_channel"] = {total + depth * bias}
    slips = {
        "term_omitted": {total + bias - t for t in products if t},
        "sign_slipped": {total + bias - 2 * t for t in products if t},
    }
    return found, slips


def dense(layer, tensors, at):
    """Return what mistakes make of a unit, and the slips."""
    x, kernel, (unit,) = tensors["x"].tolist(), tensors["kernel"].tolist(), at
    bias, weights = float(tensors["bias"][unit]), [row[unit] for row in kernel]
    products = [p * w for p, w in zip(x, weights, strict=True)]
    total = sum(products)
    found = {
        "filter_ignored": {sum(x) + bias},
        "input_ignored": {sum(weights) + bias},
        "added_not_multiplied": {sum(x) + sum(weights) + bias},
        "mean_taken": {total / len(x) + bias},
        "largest_product": {max(products) + bias},
    }
    if any(t < 0 for t in products) or any(w < 0 for w in weights):
        signless = sum(p * abs(w) for p, w in zip(x, weights, strict=True))
        found["signs_dropped"] = {signless + bias}
    if bias:
        found |= {"bias_forgotten": {total}, "bias_subtracted": {total - bias}}
    if len(kernel) == len(kernel[0]) > 1:
        turned = sum(p * w for p, w in zip(x, kernel[unit], strict=True))
        found["dense_transposed"] = {turned + bias}
    slips = {
        "term_omitted": {total + bias - t for t in products if t},
        "sign_slipped": {total + bias - 2 * t for t in products if t},
    }
    return found, slips


def pooling(layer, tensors, at, how):
    """Return what mistakes make of an output of a pooling, by "max" or "mean"."""
    i, j, c = at
    image = Image(tensors["x"], layer.pool_size, layer.strides, layer.padding)

    def numbers(start):
        return [image.x[r][q][c] for _, _, r, q in image.window(*start) if image.inside(r, q)]

    def pooled(row):
        return max(row) if how == "max" else sum(row) / len(row)

    row = numbers(image.start(i, j))
    whole = [image.x[r][q][c] for r in range(image.height) for q in range(image.width)]
    found = in_window(row, how)
    if how == "max" and len(row) < len(whole):
        found["pool_global"] = {max(whole)}
    for mistake, starts in image.moved(i, j, "pool_overlapped").items():
        found[mistake] = {pooled(numbers(start)) for start in starts}
    return found, {}


def in_window(row, how):
    """Return what mistakes make of the numbers of one window."""
    found = {"pool_sum": {sum(row)}}
    if len(row) > 2:
        found["pool_top_left"] = {row[0]}
    if how == "max":
        place = row.index(max(row))
        found["pool_mean"] = {sum(row) / len(row)}
        found["pool_smallest"] = {min(row)}
        found["pool_position"] = {place, place + 1}
        if max(abs(n) for n in row) != max(row):
            found["pool_absolute"] = {max(abs(n) for n in row)}
        if max(row) < 0:
            found["pool_clamped"] = {0.0}
    return found


def dropout(layer, tensors, at):
    """Return what mistakes make of an output of a dropout."""
    x, kept, rate = float(tensors["x"][at]), bool(tensors["mask"][at]), layer.rate
    if not layer.training:
        return {"dropout_at_inference": {x / (1 - rate)}}, {}
    found = {"dropout_mask_inverted": {0.0 if kept else x / (1 - rate)}}
    if kept and x:
        found["dropout_unscaled"] = {x}
        found["dropout_times_keep"] = {x * (1 - rate)}
        found["dropout_by_rate"] = {x / rate}
    return found, {}


def relu(layer, tensors, at):
    """Return what mistakes make of a number that ReLU is taken of."""
    x = float(tensors["x"][at])
    return ({"relu_forgotten": {x}, "absolute_value": {-x}} if x < 0 else {}), {}


KINDS = {
    "conv2d": convolution,
    "dense": dense,
    "max_pooling2d": lambda *of: pooling(*of, how="max"),
    "average_pooling2d": lambda *of: pooling(*of, how="mean"),
    "global_max_pooling2d": lambda layer, tensors, at: (
        in_window(tensors["x"][:, :, at[0]].ravel().tolist(), "max"),
        {},
    ),
    "global_average_pooling2d": lambda layer, tensors, at: (
        in_window(tensors["x"][:, :, at[0]].ravel().tolist(), "mean"),
        {},
    ),
    "dropout": dropout,
    "relu": relu,
}
"""By the kind of layer: what takes the layer, its tensors and an output cell."""
