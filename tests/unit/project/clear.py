"""What a message about a strange file or a strange text has to be like."""

from __future__ import annotations

import re
import string

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project.plain_text import unseen
from cnn_tutor.study import words

LONGEST = 480
_OURS = re.compile(r"Traceback|object at 0x|msgspec|numpy\.|Error:|<class|Infinity|\binf\b|\bnan\b")


def explained(error: Refusal) -> dict[str, str]:
    """Return the message in both languages, which has to be one clear line in each."""
    found, before = {}, words.language()
    try:
        for language in words.LANGUAGES:
            words.speak(language)
            found[language] = words.explain(error)
    finally:
        words.speak(before)
    for language, text in found.items():
        assert_clear(text, error, language)
    return found


def assert_clear(text: str, error: Refusal, language: str) -> None:
    assert text.strip()
    assert not unseen(text), ascii(text)
    assert len(text) <= LONGEST, len(text)
    own = words.table("errors")[error.reason][language]
    fields = {name for _, name, _, _ in string.Formatter().parse(own) if name}
    assert fields <= set(error.values), error.reason
    said = " ".join(map(str, error.values.values()))
    assert not [word for word in _OURS.findall(text) if word not in said], text
