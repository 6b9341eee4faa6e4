"""On which line a key stands, in any TOML that a lesson could be written in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cnn_tutor.study.lessons import position
from cnn_tutor.study.lessons.position import line_of, overlong
from tests.helpers.effort import at_most
from tests.helpers.regex_steps import counted
from tests.unit.study.lessons.written import EXAMPLE


@pytest.mark.parametrize(
    ("key", "starts"),
    [
        ("title", "title = "),
        ("title.en", "title = "),
        ("lab", "lab = "),
        ("boards", "[boards.small]"),
        ("boards.small", "[boards.small]"),
        ("boards.small.tensors.x.shape", "tensors.x.shape"),
        ("boards.small.tensors.x.shape[2]", "tensors.x.shape"),
        ("steps", "[[steps]]"),
        ("steps[0].caption", "caption.ja"),
        ("steps[0].caption.en", "caption.en"),
        ("steps[1].id", 'id = "guess"'),
        ("steps[1].task.remarks[0].when", 'when = "8"'),
        ("steps[2].task.goal[1]", "goal = "),
        ("steps[1].task.goal", "[steps.task]"),  # which has none
        ("steps[0].board.no.such.thing", "board = "),
    ],
)
def test_the_keys_of_the_example(key: str, starts: str) -> None:
    line = line_of(EXAMPLE, key)
    assert EXAMPLE.splitlines()[line - 1].startswith(starts)


def test_what_is_not_there_at_all_is_on_line_0() -> None:
    for key in ("", "nothing", "nothing.at.all"):
        assert line_of(EXAMPLE, key) == 0
    assert line_of("", "title") == 0


def test_a_step_that_is_not_there_is_where_the_steps_begin() -> None:
    first = EXAMPLE.splitlines().index("[[steps]]") + 1
    assert line_of(EXAMPLE, "steps[99].id") == first


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085"])
def test_only_what_toml_calls_a_line_is_one(mark: str) -> None:
    text = f'a = "one{mark}two"\nb = 1\n'
    assert tomllib.loads(text)["b"] == 1
    assert line_of(text, "b") == 2


# --- long texts ----------------------------------------------------------------------------------

TOML: dict[str, Callable[[int], str]] = {
    "entries": lambda n: "".join(f"a{k:03} = 1\n" for k in range(n)),
    "tables": lambda n: "[[steps]]\n[[steps.b]]\n" * n,
    "lines of a list": lambda n: "[boards.a]\nrows = [\n" + "1,\n" * n + "]\n[[steps]]\nb = 2\n",
    "lists in a list": lambda n: "a = [" + "[]," * n + "]",
    "quotes in a text": lambda n: 'a = """' + '"" ' * n + '"""',
    "quotes in a line": lambda n: 'a = "' + '\\" ' * n + '"',
    "a name": lambda n: "[" + "a" * n + "]\n" + "".join(f"a{k:03} = 1\n" for k in range(n)),
    "remarks": lambda n: "a = [\n" + "# ]\n" * n + "]\n" + "# ' [\n" * n,
}
OTHER: dict[str, Callable[[int], str]] = {
    "blanks": lambda n: "a" + " " * n + ".",
    "dots": lambda n: "-." * n,
    "names": lambda n: "a . " * n,
    "letters without an end": lambda n: '"' + "a" * n,
    "a text without an end": lambda n: 'a = "' + '\\"' * n,
    "a long text without an end": lambda n: '"""' + '"a' * n,
    "texts": lambda n: '"a' * n,
    "texts in lists": lambda n: "['" * n,
    "quotes of both kinds": lambda n: "'\"" * n,
}


def work(patch: pytest.MonkeyPatch, act: Callable[..., object], *given: str) -> tuple[int, int]:
    """Return how many lines of Python something takes, and how many steps of patterns."""
    with patch.context() as counting:
        patterns = counted(counting, position)
        act(*given)
    with at_most(10**6) as effort:
        act(*given)
    return effort.steps, sum(pattern.steps for pattern in patterns)


@pytest.mark.parametrize("name", TOML)
def test_a_key_in_twice_the_text_takes_twice_the_work(name: str, monkeypatch) -> None:
    text, twice = TOML[name](200), TOML[name](400)
    assert tomllib.loads(twice)
    key = "steps[9000].b[0].c"
    lines, steps = work(monkeypatch, line_of, text, key)
    lines_then, steps_then = work(monkeypatch, line_of, twice, key)
    assert lines_then <= 2.1 * lines
    assert steps_then <= 2.1 * steps


@pytest.mark.parametrize("name", TOML | OTHER)
def test_a_key_of_many_parts_is_looked_for_once(name: str, monkeypatch) -> None:
    text, twice = ((TOML | OTHER)[name](n) for n in (200, 400))
    _, steps = work(monkeypatch, overlong, text)
    _, steps_then = work(monkeypatch, overlong, twice)
    assert steps_then <= 2.1 * steps


def parts(count: int) -> str:
    return ".".join(["a"] * count)


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


# --- any file at all -----------------------------------------------------------------------------


@dataclass
class Written:
    """TOML as it is written line by line, and where each of its keys begins."""

    lines: list[str] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)

    def add(self, key: str, text: str) -> None:
        self.starts.setdefault(key, len(self.lines) + 1)
        self.lines += text.split("\n")


NAMES = st.sampled_from(["a", "b", "title", "ja", "goal", "x1", "long_name", "when"])
SPACE = st.lists(st.sampled_from(["", "# a remark = 1", "  ", "\t# [x]", "# '''"]), max_size=2)
VALUES = st.sampled_from(
    [
        ("1", ()),
        ("-2.5", ()),
        ("true", ()),
        ('"text"', ()),
        ("'[[a]]'", ()),
        ('"a = 1 # none"', ()),
        ("[]", ()),
        ("[1, 2]", ("[0]", "[1]")),
        ("[\n  1,\n\n  # two\n  2,\n]", ("[0]", "[1]")),
        ("[\n  [1],\n  [2]\n]", ("[0]", "[1][0]")),
        ("{ in = 1, out = { deep = 2 } }", (".in", ".out", ".out.deep")),
        ("[{ in = 1 },\n { in = 2 }]", ("[0].in", "[1].in")),
        ('"""\n[a]\nb = 1\n"""', ()),
        ("'''one\n\n[[two]]\n'''", ()),
        ('"""one\\\n   two"""', ()),
        ('""" \\"""\n[b]\ntitle = 1\n"""', ()),
        ('"""\na = 1 # [x]\n"" \\\\"""', ()),
        ('"""ends in quotes"""""', ()),
        ("'" * 3 + "\n[t]\n\\" + "'" * 5, ()),
        ('"""""" # """', ()),
        ('"\\"[b]\\\\" # "', ()),
        ("'\\' # '''", ()),
        ('[ "]", # ]\n  \'[\', """\n]\nwhen = 1\n""" ]', ("[0]", "[2]")),
        ('{ in = { "out" = "}" }, deep = [ 1, { x1 = "{" } ] }', (".in.out", ".deep[1].x1")),
    ]
)


@st.composite
def files(draw: st.DrawFn) -> Written:
    written = Written()
    _entries(draw, written, "")
    for table in draw(st.lists(st.sampled_from(["t", "u", "t.v", "w.x.y"]), unique=True)):
        written.lines += draw(SPACE)
        if any(key == table or key.startswith(f"{table}.") for key in written.starts):
            continue  # a table is defined only once, and before those in it
        for n in range(1, table.count(".") + 1):
            written.starts.setdefault(table.rsplit(".", n)[0], len(written.lines) + 1)
        written.add(table, f"[{table}]")
        _entries(draw, written, f"{table}.")
    for n in range(draw(st.integers(0, 4))):
        written.lines += draw(SPACE)
        if n == 0:
            written.starts["items"] = len(written.lines) + 1
        written.add(f"items[{n}]", "[[items]]")
        _entries(draw, written, f"items[{n}].")
        for m in range(draw(st.integers(0, 2))):
            if m == 0:
                written.starts[f"items[{n}].parts"] = len(written.lines) + 1
            header = draw(st.sampled_from(["[[items.parts]]", '[[ items . "parts" ]] # ]]']))
            written.add(f"items[{n}].parts[{m}]", header)
            _entries(draw, written, f"items[{n}].parts[{m}].")
        if draw(st.booleans()):
            written.add(f"items[{n}].task", "[items.task]")
            _entries(draw, written, f"items[{n}].task.")
    return written


def _entries(draw: st.DrawFn, written: Written, before: str) -> None:
    for name in draw(st.lists(NAMES, unique=True, max_size=4)):
        written.lines += draw(SPACE)
        quoted = f"'{name}' . \"in\""
        ways = [name, f'"{name}"', f"{name}.in", f" {name} . in . most", quoted]
        dotted = draw(st.sampled_from(ways))
        value, inner = draw(VALUES)
        end = draw(st.sampled_from(["", "  # why"]))
        parts = re.sub("[ '\"]", "", dotted).split(".")
        for n in range(1, len(parts)):
            written.starts.setdefault(before + ".".join(parts[:n]), len(written.lines) + 1)
        key = before + ".".join(parts)
        for rest in inner:
            written.starts[key + rest] = len(written.lines) + 1
        written.add(key, f"{dotted} = {value}{end}")


# Strings of several lines with a table in them: Python before 3.11.5 took patterns of them wrong.
@example(Written(['a = """', "[a]", "b = 1", '"""', "b = 1"], {"a": 1, "b": 5}), "")
@example(Written(["a = '" + "''", "[a]", "'" * 3, "b = 1"], {"a": 1, "b": 4}), "\n")
@example(Written(['"a" . \'b\' = """x\\', '[a]"""', "b = 1"], {"a.b": 1, "b": 3}), "")
@given(files(), st.sampled_from(["\n", "\n\n", ""]))
@settings(max_examples=60)
def test_every_key_of_any_file_is_found(written: Written, end: str) -> None:
    text = "\n".join(written.lines) + end
    content: Any = tomllib.loads(text)
    assert isinstance(content, dict)
    for key, line in written.starts.items():
        assert line_of(text, key) == line, (key, text)
        assert line_of(text, f"{key}.nothing.like.that") == line, (key, text)
