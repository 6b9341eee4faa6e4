"""Networks at random, of all kinds of layers."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.network import Network, Node
from cnn_tutor.engine.registry import layer_kinds

SLIDING = ("conv2d", "max_pooling2d", "average_pooling2d")


@st.composite
def chains_of_all_kinds(draw: st.DrawFn, longest: int, dtype: str = "float64") -> Network:
    """Draw layers of all kinds with all sorts of windows, one after another as they fit.

    The rows and columns of the input are ``longest`` at the most.
    """
    pair = st.tuples(st.integers(1, 4), st.integers(1, 4))
    side = st.tuples(st.integers(0, 3), st.integers(0, 3))
    paddings = st.one_of(st.sampled_from(["valid", "same"]), st.tuples(side, side))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    sides = draw(st.tuples(*[st.integers(1, longest)] * 2))
    network = Network((*sides, draw(st.integers(1, 3))), ())
    kinds = st.sampled_from([*layer_kinds(), *SLIDING])
    for kind in draw(st.lists(kinds, min_size=1, max_size=5)):
        x, given = network.shape(network.last), {}
        shapes: dict[str, Any] = {"x": x}
        if kind in SLIDING:
            given = {"strides": draw(pair), "padding": draw(paddings)}
        if kind == "conv2d":
            groups = draw(st.sampled_from([1, x[-1]]))
            given |= {"dilation_rate": draw(st.just((1, 1)) | pair), "groups": groups}
            shapes["kernel"] = (*draw(pair), 1, groups * draw(st.integers(1, 3)))
        elif given:
            given["pool_size"] = draw(pair)
        try:
            layer = layer_kinds()[kind](**given)
            inner = {
                port: rng.integers(2, size=shape).astype(dtype)
                if port in layer.switches
                else rng.normal(size=shape).astype(dtype)
                for port, shape in layer.fit(shapes).items()
            }
            node = Node(f"n{len(network.nodes)}", layer, inner)
            network = Network(network.input_shape, (*network.nodes, node))
        except Refusal:
            continue
    return network
