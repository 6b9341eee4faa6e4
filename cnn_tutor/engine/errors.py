"""Why something can't be, as a reason and its numbers.

The engine speaks no language: ``reason`` is the key of a sentence in ``resources/words``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Refusal(ValueError):
    """What can't be done: ``reason`` says why, ``values`` are the numbers of the sentence."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values

    def __str__(self) -> str:
        numbers = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.reason}: {numbers}" if numbers else self.reason


class SettingError(Refusal):
    """A setting outside what its layer allows."""


class ShapeError(Refusal):
    """Tensors whose shapes do not fit each other or the layer."""


@contextmanager
def naming(node: str, **values: object) -> Iterator[None]:
    """Say of any refusal which ``node`` it is about, and more, where it doesn't say so itself."""
    try:
        yield
    except Refusal as refusal:
        refusal.values = {"node": node, **values, **refusal.values}
        raise
