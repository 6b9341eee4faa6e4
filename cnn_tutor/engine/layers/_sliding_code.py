"""How layers with a sliding window are written in each framework.

The padding of a pooling window is left out of it: zeros would be numbers like any others. Both
frameworks have that for some paddings only; for the rest the program does it step by step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.part import Module, Name, Part, call, variable
from cnn_tutor.engine.window import Padding, Pair, Window

_NONE = ((0, 0), (0, 0))


@dataclass(frozen=True)
class Convolution:
    """The settings of a convolution; ``windows`` are those over its rows and columns."""

    strides: Pair
    padding: Padding
    dilation_rate: Pair
    groups: int
    windows: tuple[Window, ...]


def conv_parts(layer: Convolution, tensors: Mapping[str, Array], name: str) -> dict[str, Part]:
    """Return the parts of a convolution; see :meth:`Layer.parts`."""
    names = {port: variable(port, name) for port in ("kernel", "bias") if port in tensors}
    return {
        "Keras": _conv_keras(layer, tensors, names, name),
        "PyTorch": _conv_pytorch(layer, tensors, names),
        "NumPy": _conv_numpy(layer, tensors, names),
    }


def _conv_keras(
    layer: Convolution,
    tensors: Mapping[str, Array],
    names: Mapping[str, str],
    name: str,
) -> Part:
    rows, columns = layer.windows
    kernel = tensors["kernel"]
    size, weights, prepare = kernel.shape[:2], list(names.values()), []
    settings: dict[str, Any] = {}
    if max(layer.strides) > 1:
        settings["strides"] = layer.strides
    if max(layer.dilation_rate) > 1 and max(layer.strides) > 1:
        size = (rows.extent, columns.extent)
        down, across = layer.dilation_rate
        spread = variable("spread", name)
        prepare = [
            "# Keras won't stride and dilate at once:",
            "# zeros between the weights do the same.",
            f"{spread} = np.zeros({(*size, *kernel.shape[2:])})",
            f"{spread}[::{down}, ::{across}] = {weights[0]}",
        ]
        weights[0] = spread
    elif max(layer.dilation_rate) > 1:
        settings["dilation_rate"] = layer.dilation_rate
    modules = []
    if layer.padding == "same":
        settings["padding"] = "same"
    elif layer.padding != "valid":
        modules.append(Module(call("keras.layers.ZeroPadding2D", layer.padding)))
    if layer.groups > 1:
        settings["groups"] = layer.groups
    if "bias" not in names:
        settings["use_bias"] = False
    made = call("keras.layers.Conv2D", kernel.shape[3], size, **settings)
    modules.append(Module(made, (f".set_weights([{', '.join(weights)}])",)))
    return Part(tuple(modules), _arrays(tensors, names), tuple(prepare))


def _conv_pytorch(
    layer: Convolution,
    tensors: Mapping[str, Array],
    names: Mapping[str, str],
) -> Part:
    kernel = tensors["kernel"]
    settings: dict[str, Any] = {}
    if max(layer.strides) > 1:
        settings["stride"] = layer.strides
    (top, bottom), (left, right) = (window.pads for window in layer.windows)
    modules = []
    if layer.padding == "same" and max(layer.strides) == 1:
        settings["padding"] = "same"
    elif top != bottom or left != right:
        modules.append(Module(f"nn.ZeroPad2d(({left}, {right}, {top}, {bottom}))"))
    elif top or left:
        settings["padding"] = (top, left)
    if max(layer.dilation_rate) > 1:
        settings["dilation"] = layer.dilation_rate
    if layer.groups > 1:
        settings["groups"] = layer.groups
    if "bias" not in names:
        settings["bias"] = False
    channels, filters = tensors["x"].shape[-1], kernel.shape[3]
    made = call("nn.Conv2d", channels, filters, kernel.shape[:2], **settings)
    fill = [f".weight.copy_(\n    torch.tensor({names['kernel']}).permute(3, 2, 0, 1))"]
    if "bias" in names:
        fill.append(f".bias.copy_(torch.tensor({names['bias']}))")
    modules.append(Module(made, tuple(fill)))
    return Part(tuple(modules), _arrays(tensors, names))


def _conv_numpy(
    layer: Convolution,
    tensors: Mapping[str, Array],
    names: Mapping[str, str],
) -> Part:
    kernel, bias = names["kernel"], names.get("bias")
    depth, filters = tensors["kernel"].shape[2:]
    body = f"y[i, j] = np.tensordot(\n            window, {kernel}, 3)"
    body += f" + {bias}" if bias else ""
    if layer.groups > 1:
        share = filters // layer.groups
        body = (
            f"for f in range({filters}):\n            c = f // {share} * {depth}\n"
            f"            y[i, j, f] = (window[..., c : c + {depth}]\n"
            f"                * {kernel}[..., f]).sum(){f' + {bias}[f]' if bias else ''}"
        )
    pad = ""
    if any(window.pads != (0, 0) for window in layer.windows):
        rows, columns = layer.windows
        pad = f"x = np.pad(x, ({rows.pads}, {columns.pads}, (0, 0)))\n"
    body = pad + _over_windows(layer.windows, filters, body)
    return Part(arrays=_arrays(tensors, names), body=body)


def _arrays(tensors: Mapping[str, Array], names: Mapping[str, str]) -> dict[str, Array]:
    return {written: tensors[port] for port, written in names.items()}


def max_parts(
    windows: tuple[Window, ...], padding: Padding, tensors: Mapping[str, Array]
) -> dict[str, Part]:
    """Return the parts of a max pooling with these windows; see :meth:`Layer.parts`."""
    (top, bottom), (left, right) = pads = tuple(window.pads for window in windows)
    settings = _pool_settings(windows, "strides")
    if padding == "same":
        settings["padding"] = "same"
    keras = [Module(call("keras.layers.MaxPooling2D", *_size(windows), **settings))]
    if padding != "same" and pads != _NONE:
        around = ((0, 0), *pads, (0, 0))
        fill = call("keras.ops.pad", Name("x"), around, constant_values=Name("-np.inf"))
        why = "MaxPooling2D has no such padding;\n-inf is never the largest."
        keras.insert(0, Module(f"keras.layers.Lambda(lambda x: {fill})", why=why))
    settings = _pool_settings(windows, "stride")
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
        "NumPy": _pool_numpy(windows, tensors, "-np.inf", "window.max((0, 1))"),
    }


def average_parts(
    windows: tuple[Window, ...], padding: Padding, tensors: Mapping[str, Array], name: str
) -> dict[str, Part]:
    """Return the parts of an average pooling with these windows; see :meth:`Layer.parts`."""
    (top, bottom), (left, right) = pads = tuple(window.pads for window in windows)
    function = variable("inside_mean", name)
    settings = _pool_settings(windows, "strides")
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
    settings = _pool_settings(windows, "stride")
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
        "NumPy": _pool_numpy(windows, tensors, "np.nan", numpy),
    }


def _size(windows: tuple[Window, ...]) -> tuple[Any, ...]:
    return (tuple(window.size for window in windows),)


def _pool_settings(windows: tuple[Window, ...], strides: str) -> dict[str, Any]:
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


def _pool_numpy(
    windows: tuple[Window, ...], tensors: Mapping[str, Array], filling: str, fold: str
) -> Part:
    pads = tuple(window.pads for window in windows)
    pad = ""
    if pads != _NONE:
        pad = (
            "# The padding is left out of what is pooled.\n"
            f"x = np.pad(x, {(*pads, (0, 0))},\n           constant_values={filling})\n"
        )
    return Part(body=pad + _over_windows(windows, tensors["x"].shape[-1], f"y[i, j] = {fold}"))


def _over_windows(windows: tuple[Window, ...], channels: int, body: str) -> str:
    rows, columns = windows
    return (
        f"y = np.zeros(({rows.positions}, {columns.positions}, {channels}))\n"
        f"for i in range({rows.positions}):\n    for j in range({columns.positions}):\n"
        f"        window = x[{_span(rows, 'i')},\n                   {_span(columns, 'j')}]\n"
        f"        {body}"
    )


def _span(window: Window, name: str) -> str:
    """Write the slice that a window at the position of that name reads along its axis."""
    start = name if window.stride == 1 else f"{window.stride} * {name}"
    step = "" if window.dilation == 1 else f" : {window.dilation}"
    return f"{start} : {start} + {window.extent}{step}"
