"""The numbers that mistakes lead to, once more: one multiplication at a time, unlike ours.

P is the padded input, X the unpadded one, t are the products in the window of an output, A their
sum, b the bias, y = A + b. Each function returns the numbers of one output cell, by mistake; those
of a mistake whose way does not exist there are missing.
"""

from __future__ import annotations

import math

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

    def fits(self, top, left):
        """Say whether a window that starts there lies in P."""
        for axis, start in enumerate((top, left)):
            extent = self.dilation[axis] * (self.size[axis] - 1) + 1
            length = (self.height, self.width)[axis] + sum(self.pads[axis])
            if not 0 <= start <= length - extent:
                return False
        return True

    def elsewhere(self, i, j):
        """Return the starts of windows that no right window has, by mistake."""
        (top, left), (down, across) = self.start(i, j), self.strides
        before = (self.pads[0][0], self.pads[1][0])
        found = {"stride_plus_one": [(i * (down + 1), j * (across + 1))]}
        late = []
        if down > 1:
            late.append((top + 1, left))
        if across > 1:
            late.append((top, left + 1))
        if down > 1 and across > 1:
            late.append((top + 1, left + 1))
        found["window_one_cell_late"] = late
        if any(map(any, self.pads)) and max(self.strides) > 1:
            found["padding_and_stride_forgotten"] = [(i + before[0], j + before[1])]
        found = {m: [start for start in starts if self.fits(*start)] for m, starts in found.items()}
        if not any(map(any, self.pads)) and max(self.size) > 1:
            here = []
            for axis, n in enumerate((self.height, self.width)):
                k, s, d = self.size[axis], self.strides[axis], self.dilation[axis]
                here.append((i, j)[axis] * s - same_pads(n, k, s, d)[0])
            found["valid_read_as_same"] = [tuple(here)]
        if self.pads != [pad[::-1] for pad in self.pads]:
            found["same_odd_cell_first"] = [
                (top + self.pads[0][0] - self.pads[0][1], left + self.pads[1][0] - self.pads[1][1])
            ]
        return {mistake: starts for mistake, starts in found.items() if starts}

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

    def read(r, q, c, edge=""):
        if edge == "copied":
            r, q = min(max(r, 0), image.height - 1), min(max(q, 0), image.width - 1)
        if edge == "mirrored":
            r, q = mirrored(r, image.height), mirrored(q, image.width)
        if not image.inside(r, q):
            return 1.0 if edge == "ones" else 0.0
        return image.x[r][q][first + c]

    def sums(start, term=lambda p, w: p * w, turned=weight, edge=""):
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
    found["signs_dropped"] = {y(term=lambda p, w: p * abs(w))}
    for mistake, starts in image.moved(i, j, "stride_ignored").items():
        found[mistake] = {y(start) for start in starts}
    if any(map(any, image.pads)):
        found["edge_copied"] = {y(edge="copied")}
        found["padding_of_ones"] = {y(edge="ones")}
        if max(image.pads[0]) < image.height and max(image.pads[1]) < image.width:
            found["padding_mirrored"] = {y(edge="mirrored")}
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
    for mistake, starts in image.elsewhere(i, j).items():
        found[mistake] = {y(start) for start in starts}
    if any(d > 1 and k > 1 for d, k in zip(image.dilation, (kh, kw), strict=True)):
        close = Image(tensors["x"], (kh, kw), layer.strides, tuple(image.pads))
        top, left = image.start(i, j)
        found["dilation_ignored"] = {
            sum(
                read(r, q, c) * weight(u, v, c)
                for u, v, r, q in close.window(top, left)
                for c in range(depth)
            )
            + bias
        }
    if layer.groups > 1 and first:
        found["groups_ignored"] = {
            sum(
                (image.x[r][q][c] if image.inside(r, q) else 0.0) * weight(u, v, c)
                for u, v, r, q in image.window(*image.start(i, j))
                for c in range(depth)
            )
            + bias
        }
    if filters > 1:
        found["other_filter"] = {
            y(turned=lambda u, v, c, g=(f + by) % filters: kernel[u][v][c][g])
            for by in range(1, min(filters - 1, 3) + 1)
        }
        found["maps_added"] = {sum(layer.forward(tensors)[i, j])}
    if depth > 1:
        found["channels_reversed"] = {y(turned=lambda u, v, c: weight(u, v, depth - 1 - c))}
    if kh > 1:
        found["first_row_only"] = {y(turned=lambda u, v, c: weight(u, v, c) if u == 0 else 0)}
    if kh == kw > 1:
        cells = {(u, v): (r, q) for u, v, r, q in image.window(*image.start(i, j))}
        found["matrix_product"] = {
            sum(
                read(*cells[u, w], c) * weight(w, v, c)
                for c in range(depth)
                for u in range(kh)
                for v in range(kw)
                for w in range(kw)
            )
            + bias
        }
    if bias:
        found["bias_multiplied"] = {total * bias}
        if max(kh, kw) > 1:
            turned = y(turned=lambda u, v, c: weight(kh - 1 - u, kw - 1 - v, c))
            found["flipped_and_bias_forgotten"] = {turned - bias}
    read_here = [
        read(r, q, c) for u, v, r, q in image.window(*image.start(i, j)) for c in range(depth)
    ]
    found |= of_signs(read_here, products, total, bias)
    slips = {
        "term_omitted": {total + bias - t for t in products if t},
        "sign_slipped": {total + bias - 2 * t for t in products if t},
    }
    return found, slips


def mirrored(place, length):
    """Return the cell that a place outside shows if the border is a mirror through its cells."""
    if place < 0:
        return -place
    return 2 * (length - 1) - place if place >= length else place


def of_signs(read, products, total, bias):
    """Return what is made of negative inputs, products and sums."""
    found = {}
    if bias < 0 or any(n < 0 for n in read):
        found["all_signs_dropped"] = {sum(abs(t) for t in products) + abs(bias)}
    if total + bias < 0:
        found["relu_added"] = {0.0}
    return found


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
    signless = sum(p * abs(w) for p, w in zip(x, weights, strict=True))
    found["signs_dropped"] = {signless + bias}
    if bias:
        found |= {"bias_forgotten": {total}, "bias_subtracted": {total - bias}}
        found["bias_multiplied"] = {total * bias}
    found |= of_signs(x, products, total, bias)
    units = len(kernel[0])
    if units > 1:
        found["other_filter"] = {
            sum(p * row[(unit + by) % units] for p, row in zip(x, kernel, strict=True)) + bias
            for by in range(1, min(units - 1, 3) + 1)
        }
    if len(kernel) != units and min(len(kernel), units) > 1:
        flat = [w for row in kernel for w in row]
        taken = flat[unit * len(x) : (unit + 1) * len(x)]
        found["weights_row_by_row"] = {sum(p * w for p, w in zip(x, taken, strict=True)) + bias}
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
    moved = image.moved(i, j, "pool_overlapped") | image.elsewhere(i, j)
    for mistake, starts in moved.items():
        found[mistake] = {pooled(numbers(start)) for start in starts}
    depth = image.channels
    if depth > 1:
        start = image.start(i, j)
        maps = [
            pooled([image.x[r][q][d] for _, _, r, q in image.window(*start) if image.inside(r, q)])
            for d in range(depth)
        ]
        found["pool_other_map"] = {maps[d] for d in range(depth) if d != c}
        found["pool_all_maps"] = {pooled(maps)}
    if how == "mean":
        cells = image.size[0] * image.size[1]
        sides = {side for side in image.size if 1 < side < cells}
        if sides:
            found["pool_by_side"] = {sum(row) / side for side in sides}
        if len(row) < cells:
            found["pool_padding_counted"] = {sum(row) / cells}
        if len(row) < len(whole):
            found["pool_mean_of_map"] = {sum(whole) / len(whole)}
    return found, {}


def in_window(row, how):
    """Return what mistakes make of the numbers of one window."""
    found = {"pool_sum": {sum(row)}, "pool_smallest": {min(row)}}
    ordered = sorted(row)
    if len(row) > 2:
        found["pool_top_left"] = {row[0]}
    if how == "mean":
        half = len(row) // 2
        middle = ordered[half] if len(row) % 2 else (ordered[half - 1] + ordered[half]) / 2
        found["pool_median"], found["pool_largest"] = {middle}, {max(row)}
        found["pool_rounded"] = {(sum(row) / len(row) + 0.5) // 1}
    if how == "max":
        place = row.index(max(row))
        found["pool_mean"] = {sum(row) / len(row)}
        if len(row) > 2:
            found["pool_second"] = {ordered[-2]}
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
        found = {"dropout_at_inference": {x / (1 - rate)}}
        found["dropout_inference_scaled"] = {x * (1 - rate)}
        if not (kept and x):
            found["dropout_mask_at_inference"] = {0.0}
        return found, {}
    found = {"dropout_mask_inverted": {0.0 if kept else x / (1 - rate)}}
    if not kept:
        found["dropout_left_out"] = {x}
    if kept and x:
        found["dropout_times_rate"] = {x * rate}
        found["dropout_times_more"] = {x * (1 + rate)}
        found["dropout_unscaled"] = {x}
        found["dropout_times_keep"] = {x * (1 - rate)}
        found["dropout_by_rate"] = {x / rate}
    return found, {}


def relu(layer, tensors, at):
    """Return what mistakes make of a number that ReLU is taken of."""
    x = float(tensors["x"][at])
    found = {"relu_forgotten": {x}, "absolute_value": {-x}} if x < 0 else {}
    found["relu_step"], found["relu_negated"] = {1.0 if x > 0 else 0.0}, {-x}
    found["relu_capped"], found["relu_wrong_half"] = {min(max(x, 0.0), 1.0)}, {min(x, 0.0)}
    return found, {}


def sigmoid(layer, tensors, at):
    """Return what mistakes make of a number that the sigmoid is taken of."""
    x = float(tensors["x"][at])
    return {
        "sigmoid_mirrored": {1 / (1 + math.exp(x))},
        "tanh_for_sigmoid": {math.tanh(x)},
        "power_only": {math.exp(-x)},
        "tanh_halved": {math.tanh(x / 2)},
    }, {}


def tanh(layer, tensors, at):
    """Return what mistakes make of a number that tanh is taken of."""
    x = float(tensors["x"][at])
    return {
        "sigmoid_for_tanh": {1 / (1 + math.exp(-x))},
        "power_only": {math.exp(-x)},
        "tanh_halved": {math.tanh(x / 2)},
        "tanh_not_divided": {(math.exp(x) - math.exp(-x)) / 2},
    }, {}


def softmax(layer, tensors, at):
    """Return what mistakes make of a share of a row of scores."""
    *row, place = at
    scores = [float(score) for score in tensors["x"][tuple(row)]]
    x, powers = scores[place], [math.exp(score) for score in scores]
    found = {
        "softmax_not_divided": {powers[place]},
        "softmax_one_hot": {1.0 if x == max(scores) else 0.0},
        "softmax_each_alone": {1 / (1 + math.exp(-x))},
        "softmax_minus": {math.exp(-x) / sum(math.exp(-score) for score in scores)},
        "power_only": {math.exp(-x)},
        "softmax_of_others": {powers[place] / (sum(powers) - powers[place])},
        "softmax_largest_off_above": {math.exp(x - max(scores)) / sum(powers)},
    }
    if sum(scores):
        found["softmax_without_powers"] = {x / sum(scores)}
    return found, {}


def flatten(layer, tensors, at):
    """Return what mistakes make of one place of the vector that maps become."""
    rows, columns, channels = tensors["x"].shape
    (place,) = at
    right = [(r, q, c) for r in range(rows) for q in range(columns) for c in range(channels)]
    found = {}
    if min(rows, columns) > 1:
        order = [(r, q, c) for q in range(columns) for r in range(rows) for c in range(channels)]
        found["flatten_by_column"] = {float(tensors["x"][order[place]])}
    if channels > 1:
        order = [(r, q, c) for c in range(channels) for r in range(rows) for q in range(columns)]
        found["flatten_channels_first"] = {float(tensors["x"][order[place]])}
    if place:
        found["flatten_from_one"] = {float(tensors["x"][right[place - 1]])}
    return found, {}


KINDS = {
    "flatten": flatten,
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
    "sigmoid": sigmoid,
    "tanh": tanh,
    "softmax": softmax,
}
"""By the kind of layer: what takes the layer, its tensors and an output cell."""
