"""Whatever scheme a convolution is computed by, it is what one product at a time gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.layers import _blocks, _correlation
from cnn_tutor.engine.layers._blocks import Blocks
from cnn_tutor.engine.layers.conv2d import Conv2D, _planned
from cnn_tutor.engine.window import as_slice, image_windows
from tests.unit.engine import reference

Case = tuple[Conv2D, Array, Array, Array]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a layer, whole numbers for its ports, and all sorts of shapes that fit."""
    pair = st.tuples(*[st.integers(1, 3)] * 2)
    kh, kw = draw(pair)
    strides, dilation = draw(pair), draw(pair)
    pads = st.tuples(*[st.tuples(*[st.integers(0, 4)] * 2)] * 2)
    padding = draw(st.one_of(st.sampled_from(["valid", "same"]), pads))
    groups = draw(st.sampled_from([1, 1, 1, 2, 3]))
    depth, share = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    sides = [
        (k - 1) * d + 1 + draw(st.integers(0, 9)) for k, d in zip((kh, kw), dilation, strict=True)
    ]
    lead = draw(st.sampled_from([(), (), (1,), (3,), (2, 1)]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))

    def some(*shape: int) -> Array:
        return rng.integers(-9, 10, shape).astype(np.float64)

    layer = Conv2D(strides, padding, dilation, groups)
    kernel = some(kh, kw, depth, share * groups)
    return layer, some(*lead, *sides, depth * groups), kernel, some(share * groups)


def expected(case: Case) -> Array:
    layer, x, kernel, bias = case
    images = x.reshape(-1, *x.shape[-3:])
    settings_ = (layer.strides, layer.padding, layer.dilation_rate, layer.groups)
    found = reference.conv2d(images, kernel, bias, *settings_)
    return found.reshape(*x.shape[:-3], *found.shape[1:])


def tensors(case: Case) -> dict[str, Array]:
    _, x, kernel, bias = case
    return {"x": x, "kernel": kernel, "bias": bias}


@pytest.fixture(params=["looked up", "blocks", "blocks in chunks"])
def _scheme(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let one scheme compute all that it can: only single images without groups are looked up."""
    _planned.cache_clear()
    if request.param != "looked up":
        monkeypatch.setattr(_correlation, "LOOKUP_LIMIT", 0)
    if request.param == "blocks in chunks":
        monkeypatch.setattr(_blocks, "_CHUNK", 500)
    yield
    _planned.cache_clear()


@pytest.mark.usefixtures("_scheme")
def test_every_scheme_gives_what_one_multiplication_at_a_time_gives() -> None:
    @settings(max_examples=60)
    @given(cases())
    def check(case: Case) -> None:
        output = case[0].forward(tensors(case))
        np.testing.assert_array_equal(output, expected(case), strict=True)

    check()


@pytest.mark.usefixtures("_scheme")
def test_every_scheme_s_gradients_are_how_the_output_moves() -> None:
    """The output is linear in each port, so the gradient is exact: ⟨g, y(x + e) − y(x)⟩."""

    @settings(max_examples=40)
    @given(cases(), st.randoms(use_true_random=False))
    def check(case: Case, chance: Any) -> None:
        layer, given_ = case[0], tensors(case)
        output = layer.forward(given_)
        grad = np.random.default_rng(chance.randrange(2**32)).integers(-9, 10, output.shape)
        grads = layer.backward(given_, grad.astype(np.float64))
        for port, tensor in given_.items():
            assert grads[port].shape == tensor.shape
            for _ in range(4):
                moved = tensor.copy()
                at = tuple(chance.randrange(n) for n in tensor.shape)
                moved[at] += 1
                change = (layer.forward({**given_, port: moved}) - output) * grad
                assert grads[port][at] == change.sum()

    check()


@pytest.mark.parametrize("width", [1, 2, 3, 4, 5, 8, 11, 16])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_block_may_have_any_number_of_outputs(width: int, stride: int) -> None:
    rng = np.random.default_rng(0)
    case = (
        Conv2D((stride, stride), ((1, 0), (2, 1))),
        rng.integers(-9, 10, (2, 7, 23, 2)) * 1.0,
        rng.integers(-9, 10, (3, 4, 2, 3)) * 1.0,
        rng.integers(-9, 10, 3) * 1.0,
    )
    layer, x, kernel, bias = case
    rows, columns = image_windows(x.shape, kernel.shape[:2], layer.strides, layer.padding)
    blocks, single = (Blocks(rows, columns, 2, 3, n) for n in (width, 1))
    output = blocks.forward(x, kernel, bias)
    np.testing.assert_array_equal(output, expected(case))
    grad = rng.integers(-9, 10, output.shape) * 1.0
    for mine, plain in zip(
        blocks.backward(x, kernel, grad), single.backward(x, kernel, grad), strict=True
    ):
        np.testing.assert_array_equal(mine, plain)


SHAPES = [
    ((40, 40, 1), (3, 3, 1, 8)),
    ((64, 33, 3), (5, 5, 3, 6)),
    ((20, 20, 16), (3, 3, 16, 32)),
    ((9, 28, 28, 1), (3, 3, 1, 8)),
]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("x", "kernel"), SHAPES)
def test_what_is_chosen_for_larger_shapes_is_right_and_keeps_the_type(
    x: Any, kernel: Any, dtype: Any
) -> None:
    rng = np.random.default_rng(1)
    case = (
        Conv2D(padding="same"),
        rng.integers(-9, 10, x).astype(dtype),
        rng.integers(-9, 10, kernel).astype(dtype),
        rng.integers(-9, 10, kernel[-1]).astype(dtype),
    )
    output = case[0].forward(tensors(case))
    np.testing.assert_array_equal(output, expected(case).astype(dtype), strict=True)
    grads = case[0].backward(tensors(case), np.ones(output.shape))
    assert {port: grad.dtype for port, grad in grads.items()} == dict.fromkeys(grads, dtype)


@pytest.mark.parametrize("wrong", [np.inf, np.nan])
def test_what_is_not_finite_stays_where_it_is_read(wrong: float) -> None:
    """The zeros between the filters of a block must not make nan of a neighbour's infinity."""
    rng = np.random.default_rng(2)
    x, kernel = rng.normal(size=(60, 60, 1)), rng.normal(size=(3, 3, 1, 2))
    assert _planned(Conv2D(), x.shape, kernel.shape, None)._blocks.width > 1
    clean = Conv2D().forward({"x": x, "kernel": kernel})
    x[30, 30] = wrong
    output = Conv2D().forward({"x": x, "kernel": kernel})
    reads = Conv2D().affected("x", (30, 30, 0), {"x": x.shape, "kernel": kernel.shape})
    touched = np.zeros(output.shape, bool)
    touched[reads] = True
    assert not np.isfinite(output[touched]).any()
    np.testing.assert_allclose(output[~touched], clean[~touched], rtol=1e-12, atol=1e-12)
    grad = np.zeros(output.shape)
    grad[10, 10] = wrong
    with np.errstate(invalid="ignore"):
        over_x = Conv2D().backward({"x": np.ones(x.shape), "kernel": kernel}, grad)["x"]
    assert not np.isfinite(over_x[10:13, 10:13]).any()
    assert np.isfinite(over_x).sum() == over_x.size - 9


def test_arrays_in_any_order_of_memory_are_read_right() -> None:
    rng = np.random.default_rng(3)
    x, kernel = rng.integers(-9, 10, (50, 40, 2)) * 1.0, rng.integers(-9, 10, (3, 3, 2, 4)) * 1.0
    plain = Conv2D().forward({"x": x, "kernel": kernel})
    turned = {"x": np.asfortranarray(x), "kernel": np.asfortranarray(kernel)}
    np.testing.assert_array_equal(Conv2D().forward(turned), plain)
    mirrored = {"x": x[::-1][::-1], "kernel": kernel[:, ::-1][:, ::-1]}
    np.testing.assert_array_equal(Conv2D().forward(mirrored), plain)
    for port, grad in Conv2D().backward(turned, np.asfortranarray(plain)).items():
        same = Conv2D().backward({"x": x, "kernel": kernel}, plain)[port]
        np.testing.assert_array_equal(grad, same)


@pytest.mark.usefixtures("_scheme")
@pytest.mark.parametrize("lead", [(), (1,), (0,), (2, 0)])
def test_axes_of_one_or_no_cell_are_read_right_whatever_their_strides(lead: Any) -> None:
    """NumPy lets the strides of an axis of length 1 be anything, and calls the array contiguous."""
    rng = np.random.default_rng(4)
    flat = rng.integers(-9, 10, (*lead, 20, 20)) * 1.0
    kernel = rng.integers(-3, 4, (5, 5, 1, 2)) * 1.0
    odd = {"x": flat[..., None], "kernel": kernel}
    plain = {"x": flat.reshape(*flat.shape, 1), "kernel": kernel}
    output = Conv2D().forward(plain)
    assert output.shape == (*lead, 16, 16, 2)
    np.testing.assert_array_equal(Conv2D().forward(odd), output)
    for port, grad in Conv2D().backward(plain, output).items():
        np.testing.assert_array_equal(Conv2D().backward(odd, output)[port], grad)


@pytest.mark.parametrize("wrong", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("x_shape", [(1, 1, 1), (1, 6, 1), (3, 4, 1), (60, 60, 1)])
@pytest.mark.parametrize("filters", [1, 3])
def test_a_filter_of_one_number_makes_no_zero_of_what_is_not_finite(
    x_shape: tuple[int, int, int], filters: int, wrong: float
) -> None:
    x, kernel = np.zeros(x_shape), np.zeros((1, 1, 1, filters))
    with np.errstate(invalid="ignore"):
        for given in (
            {"x": np.full_like(x, wrong), "kernel": kernel},
            {"x": x, "kernel": np.full_like(kernel, wrong)},
        ):
            output = Conv2D().forward(given)
            assert np.isnan(output).all()
            assert np.isnan(Conv2D().explain(given, (0, 0, 0)).value)
        grads = Conv2D().backward({"x": x, "kernel": kernel}, np.full_like(output, wrong))
    assert all(np.isnan(grad).all() for grad in grads.values())


def test_an_infinite_weight_makes_no_number_wrong_that_it_does_not_meet() -> None:
    x, kernel = np.ones((60, 25, 1)), np.ones((5, 5, 1, 1))
    kernel[0, 0] = np.inf
    layer = Conv2D((2, 2), "same")
    shapes = {"x": x.shape, "kernel": kernel.shape}
    grad = np.zeros(layer.output_shape(shapes))
    with np.errstate(invalid="ignore"):
        over_x = layer.backward({"x": x, "kernel": kernel}, grad)["x"]
    rows, columns = layer.windows(shapes)
    met = np.zeros(x.shape, bool)  # by that weight, and 0 times infinity is no number
    met[as_slice(rows.met(0)), as_slice(columns.met(0))] = True
    assert np.isfinite(over_x[~met]).all()
    assert np.isnan(over_x[met]).all()
