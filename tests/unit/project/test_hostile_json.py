"""JSON that other readers have stumbled over, as whole project files and within one."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable

import pytest

from cnn_tutor.project import file, limits
from cnn_tutor.project.file import FileError, decode
from tests.unit.project.clear import explained
from tests.unit.project.naughty import OWN_STRINGS, documents, strings
from tests.unit.project.test_file import FILE, replaced
from tests.unit.project.test_hostile_fuzz import opened_or_refused

DOCUMENTS = documents()
MONSTER = b"1" + b"0" * 400


def refused(data: bytes) -> FileError:
    with pytest.raises(FileError) as raised:
        decode(data)
    explained(raised.value)
    return raised.value


@pytest.mark.parametrize("name", DOCUMENTS)
def test_strange_json_is_no_project(name: str) -> None:
    refused(DOCUMENTS[name])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_strange_json_within_a_project_is_refused_where_it_is_broken(name: str) -> None:
    """What is broken alone is broken inside; what is sound is no number, setting or text there."""
    for place in (b"7.0", b"[1,1]", b'"convolution"', b'"valid"', b"1"):
        whole = FILE.replace(place, DOCUMENTS[name], 1)
        opened_or_refused(whole)
        if name.startswith("n_") and DOCUMENTS[name].strip():
            refused(FILE.replace(b"7.0", DOCUMENTS[name], 1))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'"shape":[4,3,2]', b'"shape":[4,3,' + MONSTER + b"]", "depth_limit"),
        (b'"shape":[4,3,2]', b'"shape":[-' + MONSTER + b",3,2]", "side_limit"),
        (b'"shape":[4,3,2]', b'"shape":[24,1,65]', "depth_limit"),
        (b'"shape":[4,3,2]', b'"shape":[1,1,24]', "depth_limit"),
        (b'"shape":[4,3,2]', b'"shape":[-4,-3,2]', "side_limit"),
        (b'"shape":[4,3,2]', b'"shape":[4294967296,4294967296,4294967296]', "side_limit"),
        (b'"shape":[4,3,2]', b'"shape":[24,0,0]', "side_limit"),
        (b'"groups":1', b'"groups":' + MONSTER, "setting_limit"),
        (b'"groups":1', b'"groups":-' + MONSTER, "not_positive"),
        (b'"groups":1', b'"groups":1e400', "file_structure"),
        (b'"version":1', b'"version":' + MONSTER, "file_newer"),
        (b'"version":1', b'"version":' + b"9" * 10**6, "file_structure"),
        (b"7.0", b"NaN", "file_not_json"),
        (b"7.0", b"Infinity", "file_not_json"),
        (b"7.0", b"1e400", "file_structure"),
        (b"7.0", b"9" * 10**6, "file_structure"),
        (b"7.0", b"[" * 10**5 + b"]" * 10**5, "file_not_project"),
        (b'"groups":1', b'"groups":' + b'{"":' * 10**5 + b"1" + b"}" * 10**5, "file_not_project"),
        (b'"convolution"', b'"\\u0000"', "file_structure"),
        (b'"convolution"', b'"\\u202e"', "file_structure"),
        (b'"convolution"', b'"' + b"x" * 10**6 + b'"', "file_structure"),
        (b'"convolution"', b'"\xe9"', "file_not_json"),
        (b'"convolution"', b'"\\ud800\\ud800 and so on"', "file_not_json"),
        (b'"first"', b'"fi\\nrst"', "file_node_name"),
        (b'"first"', b'"\\u202erst"', "file_node_name"),
        (b'"first"', b'" "', "file_node_name"),
        (b'"first"', b'"\\u200b"', "file_node_name"),
        (b'"first"', b'"\\u3164"', "file_node_name"),
        (b'"first"', b'"\\u2800 \\u2800"', "file_node_name"),
        (b'{"format"', b'\xef\xbb\xbf{"format"', "file_not_json"),
    ],
)
def test_a_project_with_one_monster_is_refused(old: bytes, new: bytes, reason: str) -> None:
    assert old in FILE
    assert refused(FILE.replace(old, new, 1)).reason == reason


def test_where_a_letter_is_broken_is_told_from_the_start_of_the_file() -> None:
    data = FILE.replace(b'"convolution"', b'"abc\xe9"')
    assert refused(data).values["byte"] == data.index(b"\xe9")


def test_the_last_of_two_equal_keys_counts() -> None:
    twice = FILE.replace(b'"origin":', b'"origin":"first","origin":')
    assert decode(twice).origin == decode(FILE).origin


@pytest.mark.parametrize("zero", [b"-0", b"-0.0", b"1e-400", b"-1e-999999"])
def test_zero_may_be_written_in_any_way(zero: bytes) -> None:
    assert decode(FILE.replace(b"7.0", zero, 1)).x[0, 0, 0] == 0


CROWDS: dict[str, tuple[bytes, bytes]] = {
    "values": (b"7.0", b"0," * (12 * 10**6) + b"0"),
    "sizes": (b"4,3,2", b"1," * (12 * 10**6) + b"1"),
    "lists": (b'"groups":1', b'"groups":[' + b"[]," * (8 * 10**6) + b"0]"),
    "tables": (b'"groups":1', b'"groups":[' + b'{"":0},' * (4 * 10**6) + b"0]"),
    "keys": (b'"groups":1', b'"a":0,' * (4 * 10**6) + b'"groups":1'),
    "nodes": (b'"nodes":[', b'"nodes":[' + b"{}," * (8 * 10**6)),
}


@pytest.mark.parametrize("name", CROWDS)
def test_a_crowd_is_refused_before_memory_is_taken_for_it(name: str, monkeypatch) -> None:
    old, new = CROWDS[name]
    assert old in FILE
    data = FILE.replace(old, new, 1)
    assert len(data) < limits.MAX_FILE_BYTES
    monkeypatch.setattr(file, "_parsed", lambda _: pytest.fail("it is parsed"))
    tracemalloc.start()
    try:
        refused(data)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


PLACES: dict[str, Callable[[str], bytes]] = {
    "origin": lambda text: replaced("origin", text),
    "format": lambda text: replaced("format", text),
    "name": lambda text: replaced("nodes.0.name", text),
    "kind": lambda text: replaced("nodes.0.kind", text),
    "setting's value": lambda text: replaced("nodes.0.settings.padding", text),
    "setting": lambda text: replaced("nodes.0.settings", {text: 1}),
    "port": lambda text: replaced("nodes.0.tensors", {text: {"shape": [1], "values": [1]}}),
    "key": lambda text: json.dumps({**json.loads(FILE), text: text}).encode(),
}


@pytest.mark.parametrize("place", PLACES)
def test_naughty_strings_are_kept_or_refused(place: str) -> None:
    for text in strings():
        opened_or_refused(PLACES[place](text))


def test_only_harmless_names_are_kept() -> None:
    for text in OWN_STRINGS[:9]:
        assert refused(PLACES["name"](text)).reason == "file_node_name"
        assert refused(PLACES["origin"](text)).reason == "file_structure"
    for text in ("Ω≈ç√", "田中さん", "<img src=x>", "ab\u200dc", "😍", "a b"):
        assert decode(PLACES["name"](text)).network.nodes[0].name == text
