"""How many steps regular expressions take: done again in Python, letter by letter, and counted.

They are what takes a square of a text's length, or never ends, without a line of Python gone
through. It does what ``re`` does, as far as the patterns that are counted need it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _compiler, _parser
from re import _constants as kinds
from types import ModuleType
from typing import Any

import pytest

MOST = 10**6
"""Steps of one pattern; what would never end ends there."""


class Counted:
    """A pattern that counts what it takes to look for it."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.steps = 0
        self._pattern, self._tree = pattern, _parser.parse(pattern.pattern, pattern.flags)
        self._letters: dict[tuple[Any, int], re.Pattern[str]] = {}

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        end = next(self._ends(self._tree, text, at), None)
        found = self._pattern.match(text, at)
        assert end == (found and found.end())
        return found

    def search(self, text: str) -> re.Match[str] | None:
        starts = range(len(text) + 1)
        first = next((at for at in starts if any(self._ends(self._tree, text, at))), None)
        found = self._pattern.search(text)
        assert first == (found and found.start())
        return found

    def findall(self, text: str) -> list[Any]:
        for found in self._pattern.finditer(text):
            self.match(text, found.start())
        return self._pattern.findall(text)

    def _ends(self, parts: Sequence[Any], text: str, at: int) -> Iterator[int]:
        """Go through where a match of some parts can end, the first one that ``re`` finds first."""
        if not parts:
            yield at
            return
        for end in self._ends_of(*parts[0], text, at):
            yield from self._ends(parts[1:], text, end)

    def _ends_of(self, kind: Any, what: Any, text: str, at: int) -> Iterator[int]:
        self.steps += 1
        if self.steps > MOST:
            pytest.fail(f"{self._pattern.pattern} takes more than {MOST:,} steps")
        if kind is kinds.SUBPATTERN:
            yield from self._ends(what[3], text, at)
        elif kind is kinds.BRANCH:
            for branch in what[1]:
                yield from self._ends(branch, text, at)
        elif kind is kinds.MAX_REPEAT:
            yield from self._repeated(*what, text, at)
        elif kind in (kinds.ASSERT, kinds.ASSERT_NOT):
            way, part = what
            place = at if way > 0 else at - part.getwidth()[1]
            met = place >= 0 and any(True for _ in self._ends(part, text, place))
            if met == (kind is kinds.ASSERT):
                yield at
        elif self._letter(kind, what).match(text, at):
            yield at + 1

    def _repeated(self, least: int, most: int, part: Any, text: str, at: int) -> Iterator[int]:
        done = [(at, self._ends(part, text, at))]  # where each began, and the other ways it can end
        while done:
            place, ways = done[-1]
            end = next(ways, None) if len(done) <= most else None
            if end is None:
                done.pop()
                if len(done) >= least:
                    yield place
            elif end > place:
                done.append((end, self._ends(part, text, end)))

    def _letter(self, kind: Any, what: Any) -> re.Pattern[str]:
        """Return what one letter is asked for, as a pattern of its own."""
        key = kind, id(what)
        if key not in self._letters:
            tree = _parser.SubPattern(self._tree.state, [(kind, what)])
            self._letters[key] = _compiler.compile(tree, self._pattern.flags)
        return self._letters[key]


def counted(patch: pytest.MonkeyPatch, module: ModuleType) -> list[Counted]:
    """Have all patterns of a module counted, and return them."""
    found = {n: Counted(p) for n, p in vars(module).items() if isinstance(p, re.Pattern)}
    for name, pattern in found.items():
        patch.setattr(module, name, pattern)
    return list(found.values())
