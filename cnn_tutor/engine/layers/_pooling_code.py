"""How the pooling layers are written in each framework.

The padding of a pooling window is left out of it: zeros would be numbers like any others. Both
frameworks have that for some paddings only; for the rest the program does it step by step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layers._conv2d_code import span
from cnn_tutor.engine.listing import Name, call
from cnn_tutor.engine.part import Module, Part, variable
from cnn_tutor.engine.window import Padding, Window

_NONE = ((0, 0), (0, 0))


def max_parts(
    windows: tuple[Window, ...], padding: Padding, tensors: Mapping[str, Array]
) -> dict[str, Part]:
    """Return the parts of a max pooling with these windows; see :meth:`Layer.parts`."""
    (top, bottom), (left, right) = pads = tuple(window.pads for window in windows)
    settings = _settings(windows, "strides")
    if padding == "same":
        settings["padding"] = "same"
    keras = [Module(call("keras.layers.MaxPooling2D", *_size(windows), **settings))]
    if padding != "same" and pads != _NONE:
        around = ((0, 0), *pads, (0, 0))
        fill = call("keras.ops.pad", Name("x"), around, constant_values=Name("-np.inf"))
        why = "MaxPooling2D has no such padding;\n-inf is never the largest."
        keras.insert(0, Module(f"keras.layers.Lambda(lambda x: {fill})", why=why))
    settings = _settings(windows, "stride")
    pytorch = []
    if pads != _NONE and not _even(windows):
        sides = (left, right, top, bottom)
        why = "Padding that is never the largest."
        pytorch.append(Module(f"nn.ConstantPad2d({sides}, -torch.inf)", why=why))
    elif pads != _NONE:
        settings["padding"] = (top, left)
    pytorch.append(Module(call("nn.MaxPool2d", *_size(windows), **settings)))
    return {
        "Keras": Part(tuple(keras)),
        "PyTorch": Part(tuple(pytorch)),
        "NumPy": _numpy(windows, tensors, "-np.inf", "window.max((0, 1))"),
    }


def average_parts(
    windows: tuple[Window, ...], padding: Padding, tensors: Mapping[str, Array], name: str
) -> dict[str, Part]:
    """Return the parts of an average pooling with these windows; see :meth:`Layer.parts`."""
    (top, bottom), (left, right) = pads = tuple(window.pads for window in windows)
    function = variable("inside_mean", name)
    settings = _settings(windows, "strides")
    if padding == "same":
        settings["padding"] = "same"
    made = call("keras.layers.AveragePooling2D", *_size(windows), **settings)
    keras = Part((Module(made),))
    # With PyTorch below it, Keras up to 3.15 fills up a lopsided "same" with copies of the edge,
    # which then count (https://github.com/keras-team/keras/pull/23233).
    if pads != _NONE and not (padding == "same" and _even(windows)):
        why = "AveragePooling2D has no such padding."
        if padding == "same":
            why = (
                'AveragePooling2D(..., padding="same"), which\n'
                "not every Keras on PyTorch gets right."
            )
        body = _ratio(
            function,
            f"keras.ops.pad(t, {((0, 0), *pads, (0, 0))})",
            "keras.ops.average_pool",
            "keras.ops.ones_like(x)",
            windows,
        )
        keras = Part((Module(f"keras.layers.Lambda({function})", why=why),), defines=(body,))
    settings = _settings(windows, "stride")
    if pads != _NONE:
        settings |= {"padding": (top, left), "count_include_pad": False}
    pytorch = Part((Module(call("nn.AvgPool2d", *_size(windows), **settings)),))
    if pads != _NONE and not _even(windows):
        body = _ratio(
            function,
            f"nn.functional.pad(t, {(left, right, top, bottom)})",
            "nn.functional.avg_pool2d",
            "torch.ones_like(x)",
            windows,
        )
        why = "nn.AvgPool2d has no such padding."
        pytorch = Part((Module(f"Lambda({function})", why=why),), defines=(body,))
    numpy = "np.nanmean(window, (0, 1))" if pads != _NONE else "window.mean((0, 1))"
    return {
        "Keras": keras,
        "PyTorch": pytorch,
        "NumPy": _numpy(windows, tensors, "np.nan", numpy),
    }


def _size(windows: tuple[Window, ...]) -> tuple[Any, ...]:
    return (tuple(window.size for window in windows),)


def _settings(windows: tuple[Window, ...], strides: str) -> dict[str, Any]:
    """Return the strides under a framework's name, unless they are the size, as is usual."""
    pair = tuple(window.stride for window in windows)
    return {} if pair == _size(windows)[0] else {strides: pair}


def _even(windows: tuple[Window, ...]) -> bool:
    """Whether PyTorch's pooling can pad so itself: both sides alike, at most half a window."""
    return all(w.pads[0] == w.pads[1] and 2 * w.pads[0] <= w.size for w in windows)


def _ratio(name: str, padded: str, pool: str, ones: str, windows: tuple[Window, ...]) -> str:
    size, strides = _size(windows)[0], tuple(window.stride for window in windows)
    return (
        f"def {name}(x):\n"
        "    # The mean with zeros around, over the share\n"
        "    # of the window that is inside.\n"
        "    mean, share = (\n"
        f"        {pool}(\n            {padded},\n            {size}, {strides})\n"
        f"        for t in (x, {ones})\n    )\n"
        "    return mean / share"
    )


def _numpy(
    windows: tuple[Window, ...], tensors: Mapping[str, Array], filling: str, fold: str
) -> Part:
    rows, columns = windows
    pads = (rows.pads, columns.pads)
    pad = ""
    if pads != _NONE:
        pad = (
            "# The padding is left out of what is pooled.\n"
            f"x = np.pad(x, {(*pads, (0, 0))},\n           constant_values={filling})\n"
        )
    channels = tensors["x"].shape[-1]
    return Part(
        body=f"{pad}y = np.zeros(({rows.positions}, {columns.positions}, {channels}))\n"
        f"for i in range({rows.positions}):\n    for j in range({columns.positions}):\n"
        f"        window = x[{span(rows, 'i')},\n                   {span(columns, 'j')}]\n"
        f"        y[i, j] = {fold}"
    )
