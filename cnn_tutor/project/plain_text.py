"""Text that comes from a file or a stranger, made so that it can stand in a line of ours."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
"""What breaks a line, turns its direction round, or is no character at all."""

_BLANK = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]*"
)
"""Blanks, what Unicode lets a font draw nothing for, and letters that are drawn as nothing."""

_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_INSTEAD = "\ufffd"


def unseen(text: str, besides: str = "") -> str:
    """Return the first character that nobody can see, and that does things; empty for none.

    Those of ``besides`` are not meant.
    """
    return next((c for c in _UNSEEN.findall(text) if c not in besides), "")


def blank(text: str) -> bool:
    """Say whether there is nothing to see in a text."""
    return _BLANK.fullmatch(text) is not None


def harmless(text: str, most: int) -> str:
    """Return a text as one line of at most so many letters, without anything that is unseen.

    What is cut ends in an ellipsis.
    """
    line = _UNSEEN.sub(lambda found: " " if found[0] in _BLANKS else _INSTEAD, text[: most + 1])
    return line if len(text) <= most else line[: most - 1] + "…"


def encodable(text: str) -> str:
    """Return a text that can be written as UTF-8, as some names of files and half letters can't."""
    return text.encode("utf-8", "replace").decode()
