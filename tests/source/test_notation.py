"""Shapes and indices are written in one way in both languages: 5×5×3 and [4, 4]."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cnn_tutor.bundled import bundled
from cnn_tutor.study import words

FAULTS = {
    r"[\d}] ?[x✕✖*] ?[\d{]": "5×5",
    r"\d [×] \d+ [×] \d": "5×5×3, where nothing is worked out",
    r"\[(?:\d+|\{\w+\}),(?:\d|\{)": "[4, 4]",
    r"\((?:\d+|\{\w+\}),(?:\d|\{)": "(2, 2)",
    r"\[\d+\]\[\d+\]": "[4, 4]",
}
"""Left what is looked for, right how it is written."""

CODE = re.compile(r"```.*?```|`[^`\n]*`|^ {4}.*$", re.DOTALL | re.MULTILINE)
"""What is code in a paper: there the language of the code says how it is written."""

ROOT = Path(__file__).parents[2]
PAPERS = sorted(ROOT.glob("*.md"))


def texts(table: Any, at: str) -> Iterator[tuple[str, str]]:
    """Every text that is read, in both languages."""
    if isinstance(table, list):
        for place, inner in enumerate(table):
            yield from texts(inner, f"{at}[{place}]")
    elif isinstance(table, dict):
        for key, inner in table.items():
            if key in words.LANGUAGES and isinstance(inner, str):
                yield f"{at}.{key}", inner
            else:
                yield from texts(inner, f"{at}.{key}")


def everything() -> Iterator[tuple[str, str]]:
    for folder in ("words", "lessons", "exercises", "presets"):
        for file in sorted(bundled(folder).glob("*.toml")):
            yield from texts(tomllib.loads(file.read_text("utf-8")), f"{folder}/{file.stem}")
    for file in (*PAPERS, bundled("lessons", "README.md")):
        text = CODE.sub("", file.read_text("utf-8"))
        yield from ((f"{file.name}:{n}", line) for n, line in enumerate(text.splitlines(), 1))
    for message in ElementTree.parse(bundled("i18n", "cnn_tutor_ja.ts")).getroot().iter("message"):
        for side in ("source", "translation"):
            yield "ts", message.findtext(side, "")


TEXTS = list(everything())

ONE_WORD = {
    r"パッディング|余白を足す": "パディング",
    r"マックスプーリング|最大値プーリング|最大プール(?!イ|ィ|リ|す)": "最大プーリング",
    r"誤り|まちがい|ミス(?![マトテ])": "間違い",
    r"ヴァージョン|(?<![出絶])版(?=[をがはで番])": "バージョン",
    r"(?i)max-pooling|maxpooling(?!2d)": "max pooling",
}
"""Left other words for a thing, right the one that is used."""

SYNONYMS = "also"
"""Where the glossary has other words for a thing, for them to be found."""


def test_the_texts_are_found() -> None:
    assert len(TEXTS) > 4000


@pytest.mark.parametrize("fault", FAULTS)
def test_shapes_and_indices_are_written_in_one_way(fault: str) -> None:
    found = [(at, text) for at, text in TEXTS if re.search(fault, text)]
    assert not found, f"instead: {FAULTS[fault]}"


@pytest.mark.parametrize("other", ONE_WORD)
def test_a_thing_has_one_word(other: str) -> None:
    read = ((at, text) for at, text in TEXTS if f".{SYNONYMS}." not in at)
    found = [(at, text) for at, text in read if re.search(other, text)]
    assert not found, f"instead: {ONE_WORD[other]}"
