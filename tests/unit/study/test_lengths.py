"""The longest of many numbers is found by writing a few of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cnn_tutor.study import numbers
from cnn_tutor.study.lengths import longest

WRITERS = [numbers.brief, numbers.show]
RNG = np.random.default_rng(0)
SIDES = (64, 64, 8)
MANY = {
    "whole": RNG.integers(-(10**6), 10**6, SIDES).astype(float),
    "any": RNG.normal(size=SIDES),
    "below zero, with a power of ten": -RNG.uniform(1e-5, 9e-5, SIDES),
    "of single precision": RNG.normal(size=SIDES).astype(np.float32),
}


def one_by_one(values: np.ndarray, write: Callable[[float], str]) -> int:
    return max((len(write(value)) for value in values.ravel().tolist()), default=1)


def decimal(sign: str, digits: str, power: int) -> float:
    return float(f"{sign}{digits[0]}.{digits[1:]}e{power}")


NUMBERS = st.one_of(
    st.floats(),
    st.integers(-(2**60), 2**60).map(float),
    # Short ones, and those that rounding makes others.
    st.builds(
        decimal,
        st.sampled_from(["", "-"]),
        st.from_regex(
            r"[1-9][0-9]{0,3}|[1-9]?9{1,13}[4-6]?[0-9]?|[1-9]0{1,12}[1-9]", fullmatch=True
        ),
        st.integers(-12, 18) | st.integers(-310, 307),
    ),
)


@pytest.mark.parametrize("write", WRITERS)
@settings(max_examples=1000)
@given(st.lists(NUMBERS, max_size=5))
@example([])
@example([-0.0])
@example([float("nan"), float("inf"), -float("inf")])
@example([9.5e-10, 9.4999e-10])
@example([1000999999995010.0, 9007999999995000.0])
@example([0.1234560000005, 5e-324, -1.7e308])
def test_it_is_as_long_as_when_all_are_written(
    write: Callable[[float], str], values: list[float]
) -> None:
    assert longest(np.array(values), write) == one_by_one(np.array(values), write)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("name", MANY)
def test_of_a_whole_board_few_are_written(name: str, write: Callable[[float], str]) -> None:
    written = []

    def count(value: float) -> str:
        written.append(value)
        return write(value)

    assert longest(MANY[name], count) == one_by_one(MANY[name], write)
    assert len(written) < 1000
