"""How a convolution is written in each framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.listing import call
from cnn_tutor.engine.part import Module, Part, variable
from cnn_tutor.engine.window import Padding, Pair, Window


@dataclass(frozen=True)
class Settings:
    """The settings of a convolution; ``windows`` are those over its rows and columns."""

    strides: Pair
    padding: Padding
    dilation_rate: Pair
    groups: int
    windows: tuple[Window, ...]


def parts(layer: Settings, tensors: Mapping[str, Array], name: str) -> dict[str, Part]:
    """Return the parts of a convolution; see :meth:`Layer.parts`."""
    names = {port: variable(port, name) for port in ("kernel", "bias") if port in tensors}
    return {
        "Keras": _keras(layer, tensors, names, name),
        "PyTorch": _pytorch(layer, tensors, names),
        "NumPy": _numpy(layer, tensors, names),
    }


def _keras(
    layer: Settings,
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


def _pytorch(
    layer: Settings,
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


def _numpy(
    layer: Settings,
    tensors: Mapping[str, Array],
    names: Mapping[str, str],
) -> Part:
    rows, columns = layer.windows
    kernel, bias = names["kernel"], names.get("bias")
    depth, filters = tensors["kernel"].shape[2:]
    pad = ""
    if rows.pads != (0, 0) or columns.pads != (0, 0):
        pad = f"x = np.pad(x, ({rows.pads}, {columns.pads}, (0, 0)))\n"
    body = f"y[i, j] = np.tensordot(\n            window, {kernel}, 3)"
    body += f" + {bias}" if bias else ""
    if layer.groups > 1:
        share = filters // layer.groups
        body = (
            f"for f in range({filters}):\n            c = f // {share} * {depth}\n"
            f"            y[i, j, f] = (window[..., c : c + {depth}]\n"
            f"                * {kernel}[..., f]).sum(){f' + {bias}[f]' if bias else ''}"
        )
    return Part(
        arrays=_arrays(tensors, names),
        body=f"{pad}y = np.zeros(({rows.positions}, {columns.positions}, {filters}))\n"
        f"for i in range({rows.positions}):\n    for j in range({columns.positions}):\n"
        f"        window = x[{span(rows, 'i')},\n                   {span(columns, 'j')}]\n"
        f"        {body}",
    )


def _arrays(tensors: Mapping[str, Array], names: Mapping[str, str]) -> dict[str, Array]:
    return {written: tensors[port] for port, written in names.items()}


def span(window: Window, name: str) -> str:
    """Write the slice that a window at the position of that name reads along its axis."""
    start = name if window.stride == 1 else f"{window.stride} * {name}"
    step = "" if window.dilation == 1 else f" : {window.dilation}"
    return f"{start} : {start} + {window.extent}{step}"
