"""Layers with windows beside the operator test vectors that come inside the ``onnx`` package.

ONNX keeps its images as (N, C, H, W) and its filters as (filters, C / groups, kh, kw). Here they
are turned to channels last, and what has one axis beside its channels becomes an image of one row.
A vector that no layer is meant to express is skipped, with the reason.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.layers.average_pooling2d import AveragePooling2D
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.max_pooling2d import MaxPooling2D
from cnn_tutor.engine.window import Padding, Pair

onnx = pytest.importorskip("onnx")

THREE_AXES = "an image of three axes"
DILATED = "pooling with a dilation"
COUNTED = "a mean that counts the padding"


@dataclass(frozen=True, eq=False)
class Vector:
    """A model of a single node, with the numbers put in and those that must come out.

    ``inputs`` and ``outputs`` are the node's; what it leaves out is missing or None.
    """

    name: str
    operator: str
    settings: Mapping[str, Any]
    inputs: tuple[Array | None, ...]
    outputs: tuple[Array | None, ...]

    def given(self, place: int) -> Array | None:
        """Return an input, or None where it is left out."""
        return self.inputs[place] if place < len(self.inputs) else None

    @property
    def x(self) -> Array:
        """The first input."""
        return self.inputs[0]

    @property
    def mask(self) -> Array | None:
        """The second output: where a maximum stands."""
        return self.outputs[1] if len(self.outputs) > 1 else None


@dataclass(frozen=True, eq=False)
class Expressed:
    """A vector as one of the layers; ``back`` turns the layer's output to ONNX's order."""

    layer: Layer
    tensors: Mapping[str, Array]
    back: Callable[[Array], Array] = lambda y: y


class Inexpressible(Exception):
    """What a vector asks for and no layer is meant to do."""


def express(vector: Vector) -> Expressed:
    return OPERATORS[vector.operator](vector)


def reason(vector: Vector) -> str | None:
    try:
        express(vector)
    except Inexpressible as asked:
        return str(asked)
    return None


def convolution(vector: Vector) -> Expressed:
    x, weights = images(vector.x), vector.inputs[1]
    kernel = np.moveaxis(weights if weights.ndim == 4 else weights[:, :, None], (1, 0), (-2, -1))
    strides, dilations, padding = sliding(vector, kernel.shape[:2])
    layer = Conv2D(strides, padding, dilations, vector.settings.get("group", 1))
    bias = vector.given(2)
    tensors = {"x": x, "kernel": kernel, **({} if bias is None else {"bias": bias})}
    return Expressed(layer, tensors, like(vector.x))


def pooling(kind: type[MaxPooling2D] | type[AveragePooling2D]) -> Callable[[Vector], Expressed]:
    def expressed(vector: Vector) -> Expressed:
        x = images(vector.x)
        size = pair(vector.settings["kernel_shape"])
        strides, dilations, padding = sliding(vector, size)
        if dilations != (1, 1):
            raise Inexpressible(DILATED)
        if vector.settings.get("count_include_pad") and padding != "valid":
            raise Inexpressible(COUNTED)
        return Expressed(kind(size, strides, padding), {"x": x}, like(vector.x))

    return expressed


OPERATORS: Mapping[str, Callable[[Vector], Expressed]] = {
    "AveragePool": pooling(AveragePooling2D),
    "Conv": convolution,
    "MaxPool": pooling(MaxPooling2D),
}


def images(x: Array) -> Array:
    """Return (N, C, H, W) as (N, H, W, C), and (N, C, L) as images of one row."""
    if x.ndim > 4:
        raise Inexpressible(THREE_AXES)
    return np.moveaxis(x if x.ndim == 4 else x[:, :, None], 1, -1)


def like(x: Array) -> Callable[[Array], Array]:
    """Return what turns images to the order of ``x``, without the row if it had none."""
    return lambda y: np.moveaxis(y if x.ndim == 4 else y.squeeze(1), -1, 1)


def pair(values: list[int] | None, missing: int = 1) -> Pair:
    """Return a setting for rows and columns; what is said of one axis is said of the columns."""
    rows, columns = (missing, *(values or (missing, missing)))[-2:]
    return rows, columns


def sliding(vector: Vector, size: Pair) -> tuple[Pair, Pair, Padding]:
    """Return the strides, the dilation and the padding of a convolution or a pooling."""
    settings = vector.settings
    strides, dilations = pair(settings.get("strides")), pair(settings.get("dilations"))
    word, pads = settings.get("auto_pad", b"NOTSET"), settings.get("pads") or []
    ceil = settings.get("ceil_mode", 0)
    if word == b"SAME_UPPER":
        return strides, dilations, "same"
    if word == b"VALID" or (word == b"NOTSET" and not any(pads) and not ceil):
        return strides, dilations, "valid"
    half = len(pads) // 2
    lengths = pair(vector.x.shape[2:])
    before, after = pair(pads[:half], 0), pair(pads[half:], 0)
    padding = []
    for axis in (0, 1):
        length, stride = lengths[axis], strides[axis]
        extent = dilations[axis] * (size[axis] - 1) + 1
        start, end = before[axis], after[axis]
        if word == b"SAME_LOWER":  # the odd cell goes to the top and left
            total = max((math.ceil(length / stride) - 1) * stride + extent - length, 0)
            start, end = total - total // 2, total // 2
        elif ceil:  # room for a last window that hangs over the edge but starts before it
            last = math.ceil((start + length + end - extent) / stride) * stride
            last -= stride if last >= start + length else 0
            end = max(end, last + extent - start - length)
        padding.append((start, end))
    return strides, dilations, (padding[0], padding[1])


def load() -> Iterator[Vector]:
    """Read every vector of the package whose model is a single node that is ours."""
    data = Path(onnx.__file__).parent / "backend" / "test" / "data"
    for kind in ("node", "pytorch-converted", "pytorch-operator", "simple"):
        for path in sorted(data.glob(f"{kind}/*/model.onnx")):
            model = onnx.load(path)
            if is_ours(model):
                for n, folder in enumerate(sorted(path.parent.glob("test_data_set_*"))):
                    name = f"{kind}/{path.parent.name}" + (f"/{n}" if n else "")
                    numbers = (tensors(folder, port) for port in ("input", "output"))
                    yield vector_of(name, model, *numbers)
    if not (data / "node").is_dir():
        # From 1.23 on the package holds these as the programs that it wrote the files with.
        package = importlib.import_module("onnx.backend.test.case.node")
        for operator in OPERATORS:
            importlib.import_module(f"{package.__name__}.{operator.lower()}")
        for case in sorted(package._NodeTestCases, key=lambda case: case.name):
            if is_ours(case.model):
                for inputs, outputs in case.data_sets:
                    yield vector_of(f"node/{case.name}", case.model, inputs, outputs)


def is_ours(model: Any) -> bool:
    nodes = model.graph.node
    return len(nodes) == 1 and nodes[0].domain == "" and nodes[0].op_type in OPERATORS


def tensors(folder: Path, name: str) -> list[Array]:
    paths = (folder / f"{name}_{n}.pb" for n in range(len(list(folder.glob(f"{name}_*.pb")))))
    return [onnx.numpy_helper.to_array(onnx.load_tensor(path)) for path in paths]


def vector_of(name: str, model: Any, inputs: list[Any], outputs: list[Any]) -> Vector:
    graph, node = model.graph, model.graph.node[0]
    values = {kept.name: onnx.numpy_helper.to_array(kept) for kept in graph.initializer}
    put_in = [port.name for port in graph.input if port.name not in values]
    put_out = [port.name for port in graph.output]
    values.update(zip(put_in, map(np.asarray, inputs), strict=True))
    values.update(zip(put_out, map(np.asarray, outputs), strict=True))
    return Vector(
        name,
        node.op_type,
        {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute},
        tuple(values.get(port) for port in node.input),
        tuple(values.get(port) for port in node.output),
    )


VECTORS = tuple(load())


def run(vector: Vector) -> Any:
    why = reason(vector)
    marks = (pytest.mark.skip(reason=why),) if why else ()
    return pytest.param(vector, id=vector.name, marks=marks)


@pytest.mark.parametrize("vector", [run(vector) for vector in VECTORS])
def test_a_layer_gives_what_the_vector_says(vector: Vector) -> None:
    given, expected = express(vector), vector.outputs[0]
    output = given.back(given.layer.forward(given.tensors))
    if not np.issubdtype(expected.dtype, np.floating):  # whole numbers get the full precision
        expected = expected.astype(np.float64)
    np.testing.assert_allclose(output, expected, rtol=1e-4, atol=1e-6, strict=True)


@pytest.mark.parametrize(
    "vector", [run(v) for v in VECTORS if v.operator == "MaxPool" and v.mask is not None]
)
def test_the_gradient_goes_to_the_cells_that_won(vector: Vector) -> None:
    given, x = express(vector), vector.x
    grad = np.ones_like(given.layer.forward(given.tensors))
    found = like(x)(given.layer.backward(given.tensors, grad)["x"])
    if vector.settings.get("storage_order"):  # columns first
        found = found.swapaxes(-2, -1)
    won = np.bincount(vector.mask.ravel(), minlength=x.size)
    np.testing.assert_array_equal(found.ravel(), won)


def test_every_operator_and_every_way_of_padding_has_a_vector_that_is_run() -> None:
    ran = [vector for vector in VECTORS if reason(vector) is None]
    assert len(ran) >= 40
    assert {vector.operator for vector in ran} == set(OPERATORS)
    words = {vector.settings.get("auto_pad", b"NOTSET") for vector in ran}
    assert words >= {b"NOTSET", b"SAME_UPPER", b"SAME_LOWER"}
