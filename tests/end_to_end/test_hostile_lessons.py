"""Damaged and hostile lesson files: each opens or is refused with one clear message, in no time.

    CNN_TUTOR_LONG=1 pytest tests/end_to_end/test_hostile_lessons.py     thousands of them

The number of a case that fails is in its message; ``mutant`` makes it again.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cnn_tutor.bundled import bundled
from cnn_tutor.project import limits
from cnn_tutor.project.limits import MAX_LESSON_BYTES, MAX_STEPS
from cnn_tutor.study import words
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.lesson import Lesson
from cnn_tutor.study.lessons.reader import read
from tests.helpers.effort import at_most
from tests.helpers.example_lesson import EXAMPLE, README
from tests.unit.project.clear import explained
from tests.unit.project.mutants import LONG, mutant, watched
from tests.unit.project.naughty import strings
from tests.unit.study.lessons.written import DROPOUT, changed, refused, written

WORDS = [
    "x", "kernel", "output", "bias", "padding", "strides", "at", "view", "layer", "add",
    "layers", "remove", "parameters", "conv2d_1", "conv2d", "relu", "same", "matrices",
    "changed", "unchanged", "[0,0]", "[0:3, 1]", "[:]", "[99999]", "[-1]", ".max", ".sum",
    ".height", ".filters", ".changes", "/", " / ", "=", "!=", "<=", ">", " ", ",", "*",
    "**", "(", ")", "9**9**9", "__class__", "1", "0 1 / 1 0", "1/3", "no", "64",
]  # fmt: skip


def sound() -> list[bytes]:
    """Return lessons to be damaged: two short ones, and with time those of the program."""
    real = [path.read_bytes() for path in sorted(bundled("lessons").glob("*.toml"))]
    return [EXAMPLE.encode(), DROPOUT.encode()] * 4 + (real if LONG else real[:2])


def opened_or_refused(folder: Path, text: str | bytes) -> Lesson | None:
    try:
        return read(written(folder, text), "own_mine")
    except LessonError as error:
        explained(error)
        return None


def test_damaged_lessons_open_or_are_refused(tmp_path: Path) -> None:
    opened, files = 0, sound()
    for number in range(6000 if LONG else 400):
        with watched(number):
            opened += opened_or_refused(tmp_path, mutant(files, number)) is not None
    assert opened


@settings(
    max_examples=1500 if LONG else 80,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    st.sampled_from(["output = 0", "kernel = 0", "output[0,1]", "0,0", "output[0,0]", "8"]),
)
def test_whatever_is_written_in_the_language_of_lessons(
    tmp_path: Path, parts: list[str], place: str
) -> None:
    opened_or_refused(tmp_path, changed(f'"{place}"', json.dumps("".join(parts))))


def _quoted(text: str) -> str:
    """Write a string in TOML; what can't stand there is left out."""
    return json.dumps("".join(c for c in text if not "\ud800" <= c <= "\udfff")).replace(
        "\x7f", "\\u007f"
    )


CAPTION = '"The filter has moved one cell to the right."'
PLACES = {
    "title": '"A first lesson"',
    "caption": CAPTION,
    "id": '"guess"',
    "condition": '"output = 0"',
    "place": '"0,0"',
}


@pytest.mark.parametrize("place", PLACES)
def test_naughty_strings_are_said_or_refused(tmp_path: Path, place: str) -> None:
    chosen = strings() if LONG or place in ("title", "condition") else strings()[::9]
    for text in chosen:
        opened_or_refused(tmp_path, changed(PLACES[place], _quoted(text)))


def test_a_text_over_several_lines_is_one_line_on_the_page(tmp_path: Path) -> None:
    text = changed(CAPTION, '"""\nThe filter\n  has **moved**."""')
    lesson = read(written(tmp_path, text), "own_mine")
    assert lesson.steps[1].caption["en"] == "The filter has **moved**."


def test_a_text_links_to_nothing_but_the_glossary(tmp_path: Path) -> None:
    for link in (
        "![picture](x.png)", "[a](file:///etc/passwd)", "[a](../other.toml)", "[a]()",
        "[a](javascript:alert)", "[a](https://example.org/x.png)", "[a](chapter:lesson_pooling)",
        "[a](term:filter)", "[a](no_such_term)",
    ):  # fmt: skip
        for old in (CAPTION, '"Change the filter so that every output is 0."'):
            fault = refused(tmp_path, changed(old, f'"{old[1:-1]} {link}"'))
            assert fault.reason == "lesson_term"
            assert fault.line


def test_the_readme_says_how_large_a_lesson_may_be() -> None:
    said = README[README.index("## How large a lesson may be") :]
    for number, what in (
        (limits.MAX_LESSON_BYTES // 1024, "KB"),
        (limits.MAX_STEPS, "steps"),
        (limits.MAX_BOARDS, "boards"),
        (limits.MAX_LESSON_CELLS, "numbers"),
        (limits.MAX_LETTERS, "letters"),
        (limits.MAX_IN_LIST, "entries"),
        (limits.MAX_REMARKS, "remarks"),
        (limits.MAX_ASKED, "cells to predict"),
        (limits.MAX_KEY_PARTS, "names"),
    ):
        assert f"{number:,} {what}" in said
    assert f"up to {limits.MAX_WRITTEN} cells" in said
    assert f"reads up to {limits.MAX_CODE}" in " ".join(said.split())


# --- what was made to be slow ---------------------------------------------------------------------

HEAD = EXAMPLE[: EXAMPLE.index("[[steps]]")]
STEP = '\n[[steps]]\nid = "s%d"\nboard = "%s"\ncaption = { ja = "。", en = "." }\n'
TASK = '[steps.task]\nsay = { ja = "。", en = "." }\nnot_yet = { ja = "。", en = "." }\n'
DENSE = """
[boards.dense]
kind = "dense"
tensors.x = { lot = 1, from = 0, to = 9, shape = [126] }
tensors.kernel = { lot = 1, from = 0, to = 1, shape = [126, 8192] }
"""
CONV = "\n[boards.deep]\nx = { lot = 1, from = 0, to = 1, shape = [64, 64, 16] }\n"
NODE = """
[[boards.deep.nodes]]
kind = "conv2d"
settings.padding = "same"
tensors.kernel = { lot = 1, from = 0, to = 0, shape = [11, 11, 16, 16] }
"""


def filled(text: str, again: str) -> str:
    """Return a text that goes on with something until the file is as large as one may be."""
    return text + again * ((MAX_LESSON_BYTES - len(text.encode())) // len(again.encode()))


def steps(count: int, board: str, more: str) -> str:
    return "".join(STEP % (n, board) + more for n in range(count))


def parts(count: int) -> str:
    return ".".join(["a"] * count)


def asking(goal: str, *more: str) -> str:
    """Return steps that each have a lot to work out."""
    return HEAD + DENSE + steps(MAX_STEPS, "dense", f"{TASK}{goal}\n{''.join(more)}")


SLOW = {
    "a key of many parts": f"{HEAD}settings.{parts(60_000)} = 1\n",
    "many keys of many parts": "".join(f"{parts(1600)}.b{n} = 1\n" for n in range(20)),
    "many steps": filled(HEAD, "[[steps]]\n"),
    "a long list": HEAD + "a = [\n" + "1,\n" * 40_000 + "]\n",
    "lists in lists in lists": HEAD + "a = " + "[" * 60_000 + "]" * 60_000 + "\n",
    "tables in tables": f"a = {'{a = ' * 9000}1{'}' * 9000}\n{EXAMPLE}",
    "blanks": "a" + " " * 120_000,
    "escapes": 'a = "' + r"\\" * 60_000 + '"\n',
    "a number of many digits": "order = " + "1" * 5000 + "\n" + EXAMPLE,
    "a long key": f"{'a' * 100_000} = 1\n{EXAMPLE}",
    "a key that can't be seen": f'"a\\u202e\\nb" = 1\n{EXAMPLE}',
    "a power": changed('"output = 0"', '"output = 9**9**9"'),
    "a condition of blanks": changed('"output = 0"', f'"x{" " * 100_000}y"'),
    "many layers": filled(
        "title = { ja = '。', en = '.' }\nsteps = []\n[boards.a]\nx.rows = [1]\n",
        "[[boards.a.nodes]]\nkind = 'relu'\n",
    ),
    "large changes": HEAD + DENSE + steps(
        MAX_STEPS, "dense", "set = [" + "'kernel[0,0:4096] = 1'," * 40 + "]\n"
    ),
    "whole tensors": HEAD + DENSE + steps(1, "dense", "set = ['kernel = 1']\n"),
    "large goals": asking("answer = ['x[0] = 9']\ngoal = [" + "'kernel = kernel'," * 60 + "]"),
    "large remarks": asking(
        "number = 'output.count'",
        "[[steps.task.remarks]]\nwhen = 'kernel.sum = bias.sum'\nja = '。'\nen = '.'\n" * 8,
    ),
    "deep networks": HEAD + CONV + NODE * 30 + steps(MAX_STEPS, "deep", "set = ['x[0,0,0] = 7']\n"),
}  # fmt: skip

LIMITED = {
    **{name: "lesson_parts" for name in SLOW if "many parts" in name},
    **dict.fromkeys(("large changes", "large goals", "large remarks"), "lesson_effort"),
    "whole tensors": "lesson_cells",
    "deep networks": "lesson_computed",
}
"""What is refused before TOML's reader or NumPy does it, which steps of Python don't show."""


@pytest.mark.parametrize("name", SLOW)
def test_what_was_made_to_be_slow_is_answered_soon(tmp_path: Path, name: str) -> None:
    assert len(SLOW[name].encode()) <= MAX_LESSON_BYTES, "that would be refused at once"
    with at_most(40_000_000):
        fault = refused(tmp_path, SLOW[name])
    assert fault.reason == LIMITED.get(name, fault.reason)
    for language in words.LANGUAGES:
        words.speak(language)
        assert len(words.explain(fault)) < 500
