"""Whatever the command line is given: one clear line and exit code 2, at once."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from cnn_tutor.app.cli import command_line
from cnn_tutor.app.cli.exit_codes import EXIT_FAULT
from cnn_tutor.project.plain_text import unseen
from cnn_tutor.study.exercises.code import encode
from cnn_tutor.study.practice.worksheet import MIX
from tests.helpers.effort import at_most
from tests.helpers.programs import at_home, python
from tests.unit.project.mutants import LONG
from tests.unit.project.naughty import OWN_STRINGS

NINES = "9" * 10_000


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the one line that is said about arguments that can't be."""
    try:
        with at_most(1_000_000):
            code = command_line.run(arguments)
    except SystemExit as end:
        code = end.code
    assert code == EXIT_FAULT
    said = re.sub(r"^usage: .*?\n(?=cnn-tutor: )", "", capsys.readouterr().err, flags=re.DOTALL)
    line = said.removesuffix("\n")
    assert line.startswith("cnn-tutor: ")
    assert not unseen(line), ascii(line)
    assert len(line) < 700
    assert "Traceback" not in line
    return line


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of what has a path and is no file, where the test goes on in."""
    monkeypatch.chdir(tmp_path)
    for suffix in ("cnnt", "toml"):
        os.mkfifo(f"pipe.{suffix}")
        Path(f"folder.{suffix}").mkdir()
        Path(f"loop.{suffix}").symlink_to(f"loop.{suffix}")
        Path(f"zero.{suffix}").symlink_to("/dev/zero")
        with Path(f"large.{suffix}").open("wb") as file:
            file.truncate(2**36)
    Path("other.txt").write_bytes(bytes(range(256)))
    return tmp_path


FILES = [
    *(f"{name}.{suffix}" for name in ("pipe", "folder", "loop", "zero", "large", "nothing")
      for suffix in ("cnnt", "toml")),
    "/dev/null", "/dev/tty", "/", "/proc/self/mem", "other.txt", "\udc80.cnnt", "a\nb.toml",
    "\x1b[31m\u202e", "x" * 100_000, "<img src=x>.cnnt",
]  # fmt: skip


def test_what_is_no_file_is_checked_and_refused(odd: Path, capsys) -> None:
    for name in FILES:
        refused(capsys, "--check", name)


@pytest.mark.parametrize(
    "arguments",
    [
        *(("--step", text) for text in (NINES, "0", "-1", "1.5", "1" + "0" * 30)),
        *(("--size", text) for text in (NINES, f"{NINES}x720", "1280x", "1e9x1e9", "nanxnan")),
        *(("--size", text) for text in ("319x400", "8193x400", "-1280x-720")),
        *(("--open", text) for text in ("", "A" * 100_000, "../../etc/passwd", "a\nb")),
        ("--open", "convolution", "x\ny.cnnt"),
        *(("--seed", text, "--worksheet", "out.pdf") for text in (NINES, "-1", str(2**30))),
        *(("--count", text, "--worksheet", "out.pdf") for text in (NINES, "0", "101")),
        ("--skill", "a\nb" * 10_000, "--worksheet", "out.pdf"),
        ("--lang", "x" * 100_000),
        ("--theme", "\x1b[31m"),
        ("--no-such-option\nand more",),
        ("a", "b" * 100_000),
        *(("--step", text) for text in ("１２", "²", "+3", " 3", "0x3")),
        *(("--size", text) for text in ("1_0x480", "640x३")),
        *((of, "１２", "--worksheet", "out.pdf") for of in ("--seed", "--count")),
        *(("--open", text) for text in OWN_STRINGS),
    ],
    ids=lambda arguments: " ".join(arguments)[:30].encode("unicode_escape").decode(),
)
def test_arguments_that_can_t_be(odd: Path, capsys, arguments: tuple[str, ...]) -> None:
    line = refused(capsys, *arguments)
    assert "invalid" not in line or "choose from" in line  # it is said what can be
    assert not Path("out.pdf").exists()


CODE = encode(("receptive_field", "conv2d", 0, 0))

EXAMPLES = {
    "FILE": ("a.cnnt",),
    "--open": ("--open", "blur"),
    "--step": ("--step", "2"),
    "--answer": ("--answer", "3"),
    "--screenshot": ("--screenshot", "out.png"),
    "--size": ("--size", "640x480"),
    "--zoom": ("--zoom", "150"),
    "--presentation": ("--presentation",),
    "--theme": ("--theme", "dark"),
    "--lang": ("--lang", "en"),
    "--list": ("--list",),
    "--check": ("--check",),
    "--worksheet": ("--worksheet", "out.pdf"),
    "--gradebook": ("--gradebook", "out.csv"),
    "--figure": ("--figure", "out.png"),
    "--skill": ("--skill", MIX),
    "--count": ("--count", "2"),
    "--seed": ("--seed", "0"),
    "--paper": ("--paper", "b5"),
}
"""Every option that can be given for nothing, with something to it."""


def test_every_option_has_its_place() -> None:
    parser = command_line._parser()
    known = {action.option_strings[0] for action in parser._actions if action.option_strings}
    assert known - {"-h", "--version", "--verbose"} == set(EXAMPLES) - {"FILE"}
    of_table = {
        name for done, fitting in command_line.GOES_WITH.items() for name in (done, *fitting)
    }
    assert of_table - {""} == set(EXAMPLES)


def test_what_would_be_ignored_is_refused(odd: Path, capsys) -> None:
    doing = [name for name in command_line.GOES_WITH if name]
    for done in doing:
        for other, arguments in EXAMPLES.items():
            if other not in (done, *command_line.GOES_WITH[done]):
                arguments = [*arguments, *EXAMPLES[done]]
                if (other, done) != ("FILE", "--check"):  # which takes one itself
                    line = refused(capsys, *arguments)
                    assert other in line, line
                    assert done in line, line
    for name in ("--skill", "--count", "--seed", "--paper"):
        assert "goes with --worksheet" in refused(capsys, *EXAMPLES[name])
    for place in ((), ("--open", "blur"), ("--open", "practice"), ("a.cnnt",)):
        assert "code of an exercise" in refused(capsys, *place, "--answer", "3")
    for place in ("practice", "results", CODE):
        assert "--step goes with" in refused(capsys, "--open", place, "--step", "2")
    assert not list(odd.glob("out.*"))


def test_a_file_without_a_name_is_refused(odd: Path, capsys) -> None:
    for option in (["--screenshot"], ["--check"], ["--worksheet"], ["--gradebook"], []):
        assert "name of a file" in refused(capsys, *option, "")


@pytest.mark.parametrize("name", FILES if LONG else ["pipe.cnnt", "zero.toml"])
def test_what_is_no_file_is_opened_and_refused(odd: Path, name: str) -> None:
    """As a process of its own: what would hang or crash ends here."""
    ended = python("-m", "cnn_tutor", name, "--screenshot", "out.png", env=at_home(odd))
    assert ended.returncode == EXIT_FAULT, ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr
    assert not Path("out.png").exists()
