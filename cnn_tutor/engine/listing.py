"""Writes tensors and calls as Python source, for the programs that a layer can show."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from cnn_tutor.engine.arrays import Array

_PLAIN = 1e15
"""Python writes larger numbers with a power of ten."""

_WHOLE = re.compile(r"\.0(?=[,\]])")


def number(value: float) -> str:
    """Write a number so that reading it gives it back: 3, -0.5, 0.1."""
    value = float(value)
    return str(int(value)) if value.is_integer() else repr(value)


def array(name: str, tensor: Array) -> str:
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
