"""Finds every kind of layer: the tag in a saved file and the class it stands for."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from cnn_tutor.engine import layers
from cnn_tutor.engine.layer import Layer

_kinds: dict[str, type[Layer]] = {}


def register(layer: type[Layer]) -> type[Layer]:
    """Add a kind of layer from outside ``engine/layers``; works as a class decorator.

    Raises:
        ValueError: if another class has the same tag.
    """
    if _kinds.setdefault(layer.kind, layer) is not layer:
        raise ValueError(f"two layers share the tag {layer.kind!r}")
    return layer


def unregister(kind: str) -> None:
    """Take back a kind that :func:`register` added; an unknown one is ignored."""
    _kinds.pop(kind, None)


def layer_kinds() -> Mapping[str, type[Layer]]:
    """Return every kind by its tag."""
    _discover()
    return MappingProxyType(_kinds)


@cache
def _discover() -> None:
    """Register the one public class of each module in ``engine/layers``."""
    for module in pkgutil.iter_modules(layers.__path__):
        if not module.name.startswith("_"):
            found = importlib.import_module(f"{layers.__name__}.{module.name}")
            for item in vars(found).values():
                if isinstance(item, type) and getattr(item, "kind", None) == module.name:
                    register(item)
