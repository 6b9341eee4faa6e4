"""The comments in programs, in the language that is spoken: the engine writes them in English."""

from __future__ import annotations

import re
from functools import cache

from cnn_tutor.study import words

_CALL = "…"
"""Stands for a call in the text of a comment."""


def translated(program: str) -> str:
    """Return a program with every comment that ``comments.toml`` knows as it is said now."""
    for sides in words.table("comments").values():
        said = words.pick(sides)
        if said != sides["en"]:
            program = _replaced(program, sides["en"], said)
    return program


@cache
def _pattern(known: str) -> re.Pattern[str]:
    first, *others = (re.escape(line) for line in known.split("\n"))
    pattern = f"# {first}" + "".join(rf"\n *# {line}" for line in others) + "$"
    return re.compile(pattern.replace(re.escape(_CALL), "(?P<call>.+)"), re.MULTILINE)


def _replaced(program: str, known: str, said: str) -> str:
    def comment(match: re.Match[str]) -> str:
        start = program.rfind("\n", 0, match.start()) + 1
        indent = " " * (match.start() - start)
        call = match.groupdict().get("call", "")
        return "\n".join(
            f"{indent if n else ''}# {line}"
            for n, line in enumerate(said.replace(_CALL, call).split("\n"))
        )

    return _pattern(known).sub(comment, program)
