"""Text from strangers in a line of ours."""

from __future__ import annotations

import pytest

from cnn_tutor.project.plain_text import blank, harmless, unseen


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("田中さん 😍 ab\u200dc Ω", "田中さん 😍 ab\u200dc Ω"),
        ("a\nb\r\tc", "a b  c"),
        ("a\0b\x1b[31m", "a\ufffdb\ufffd[31m"),
        ("\u202egnp.exe\u2066", "\ufffdgnp.exe\ufffd"),
        ("\ud800", "\ufffd"),
        ("x" * 10, "x" * 10),
        ("x" * 11, "x" * 9 + "…"),
    ],
)
def test_a_text_is_one_line_and_cut(text: str, shown: str) -> None:
    assert harmless(text, 10 if len(text) < 12 and "x" in text[:2] else 99) == shown


def test_a_monster_is_cut_before_anything_is_done_with_it() -> None:
    assert harmless("\n" * 10**8, 5) == "    …"


def test_what_is_unseen_is_found() -> None:
    assert unseen("a\nb") == "\n"
    assert unseen("a\nb\u202e", besides="\n") == "\u202e"
    assert unseen("a b", besides="\n") == ""


@pytest.mark.parametrize(
    "text",
    [
        *("", " \u3000\n", "\u200b", "\u3164", "\u2800", "\u115f\u1160\uffa0", "\ufe0f\u034f"),
    ],
)
def test_there_is_nothing_to_see_in_it(text: str) -> None:
    assert blank(text)
    assert not blank(f"{text}ア{text}")


@pytest.mark.parametrize("text", ["x", "ー", "가", "🏴\U000e0067", "-", "\u0301", "❤\ufe0f"])
def test_there_is_something_to_see_in_it(text: str) -> None:
    assert not blank(text)


def test_a_long_nothing_is_seen_through_at_once() -> None:
    assert blank("\u200b " * 10**6)
    assert not blank("\u200b " * 10**6 + "x")
