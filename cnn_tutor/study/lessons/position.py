"""On which line of a TOML file a key stands."""

from __future__ import annotations

import re
import tomllib
from typing import Any

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def line_of(text: str, key: str) -> int:
    """Return the line, from 1, on which a key such as ``steps[2].task.goal`` begins.

    That is the first line with which a beginning of the text holds the key; of an item of a list
    it is the list's. It is 0 for a key that is not there.
    """
    lines = text.splitlines(keepends=True)
    parts = [name if name else int(number) for name, number in _PART.findall(key)]
    while parts and not _holds(_parsed(lines, len(lines)), parts):
        parts.pop()
    if not parts:
        return 0
    low, high = 1, len(lines)
    while low < high:  # what a longer beginning holds, a shorter one may not yet
        middle = (low + high) // 2
        whole = _whole(lines, middle)
        if _holds(_parsed(lines, whole), parts):
            high = middle
        else:
            low = whole + 1 if whole < high else high
    return _start(lines, low)


def _whole(lines: list[str], count: int) -> int:
    """The first number of lines from ``count`` on that are TOML by themselves."""
    return next(n for n in range(count, len(lines) + 1) if _parsed(lines, n) is not None)


def _start(lines: list[str], end: int) -> int:
    """The first line of the entry in which a line stands."""
    while end > 1 and _parsed(lines, end - 1) is None:
        end -= 1
    return end


def _parsed(lines: list[str], count: int) -> dict[str, Any] | None:
    try:
        return tomllib.loads("".join(lines[:count]))
    except tomllib.TOMLDecodeError:
        return None


def _holds(content: Any, parts: list[str | int]) -> bool:
    for part in parts:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True
