"""Every input joined to every unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import Cell, Explanation, Index, Shape, Step, Term
from cnn_tutor.engine.layer import Layer, gradient_of
from cnn_tutor.engine.matrices import Matrices
from cnn_tutor.engine.part import CHANNELS_FIRST, CHANNELS_LAST, Module, Part, call, variable
from cnn_tutor.engine.region import Grid, Region

_TILE = 256
"""Rows of inputs that are multiplied together, always the same ones, so that an output has the
same last bits whatever is computed along with it."""

_UNITS = 4
"""Units of a new layer."""


@dataclass(frozen=True)
class Dense(Layer):
    """Each unit adds up all inputs, each times a weight of its own, and its bias.

    >>> x, kernel, bias = np.arange(4.0), np.arange(12.0).reshape(4, 3), np.arange(3.0)
    >>> y = np.zeros(3)
    >>> for unit in range(3):
    ...     y[unit] = sum(x[n] * kernel[n, unit] for n in range(4)) + bias[unit]
    >>> np.array_equal(y, Dense().forward({"x": x, "kernel": kernel, "bias": bias}))
    True

    Shapes: ``x`` (..., n), ``kernel`` (n, units), ``bias`` (units,), output (..., units). A
    missing ``bias`` counts as zeros. Several axes of ``x`` are treated as in Keras: the last
    one holds the inputs, and the units are the same for all others.

    Its meaning is that of Keras' ``Dense`` (https://keras.io/api/layers/core_layers/dense/); how
    many units there are is the kernel's to say, and an activation is a layer of its own.
    """

    kind: ClassVar[str] = "dense"
    inputs: ClassVar[tuple[str, ...]] = ("x", "kernel", "bias")
    weights: ClassVar[tuple[str, ...]] = ("kernel", "bias")

    def output_shape(self, shapes: Mapping[str, Shape]) -> Shape:
        """Return (..., units); the kernel must have a row for every input."""
        x, kernel = shapes["x"], shapes["kernel"]
        if not x:
            raise ShapeError("x_scalar")
        if len(kernel) != 2:
            raise ShapeError("dense_kernel_rank", shape=kernel)
        inputs, units = kernel
        if min(inputs, units) < 1:
            raise ShapeError("empty_axis", input=x[-1], kernel=min(inputs, units))
        if inputs != x[-1]:
            raise ShapeError("units_differ", inputs=x[-1], kernel=inputs)
        if shapes.get("bias", (units,)) != (units,):
            raise ShapeError("bias_units", shape=shapes["bias"], units=units)
        return (*x[:-1], units)

    def forward(self, tensors: Mapping[str, Array]) -> Array:
        self.output_shape(shapes_of(tensors))
        x, kernel = as_floats(tensors["x"]), as_floats(tensors["kernel"])
        output = _product(x, kernel)
        return output + as_floats(tensors["bias"]) if "bias" in tensors else output

    def explain(self, tensors: Mapping[str, Array], at: Index) -> Explanation:
        """Say which products make one unit's number: all of them and the bias, in one step."""
        x, kernel = tensors["x"], tensors["kernel"]
        regions.check_index(at, self.output_shape(shapes_of(tensors)))
        *batch, unit = at
        terms = []
        for n in range(kernel.shape[0]):
            read, weight = (*batch, n), (n, unit)
            cells = Cell("x", read, float(x[read])), Cell("kernel", weight, float(kernel[weight]))
            terms.append(Term(cells))
        if "bias" in tensors:
            terms.append(Term((Cell("bias", (unit,), float(tensors["bias"][unit])),)))
        return Explanation(at, (Step("products", "sum", tuple(terms)),))

    def backward(self, tensors: Mapping[str, Array], grad: Array) -> dict[str, Array]:
        x, kernel = as_floats(tensors["x"]), as_floats(tensors["kernel"])
        grad = gradient_of(self.output_shape(shapes_of(tensors)), grad)
        outer = tuple(range(grad.ndim - 1))
        over_kernel = np.tensordot(x, grad, (outer, outer)).astype(kernel.dtype)
        grads = {"x": (grad @ kernel.T).astype(x.dtype), "kernel": over_kernel}
        return {**grads, "bias": grad.sum(outer)} if "bias" in tensors else grads

    def affected(self, port: str, at: Index, shapes: Mapping[str, Shape]) -> Region:
        """Return all units for an input, the one unit for a weight or a bias."""
        return self.reached(port, regions.cell(at), shapes)

    def forward_region(self, tensors: Mapping[str, Array], region: Region) -> Array:
        """Compute all units for some rows of inputs, in the tiles that they lie in."""
        x = tensors["x"]
        if x.ndim == 1:
            return self.forward(tensors)[region]
        *batch, rows, units = region
        start = rows.start // _TILE * _TILE
        part = x[(*batch, slice(start, -(-rows.stop // _TILE) * _TILE))]
        return self.forward({**tensors, "x": part})[
            ..., rows.start - start : rows.stop - start, units
        ]

    def reached(self, port: str, region: Region, shapes: Mapping[str, Shape]) -> Region:
        *batch, units = self.output_shape(shapes)
        if port == "x":
            return (*region[:-1], slice(0, units))
        return (*regions.whole(tuple(batch)), region[-1])

    def read(self, cells: Grid, shapes: Mapping[str, Shape]) -> Iterator[Grid]:
        """Yield all inputs of some units: each reads every one of them."""
        yield (*cells[:-1], np.arange(shapes["x"][-1]))

    def fit(self, shapes: Mapping[str, Shape]) -> dict[str, Shape]:
        """Return a kernel with a row for every input; it has as many units as before."""
        x, kernel = shapes["x"], shapes.get("kernel", (1, _UNITS))
        inputs, units = x[-1] if x else 1, kernel[-1] if kernel else _UNITS
        return {"kernel": (inputs, units), "bias": (units,)}

    def matrices(self, shapes: Mapping[str, Shape]) -> Matrices | None:
        """Return the inputs as the only row and the units as columns; None for a batch."""
        *batch, units = self.output_shape(shapes)
        if batch:
            return None
        columns = np.indices(shapes["kernel"]).transpose(1, 2, 0)
        return Matrices(columns[None, :, 0, :1], columns, np.arange(units)[None, :, None])

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        size, units = tensors["kernel"].shape
        names = {port: variable(port, name) for port in ("kernel", "bias") if port in tensors}
        arrays = {written: tensors[port] for port, written in names.items()}
        kernel, bias = names["kernel"], names.get("bias")
        made = call("keras.layers.Dense", units, **({} if bias else {"use_bias": False}))
        keras = Module(made, (f".set_weights([{', '.join(names.values())}])",))
        fill = [f".weight.copy_(torch.tensor({kernel}).T)"]
        if bias:
            fill.append(f".bias.copy_(torch.tensor({bias}))")
        made = call("nn.Linear", size, units, **({} if bias else {"bias": False}))
        pytorch = [Module(made, tuple(fill))]
        if tensors["x"].ndim == 3:
            why = "The last axis is what nn.Linear reads:\nthe channels go there and back."
            pytorch = [Module(CHANNELS_LAST, why=why), *pytorch, Module(CHANNELS_FIRST)]
        return {
            "Keras": Part((keras,), arrays),
            "PyTorch": Part(tuple(pytorch), arrays),
            "NumPy": Part(arrays=arrays, body=f"y = x @ {kernel}" + (f" + {bias}" if bias else "")),
        }

    @classmethod
    def sample(cls, rng: np.random.Generator, level: int) -> tuple[Self, dict[str, Array]]:
        """Make up an exercise: from two inputs and one unit to eight and four, with biases."""
        level = max(0, min(level, 5))
        inputs, units = ((2, 1), (3, 2), (3, 3), (4, 3), (6, 3), (8, 4))[level]
        biased, spread = level > 0, 2 if level < 4 else 5
        return cls(), {
            "x": rng.integers(-5 if level > 2 else 0, 6 if level < 4 else 10, inputs) * 1.0,
            "kernel": rng.integers(-spread, spread + 1, (inputs, units)) * 1.0,
            # Where there is one it is never 0: leaving it out would then go unnoticed.
            "bias": rng.choice((-3.0, -2.0, -1.0, 1.0, 2.0, 3.0) if biased else (0.0,), units),
        }


def _product(x: Array, kernel: Array) -> Array:
    if x.ndim == 1 or x.shape[-2] <= _TILE:
        return x @ kernel
    rows = x.shape[-2]
    whole = rows - rows % _TILE
    tiles = x[..., :whole, :].reshape(*x.shape[:-2], -1, _TILE, x.shape[-1]) @ kernel
    parts = [tiles.reshape(*x.shape[:-2], whole, -1)]
    if whole < rows:
        parts.append(x[..., whole:, :] @ kernel)
    return np.concatenate(parts, -2)
