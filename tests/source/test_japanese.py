"""The Japanese of the program, as an editor would have it: what rules can say of it."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cnn_tutor.bundled import bundled

LETTER = "[ぁ-ゖァ-ヺー一-龠々〆]"

# What is counted, and after it what would make another word of it.
COUNTED = (
    "個(?!数) つ(?!なが|け|ま|い) 枚 本(?!当|来|体) 回(?!転|す|し|ら) か所 マス(?!ク|目) "
    "行(?!列) 列(?!挙) 番目 番(?!号) 度(?!合) 問(?!題) 件 日(?!本|付) 分(?!数|割|か|母|け) "
    "人 文字 ページ ステップ 段 種類 "
    "倍(?!率) 組(?!み) 色(?!分) バイト チャンネル(?!数) グループ 次元 乗 ユニット 項目 秒 時間"
).replace(" ", "|")
SPACED = re.compile(rf"(?:\d|\}}) (?:{COUNTED})")
SPACED_BEFORE = re.compile(rf"{LETTER} (?:\d+|\{{\w+\}})(?:{COUNTED})")

LINK = re.compile(r"\]\([\w./]+\)")
# An access key and the pattern of a file dialog are written so by every program.
KEY = re.compile(r"\((?:&.|\{pattern\}|\*)\)")
HALF_WIDTH = re.compile(rf"{LETTER}[()]|[()]{LETTER}|{LETTER} \(\w+\)(?!\s*[=+−·×÷/])")

# Left the word that is wrong or old, right the one that is used.
WORDS = {
    "余白": "パディング",
    "最大値プーリング": "最大プーリング",
    "マックスプーリング": "最大プーリング",
    "ゼロ埋め": "パディング",
    "誤り": "間違い",
    "まちが": "間違",
    "ちがい": "違い",
    "ちがう": "違う",
    "書きかえ": "書き換え",
    "書きこ": "書き込",
    "くじ": "ランダム、乱数",
    "くらべ": "比べ",
    "見かた": "見方",
    "保存していない作業": "未保存の作業",
    "レッスンに戻す": "このステップを最初からやり直す",
    "のすべて$": "全体",
    "(?<!出)版(?!画)": "バージョン",
    "[?!]$": "？ ！",
}


def texts(table: Any, at: str) -> Iterator[tuple[str, str]]:
    """Every Japanese text of a file, but the names by which the glossary is searched."""
    if isinstance(table, list):
        for place, inner in enumerate(table):
            yield from texts(inner, f"{at}[{place}]")
    elif isinstance(table, dict):
        for key, inner in table.items():
            if key == "ja" and isinstance(inner, str) and not at.endswith(".also"):
                yield at, inner
            else:
                yield from texts(inner, f"{at}.{key}")


def japanese() -> Iterator[tuple[str, str]]:
    for folder in ("words", "lessons", "exercises", "presets"):
        for file in sorted(bundled(folder).glob("*.toml")):
            yield from texts(tomllib.loads(file.read_text("utf-8")), f"{folder}/{file.stem}")
    tree = ElementTree.parse(bundled("i18n", "cnn_tutor_ja.ts"))
    for message in tree.getroot().iter("message"):
        yield f"ts: {message.findtext('source')}", message.findtext("translation", "")

    readme = Path(__file__).resolve().parents[2] / "README.ja.md"
    prose = re.sub(r"^```.*?^```$", "", readme.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for line in prose.splitlines():
        yield readme.name, re.sub("`[^`]+`", "CODE", line)


JAPANESE = list(japanese())


def faulty(fault: Callable[[str], object]) -> list[tuple[str, str]]:
    return [(at, text) for at, text in JAPANESE if fault(text)]


def test_the_texts_are_found() -> None:
    assert len(JAPANESE) > 2000


def test_no_space_stands_between_a_number_and_what_is_counted() -> None:
    assert not faulty(lambda text: SPACED.search(text) or SPACED_BEFORE.search(text))


def test_brackets_beside_japanese_letters_are_full_width() -> None:
    assert not faulty(lambda text: HALF_WIDTH.search(KEY.sub("", LINK.sub("]", text))))
    assert not faulty(lambda text: text.count("（") != text.count("）"))


@pytest.mark.parametrize("old", WORDS)
def test_each_thing_has_one_word(old: str) -> None:
    assert not faulty(lambda text: re.search(old, text)), f"instead: {WORDS[old]}"
