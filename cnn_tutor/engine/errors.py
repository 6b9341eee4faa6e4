"""Why something can't be, as a reason and its numbers.

The engine speaks no language: ``reason`` is the key of a sentence in ``resources/words``.
"""

from __future__ import annotations


class Refusal(ValueError):
    """What can't be done: ``reason`` says why, ``values`` are the numbers of the sentence."""

    def __init__(self, reason: str, **values: object) -> None:
        self.reason = reason
        self.values = values
        numbers = ", ".join(f"{name}={value}" for name, value in values.items())
        super().__init__(f"{reason}: {numbers}" if numbers else reason)


class SettingError(Refusal):
    """A setting outside what its layer allows."""


class ShapeError(Refusal):
    """Tensors whose shapes do not fit each other or the layer."""
