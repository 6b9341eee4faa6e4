"""Text that comes from a file or a stranger, made so that it can stand in a line of ours."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb]"
)
"""What breaks a line, turns its direction round, or is no character at all."""

_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_INSTEAD = "\ufffd"


def unseen(text: str, besides: str = "") -> str:
    """Return the first character that nobody can see, and that does things; empty for none.

    Those of ``besides`` are not meant.
    """
    return next((c for c in _UNSEEN.findall(text) if c not in besides), "")


def harmless(text: str, most: int) -> str:
    """Return a text as one line of at most so many letters, without anything that is unseen.

    What is cut ends in an ellipsis.
    """
    line = _UNSEEN.sub(lambda found: " " if found[0] in _BLANKS else _INSTEAD, text[: most + 1])
    return line if len(text) <= most else line[: most - 1] + "…"
