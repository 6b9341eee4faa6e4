"""Everything that is said is there in both languages, with the same numbers in it."""

from __future__ import annotations

import ast
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cnn_tutor
from cnn_tutor.bundled import bundled
from cnn_tutor.engine.errors import Refusal, ShapeError
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project.file import FileError
from cnn_tutor.study import words

PACKAGE = Path(cnn_tutor.__file__).parent


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def entries(table: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every entry that is in a language, however deep; what else it holds has none."""
    spoken = {key: side for key, side in table.items() if key in words.LANGUAGES}
    if spoken:
        yield at, spoken
    for key, inner in table.items():
        if isinstance(inner, dict):
            yield from entries(inner, f"{at}.{key}")


BILINGUAL = [
    pytest.param(entry, id=key)
    for file in sorted(bundled("words").glob("*.toml"))
    for key, entry in entries(tomllib.loads(file.read_text("utf-8")), file.stem)
]


@pytest.mark.parametrize("entry", BILINGUAL)
def test_what_is_said_in_one_language_is_said_in_both(entry: dict[str, str]) -> None:
    assert set(entry) == set(words.LANGUAGES)
    assert all(side.strip() == side and side for side in entry.values())
    assert fields(entry["ja"]) == fields(entry["en"])


def refusals(tree: ast.Module, kinds: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """Every reason that is given to an error, and the call that gives it."""

    def visit(node: ast.AST, owner: str) -> Iterator[tuple[str, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            inside = child.name if isinstance(child, ast.ClassDef) else owner
            if isinstance(child, ast.Call) and child.args:
                called = ast.unparse(child.func)
                first = child.args[0]
                told = called.rpartition(".")[2] in kinds
                told |= called == "super().__init__" and owner in kinds
                if told and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, child
            yield from visit(child, inside)

    yield from visit(tree, "")


def raised() -> list[Any]:
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    kinds = {Refusal.__name__}
    while more := {name for name, parents in bases.items() if parents & kinds} - kinds:
        kinds |= more
    return [
        pytest.param(reason, call, id=f"{path.stem}:{call.lineno}-{reason}")
        for path, tree in trees.items()
        for reason, call in refusals(tree, kinds)
    ]


RAISED = raised()


def test_the_reasons_in_the_sources_are_found() -> None:
    found = {param.values[0] for param in RAISED}
    assert {"x_rank", "file_newer", "cells_limit", "not_whole", "name_twice"} <= found


@pytest.mark.parametrize(("reason", "call"), RAISED)
def test_a_reason_that_is_given_has_words_and_all_their_numbers(
    reason: str, call: ast.Call
) -> None:
    given = {keyword.arg for keyword in call.keywords}
    assert reason in words.table("errors")
    if None not in given:
        assert fields(words.table("errors")[reason]["en"]) <= given


@pytest.mark.parametrize("reason", ["units_limit", "side_limit", "depth_limit"])
def test_a_reason_that_is_passed_on_has_words_and_all_their_numbers(reason: str) -> None:
    assert fields(words.table("errors")[reason]["en"]) <= {"value", "most"}


def test_a_sentence_is_said_in_the_language_that_is_spoken(language: str) -> None:
    sentence = words.say("errors.side_limit", value=99, most=64)
    assert sentence == words.table("errors")["side_limit"][language].format(value=99, most=64)
    assert words.language() == language


def test_numbers_are_said_as_they_are_shown(language: str) -> None:
    assert "−2500000" in words.say("errors.number_limit", value=-2.5e6, most=1e6)
    assert "0.1" in words.say("errors.number_limit", value=0.1, most=1e6)


@pytest.mark.parametrize(("shape", "text"), [((5, 5), "5×5"), ((32, 32, 3), "32×32×3")])
def test_a_shape_is_said_as_it_is_shown(language: str, shape: tuple[int, ...], text: str) -> None:
    sentence = words.explain(ShapeError("x_rank", shape=shape))
    assert text in sentence
    assert "(" not in sentence


def test_braces_in_a_value_are_left_alone(language: str) -> None:
    assert "{value}" in words.say("errors.not_a_number", text="{value}")


def test_a_refusal_is_explained_with_its_place_where_that_is_known(language: str) -> None:
    plain = words.explain(Refusal("file_unknown_layer", kind="conv3d"))
    placed = words.explain(FileError("file_unknown_layer", "nodes[0].kind", kind="conv3d"))
    assert "conv3d" in plain
    assert placed == f"nodes[0].kind: {plain}"


def test_only_known_languages_and_keys_are_spoken() -> None:
    before = words.language()
    with pytest.raises(ValueError, match="fr"):
        words.speak("fr")
    assert words.language() == before
    with pytest.raises(KeyError):
        words.say("errors.no_such_reason")
    assert words.name("errors.no_such_reason") == "no_such_reason"


@pytest.mark.parametrize(
    ("kind", "port", "ja", "en"),
    [
        ("conv2d", "kernel", "フィルタ", "Filter"), ("dense", "kernel", "重み", "Weights"),
        ("dense", "bias", "バイアス", "Bias"), ("dropout", "mask", "マスク", "Mask"),
        ("no_such_kind", "kernel", "フィルタ", "Filter"), ("no_such_kind", "gain", "gain", "gain"),
    ],
)  # fmt: skip
def test_a_port_is_called_as_its_kind_calls_it(
    language: str, kind: str, port: str, ja: str, en: str
) -> None:
    assert words.port(kind, port) == {"ja": ja, "en": en}[language]


def test_every_port_of_every_kind_has_a_name(language: str) -> None:
    for kind, layer in layer_kinds().items():
        for port in (*layer.inputs, "output"):
            assert words.port(kind, port) != port
