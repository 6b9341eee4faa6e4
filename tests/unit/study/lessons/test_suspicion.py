"""Files that were made to do harm: each is refused in no time, with nothing but a LessonError."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cnn_tutor.project import reading
from cnn_tutor.project.file import encode
from cnn_tutor.project.limits import MAX_LESSON_BYTES, MAX_STEPS
from cnn_tutor.study import words
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.lessons import reader, source
from cnn_tutor.study.lessons.language.fault import LessonError
from cnn_tutor.study.lessons.position import overlong
from cnn_tutor.study.lessons.reader import read
from tests.helpers.effort import at_most
from tests.unit.study.lessons.written import EXAMPLE, changed, opened, refused, written

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
FILE = "title = { ja = '。', en = '.' }\n\n[boards.a]\nfile = \"a.cnnt\"\n" + STEP % (0, "a")


def filled(text: str, again: str) -> str:
    """Return a text that goes on with something until the file is as large as one may be."""
    return text + again * ((MAX_LESSON_BYTES - len(text.encode())) // len(again.encode()))


def steps(count: int, board: str, more: str) -> str:
    return "".join(STEP % (n, board) + more for n in range(count))


def parts(count: int) -> str:
    return ".".join(["a"] * count)


HARMFUL = {
    "a key of many parts": f"{HEAD}settings.{parts(60_000)} = 1\n",
    "a quoted key of many parts": "'a'." * 30_000 + "'a' = 1\n",
    "a table of many parts": f"[{parts(60_000)}]\n",
    "a key within a table": f"a = {{ {parts(60_000)} = 1 }}\n",
    "many keys of many parts": "".join(f"{parts(1600)}.b{n} = 1\n" for n in range(20)),
    "many keys of few parts": "".join(f"{parts(15)}.b{n} = 1\n" for n in range(3000)),
    "many steps": filled(HEAD, "[[steps]]\n"),
    "many tables": filled(HEAD, "[[steps]]\n[[steps.remarks]]\n"),
    "a long list": HEAD + "a = [\n" + "1,\n" * 40_000 + "]\n",
    "lists within lists": HEAD + "a = [" + "[]," * 40_000 + "]\n",
    "lists in lists in lists": HEAD + "a = " + "[" * 60_000 + "]" * 60_000 + "\n",
    "blanks": "a" + " " * 120_000,
    "quotes": '"' * 120_000,
    "escapes": 'a = "' + r"\\" * 60_000 + '"\n',
    "remarks": "#\n" * 60_000,
    "a number of many digits": "order = " + "1" * 5000 + "\n" + EXAMPLE,
    "a condition of blanks": changed('"output = 0"', f'"x{" " * 100_000}y"'),
    "a predicted tensor": changed('"output[0,1]"', '"output[' + "0," * 50_000 + '0]"'),
    "a place of many axes": changed('walk = "0,0"', f'walk = "{"0," * 50_000}0"'),
    "many layers": filled(
        "title = { ja = '。', en = '.' }\nsteps = []\n[boards.a]\nx.rows = [1]\n",
        "[[boards.a.nodes]]\nkind = 'relu'\n",
    ),
    "many boards": HEAD + "".join(f"[boards.b{n}]\n" for n in range(6000)),
    "large changes": HEAD + DENSE + steps(
        MAX_STEPS, "dense", "set = [" + "'kernel[0,0:4096] = 1'," * 40 + "]\n"
    ),
    "whole tensors": HEAD + DENSE + steps(1, "dense", "set = ['kernel = 1']\n"),
    "large goals": HEAD + DENSE + steps(
        60,
        "dense",
        f"{TASK}answer = ['x[0] = 9']\ngoal = [" + "'kernel = kernel'," * 60 + "]\n",
    ),
    "large remarks": HEAD + DENSE + steps(
        MAX_STEPS,
        "dense",
        f"{TASK}number = 'output.count'\n"
        + "[[steps.task.remarks]]\nwhen = 'kernel.sum = bias.sum'\nja = '。'\nen = '.'\n" * 8,
    ),
    "deep networks": HEAD + CONV + NODE * 30 + steps(MAX_STEPS, "deep", "set = ['x[0,0,0] = 7']\n"),
}  # fmt: skip

LIMITED = {
    **{name: "lesson_parts" for name in HARMFUL if "many parts" in name},
    **dict.fromkeys(("large changes", "large goals", "large remarks"), "lesson_effort"),
    "a key within a table": "lesson_parts",
    "whole tensors": "lesson_cells",
    "deep networks": "lesson_computed",
}
"""What is refused before TOML's reader or NumPy does it, which steps of Python don't show."""


@pytest.fixture(autouse=True)
def _english() -> None:
    words.speak("en")


@pytest.mark.parametrize("name", HARMFUL)
def test_what_was_made_to_be_slow_is_answered_soon(tmp_path: Path, name: str) -> None:
    assert len(HARMFUL[name].encode()) <= MAX_LESSON_BYTES, "that would be refused at once"
    with at_most(40_000_000):
        fault = refused(tmp_path, HARMFUL[name])
    assert fault.reason == LIMITED.get(name, fault.reason)
    for language in words.LANGUAGES:
        words.speak(language)
        assert len(words.explain(fault)) < 500


def test_a_key_may_have_so_many_parts_and_a_text_any() -> None:
    assert overlong(f"x = 1\n{parts(17)} = 1") == 2
    assert overlong(f"[ {' . '.join(['a'] * 17)} ]") == 1
    assert overlong('a = { \'1\'."\\"".' + parts(15) + " = 1 }") == 1
    for text in (
        f"{parts(16)} = 1",
        f"[{parts(8)}]\n{parts(16)} = 1",
        'a = "' + ". " * 99 + '"',
        "a = '" + "..." * 99 + "'",
        "a = [" + "1.5, " * 99 + "]",
        'a = "' + "こ.れ." * 99 + '"',
        "a = [" + "'a', " * 99 + "]",
    ):
        assert overlong(text) == 0


@pytest.mark.parametrize("number", ["padding", "view", "layer", "layers", "strides", "x.nothing"])
def test_a_number_to_answer_with_has_to_be_one(tmp_path: Path, number: str) -> None:
    text = changed('predict = "output[0,1]"', f'number = "{number}"')
    assert refused(tmp_path, text).reason.startswith("lesson_")


# --- nothing but a LessonError -------------------------------------------------------------------


@pytest.mark.parametrize("error", [RuntimeError, MemoryError, RecursionError, OSError, KeyError])
def test_what_nobody_thought_of_is_a_fault_of_the_file(
    tmp_path: Path, monkeypatch, error: type[Exception]
) -> None:
    def fails(lesson: object) -> None:
        raise error

    monkeypatch.setattr(reader, "prove", fails)
    fault = refused(tmp_path, EXAMPLE)
    assert fault.reason == "lesson_structure"
    assert isinstance(fault.__cause__, error)


def test_who_stops_the_program_stops_it(tmp_path: Path, monkeypatch) -> None:
    def stops(lesson: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reader, "prove", stops)
    with pytest.raises(KeyboardInterrupt):
        opened(tmp_path, EXAMPLE)


def test_a_path_that_no_file_can_have(tmp_path: Path) -> None:
    for name in ("a\0b", "x" * 5000, "a.toml/b"):
        with pytest.raises(LessonError) as fault:
            read(tmp_path / name, "k")
        assert words.explain(fault.value)


# --- files beside it -----------------------------------------------------------------------------


def test_a_file_is_looked_at_when_it_is_open(tmp_path: Path, monkeypatch) -> None:
    """What lies at a path may be another thing by then: a pipe would be waited for."""
    written(tmp_path, encode(presets()["blur"].project()), "a.cnnt")
    assert opened(tmp_path, FILE)
    os.mkfifo(tmp_path / "pipe")
    real = os.open
    monkeypatch.setattr(
        reading.os,
        "open",
        lambda path, flags: real(tmp_path / "pipe" if str(path).endswith(".cnnt") else path, flags),
    )
    assert refused(tmp_path, FILE).reason == "lesson_no_file"


def test_a_link_that_takes_the_place_of_a_file_is_not_followed(tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "lessons"
    folder.mkdir()
    written(tmp_path, encode(presets()["blur"].project()), "secret.cnnt")
    path = written(folder, b"", "a.cnnt")
    real = os.open

    def swap(opened: Path, flags: int) -> int:
        if str(opened).endswith(".cnnt"):
            path.unlink()
            path.symlink_to(tmp_path / "secret.cnnt")
        return real(opened, flags)

    monkeypatch.setattr(reading.os, "open", swap)
    assert refused(folder, FILE).reason == "file_open"


def test_a_file_of_several_boards_is_read_once(tmp_path: Path, monkeypatch) -> None:
    written(tmp_path, encode(presets()["blur"].project()), "a.cnnt")
    read_so_far = []
    real = source.decode
    monkeypatch.setattr(source, "decode", lambda data: read_so_far.append(1) or real(data))
    boards = "".join(f'[boards.b{n}]\nfile = "./a.cnnt"\n' for n in range(9))
    assert opened(tmp_path, changed("[boards.a]\n", f"{boards}[boards.a]\n", FILE))
    assert len(read_so_far) == 1


def test_where_in_the_file_of_a_board_something_is_wrong(tmp_path: Path) -> None:
    damaged = encode(presets()["blur"].project()).replace(b'"conv2d"', b'"conv4d"')
    written(tmp_path, damaged, "a.cnnt")
    fault = refused(tmp_path, FILE)
    assert (fault.key, fault.inside, fault.line) == ("boards.a.file", "nodes[0].kind", 4)
    assert "boards.a.file (nodes[0].kind)" in words.explain(fault)


def test_what_a_lesson_says_in_japanese_is_japanese(tmp_path: Path) -> None:
    text = changed("tensors.x.shape", 'settings.strides = "two"\ntensors.x.shape')
    fault = refused(tmp_path, text)
    words.speak("ja")
    said = words.explain(fault)
    words.speak("en")
    assert "two" in said
    assert "Expected" not in said
