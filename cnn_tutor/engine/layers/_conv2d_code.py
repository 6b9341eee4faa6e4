"""The programs that :class:`~cnn_tutor.engine.layers.conv2d.Conv2D` shows beside its numbers.

Each is written so that running it prints the very output on the board. ``NUMBERS`` stands where
the layer puts its arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cnn_tutor.engine.layer import Array
from cnn_tutor.engine.listing import Name, call
from cnn_tutor.engine.window import Window

if TYPE_CHECKING:
    from cnn_tutor.engine.layers.conv2d import Conv2D

Writer = Callable[["Conv2D", Mapping[str, Array], tuple[Window, Window]], str]


def _keras(layer: Conv2D, arrays: Mapping[str, Array], windows: tuple[Window, Window]) -> str:
    kernel = arrays["kernel"]
    size, spread = kernel.shape[:2], ""
    settings: dict[str, Any] = {}
    if max(layer.strides) > 1:
        settings["strides"] = layer.strides
    if max(layer.dilation_rate) > 1 and max(layer.strides) > 1:
        # Keras refuses both at once, so the filter itself is spread out with zeros.
        size = (windows[0].extent, windows[1].extent)
        down, across = layer.dilation_rate
        shape = (*size, *kernel.shape[2:])
        spread = f"spread = np.zeros({shape})\nspread[::{down}, ::{across}] = kernel\n"
    elif max(layer.dilation_rate) > 1:
        settings["dilation_rate"] = layer.dilation_rate
    pad = ""
    if layer.padding == "same":
        settings["padding"] = "same"
    elif layer.padding != "valid":
        pad = f'pad = keras.layers.ZeroPadding2D(\n    {layer.padding}, dtype="float64")\n'
    if layer.groups > 1:
        settings["groups"] = layer.groups
    biased = "bias" in arrays
    if not biased:
        settings["use_bias"] = False
    made = call("keras.layers.Conv2D", kernel.shape[3], size, **settings, dtype="float64")
    weights = ["spread" if spread else "kernel", *(["bias"] if biased else [])]
    image = "pad(x[None])" if pad else "x[None]"
    return (
        f"import keras\nimport numpy as np\n\n{pad}layer = {made}\n\n"
        f"NUMBERS\n{spread}\nimage = {image}\nlayer.build(image.shape)\n"
        f"layer.set_weights([{', '.join(weights)}])\n"
        "y = keras.ops.convert_to_numpy(layer(image))[0]\nprint(np.moveaxis(y, -1, 0))\n"
    )


def _pytorch(layer: Conv2D, arrays: Mapping[str, Array], windows: tuple[Window, Window]) -> str:
    kernel = arrays["kernel"]
    settings: dict[str, Any] = {}
    if max(layer.strides) > 1:
        settings["stride"] = layer.strides
    pads = tuple(window.pads for window in windows)
    pad = ""
    if layer.padding == "same" and max(layer.strides) == 1:
        settings["padding"] = "same"
    elif all(before == after for before, after in pads):
        if pads != ((0, 0), (0, 0)):
            settings["padding"] = (pads[0][0], pads[1][0])
    else:
        (top, bottom), (left, right) = pads
        pad = f"pad = nn.ZeroPad2d(({left}, {right}, {top}, {bottom}))\n"
    if max(layer.dilation_rate) > 1:
        settings["dilation"] = layer.dilation_rate
    if layer.groups > 1:
        settings["groups"] = layer.groups
    biased = "bias" in arrays
    if not biased:
        settings["bias"] = False
    made = call(
        "nn.Conv2d",
        arrays["x"].shape[-1],
        kernel.shape[3],
        kernel.shape[:2],
        **settings,
        dtype=Name("torch.float64"),
    )
    image = "torch.tensor(x).permute(2, 0, 1)"
    return (
        f"import numpy as np\nimport torch\nfrom torch import nn\n\n{pad}layer = {made}\n\n"
        f"NUMBERS\n\nimage = {f'pad({image})' if pad else image}\nwith torch.no_grad():\n"
        "    layer.weight.copy_(\n        torch.tensor(kernel).permute(3, 2, 0, 1))\n"
        + ("    layer.bias.copy_(torch.tensor(bias))\n" if biased else "")
        + "    y = layer(image[None])[0]\nprint(y.numpy())\n"
    )


def _numpy(layer: Conv2D, arrays: Mapping[str, Array], windows: tuple[Window, Window]) -> str:
    rows, columns = windows
    kernel = arrays["kernel"]
    depth, filters = kernel.shape[2:]
    pad = ""
    if rows.pads != (0, 0) or columns.pads != (0, 0):
        pad = f"x = np.pad(x, ({rows.pads}, {columns.pads}, (0, 0)))\n"

    def span(window: Window, name: str) -> str:
        start = name if window.stride == 1 else f"{window.stride} * {name}"
        step = "" if window.dilation == 1 else f":{window.dilation}"
        return f"{start} : {start} + {window.extent}{step}"

    biased = "bias" in arrays
    body = "y[:, i, j] = np.tensordot(\n            window, kernel, 3)"
    body += " + bias" if biased else ""
    if layer.groups > 1:
        share = filters // layer.groups
        body = (
            f"for f in range({filters}):\n            c = f // {share} * {depth}\n"
            f"            y[f, i, j] = (window[..., c : c + {depth}]\n"
            f"                * kernel[..., f]).sum(){' + bias[f]' if biased else ''}"
        )
    return (
        f"import numpy as np\n\nNUMBERS\n\n{pad}"
        f"y = np.zeros(({filters}, {rows.positions}, {columns.positions}))\n"
        f"for i in range({rows.positions}):\n    for j in range({columns.positions}):\n"
        f"        window = x[{span(rows, 'i')},\n                   {span(columns, 'j')}]\n"
        f"        {body}\nprint(y)\n"
    )


PROGRAMS: Mapping[str, Writer] = MappingProxyType(
    {"Keras": _keras, "PyTorch": _pytorch, "NumPy": _numpy}
)
