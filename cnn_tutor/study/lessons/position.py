"""On which line of a TOML file a key stands."""

from __future__ import annotations

import re
import tomllib
from typing import Any

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")

_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_BEGINNING = re.compile(
    rf"\s*(?:\[\[?\s*{_NAME}(?:\s*\.\s*{_NAME})*\s*\]|{_NAME}(?:\s*\.\s*{_NAME})*\s*=)", re.ASCII
)
"""How a line looks on which an entry or a table begins; within a text any line may look so."""

_MOST_TRIES = 60
"""So many beginnings of a text are read at most: one that is made to be slow is no use to anyone."""


def line_of(text: str, key: str) -> int:
    """Return the line, from 1, on which a key such as ``steps[2].task.goal`` begins.

    That is where the first beginning of the text ends that holds the key; of an item of a list it
    is the list's. It is 0 for a key that is not there.
    """
    parts = [name if name else int(number) for name, number in _PART.findall(key)]
    while parts and not _holds(_parsed(text), parts):
        parts.pop()
    if not parts:
        return 0
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if _BEGINNING.match(line)]
    # The entry that begins with starts[i] ends where starts[i + 1] begins, if that is no part of it.
    low, high, tries = 0, len(starts) - 1, 0
    while low < high and tries < _MOST_TRIES:
        middle = end = (low + high) // 2
        content = None
        while end < high and content is None and tries < _MOST_TRIES:
            tries += 1
            content = _parsed("\n".join(lines[: starts[end + 1]]))
            end += content is None
        if content is None or _holds(content, parts):
            high = middle
        else:
            low = end + 1
    return starts[low] + 1


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _holds(content: Any, parts: list[str | int]) -> bool:
    for part in parts:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True
