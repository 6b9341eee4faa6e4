"""What one layer gives to a program, and how its numbers and calls are written as Python.

:mod:`cnn_tutor.engine.program` puts the parts together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cnn_tutor.engine.arrays import Array

CHANNELS_LAST = "Lambda(lambda x: x.permute(0, 2, 3, 1))"
CHANNELS_FIRST = "Lambda(lambda x: x.permute(0, 3, 1, 2))"
"""PyTorch keeps its images as (C, H, W): where the order counts, they are turned round."""

_PLAIN = 1e15
"""Python writes larger numbers with a power of ten."""

_WHOLE = re.compile(r"\.0(?=[,\]])")


@dataclass(frozen=True)
class Module:
    """One of the framework's own layers, as it is written in a program.

    ``made`` is the call that makes it, ``fill`` what to call on it to put the arrays in, such as
    ``.set_weights([kernel])``, ``why`` a comment where the call may surprise.
    """

    made: str
    fill: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, eq=False)
class Part:
    """What one layer gives to a program in one framework.

    ``modules`` run one after the other. ``arrays`` are the variables that it needs, ``prepare``
    the lines that make more of them, ``defines`` classes and functions. NumPy has no modules:
    there ``body`` are the lines that make ``y`` of ``x``. Data are (H, W, C) in Keras and NumPy,
    (C, H, W) in PyTorch.
    """

    modules: tuple[Module, ...] = ()
    arrays: Mapping[str, Array] = field(default_factory=dict)
    prepare: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()
    body: str = ""


def simple(keras: str, *pytorch: str, numpy: str) -> dict[str, Part]:
    """Return the parts of a layer that has no arrays and is a call or two in each framework."""
    return {
        "Keras": Part((Module(keras),)),
        "PyTorch": Part(tuple(Module(made) for made in pytorch)),
        "NumPy": Part(body=numpy),
    }


def variable(port: str, name: str) -> str:
    """Return what a port's array is called in a program: ``kernel``, or ``kernel_conv1``."""
    return f"{port}_{name}" if name else port


def number(value: float) -> str:
    """Write a number so that reading it gives it back: 3, -0.5, 0.1."""
    value = float(value)
    return str(int(value)) if value.is_integer() else repr(value)


def array_source(name: str, tensor: Array) -> str:
    """Write ``name = np.array(...)`` of float64, a grid's rows a line each."""
    shape = ", ".join(map(str, tensor.shape)) + ("," if tensor.ndim == 1 else "")
    flat = tensor.ndim > 2 and all(n == 1 for n in tensor.shape[2:])
    body = _nested(tensor.reshape(tensor.shape[:2]) if flat else tensor, 1)
    tail = f".reshape({shape})" if flat else ""
    return f'{name} = np.array({body}, "float64"){tail}'


def call(function: str, *arguments: Any, **settings: Any) -> str:
    """Write a call, broken after each argument where it is long for a narrow pane."""
    words = [_source(value) for value in arguments]
    words += [f"{name}={_source(value)}" for name, value in settings.items()]
    line = f"{function}({', '.join(words)})"
    return line if len(line) <= 44 else f"{function}(\n    " + ",\n    ".join(words) + ",\n)"


class Name(str):
    """A name that :func:`call` writes without quotes."""


def _source(value: Any) -> str:
    if isinstance(value, Name):
        return str(value)
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _nested(tensor: Array, depth: int) -> str:
    if tensor.ndim <= 1:
        return _row(np.atleast_1d(tensor))
    pad = "    " * depth
    rows = [pad + _nested(row, depth + 1) for row in tensor]
    return "[\n" + ",\n".join(rows) + ",\n" + "    " * (depth - 1) + "]"


def _row(values: Array) -> str:
    """Write numbers as :func:`number` does, but all in one go where none is very large."""
    if not np.all(np.abs(values) < _PLAIN):
        return "[" + ", ".join(map(number, values.tolist())) + "]"
    # Python itself writes 3.0; what begins with a minus and is 0 must lose it.
    return _WHOLE.sub("", repr((values + 0.0).tolist()))
