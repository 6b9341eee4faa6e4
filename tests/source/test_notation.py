"""Shapes and indices are written in one way in both languages: 5×5×3 and [4, 4]."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
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
    for message in ElementTree.parse(bundled("i18n", "cnn_tutor_ja.ts")).getroot().iter("message"):
        for side in ("source", "translation"):
            yield "ts", message.findtext(side, "")


TEXTS = list(everything())


def test_the_texts_are_found() -> None:
    assert len(TEXTS) > 4000


@pytest.mark.parametrize("fault", FAULTS)
def test_shapes_and_indices_are_written_in_one_way(fault: str) -> None:
    found = [(at, text) for at, text in TEXTS if re.search(fault, text)]
    assert not found, f"instead: {FAULTS[fault]}"
