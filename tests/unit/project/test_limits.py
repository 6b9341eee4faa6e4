"""How large everything may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.layers.dense import Dense
from cnn_tutor.engine.network import Network, Node
from cnn_tutor.project import limits
from cnn_tutor.project.limits import LimitError
from cnn_tutor.project.project import Address, Project

ONE = {"kernel": np.ones((1, 1, 1, 1))}


def reason(check: Any, *arguments: Any) -> str | None:
    try:
        check(*arguments)
    except LimitError as error:
        return error.reason
    return None


@pytest.mark.parametrize(
    ("port", "shape", "expected"),
    [
        ("x", (64, 64, 16), None),
        ("x", (65, 1, 1), "side_limit"),
        ("x", (0, 1, 1), "side_limit"),
        ("x", (1, 1, 17), "depth_limit"),
        ("kernel", (11, 11, 16, 16), None),
        ("kernel", (12, 11, 1, 1), "side_limit"),
        ("kernel", (1, 1, 1, 17), "depth_limit"),
        ("mask", (64, 64, 16), None),
        ("bias", (16,), None),
        ("bias", (0,), "units_limit"),
        ("x", (8192,), None),
        ("x", (8193,), "units_limit"),
        ("kernel", (8192, 128), None),
        ("kernel", (8192, 129), "cells_limit"),
        ("kernel", (1, 8193), "units_limit"),
        ("kernel", (10**30, 10**30), "units_limit"),
        ("x", (), "rank_limit"),
        ("x", (1,) * 5, "rank_limit"),
    ],
)
def test_a_shape_is_within_the_limits_or_is_refused(
    port: str, shape: tuple[int, ...], expected: str | None
) -> None:
    assert reason(limits.check_shape, port, shape) == expected


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ((), "scalar_output"),
        ((64 * 64 * 16,), None),
        ((2**20 + 1,), "cells_limit"),
        ((96, 128, 16), None),
        ((129, 1, 1), "side_limit"),
        ((0, 1, 1), "side_limit"),
        ((1, 1, 17), "depth_limit"),
        ((2, 2, 4, 4), None),
        ((2, 2, 4, 5), "depth_limit"),
    ],
)
def test_an_output_is_within_the_limits_or_is_refused(
    shape: tuple[int, ...], expected: str | None
) -> None:
    assert reason(limits.check_output, shape) == expected


def test_units_over_an_image_are_channels_and_as_many_as_these() -> None:
    over_image = Project.of(np.ones((6, 6, 2)), Dense(), {"kernel": np.ones((2, 16))})
    kernel = Address("dense_1", "kernel")
    with pytest.raises(LimitError) as refused:
        over_image.resized(kernel, (2, 17))
    assert refused.value.reason == "depth_limit"
    assert refused.value.values == {"value": 17, "most": limits.MAX_DEPTH, "node": "dense_1"}
    over_vector = Project.of(np.ones(2), Dense(), {"kernel": np.ones((2, 16))})
    assert over_vector.resized(kernel, (2, 8192)).network.shape("dense_1") == (8192,)
    wide = Project.of(np.ones((64, 64, 1)), Conv2D(padding=((16, 16), (16, 16))), ONE)
    assert wide.network.shape("conv2d_1") == (96, 96, 1)
    with pytest.raises(LimitError) as refused:
        wide.inserted(1, "conv2d").with_layer("conv2d_2", wide.network.nodes[0].layer).inserted(
            2, "conv2d"
        ).with_layer("conv2d_3", wide.network.nodes[0].layer)
    assert refused.value.reason == "side_limit"
    assert refused.value.values["node"] == "conv2d_3"


@pytest.mark.parametrize("value", [0, -0.0, 5e-324, 1e6, -1e6, 999_999.999])
def test_numbers_up_to_a_million_are_taken(value: float) -> None:
    limits.check_number(value)
    limits.check_numbers([value] * 3)


@pytest.mark.parametrize(
    "value", [1_000_000.0000000001, -1e6 - 1, 1e300, float("inf"), -float("inf"), float("nan")]
)
def test_larger_numbers_are_refused_alone_and_among_others(value: float) -> None:
    assert reason(limits.check_number, value) == "number_limit"
    tensor = np.zeros((2, 2, 2))
    tensor[1, 0, 1] = value
    with pytest.raises(LimitError) as refused:
        limits.check_numbers(tensor)
    assert refused.value.reason == "number_limit"
    assert refused.value.values["most"] == limits.MAX_NUMBER


@pytest.mark.parametrize("taps", [limits.MAX_KERNEL**2 * limits.MAX_DEPTH, limits.MAX_UNITS])
def test_sums_of_the_largest_products_stay_exact(taps: int) -> None:
    assert taps * limits.MAX_NUMBER**2 + limits.MAX_NUMBER < 2**53


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"strides": 16, "dilation_rate": 16, "groups": 16}, None),
        ({"padding": ((16, 16), (16, 16))}, None),
        ({"strides": (1, 17)}, "setting_limit"),
        ({"groups": 17}, "setting_limit"),
        ({"padding": ((0, 0), (17, 0))}, "setting_limit"),
    ],
)
def test_a_setting_is_within_the_limits_or_is_refused(
    settings: dict[str, Any], expected: str | None
) -> None:
    assert reason(limits.check_settings, Conv2D(**settings)) == expected


def test_a_setting_may_name_a_limit_of_its_own() -> None:
    @dataclass(frozen=True)
    class Lot(Conv2D):
        seed: int = field(default=0, metadata={"most": 999})
        rate: float = field(default=0.5, metadata={"most": 0.9})

    assert reason(limits.check_settings, Lot(seed=999, rate=0.9)) is None
    assert reason(limits.check_settings, Lot(seed=1000)) == "setting_limit"
    assert reason(limits.check_settings, Lot(rate=1.0)) == "setting_limit"
    assert reason(limits.check_settings, Lot(strides=17)) == "setting_limit"


def test_the_tensors_of_a_project_are_limited_together() -> None:
    most = [(2**10, 2**9), (2**10, 2**9)]
    assert reason(limits.check_total, most) is None
    assert reason(limits.check_total, [*most, (1,)]) == "total_limit"


def test_the_largest_project_has_room_in_a_file() -> None:
    longest = len("-2.2250738585072014e-308,")
    assert limits.MAX_CELLS * longest < limits.MAX_FILE_BYTES


@pytest.mark.parametrize(("count", "expected"), [(32, None), (33, "nodes_limit")])
def test_a_network_has_at_most_so_many_layers(count: int, expected: str | None) -> None:
    kernel = np.ones((1, 1, 1, 1))
    nodes = tuple(Node(f"n{i}", Conv2D(), {"kernel": kernel}) for i in range(count))
    assert reason(Project(np.ones((1, 1, 1)), Network((1, 1, 1), nodes)).checked) == expected


@pytest.mark.parametrize(
    ("x", "kernel", "expected"),
    [
        (np.zeros((65, 5, 1)), np.zeros((3, 3, 1, 1)), "side_limit"),
        (np.zeros((15, 15, 1)), np.zeros((12, 3, 1, 1)), "side_limit"),
        (np.full((5, 5, 1), 2e6), np.zeros((3, 3, 1, 1)), "number_limit"),
        (np.zeros((5, 5, 1)), np.full((3, 3, 1, 1), np.nan), "number_limit"),
    ],
)
def test_a_project_checks_all_that_is_in_it(x: Any, kernel: Any, expected: str) -> None:
    assert reason(Project.of, x, Conv2D(), {"kernel": kernel}) == expected
