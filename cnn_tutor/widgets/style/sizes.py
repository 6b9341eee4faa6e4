"""Sizes that several places have to agree on."""

from __future__ import annotations

SCROLL_BAR = 12
"""Width of a scroll bar, in pixels; the style sheet draws it so."""

DIGIT = 0.58
"""The width of a digit beside its height, a little generously."""
