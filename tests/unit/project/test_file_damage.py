"""Files that are JSON but no sane project: each is refused, and where it is wrong is said."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_tutor.engine.network import Evaluation
from cnn_tutor.project.file import FileError, decode, encode
from tests.unit.project.test_file import (
    FILE,
    assert_equal,
    assert_has_words,
    changed,
    refused,
    replaced,
)

CONTENT = json.loads(FILE)


@pytest.mark.parametrize(
    ("path", "value", "reason", "where"),
    [
        ("version", 2, "file_newer", "version"),
        ("version", 10**30, "file_newer", "version"),
        ("version", 0, "file_not_project", "version"),
        ("version", -1, "file_not_project", "version"),
        ("version", "1", "file_type", "version"),
        ("version", True, "file_type", "version"),
        ("version", 1.5, "file_type", "version"),
        ("format", "cnn", "file_not_project", ""),
        ("format", 1, "file_type", "format"),
        ("origin", None, "file_type", "origin"),
        ("more", 1, "file_structure", "…"),
        ("input", [], "file_type", "input"),
        ("input.more", 1, "file_structure", "input"),
        ("input.shape", [4, 3], "file_count", "input"),
        ("input.shape", [4, 3, 3], "file_count", "input"),
        ("input.shape", [4, 3, 0], "depth_limit", "input"),
        ("input.shape", [4, -3, -2], "side_limit", "input"),
        ("input.shape", [65, 3, 2], "side_limit", "input"),
        ("input.shape", [4, 3, 17], "depth_limit", "input"),
        ("input.shape", [], "rank_limit", "input"),
        ("input.shape", [1] * 5, "rank_limit", "input"),
        ("input.shape", [4, 3, 2.5], "file_type", "input.shape[2]"),
        ("input.shape", ["4", 3, 2], "file_type", "input.shape[0]"),
        ("input.shape", [4, 3, True], "file_type", "input.shape[2]"),
        ("input.values", [], "file_count", "input"),
        ("input.values", [0] * 25, "file_count", "input"),
        ("input.values.3", None, "file_type", "input.values[3]"),
        ("input.values.3", "1", "file_type", "input.values[3]"),
        ("input.values.3", True, "file_type", "input.values[3]"),
        ("input.values.3", [1], "file_type", "input.values[3]"),
        ("input.values.3", 1000001, "number_limit", "input"),
        ("input.values.3", -1e300, "number_limit", "input"),
        ("input.values.3", 10**400, "file_structure", "input.values[3]"),
        ("nodes", [], "nodes_limit", "nodes"),
        ("nodes", [CONTENT["nodes"][0]] * 33, "nodes_limit", "nodes"),
        ("nodes", {}, "file_type", "nodes"),
        ("nodes.0", 7, "file_type", "nodes[0]"),
        ("nodes.0.more", 7, "file_structure", "nodes[0]"),
        ("nodes.1.name", "", "file_node_name", "nodes[1].name"),
        ("nodes.1.name", "input", "file_node_name", "nodes[1].name"),
        ("nodes.1.name", "x" * 81, "file_node_name", "nodes[1].name"),
        ("nodes.1.name", "first", "name_twice", "nodes"),
        ("nodes.1.kind", "conv3d", "file_unknown_layer", "nodes[1].kind"),
        ("nodes.1.kind", "", "file_unknown_layer", "nodes[1].kind"),
        ("nodes.1.kind", "os.system", "file_unknown_layer", "nodes[1].kind"),
        ("nodes.1.kind", ["conv2d"], "file_type", "nodes[1].kind"),
        ("nodes.1.settings", [], "file_type", "nodes[1].settings"),
        ("nodes.1.settings.rate", 1, "file_unknown_setting", "nodes[1].settings"),
        ("nodes.1.settings.__class__", 1, "file_unknown_setting", "nodes[1].settings"),
        ("nodes.1.settings.kind", "x", "file_unknown_setting", "nodes[1].settings"),
        ("nodes.1.settings.strides", 1, "file_type", "nodes[1].settings.strides"),
        ("nodes.1.settings.strides", [1], "file_structure", "nodes[1].settings.strides"),
        ("nodes.1.settings.strides", [0, 1], "not_positive", "nodes[1].settings"),
        ("nodes.1.settings.strides", [1, 17], "setting_limit", "nodes[1].settings"),
        ("nodes.1.settings.strides", [1, 10**30], "setting_limit", "nodes[1].settings"),
        ("nodes.1.settings.strides", [1, 1.5], "file_type", "nodes[1].settings.strides[1]"),
        ("nodes.1.settings.groups", True, "file_type", "nodes[1].settings.groups"),
        ("nodes.1.settings.groups", 10**9, "setting_limit", "nodes[1].settings"),
        ("nodes.1.settings.groups", 3, "group_depth_differs", "nodes[1]"),
        ("nodes.1.settings.padding", "full", "file_structure", "nodes[1].settings.padding"),
        ("nodes.1.settings.padding", [[0, 0], [0, -1]], "negative_padding", "nodes[1].settings"),
        ("nodes.1.settings.padding", [[0, 0], [0, 17]], "setting_limit", "nodes[1].settings"),
        ("nodes.1.tensors", {}, "ports", "nodes[1]"),
        ("nodes.1.tensors.x", CONTENT["input"], "ports", "nodes[1].tensors"),
        ("nodes.1.tensors.bias.shape", [1], "file_count", "nodes[1].tensors.bias"),
        ("nodes.1.tensors.bias", {"shape": [1], "values": [0]}, "bias_shape", "nodes[1]"),
        ("nodes.1.tensors.bias.values.0", 2e6, "number_limit", "nodes[1].tensors.bias"),
        ("nodes.1.tensors.kernel.shape", [12, 1, 1, 1], "side_limit", "nodes[1].tensors.kernel"),
        ("nodes.1.tensors.kernel.shape", [2, 2, 2], "kernel_rank", "nodes[1]"),
        ("nodes.1.tensors.kernel.shape", [8, 1, 1, 1], "filters_not_in_groups", "nodes[1]"),
        ("nodes.0.settings.dilation_rate", [16, 1], "kernel_too_large", "nodes[0]"),
    ],
)
def test_it_is_said_what_is_wrong_and_where(
    path: str, value: object, reason: str, where: str
) -> None:
    error = refused(replaced(path, value))
    assert (error.reason, error.where) == (reason, where)


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1e400", "9" * 400])
def test_a_number_that_becomes_infinite_is_refused(number: str) -> None:
    error = refused(FILE.replace(b"7.0", number.encode(), 1))
    assert (error.reason, error.where) == ("file_structure", "input.values[0]")


def test_an_input_with_a_batch_is_refused() -> None:
    batch = {"shape": [2, 4, 3, 2], "values": [0] * 48}
    assert refused(replaced("input", batch)).reason in ("rank_limit", "x_rank")


@pytest.mark.parametrize("key", ["format", "version", "input", "nodes"])
def test_a_part_that_is_missing_is_refused(key: str) -> None:
    assert refused(changed(lambda content: content.pop(key))).reason == "file_structure"


@pytest.mark.parametrize("key", ["name", "kind", "settings", "tensors"])
def test_a_part_of_a_layer_that_is_missing_is_refused(key: str) -> None:
    error = refused(changed(lambda content: content["nodes"][1].pop(key)))
    assert (error.reason, error.where) == ("file_structure", "nodes[1]")


@pytest.mark.parametrize("data", [b"null", b"1", b'"x"', b"[]", b"{}", b"{}{}"])
def test_json_that_is_something_else_is_refused(data: bytes) -> None:
    refused(data)


def test_as_many_layers_as_are_allowed_can_be_opened() -> None:
    node = {**CONTENT["nodes"][1]}
    nodes = [{**node, "name": f"layer {n}"} for n in range(32)]
    assert len(decode(replaced("nodes", nodes)).network.nodes) == 32


def opened_or_refused(data: bytes) -> None:
    """Decode bytes; what is opened can be computed and saved, what is not is a FileError."""
    try:
        project = decode(data)
    except FileError as error:
        assert_has_words(error)
        return
    Evaluation(project.network, project.x)
    assert_equal(decode(encode(project)), project)


@settings(max_examples=400)
@given(
    st.lists(
        st.tuples(st.integers(0, len(FILE)), st.integers(0, 9), st.binary(max_size=4)),
        min_size=1,
        max_size=4,
    )
)
def test_a_file_with_other_bytes_in_it_is_opened_or_refused(
    edits: list[tuple[int, int, bytes]],
) -> None:
    data = FILE
    for at, length, new in edits:
        data = data[:at] + new + data[at + length :]
    opened_or_refused(data)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 20)
    | st.sampled_from([10**20, 2**63, -(2**63) - 1, 1e300, 0.5, "", "same", "input", "first"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["shape", "values", "x", "kernel"]), inner, max_size=2)
    ),
    max_leaves=6,
)


@settings(max_examples=400)
@given(st.data())
def test_a_file_with_another_value_anywhere_is_opened_or_refused(data: st.DataObject) -> None:
    content = copy.deepcopy(CONTENT)
    for _ in range(data.draw(st.integers(1, 2))):
        place: Any = content
        while True:
            keys = sorted(place) if isinstance(place, dict) else range(len(place))
            key = data.draw(st.sampled_from(list(keys)))
            inner = place[key]
            if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 3)) == 0:
                break
            place = inner
        if data.draw(st.integers(0, 4)) == 0 and len(place) > 1:
            del place[key]
        else:
            place[key] = data.draw(JSON)
    opened_or_refused(json.dumps(content).encode())
