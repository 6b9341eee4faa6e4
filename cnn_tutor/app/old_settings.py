"""Takes over what earlier versions remembered, in a file of Qt's own, without letting Qt read it.

Qt makes objects of any kind out of such a file, and runs what they say while it does. Here a value
is a text or a list of texts; whatever else stands there is left out.
"""

from __future__ import annotations

import re

from cnn_tutor.project import limits
from cnn_tutor.project.reading import content

_HEADINGS = {"General": "", "lessons": "lessons/"}
"""The parts of the file, and what stands before their keys."""

_OBJECT = "@"
"""What a value begins with that is no text."""

_SPACES = " \t"
_KEY = re.compile(r"%U([0-9A-F]{4})|%([0-9A-F]{2})")
_SIGN = re.compile(
    r'\\x(?P<number>[0-9A-Fa-f]{1,4})(?![0-9A-Fa-f])|\\(?P<letter>[abfnrtv"?\'\\])'
    r'|(?P<odd>\\)|(?P<quote>")|(?P<comma>,)|(?P<space>[ \t])|(?P<plain>.)'
)
_LETTERS = dict(zip("abfnrtv", "\a\b\f\n\r\t\v", strict=True))


def read_old(path: str) -> dict[str, str | list[str]]:
    """Return the texts, and lists of them, by their keys; nothing for a file that can't be read."""
    try:
        data = content(path, limits.MAX_SETTINGS_BYTES)
        lines = re.split(r"[\r\n]+", (data or b"").decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return {}
    found: dict[str, str | list[str]] = {}
    before: str | None = _HEADINGS["General"]
    for line in (line.strip(_SPACES) for line in lines):
        if line.startswith("["):
            before = _HEADINGS.get(line[1:-1]) if line.endswith("]") else None
            continue
        key, equals, value = line.partition("=")
        texts = _texts(value.strip(_SPACES)) if equals and before is not None else None
        if texts is not None and not any(text.startswith(_OBJECT) for text in texts):
            name = f"{before}{_KEY.sub(_letter, key.strip(_SPACES))}"
            found[_whole(name)] = texts if len(texts) > 1 else texts[0]
    return found


def _texts(value: str) -> list[str] | None:
    """Return the parts of a value that commas are between; None for what Qt never writes."""
    texts, text, spaces, inside = [], "", "", False
    for match in _SIGN.finditer(value):
        kind, sign = match.lastgroup, match[0]
        if kind == "odd":
            return None
        if kind == "quote":
            inside = not inside
        elif kind == "comma" and not inside:
            texts.append(text)
            text, spaces = "", ""
        elif kind == "space" and not inside:
            spaces += sign if text else ""  # those at either end are none of the text's
        else:
            text += spaces + _meant(match)
            spaces = ""
    return None if inside else [_whole(t) for t in (*texts, text)]


def _meant(match: re.Match[str]) -> str:
    """Return the sign that stands for itself, or that an escape stands for."""
    if match["number"]:
        return chr(int(match["number"], 16))
    letter: str = match["letter"] or match[0]
    return _LETTERS.get(letter, letter) if match["letter"] else letter


def _letter(match: re.Match[str]) -> str:
    return chr(int(match[1] or match[2], 16))


def _whole(text: str) -> str:
    """Return a text with the halves put together that a sign may be written in."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
