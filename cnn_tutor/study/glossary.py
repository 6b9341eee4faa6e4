"""What the words of convolutional networks mean, from ``resources/words/glossary.toml``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from cnn_tutor.study import words

LINK = re.compile(r"\[([^\[\]]+)\]\(([a-z]\w*)\)")
"""A term in a caption: the words that are shown, and the key of what they mean."""

_BETWEEN = {"ja": "、", "en": ", "}
_BIG_KANA = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ", "ー\u3099\u309a")
_HIRAGANA = {code + 0x60: code for code in range(0x3041, 0x3097)}


@dataclass(frozen=True)
class Term:
    """A word and what it means, in both languages and in the words of Keras and PyTorch."""

    key: str
    content: Mapping[str, Any]

    @property
    def term(self) -> str:
        """The word in the language that is spoken now."""
        return words.pick(self.content["term"])

    @property
    def other_term(self) -> str:
        """The word in the other language."""
        return str(next(t for s, t in self.content["term"].items() if s != words.language()))

    @property
    def meaning(self) -> str:
        """What it is, in one to three sentences."""
        return words.pick(self.content["meaning"])

    @property
    def also(self) -> tuple[str, ...]:
        """What else people call it."""
        names = words.pick(self.content["also"]) if "also" in self.content else ""
        return tuple(names.split(_BETWEEN[words.language()])) if names else ()

    @property
    def keras(self) -> str:
        """How it is written in Keras 3; empty where there is no word for it."""
        return str(self.content.get("keras", ""))

    @property
    def pytorch(self) -> str:
        """How it is written in PyTorch 2; empty where there is no word for it."""
        return str(self.content.get("pytorch", ""))

    @property
    def see(self) -> tuple[str, ...]:
        """The keys of the terms to read next."""
        return tuple(self.content.get("see", ()))

    def rank(self, sought: str) -> int | None:
        """Return how well it answers to folded text, 0 being best; None if it doesn't."""
        names = [*self.content["term"].values(), self.content.get("reading", "")]
        if any(_folded(name).startswith(sought) for name in names):
            return 0
        places = [names, [*self.content.get("also", {}).values()], [self.keras, self.pytorch]]
        found = (n for n, texts in enumerate(places, 1) if any(sought in _folded(t) for t in texts))
        return next(found, None)


@cache
def glossary() -> Mapping[str, Term]:
    """Return every term by its key, in the order of the file: general ones come first."""
    return MappingProxyType({key: Term(key, e) for key, e in words.table("glossary").items()})


def listed() -> list[Term]:
    """Return all terms as a dictionary lists them in the language that is spoken now."""
    return sorted(glossary().values(), key=_place)


def find(text: str) -> list[Term]:
    """Return the terms that text is part of a name or a code word of, the best first.

    Upper and lower case, full and half width, hiragana and katakana, spaces and hyphens make no
    difference. Nothing finds all, as they are listed.
    """
    sought = _folded(text)
    if not sought:
        return listed()
    ranked = [(rank, t) for t in glossary().values() if (rank := t.rank(sought)) is not None]
    return [term for _, term in sorted(ranked, key=lambda found: found[0])]


def linked(caption: str) -> list[str]:
    """Return the keys of the terms that a caption links, one after the other."""
    return [key for _, key in LINK.findall(caption)]


def plain(caption: str) -> str:
    """Return a caption without its marks: the words alone."""
    return LINK.sub(r"\1", caption).replace("**", "")


def _folded(text: str) -> str:
    """Return a text as it is compared: ``"Max-Pooling"`` and ``"maxpooling"`` are alike."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("×", "x")
    return re.sub(r"[\s_‐-]", "", plain.translate(_HIRAGANA))


def _place(term: Term) -> tuple[str, str]:
    """Return where a dictionary has a term: by its sound in Japanese, dots and size aside."""
    name = term.content.get("reading", term.term) if words.language() == "ja" else term.term
    sound = _folded(name)
    return unicodedata.normalize("NFD", sound).translate(_BIG_KANA), sound
