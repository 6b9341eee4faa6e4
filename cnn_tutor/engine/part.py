"""What one layer gives to a program; :mod:`cnn_tutor.engine.program` puts the parts together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cnn_tutor.engine.arrays import Array

CHANNELS_LAST = "Lambda(lambda x: x.permute(0, 2, 3, 1))"
CHANNELS_FIRST = "Lambda(lambda x: x.permute(0, 3, 1, 2))"
"""PyTorch keeps its images as (C, H, W): where the order counts, they are turned round."""


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
