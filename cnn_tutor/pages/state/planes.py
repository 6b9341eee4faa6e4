"""The planes of a tensor: what each is called, and what it looks like as a grid."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from cnn_tutor.engine.explanation import OUTPUT, Index, Shape
from cnn_tutor.study import naming, words


class Plane(NamedTuple):
    """One plane of a tensor: its grid's name and its place on the axes after the first two."""

    name: str
    suffix: Index


def planes(port: str, shape: Shape) -> list[Plane]:
    """Return every plane of a tensor.

    A single plane goes by the port's own name, as ``x``; others as ``x[2]`` or ``kernel[2,0]``.
    """
    suffixes = list(itertools.product(*map(range, shape[2:])))
    if len(suffixes) == 1:
        return [Plane(port, suffixes[0])]
    return [Plane(plane_name(port, suffix), suffix) for suffix in suffixes]


def plane_name(port: str, suffix: Index) -> str:
    """Return the name of one of several planes."""
    return f"{port}[{','.join(map(str, suffix))}]"


def grid_size(shape: Shape) -> tuple[int, int]:
    """Return the rows and columns of a plane; a tensor with one axis is a column."""
    return (shape[0], 1) if len(shape) == 1 else (shape[0], shape[1])


def title(name: str, port: str, suffix: Index, shape: Shape, pixels: bool) -> tuple[str, str]:
    """Return what a plane is called, and what may be left out where room is short.

    ``name`` is what its port is called.
    """
    size = "×".join(map(str, grid_size(shape)))
    detail = "" if size == "1×1" else size
    if len(shape) == 4:
        filters = f"{name} {suffix[1] + 1}" if shape[3] > 1 else name
        return filters, f"· {channel(suffix[0], pixels)}" if shape[2] > 1 else detail
    if len(shape) == 3 and shape[2] > 1:
        if port == "x":
            return channel(suffix[0], pixels), detail
        return f"{name} {channel(suffix[0], False)}", detail
    return name, detail


def channel(place: int, pixels: bool) -> str:
    """Return what a channel is called: Red, or CH1."""
    return words.pick(naming.plain_channel_name(place, pixels))


def tinted(port: str, shape: Shape) -> bool:
    """Say whether the planes of a port carry the colour of the input's channel they belong to."""
    return port != OUTPUT and len(shape) > 2 and shape[2] > 1
