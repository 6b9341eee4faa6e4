"""On which line of a TOML file a key stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from cnn_tutor.project import limits

# None of these has possessive quantifiers: Python before 3.11.5 takes what is in them wrong. No two
# ways of going on begin with the same letter instead, so that nothing is tried twice.
_BASIC, _LITERAL = r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"', r"'[^'\n]*'"
_NAME = rf"(?:[\w-]+|{_BASIC}|{_LITERAL})"
_DOT = r"[ \t]*\.[ \t]*"
_KEY = rf"{_NAME}(?:{_DOT}{_NAME})*"

_PART = re.compile(_NAME, re.ASCII)
_BLANK = re.compile(r"(?:[ \t\n]+|\#[^\n]*)*")
_HEADER = re.compile(rf"\[(?P<many>\[)?[ \t]*(?P<key>{_KEY})[ \t]*\]\]?", re.ASCII)
_ENTRY = re.compile(rf"(?P<key>{_KEY})[ \t]*=", re.ASCII)
_TOKEN = re.compile(
    r""""{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3,5}|'{3}[^']*(?:'(?!'')[^']*)*'{3,5}"""
    rf"|{_BASIC}|{_LITERAL}|\#[^\n]*"
    r"|(?P<open>[\[{])|(?P<close>[\]}])|(?P<end>\n)|[^\"'\#\[\]{}\n]+|.",
    re.DOTALL,
)

_LONG = re.compile(
    rf"""(?<![\w."'\\-])(?:{_NAME}{_DOT}){{{limits.MAX_KEY_PARTS}}}(?=[\w"'-])""", re.ASCII
)


def overlong(text: str) -> int:
    """Return the line, from 1, of a key of too many parts; 0 for none."""
    found = _LONG.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def line_of(text: str, key: str) -> int:
    """Return the line, from 1, on which a key such as ``steps[2].task.goal`` begins.

    It is that of the entry or the table; of an item of a list it is the list's. Of a key that is
    not there it is that of the last one on the way to it, and 0 if nothing of it is there.
    """
    best, place = 0, 0
    for reached, start in _reached(text, key):
        if reached > best:
            best, place = reached, start
    return text.count("\n", 0, place) + 1 if best else 0


def _reached(text: str, key: str) -> Iterator[tuple[int, int]]:
    """For each entry and table, how much of the key it has from the start, and where it begins."""
    last: dict[str, int] = {}  # of each list of tables its last item
    table, whole, place = 0, True, 0
    while True:
        blank = _BLANK.match(text, place)
        place = blank.end() if blank else place
        header, entry = _HEADER.match(text, place), _ENTRY.match(text, place)
        if header:
            table, whole = _of_table(key, _names(header["key"]), bool(header["many"]), last)
            yield table, place
            place = header.end()
        elif entry:
            if whole:
                yield _follow(key, table, _names(entry["key"]))[0], place
            place = _end_of_value(text, entry.end())
        else:
            return


def _of_table(key: str, names: list[str], many: bool, last: dict[str, int]) -> tuple[int, bool]:
    """Return how much of a key a table has, and whether that is all of the table's own name."""
    path, reached, whole = "", 0, True
    for n, name in enumerate(names):
        path = f"{path}.{name}" if path else name
        if many and n == len(names) - 1:
            last[path] = last.get(path, -1) + 1
        if whole:
            reached, whole = _follow(key, reached, [name])
        if path in last:
            item = f"[{last[path]}]"
            path += item
            if whole and key.startswith(item, reached):
                reached += len(item)
            else:
                whole = False
    return reached, whole


def _follow(key: str, reached: int, names: list[str]) -> tuple[int, bool]:
    """Go on along a key by some names, as far as they are in it; say whether all were."""
    for name in names:
        part = f".{name}" if reached else name
        end = reached + len(part)
        if not key.startswith(part, reached) or key[end : end + 1] not in ("", ".", "["):
            return reached, False
        reached = end
    return reached, True


def _names(key: str) -> list[str]:
    """Return the names of a dotted key as they are meant: what is quoted without its quotes."""
    parts = _PART.findall(key)
    if '"' not in key and "'" not in key:
        return parts
    return [next(iter(tomllib.loads(f"{part} = 0"))) for part in parts]


def _end_of_value(text: str, place: int) -> int:
    depth = 0
    while (token := _TOKEN.match(text, place)) is not None:
        place = token.end()
        depth += (token["open"] is not None) - (token["close"] is not None)
        if token["end"] and depth <= 0:
            break
    return place
