"""On which line a key stands, in any TOML that a lesson could be written in."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable

import pytest

from cnn_tutor.project.limits import MAX_LESSON_BYTES
from cnn_tutor.study.lessons.position import line_of, overlong
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


@pytest.mark.parametrize("name", TOML | OTHER)
def test_no_text_takes_the_square_of_its_length(name: str) -> None:
    text = (TOML | OTHER)[name](30_000)[:MAX_LESSON_BYTES]
    start = time.process_time()  # that of this process alone, whatever else the machine does
    overlong(text)
    if name in TOML:  # a line is only looked for in what could be read
        line_of(text, "steps[9000].b[0].c")
    assert time.process_time() - start < 5  # a square takes far longer


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


# --- any way to write it --------------------------------------------------------------------------

VALUES = [
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
"""Values, and the keys that are in them."""

NAMES = {
    "a": "a",
    '"a"': "a",
    "a.in": "a.in",
    " a . in . most": "a.in.most",
    "'a' . \"in\"": "a.in",
}
HEADERS = {
    "": "",
    "[t]": "t",
    "[t]\n[t.v]": "t.v",
    "[w.x.y]": "w.x.y",
    "[[items]]\n\t# [x]\n[[items]]": "items[1]",
    '[[items]]\n[[items.parts]]\n[[ items . "parts" ]] # ]]': "items[0].parts[1]",
    "[[items]]\n[[items]]\n[items.task]": "items[1].task",
}


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize(("value", "inner"), VALUES)
def test_a_key_is_found_however_it_is_written(
    header: str, value: str, inner: tuple[str, ...]
) -> None:
    table, lead = HEADERS[header], f"# a remark = 1\n\n{header}\n"
    before = f"{table}." if table else ""
    first = lead.count("\n") + 1
    for written, name in NAMES.items():
        text = f"{lead}{written} = {value}  # why\n# ''' [x]\nlast = 1\n"
        assert tomllib.loads(text)
        for key in (f"{before}{name}", *(f"{before}{name}{rest}" for rest in inner)):
            assert line_of(text, key) == first, text
            assert line_of(text, f"{key}.nothing.like.that") == first, text
        assert line_of(text, f"{before}last") == first + value.count("\n") + 2, text
        if table:
            assert line_of(text, table) == first - 1
