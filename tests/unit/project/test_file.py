"""Project files: what is written is read to the last bit, and what is damaged is refused."""

from __future__ import annotations

import json
import string
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dropout import Dropout
from cnn_tutor.engine.network import Network, Node
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project import limits
from cnn_tutor.project.file import FileError, broken, decode, encode
from cnn_tutor.project.plain_text import blank, unseen
from cnn_tutor.project.project import Project
from cnn_tutor.study import words

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
    """Return why bytes are refused, which must be a reason with words in both languages."""
    with pytest.raises(FileError) as raised:
        decode(data)
    assert_has_words(raised.value)
    return raised.value


def assert_has_words(error: Refusal) -> None:
    entry = words.table("errors")[error.reason]
    for language in words.LANGUAGES:
        fields = {name for _, name, _, _ in string.Formatter().parse(entry[language]) if name}
        assert fields <= set(error.values), error.reason


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


def test_a_project_whose_layer_has_no_bias_can_be_opened_again() -> None:
    project = Project.of(np.ones((3, 3, 1)), Conv2D(), {"kernel": np.ones((2, 2, 1, 1))})
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
            # The words of the library are others in every version.
            inside_a_sign = b"\\" in data[max(end - 5, 0) : end]
            if not inside_a_sign:
                assert broken(data[:end], "").reason == "file_cut", data[:end]


@pytest.mark.parametrize("said", [None, "", "Invalid UTF-8 encoded string", "malformed"])
@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("畳".encode(), b"\xe7\x95", b"\xe7\x95"),
        ("畳".encode(), b"\xff", b"\xff"),
        ("畳".encode(), b"\x80 and on", b"\x80"),
        (b'"first"', b"\xe9", b"\xe9"),
        (b"0.5", b"\xc3", b"\xc3"),
        (b'"first"', b"'first'", b"'first'"),
        (b"0.5", b"+5", b"+5"),
        (b"0.5", b"five", b"five"),
    ],
)
def test_where_a_file_is_broken_is_told_whatever_msgspec_says(
    said: str | None, old: bytes, new: bytes, wrong: bytes
) -> None:
    data = FILE.replace(old, new, 1)
    assert data != FILE
    error = refused(data) if said is None else broken(data, said)
    assert error.reason == "file_not_json"
    assert abs(error.values["byte"] - data.index(wrong)) <= 1  # of a word the second letter


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 100,
        b"PK\x03\x04 a zip",
        b"\x89PNG\r\n\x1a\n",
        FILE + b"x",
        FILE + FILE,
        b"\xef\xbb\xbf" + FILE,
        FILE.decode().encode("utf-16"),
        FILE.replace("畳".encode(), b"\xe7\x95"),
        FILE.replace("畳".encode(), b"\xff"),
        FILE.replace("畳".encode(), b"\n"),
        FILE.replace("畳".encode(), rb"\ud800"),
        FILE.replace(b'"first"', b"'first'"),
        FILE.replace(b"0.5", b"NaN"),
        FILE.replace(b"0.5", b"-Infinity"),
        FILE.replace(b"0.5", b"+5"),
        FILE.replace(b"0.5", b".5"),
        FILE.replace(b"0.5", b"0x5"),
        FILE.replace(b"-1.0]", b"-1.0,]"),
        FILE.replace(b"{", b"{ // a note\n", 1),
    ],
)
def test_what_is_not_json_is_refused(data: bytes) -> None:
    assert data != FILE
    assert refused(data).reason in ("file_cut", "file_not_json")


@pytest.mark.parametrize("place", [b'"same"', b'"first"', b'"convolution"', b"2.0"])
@pytest.mark.parametrize(("start", "end"), [(b"[", b"]"), (b'{"a":', b"}")])
@pytest.mark.parametrize("depth", [200, 1200, 100_000])
def test_deep_nesting_is_refused(place: bytes, start: bytes, end: bytes, depth: int) -> None:
    nest = start * depth + b"1" + end * depth
    for data in (nest, FILE[:-2] + b',"more":' + nest + b"}"):
        refused(data)
    for inside in (nest, start * depth):
        refused(FILE.replace(place, inside, 1))


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
