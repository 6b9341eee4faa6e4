"""Arrays as the engine passes them: by the name of their port, in floats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from cnn_tutor.engine.explanation import Shape

Array = npt.NDArray[Any]


def as_floats(tensor: Array) -> Array:
    """Return the tensor as it is if it holds floats, else as float64."""
    array = np.asarray(tensor)
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def shapes_of(tensors: Mapping[str, Array]) -> dict[str, Shape]:
    """Return the shape of each tensor by its port."""
    return {port: np.shape(tensor) for port, tensor in tensors.items()}
