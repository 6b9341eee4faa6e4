"""How layers are written in each framework, where it takes more than a call.

PyTorch keeps its images as (C, H, W): where the order of the axes counts, they are turned round.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.listing import call, number
from cnn_tutor.engine.part import Module, Part, variable

_LAST = "Lambda(lambda x: x.permute(0, 2, 3, 1))"
_FIRST = "Lambda(lambda x: x.permute(0, 3, 1, 2))"


def dense(tensors: Mapping[str, Array], name: str) -> dict[str, Part]:
    """Return the parts of a fully connected layer; of an image it reads the channels."""
    size, units = tensors["kernel"].shape
    names = {port: variable(port, name) for port in ("kernel", "bias") if port in tensors}
    arrays = {written: tensors[port] for port, written in names.items()}
    kernel, bias = names["kernel"], names.get("bias")
    made = call("keras.layers.Dense", units, **({} if bias else {"use_bias": False}))
    keras = Module(made, (f".set_weights([{', '.join(names.values())}])",))
    fill = [f".weight.copy_(torch.tensor({kernel}).T)"]
    if bias:
        fill.append(f".bias.copy_(torch.tensor({bias}))")
    made = call("nn.Linear", size, units, **({} if bias else {"bias": False}))
    pytorch = [Module(made, tuple(fill))]
    if tensors["x"].ndim == 3:
        why = "The last axis is what nn.Linear reads:\nthe channels go there and back."
        pytorch = [Module(_LAST, why=why), *pytorch, Module(_FIRST)]
    return {
        "Keras": Part((keras,), arrays),
        "PyTorch": Part(tuple(pytorch), arrays),
        "NumPy": Part(arrays=arrays, body=f"y = x @ {kernel}" + (f" + {bias}" if bias else "")),
    }


def flatten(tensors: Mapping[str, Array]) -> dict[str, Part]:
    """Return the parts of a layer that writes an image as one row, the channels fastest."""
    pytorch = [Module("nn.Flatten()")]
    if tensors["x"].ndim == 3:
        why = "The board's order, as in Keras: channels last."
        pytorch.insert(0, Module(_LAST, why=why))
    return {
        "Keras": Part((Module("keras.layers.Flatten()"),)),
        "PyTorch": Part(tuple(pytorch)),
        "NumPy": Part(body="y = x.reshape(-1)"),
    }


def dropout(
    rate: float, training: bool, tensors: Mapping[str, Array], name: str
) -> dict[str, Part]:
    """Return the parts of a dropout: with the mask on the board in training, else as it is."""
    share = number(rate)
    if not training:
        keras = Module(f"keras.layers.Dropout({share})", why="Drops only in training.")
        pytorch = Module(f"nn.Dropout({share}).eval()", why="Drops only in training.")
        return {
            "Keras": Part((keras,)),
            "PyTorch": Part((pytorch,)),
            "NumPy": Part(body="y = x  # drops only in training"),
        }
    mask = variable("mask", name)
    arrays = {mask: np.broadcast_to(tensors["mask"], tensors["x"].shape)}
    channels_first = ".permute(2, 0, 1)" if tensors["x"].ndim == 3 else ""
    why = "{} draws a mask of its own;\nthis one is the mask on the board."
    keras = Module(
        f"keras.layers.Lambda(\n    lambda x: x * keras.ops.array({mask})\n    / (1 - {share}))",
        why=why.format(f"keras.layers.Dropout({share})"),
    )
    pytorch = Module(
        f"Lambda(\n    lambda x: x * torch.tensor({mask}){channels_first}\n    / (1 - {share}))",
        why=why.format(f"nn.Dropout({share})"),
    )
    return {
        "Keras": Part((keras,), arrays),
        "PyTorch": Part((pytorch,), arrays),
        "NumPy": Part(arrays=arrays, body=f"y = x * {mask} / (1 - {share})"),
    }
