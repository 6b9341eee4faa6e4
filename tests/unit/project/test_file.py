"""Project files: what is written is read to the last bit, and what is damaged is refused."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.network import Network, Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import file, limits
from cnn_tutor.project.file import FileError, decode, encode
from cnn_tutor.project.plain_text import blank, unseen
from cnn_tutor.project.project import Project
from cnn_tutor.study.boards.presets import presets
from tests.unit.project.clear import explained
from tests.unit.project.mutants import LONG, mutants, watched
from tests.unit.project.naughty import OWN_STRINGS, documents, strings

PAIRS = st.tuples(st.integers(1, 2), st.integers(1, 2))
SIDES = st.tuples(st.integers(0, 9), st.integers(0, 9))
NUMBERS = st.floats(-limits.MAX_NUMBER, limits.MAX_NUMBER) | st.sampled_from(
    [5e-324, -2.2250738585072014e-308, -0.0, 0.1, 1 / 3, 999999.9999999999]
)


def small_project() -> Project:
    rng = np.random.default_rng(1)
    nodes = []
    for name, layer, depth in (
        ("first", Conv2D(padding=((1, 0), (0, 2)), strides=(2, 1)), 2),
        ("畳み込み", Conv2D(padding="same", groups=2), 1),
    ):
        tensors = {"kernel": rng.integers(-2, 3, (2, 2, depth, 2)) / 4, "bias": np.array([0.5, -1])}
        nodes.append(Node(name, layer, tensors))
    x = rng.integers(0, 9, (4, 3, 2)) * 1.0
    return Project(x, Network((4, 3, 2), tuple(nodes)), "convolution").checked()


FILE = encode(small_project())


ORIGINS = st.text(max_size=200).filter(lambda text: not unseen(text))


def can_be_a_name(text: str) -> bool:
    return not blank(text) and text != "input" and not unseen(text)


def refused(data: bytes) -> FileError:
    """Return why bytes are refused, which must be clear in both languages."""
    with pytest.raises(FileError) as raised:
        decode(data)
    explained(raised.value)
    return raised.value


def changed(change: Callable[[Any], object]) -> bytes:
    content = json.loads(FILE)
    change(content)
    return json.dumps(content).encode()


def replaced(path: str, value: object) -> bytes:
    """Return the file with another value at a path such as ``nodes.0.kind``."""
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]

    def change(content: Any) -> None:
        for part in way:
            content = content[part]
        content[last] = value

    return changed(change)


def assert_equal(found: Project, expected: Project) -> None:
    assert found.origin == expected.origin
    assert found.x.tobytes() == expected.x.tobytes()
    assert found.x.shape == found.network.input_shape == expected.x.shape
    for node, other in zip(found.network.nodes, expected.network.nodes, strict=True):
        assert (node.name, node.layer) == (other.name, other.layer)
        assert {p: (t.shape, t.tobytes()) for p, t in node.tensors.items()} == {
            p: (t.shape, t.tobytes()) for p, t in other.tensors.items()
        }


def test_a_file_gives_back_the_project_it_was_made_of() -> None:
    assert_equal(decode(FILE), small_project())
    assert encode(decode(FILE)) == FILE
    assert FILE.endswith(b"}\n")


@settings(max_examples=120)
@given(st.data())
def test_every_number_and_setting_is_kept_to_the_last_bit(data: st.DataObject) -> None:
    padding = data.draw(st.sampled_from(["valid", "same"]) | st.tuples(SIDES, SIDES))
    layer = Conv2D(data.draw(PAIRS), padding, data.draw(PAIRS), data.draw(st.integers(1, 2)))
    sizes = ((3, 4, 2), (2, 2, 2 // layer.groups, 2), (2,))
    x, kernel, bias = (
        np.array(data.draw(st.lists(NUMBERS, min_size=n, max_size=n))).reshape(size)
        for size, n in ((size, int(np.prod(size))) for size in sizes)
    )
    name = data.draw(st.text(min_size=1, max_size=80).filter(can_be_a_name))
    node = Node(name, layer, {"kernel": kernel, "bias": bias})
    project = Project(x, Network(x.shape, (node,)), data.draw(ORIGINS)).checked()
    assert_equal(decode(encode(project)), project)


def test_an_opened_project_s_arrays_cannot_be_written_to() -> None:
    project = decode(FILE)
    for tensor in (project.x, *project.network.nodes[0].tensors.values()):
        with pytest.raises(ValueError, match="read-only"):
            tensor[...] = 0


def test_every_kind_of_layer_is_kept_alone_and_in_a_chain() -> None:
    for kind, layer in layer_kinds().items():
        for level in range(6):
            sampled, tensors = layer.sample(np.random.default_rng(level), level)
            x = tensors.pop("x")
            project = Project.chain(x, [Node(f"{kind} {level}", sampled, tensors)])
            for place in (0, 1):
                assert_equal(decode(encode(project)), project)
                project = project.inserted(place, "relu")


def test_a_switch_and_a_share_are_kept_and_nothing_else_is_taken_for_them() -> None:
    layer = Dropout(rate=0.1, training=False, seed=7)
    mask = {"mask": np.array([1.0, 0, 1])}
    project = Project.of(np.array([1.5, 2, -3]), layer, mask)
    file = encode(project)
    assert_equal(decode(file), project)
    assert decode(file.replace(b"0.1", b"0")).network.nodes[0].layer.rate == 0
    for old, new, reason in (
        (b"false", b"0", "file_type"),
        (b"false", b'"no"', "file_type"),
        (b"0.1", b"true", "file_type"),
        (b"0.1", b'"0.1"', "file_type"),
        (b"0.1", b"1.0", "rate_range"),
        (b"0.1", b"-0.5", "rate_range"),
        (b'"seed":7', b'"seed":7.5', "file_type"),
        (b'"seed":7', b'"seed":true', "file_type"),
        (b'"seed":7', b'"seed":10000', "seed_range"),
        (b"[1.0,0.0,1.0]", b"[1.0,0.5,1.0]", "not_a_switch"),
    ):
        assert old in file
        assert refused(file.replace(old, new)).reason == reason


def test_settings_that_are_left_out_have_their_defaults() -> None:
    project = decode(replaced("nodes.0.settings", {}))
    assert project.network.nodes[0].layer == Conv2D()


def test_a_file_cut_anywhere_ends_too_early() -> None:
    for data in (FILE, FILE.replace("畳".encode(), b"\\u7573\\n")):
        for end in range(len(data) - 1):
            assert refused(data[:end]).reason == "file_cut", data[:end]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("畳".encode(), b"\xe7\x95", b"\xe7\x95"),
        ("畳".encode(), b"\x80 and on", b"\x80"),
        (b'"convolution"', b'"abc\xe9"', b"\xe9"),
        (b'"first"', b"'first'", b"'first'"),
        (b"0.5", b"+5", b"+5"),
        (b"0.5", b"five", b"five"),
    ],
)
def test_where_a_file_is_broken_is_told(old: bytes, new: bytes, wrong: bytes) -> None:
    data = FILE.replace(old, new, 1)
    error = refused(data)
    assert error.reason == "file_not_json"
    assert abs(error.values["byte"] - data.index(wrong)) <= 1  # of a word the second letter


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        b"\x89PNG\r\n\x1a\n",
        FILE + b"x",
        b"\xef\xbb\xbf" + FILE,
        FILE.decode().encode("utf-16"),
        FILE.replace("畳".encode(), b"\n"),
        FILE.replace("畳".encode(), rb"\ud800"),
        FILE.replace(b"0.5", b"NaN"),
        FILE.replace(b"0.5", b"0x5"),
        FILE.replace(b"-1.0]", b"-1.0,]"),
        FILE.replace(b"{", b"{ // a note\n", 1),
    ],
)
def test_what_is_not_json_is_refused(data: bytes) -> None:
    assert data != FILE
    assert refused(data).reason in ("file_cut", "file_not_json")


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    error = refused(FILE + b" " * limits.MAX_FILE_BYTES)
    assert (error.reason, error.values) == ("file_too_large", {"most": 32})
    assert_equal(decode(FILE + b" " * (limits.MAX_FILE_BYTES - len(FILE))), small_project())


@pytest.mark.parametrize(
    "shape", [[64, 64, 17], [10**6, 10**6, 1], [2**62, 2**62, 2**62], [64] * 9]
)
@pytest.mark.parametrize("path", ["input.shape", "nodes.1.tensors.kernel.shape"])
def test_an_absurd_size_takes_no_memory(path: str, shape: list[int]) -> None:
    data = replaced(path, shape)
    tracemalloc.start()
    refused(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


# --- what is wrong, and where ---------------------------------------------------------------------

CONTENT = json.loads(FILE)


@pytest.mark.parametrize(
    ("path", "value", "reason", "where"),
    [
        ("version", 2, "file_newer", "version"),
        ("version", 0, "file_not_project", "version"),
        ("version", True, "file_type", "version"),
        ("format", "cnn", "file_not_project", ""),
        ("origin", None, "file_type", "origin"),
        ("more", 1, "file_structure", "…"),
        ("input.more", 1, "file_structure", "input"),
        ("input.shape", [4, 3, 3], "file_count", "input"),
        ("input.shape", [65, 3, 2], "side_limit", "input"),
        ("input.shape", [4, 3, 17], "depth_limit", "input"),
        ("input.shape", [1] * 5, "rank_limit", "input"),
        ("input.shape", [4, 3, 2.5], "file_type", "input.shape[2]"),
        ("input.values", [0] * 25, "file_count", "input"),
        ("input.values.3", None, "file_type", "input.values[3]"),
        ("input.values.3", 1000001, "number_limit", "input"),
        ("input.values.3", 10**400, "file_structure", "input.values[3]"),
        ("nodes", [], "nodes_limit", "nodes"),
        ("nodes", [CONTENT["nodes"][0]] * 33, "nodes_limit", "nodes"),
        ("nodes.0.more", 7, "file_structure", "nodes[0]"),
        ("nodes.1.name", "", "file_node_name", "nodes[1].name"),
        ("nodes.1.name", "input", "file_node_name", "nodes[1].name"),
        ("nodes.1.name", "x" * 81, "file_node_name", "nodes[1].name"),
        ("nodes.1.name", "first", "name_twice", "nodes"),
        ("nodes.1.kind", "conv3d", "file_unknown_layer", "nodes[1].kind"),
        ("nodes.1.settings.rate", 1, "file_unknown_setting", "nodes[1].settings"),
        ("nodes.1.settings.strides", 1, "file_type", "nodes[1].settings.strides"),
        ("nodes.1.settings.strides", [1], "file_structure", "nodes[1].settings.strides"),
        ("nodes.1.settings.strides", [0, 1], "not_positive", "nodes[1].settings"),
        ("nodes.1.settings.strides", [1, 17], "setting_limit", "nodes[1].settings"),
        ("nodes.1.settings.strides", [1, 1.5], "file_type", "nodes[1].settings.strides[1]"),
        ("nodes.1.settings.groups", True, "file_type", "nodes[1].settings.groups"),
        ("nodes.1.settings.groups", 3, "group_depth_differs", "nodes[1]"),
        ("nodes.1.settings.padding", "full", "file_structure", "nodes[1].settings.padding"),
        ("nodes.1.settings.padding", [[0, 0], [0, -1]], "negative_padding", "nodes[1].settings"),
        ("nodes.1.tensors", {}, "ports", "nodes[1]"),
        ("nodes.1.tensors.x", CONTENT["input"], "ports", "nodes[1].tensors"),
        ("nodes.1.tensors.bias.shape", [1], "file_count", "nodes[1].tensors.bias"),
        ("nodes.1.tensors.bias", {"shape": [1], "values": [0]}, "bias_shape", "nodes[1]"),
        ("nodes.1.tensors.bias.values.0", 2e6, "number_limit", "nodes[1].tensors.bias"),
        ("nodes.1.tensors.kernel.shape", [12, 1, 1, 1], "side_limit", "nodes[1].tensors.kernel"),
        ("nodes.1.tensors.kernel.shape", [2, 2, 2], "kernel_rank", "nodes[1]"),
        ("nodes.0.settings.dilation_rate", [16, 1], "kernel_too_large", "nodes[0]"),
    ],
)
def test_it_is_said_what_is_wrong_and_where(
    path: str, value: object, reason: str, where: str
) -> None:
    error = refused(replaced(path, value))
    assert (error.reason, error.where) == (reason, where)


@pytest.mark.parametrize("number", ["-1e999", "9" * 400])
def test_a_number_that_becomes_infinite_is_refused(number: str) -> None:
    error = refused(FILE.replace(b"7.0", number.encode(), 1))
    assert (error.reason, error.where) == ("file_structure", "input.values[0]")


@pytest.mark.parametrize("key", ["format", "version", "input", "nodes", "name", "kind", "settings"])
def test_a_part_that_is_missing_is_refused(key: str) -> None:
    def remove(content: Any) -> None:
        del (content if key in content else content["nodes"][1])[key]

    error = refused(changed(remove))
    assert (error.reason, error.where) in (("file_structure", "…"), ("file_structure", "nodes[1]"))


# --- any damage -----------------------------------------------------------------------------------

SMALL = 3000


def sound() -> list[bytes]:
    """Return small projects with every kind of layer that presets have."""
    fixed = [preset for preset in presets().values() if "level" not in preset.content]
    files = [encode(preset.project()) for preset in fixed]
    return [FILE, *(data for data in files if len(data) < SMALL)]


def opened_or_refused(data: bytes) -> bool:
    """Open a file and save it again, or have it refused; return whether it could be opened."""
    try:
        project = decode(data)
    except FileError as error:
        explained(error)
        return False
    assert_equal(decode(encode(project)), project)
    return True


def test_damaged_copies_are_opened_or_refused() -> None:
    opened = 0
    for number, data in mutants(sound(), 12_000 if LONG else 700, seed=20_000):
        with watched(number):
            opened += opened_or_refused(data)
    assert opened, "none of them could be opened: nothing is said about the right result"


# --- what other readers have stumbled over --------------------------------------------------------

DOCUMENTS = documents()
MONSTER = b"1" + b"0" * 400


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
        (b'"shape":[4,3,2]', b'"shape":[4294967296,4294967296,4294967296]', "side_limit"),
        (b'"groups":1', b'"groups":' + MONSTER, "setting_limit"),
        (b'"version":1', b'"version":' + MONSTER, "file_newer"),
        (b'"version":1', b'"version":' + b"9" * 10**6, "file_structure"),
        (b"7.0", b"9" * 10**6, "file_structure"),
        (b"7.0", b"[" * 10**5 + b"]" * 10**5, "file_not_project"),
        (b'"groups":1', b'"groups":' + b'{"":' * 10**5 + b"1" + b"}" * 10**5, "file_not_project"),
        (b'"convolution"', b'"\\u0000"', "file_structure"),
        (b'"convolution"', b'"\\u202e"', "file_structure"),
        (b'"convolution"', b'"' + b"x" * 10**6 + b'"', "file_structure"),
        (b'"first"', b'"fi\\nrst"', "file_node_name"),
        (b'"first"', b'"\\u202erst"', "file_node_name"),
        (b'"first"', b'" "', "file_node_name"),
    ],
)
def test_a_project_with_one_monster_is_refused(old: bytes, new: bytes, reason: str) -> None:
    assert old in FILE
    assert refused(FILE.replace(old, new, 1)).reason == reason


CROWDS: dict[str, tuple[bytes, bytes]] = {
    "values": (b"7.0", b"0," * (12 * 10**6) + b"0"),
    "lists": (b'"groups":1', b'"groups":[' + b"[]," * (8 * 10**6) + b"0]"),
    "keys": (b'"groups":1', b'"a":0,' * (4 * 10**6) + b'"groups":1'),
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
