"""What the tutor says, from ``resources/words``: Japanese and English side by side."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from cnn_tutor.bundled import bundled
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.project.plain_text import harmless
from cnn_tutor.study import numbers

LANGUAGES = ("ja", "en")

_language = "en"


def language() -> str:
    """Return the language that is spoken now: ``"ja"`` or ``"en"``."""
    return _language


def speak(language: str) -> None:
    """Say everything from now on in ``"ja"`` or ``"en"``; raises ValueError for others."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language


def say(key: str, **values: object) -> str:
    """Return a sentence in the current language, as in ``say("errors.side_limit", most=64)``.

    The key is a file's name and an entry in it; raises KeyError where there is none.
    """
    file, _, entry = key.partition(".")
    return pick(table(file)[entry]).format_map({n: _shown(v) for n, v in values.items()})


def pick(sides: Mapping[str, str]) -> str:
    """Return the side of a bilingual entry that is spoken now."""
    return sides[_language]


def both(sides: Mapping[str, str], **values: object) -> dict[str, str]:
    """Return an entry in both languages, ``{"ja": ..., "en": ...}``, with these values in it.

    A value that is itself such an entry is put in each language in its own.
    """
    return {
        side: sides[side].format_map(
            {n: v[side] if isinstance(v, Mapping) else _shown(v) for n, v in values.items()}
        )
        for side in LANGUAGES
    }


def explain(error: Refusal, here: str = "") -> str:
    """Return the sentence that says why something can't be done, and where if that is known.

    ``here`` is the layer that the learner is at, which needs no mention.
    """
    sentence = say(f"errors.{error.reason}", **error.values)
    where = getattr(error, "where", "") or error.values.get("node", "")
    where = "" if where == here else harmless(str(where), limits.MAX_WHERE)
    return f"{where}: {sentence}" if where else sentence


def name(key: str) -> str:
    """Return what a port, a setting or a kind is called, as in ``name("layers.kernel")``.

    What has no entry goes by its own name, so that a new kind of layer is shown at once.
    """
    file, _, entry = key.partition(".")
    return pick(table(file).get(entry, dict.fromkeys(LANGUAGES, entry)))


def port(kind: str, port: str) -> str:
    """Return what a port is called in a kind of layer: a filter here, weights there."""
    return pick(port_sides(kind, port))


def port_sides(kind: str, port: str) -> Mapping[str, str]:
    """Return what :func:`port` does, in both languages."""
    own = table("kinds").get(kind, {}).get("ports", {}).get(port)
    sides: Mapping[str, str] = own or table("layers").get(port, dict.fromkeys(LANGUAGES, port))
    return sides


@cache
def table(file: str) -> dict[str, Any]:
    """Return all entries of one file of words."""
    return tomllib.loads(bundled("words", f"{file}.toml").read_text("utf-8"))


def _shown(value: object) -> object:
    if isinstance(value, tuple):
        return "×".join(str(_shown(n)) for n in value)
    if isinstance(value, str):
        return harmless(value, limits.MAX_VALUE)
    return numbers.show(value) if isinstance(value, int | float) else value
