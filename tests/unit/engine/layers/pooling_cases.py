"""What the tests of both poolings share: cases by lot, with ties and padding of every sort."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layers._pooling import Pooling


def grid(text: str) -> Array:
    """Read rows divided by slashes as (rows, columns, 1)."""
    return np.array([row.split() for row in text.split("/")], np.float64)[..., None]


@st.composite
def cases(draw: st.DrawFn, kind: type[Pooling]) -> tuple[Pooling, Array, Any]:
    """Draw a layer, an ``x`` of few different numbers and a gradient of the output's shape."""
    size, strides = (draw(st.tuples(*[st.integers(1, 4)] * 2)) for _ in range(2))
    pads = st.tuples(*[st.tuples(*[st.integers(0, k - 1)] * 2) for k in size])
    padding = draw(st.one_of(st.sampled_from(["valid", "same"]), pads))
    room = [0, 0] if isinstance(padding, str) else [sum(side) for side in padding]
    least = [1 if padding == "same" else max(k - p, 1) for k, p in zip(size, room, strict=True)]
    sides = [n + draw(st.integers(0, 5)) for n in least]
    lead = draw(st.sampled_from([(), (), (2,), (2, 1)]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    layer = kind(size, draw(st.sampled_from([None, strides])), padding)
    x = rng.integers(-3, 1 + draw(st.integers(0, 4)), (*lead, *sides, draw(st.integers(1, 3))))
    grad = rng.integers(-9, 10, layer.output_shape({"x": x.shape})).astype(np.float64)
    return layer, x, grad
