"""Tensors as they are written in ``resources``, in whichever way is easiest to read there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnn_tutor.engine.arrays import Array


def tensor(entry: Mapping[str, Any]) -> Array:
    """Return the numbers that an entry of a file gives, with the channels last as in Keras.

    An entry is one of these:

    - ``rows``: the numbers; a ``shape`` beside them puts them in another one;
    - ``planes``: the rows of every channel, (C, H, W), become (H, W, C);
    - ``filters``: the rows of every channel of every filter, (F, C, kh, kw), become
      (kh, kw, C, F); a filter that gives one plane has it for every channel of its ``shape``;
    - ``picture`` with ``colours``: a letter for every cell, and the channels of each letter;
    - ``lot``: whole numbers from ``from`` to ``to`` in a ``shape``, the same for the same lot.

    Raises:
        ValueError: if the numbers do not have the shape that is given.
        KeyError: if it is none of these.
    """
    if "picture" in entry:
        colours = entry["colours"]
        return _floats([[colours[letter] for letter in row] for row in entry["picture"]])
    if "planes" in entry:
        return np.moveaxis(_floats(entry["planes"]), 0, -1)
    if "filters" in entry:
        return _filters(entry)
    if "rows" in entry:
        numbers = _floats(entry["rows"])
        return numbers.reshape(entry.get("shape", numbers.shape))
    lots = np.random.default_rng(entry["lot"])
    return _floats(lots.integers(entry["from"], entry["to"], entry["shape"], endpoint=True))


def _filters(entry: Mapping[str, Any]) -> Array:
    filters = [_floats(planes) for planes in entry["filters"]]
    if "shape" in entry:
        height, width, depth, count = entry["shape"]
        filters = [np.broadcast_to(planes, (depth, height, width)) for planes in filters]
        if len(filters) != count:
            raise ValueError(f"{len(filters)} filters, not {count}")
    return np.stack(filters).transpose(2, 3, 1, 0)


def _floats(numbers: Any) -> Array:
    return np.array(numbers, np.float64)
