"""What is written for people is true: links lead somewhere, paths and commands exist."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPERS = {
    name: (ROOT / name).read_text("utf-8")
    for name in (
        "README.md",
        "README.ja.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "tests/benchmarks/README.md",
        "resources/lessons/README.md",
    )
}
READMES = ("README.md", "README.ja.md")
SCREENS = 120
"""Lines that fit on three screens."""

LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
TOPS = ("cnn_tutor", "resources", "tests", ".ci")
FLOORS = tuple(path.name for path in (ROOT / "cnn_tutor").iterdir() if path.is_dir())


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def commands(text: str) -> list[list[str]]:
    """Every command in backticks or in a block, word by word."""
    blocks = [re.sub(r"^```.*\n|```$", "", block) for block in FENCE.findall(text)]
    lines = [line for block in blocks for line in block.splitlines()]
    lines += [line for line in text.splitlines() if line.startswith("    ")]
    parts = [part for line in [*lines, *CODE.findall(text)] for part in re.split("&&|;", line)]
    found = []
    for part in parts:
        try:
            words = shlex.split(part.replace("\\", "/"), comments=True)
        except ValueError:
            continue
        if words:
            found.append([words[0].rpartition("/")[2], *words[1:]])
    return found


ALL_COMMANDS = [
    pytest.param(words, id=f"{name}: {' '.join(words)[:60]}")
    for name, text in PAPERS.items()
    for words in commands(text)
    if words[0] in ("cnn-tutor", "nox", "python", "python3")
]


def sessions() -> set[str]:
    tree = ast.parse((ROOT / "noxfile.py").read_text("utf-8"))
    return {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list
    }


@pytest.mark.parametrize("name", PAPERS)
def test_every_link_leads_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    for _, target in LINK.findall(FENCE.sub("", CODE.sub("", PAPERS[name]))):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        found = (folder / path).resolve() if path else ROOT / name
        assert found.exists(), target
        assert not anchor or anchor in anchors(found.read_text("utf-8")), target


@pytest.mark.parametrize("name", PAPERS)
def test_every_path_in_backticks_exists(name: str) -> None:
    for code in CODE.findall(FENCE.sub("", PAPERS[name])):
        if re.fullmatch(r"[\w.\-/]+", code) and "/" in code and not re.search("[A-Z]{3}", code):
            top = code.split("/")[0]
            if top in TOPS:
                assert (ROOT / code).exists(), code
            elif top in FLOORS:
                assert (ROOT / "cnn_tutor" / code).exists(), code


@pytest.fixture(scope="module")
def options() -> set[str]:
    """The options of the program."""
    command = [sys.executable, "-m", "cnn_tutor", "--help"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"--[a-z]+", told))


@pytest.mark.parametrize("words", ALL_COMMANDS)
def test_every_command_exists(words: list[str], options: set[str]) -> None:
    program, *rest = words
    if program == "cnn-tutor":
        assert {word for word in rest if word.startswith("--")} <= options
    elif program == "nox" and "-s" in rest:
        named = rest[rest.index("-s") + 1 :]
        named = named[: named.index("--")] if "--" in named else named
        assert set(named) <= sessions()
    elif program.startswith("python") and "-m" in rest:
        module = rest[rest.index("-m") + 1]
        own = module.split(".")[0] in ("tests", "cnn_tutor")
        assert find_spec(module) if own else module in ("pip", "pytest", "venv", "nox")


def test_commands_are_found() -> None:
    programs = {words.values[0][0] for words in ALL_COMMANDS}
    assert {"cnn-tutor", "nox", "python", "python3"} <= programs
    assert sessions() == {"unit", "full", "lint", "translate", "screenshots"}


@pytest.mark.parametrize("name", READMES)
def test_a_readme_is_read_in_three_screens(name: str) -> None:
    assert len(PAPERS[name].splitlines()) <= SCREENS


def test_both_readmes_say_the_same() -> None:
    for pattern in (r"^## ", r"^!\[", r"^\d\. ", r"^- ", r"^```\w", r"`cnn-tutor [^`]+`"):
        counts = [len(re.findall(pattern, PAPERS[name], re.MULTILINE)) for name in READMES]
        assert counts[0] == counts[1] > 0, pattern
    blocks = [FENCE.findall(PAPERS[name]) for name in READMES]
    assert blocks[0] == blocks[1]
    pictures = [
        [
            target.replace("_ja.png", "_en.png")
            for shown, target in LINK.findall(PAPERS[name])
            if shown
        ]
        for name in READMES
    ]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("mark", ["start command", "test command"])
def test_a_command_that_is_read_from_the_readme_is_the_one_block_after_its_mark(mark: str) -> None:
    text = PAPERS["README.md"]
    assert text.count(f"<!-- {mark} -->") == 1
    block = re.search(rf"<!-- {mark} -->\n```sh\n(.+)\n```\n", text)
    assert block
    assert block[1].startswith("sh resources/linux/install.sh && python3 -m venv .venv && ")


def test_no_picture_lies_about_unused() -> None:
    used = {
        Path(target).name
        for name in READMES
        for shown, target in LINK.findall(PAPERS[name])
        if shown
    }
    assert used == {path.name for path in (ROOT / "resources/readme").iterdir()}
