"""The laws that every kind of layer keeps, over everything that its ``sample()`` makes up."""

from __future__ import annotations

import doctest
import itertools
import math
from dataclasses import dataclass, field, replace
from importlib import import_module

import numpy as np
import pytest

from cnn_tutor.engine.arrays import Array, shapes_of
from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import STEP, Cell, Explanation, Index, Shape, Term
from cnn_tutor.engine.fold import FOLDS
from cnn_tutor.engine.layer import Layer, settings_of
from cnn_tutor.engine.layers.conv2d import Conv2D
from cnn_tutor.engine.region import Region, has
from cnn_tutor.engine.registry import layer_kinds
from cnn_tutor.project.file import decode, encode
from cnn_tutor.project.project import Project
from tests.unit.engine.toys import Scaled, Unready

Sampled = tuple[Layer, dict[str, Array]]
CASES = [(kind, level, seed) for kind in layer_kinds() for level in range(7) for seed in (0, 1)]


@pytest.fixture(params=CASES, ids=lambda case: "-".join(map(str, case)))
def sampled(request: pytest.FixtureRequest) -> Sampled:
    kind, level, seed = request.param
    return layer_kinds()[kind].sample(np.random.default_rng(seed), level)


def test_the_promised_shape_is_the_shape(sampled: Sampled) -> None:
    layer, tensors = sampled
    assert set(tensors) == set(layer.inputs)
    assert layer.forward(tensors).shape == layer.output_shape(shapes_of(tensors))


def test_the_explanation_of_every_output_has_the_value_of_forward(sampled: Sampled) -> None:
    layer, tensors = sampled
    output = layer.forward(tensors)
    for at in np.ndindex(output.shape):
        explanation = layer.explain(tensors, at)
        assert explanation.output == at
        assert explanation.value == pytest.approx(output[at], rel=1e-12, abs=1e-12)


def test_explained_cells_hold_the_numbers_of_the_tensors(sampled: Sampled) -> None:
    layer, tensors = sampled
    for at in np.ndindex(layer.output_shape(shapes_of(tensors))):
        explanation = layer.explain(tensors, at)
        for port, tensor in tensors.items():
            for cell in explanation.cells(port):
                assert len(cell.index) == tensor.ndim
                if all(0 <= i < n for i, n in zip(cell.index, tensor.shape, strict=True)):
                    assert cell.value == tensor[cell.index]


def test_a_cell_that_changes_an_output_is_explained_and_affects_it(sampled: Sampled) -> None:
    layer, tensors = sampled
    before = layer.forward(tensors)
    explained = {at: layer.explain(tensors, at) for at in np.ndindex(before.shape)}
    seen = 0
    for port in layer.inputs:
        read = {at: {cell.index for cell in e.cells(port)} for at, e in explained.items()}
        for index in np.ndindex(tensors[port].shape):
            reached = marked(before.shape, layer.affected(port, index, shapes_of(tensors)))
            for change in (100.0, -100.0):
                changed = layer.forward(nudged(tensors, port, index, change)) != before
                seen += int(changed.sum())
                assert not (changed & ~reached).any(), (port, index)
                assert all(index in read[tuple(at)] for at in np.argwhere(changed).tolist())
    assert seen


def test_backward_is_the_numerical_gradient(sampled: Sampled) -> None:
    layer, tensors = sampled
    rng = np.random.default_rng(7)
    # Off the whole numbers, so that no maximum is shared and nothing sits on a kink.
    tensors = {p: t + rng.uniform(-0.3, 0.3, t.shape) for p, t in tensors.items()}
    grad = rng.normal(size=layer.forward(tensors).shape)
    grads = layer.backward(tensors, grad)
    assert set(grads) == set(layer.inputs)
    for port, found in grads.items():
        numerical = np.zeros(tensors[port].shape)
        for index in np.ndindex(numerical.shape):
            up, down = (layer.forward(nudged(tensors, port, index, h)) for h in (1e-5, -1e-5))
            numerical[index] = ((up - down) * grad).sum() / 2e-5
        np.testing.assert_allclose(found, numerical, rtol=1e-5, atol=1e-6, strict=True)


def test_backward_refuses_a_gradient_that_is_not_in_the_output_s_shape(sampled: Sampled) -> None:
    layer, tensors = sampled
    for lead in ((), (2,)):
        batch = batch_of(tensors, lead)
        shape = layer.output_shape(shapes_of(batch))
        wrong = [(), (1,) * len(shape), (1, *shape), (*shape, 1), shape[1:], (math.prod(shape),)]
        wrong += [(*shape[:n], more, *shape[n + 1 :]) for n in range(len(shape)) for more in (1, 9)]
        for other in wrong:
            if other != shape:
                with pytest.raises(ShapeError):
                    layer.backward(batch, np.ones(other))


def test_tensors_of_the_wrong_shape_are_refused_forward_and_backward(sampled: Sampled) -> None:
    layer, tensors = sampled
    grad = np.ones(layer.output_shape(shapes_of(tensors)))
    for port, tensor in tensors.items():
        for axis in range(tensor.ndim):
            for length in {0, 1, tensor.shape[axis] + 1} - {tensor.shape[axis]}:
                shape = (*tensor.shape[:axis], length, *tensor.shape[axis + 1 :])
                other = {**tensors, port: np.ones(shape)}
                try:
                    fits = layer.output_shape(shapes_of(other)) == grad.shape
                except ShapeError:
                    fits = False
                    with pytest.raises(ShapeError):
                        layer.forward(other)
                if not fits:
                    with pytest.raises(ShapeError):
                        layer.backward(other, grad)


@pytest.mark.parametrize("lead", [(0,), (2, 0), (0, 3)])
def test_an_empty_batch_gives_an_empty_output_and_no_gradient(
    sampled: Sampled, lead: Shape
) -> None:
    layer, tensors = sampled
    batch = {**tensors, "x": np.zeros((*lead, *tensors["x"].shape))}
    output = layer.forward(batch)
    assert output.shape == layer.output_shape(shapes_of(batch))
    assert output.size == 0
    for port, grad in layer.backward(batch, output).items():
        np.testing.assert_array_equal(grad, np.zeros(batch[port].shape), strict=True)


@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_an_explanation_has_the_value_of_forward_where_numbers_are_not_finite(
    sampled: Sampled,
) -> None:
    layer, tensors = sampled
    rng = np.random.default_rng(17)
    for odd in ([np.nan], [np.inf], [-np.inf], [np.nan, np.inf, -np.inf]):
        for port in layer.inputs:
            for _ in range(3):
                tensor = tensors[port].copy()
                for _ in range(rng.integers(1, 4)):
                    tensor[some_cell(rng, tensor.shape)] = rng.choice(odd)
                given = {**tensors, port: tensor}
                output = layer.forward(given)
                for at in np.ndindex(output.shape):
                    value = layer.explain(given, at).value
                    assert value == pytest.approx(output[at], rel=1e-12, nan_ok=True), (port, at)


def test_the_slopes_of_the_explained_steps_make_the_gradient_of_backward(
    sampled: Sampled,
) -> None:
    layer, tensors = sampled
    shape = layer.output_shape(shapes_of(tensors))
    for at in np.ndindex(shape):
        grad = np.zeros(shape)
        grad[at] = 1
        found = layer.backward(tensors, grad)
        chained = chain(layer.explain(tensors, at), tensors)
        for port, expected in found.items():
            np.testing.assert_allclose(chained[port], expected, rtol=1e-10, atol=1e-12)


def test_what_is_plotted_hangs_on_its_own_row_of_the_one_input(sampled: Sampled) -> None:
    layer, tensors = sampled
    if layer.plotted:
        assert tuple(tensors) == ("x",)
        output = layer.forward(tensors)
        assert output.shape == tensors["x"].shape
        for at in np.ndindex(output.shape[:-1]):
            close(layer.forward({"x": tensors["x"][at][None]})[0], output[at])


def test_what_bars_show_is_done_once_for_each_input_of_a_row(sampled: Sampled) -> None:
    layer, tensors = sampled
    if not layer.bars:
        return
    assert layer.plotted
    for at in np.ndindex(tensors["x"].shape):
        steps = [s for s in layer.explain(tensors, at).steps if s.name == layer.bars]
        read = [c.index for s in steps for t in s.terms for c in t.factors if c.port == "x"]
        assert read == [(*at[:-1], n) for n in range(tensors["x"].shape[-1])]


def test_a_box_of_one_input_reaches_all_of_the_output_that_it_changes(sampled: Sampled) -> None:
    layer, tensors = sampled
    rng = np.random.default_rng(13)
    for lead in ((), (2,)):
        batch = batch_of(tensors, lead)
        shapes, before = shapes_of(batch), layer.forward(batch)
        for port in layer.inputs:
            for _ in range(8):
                box = some_box(rng, shapes[port])
                other = batch[port].copy()
                other[box] += rng.choice([-50.0, 50.0], other[box].shape)
                changed = layer.forward({**batch, port: other}) != before
                region = layer.reached(port, box, shapes)
                assert len(region) == before.ndim
                assert not (changed & ~marked(before.shape, region)).any(), (port, box)


def test_some_of_the_output_read_just_the_cells_that_explain_them(sampled: Sampled) -> None:
    layer, tensors = sampled
    rng = np.random.default_rng(19)
    for lead in ((), (2,)):
        batch = batch_of(tensors, lead)
        shapes = shapes_of(batch)
        for _ in range(8):
            shape = layer.output_shape(shapes)
            some = tuple(
                np.sort(rng.choice(n, rng.integers(1, n + 1), replace=False)) for n in shape
            )
            expected = {
                cell.index
                for at in itertools.product(*(axis.tolist() for axis in some))
                for cell in layer.explain(batch, at).cells("x")
                if has(cell.index, shapes["x"])
            }
            for found in (layer.read(some, shapes), Layer.read(layer, some, shapes)):
                grids = [[axis.tolist() for axis in grid] for grid in found]
                assert {at for grid in grids for at in itertools.product(*grid)} == expected
                assert all(axis == sorted(set(axis)) for grid in grids for axis in grid)


def test_a_new_layer_fits_its_input_and_one_that_fits_stays(sampled: Sampled) -> None:
    layer, tensors = sampled
    shapes = shapes_of(tensors)
    assert layer.fit(shapes) == {port: shapes[port] for port in layer.inputs[1:]}
    for x in (shapes["x"], tuple(n + 1 for n in shapes["x"])):
        channels = x[-1] * getattr(layer, "groups", 1)
        x = (*x[:-1], channels)
        fitted = {"x": x, **layer.fit({"x": x})}
        assert set(fitted) == set(layer.inputs)
        layer.output_shape(fitted)
        fresh = {port: layer.fresh(port, fitted[port], np.random.default_rng(1)) for port in fitted}
        assert layer.forward(fresh).shape == layer.output_shape(fitted)
        assert layer.output_shape({"x": x, **layer.fit({**shapes, "x": x})})


def test_matrices_multiply_to_the_output(sampled: Sampled) -> None:
    layer, tensors = sampled
    matrices = layer.matrices(shapes_of(tensors))
    if matrices is None:
        return
    plain = {port: t for port, t in tensors.items() if port in ("x", matrices.port)}
    output, product = layer.forward(plain), matrices.left(tensors) @ matrices.right(tensors)
    seen = np.zeros(output.shape, int)
    for row, column in np.ndindex(product.shape):
        at = matrices.output(row, column)
        assert matrices.place(at) == (row, column)
        assert product[row, column] == pytest.approx(output[at])
        seen[at] += 1
    assert (seen == 1).all()


def test_what_is_beside_a_layer_takes_the_same_inputs(sampled: Sampled) -> None:
    layer, tensors = sampled
    for other in layer.beside().values():
        assert other != layer
        assert other.output_shape(shapes_of(tensors)) == layer.output_shape(shapes_of(tensors))


def test_a_round_trip_through_a_file_is_exact(sampled: Sampled) -> None:
    layer, tensors = sampled
    inner = {port: tensors[port] for port in layer.inputs[1:]}
    opened = decode(encode(Project.of(tensors["x"], layer, inner)))
    (node,) = opened.network.nodes
    assert type(node.layer) is type(layer)
    assert node.layer == layer
    for port, tensor in {**node.tensors, "x": opened.x}.items():
        assert tensor.dtype == np.float64
        np.testing.assert_array_equal(tensor, tensors[port], strict=True)


@pytest.mark.parametrize("lead", [(3,), (2, 2)])
def test_a_batch_gives_what_its_items_give(sampled: Sampled, lead: Shape) -> None:
    layer, tensors = sampled
    batch = batch_of(tensors, lead)
    output = layer.forward(batch)
    assert output.shape == layer.output_shape(shapes_of(batch))
    grad = np.random.default_rng(3).normal(size=output.shape)
    grads = layer.backward(batch, grad)
    sums = {port: np.zeros(tensors[port].shape) for port in layer.inputs[1:]}
    for at in np.ndindex(lead):
        item = {**tensors, "x": batch["x"][at]}
        close(output[at], layer.forward(item))
        alone = layer.backward(item, grad[at])
        close(grads["x"][at], alone["x"])
        for port in sums:
            sums[port] += alone[port]
    for port, total in sums.items():
        close(grads[port], total)


@pytest.mark.parametrize("lead", [(3,), (2, 2)])
def test_a_batch_is_explained_and_affected_item_by_item(sampled: Sampled, lead: Shape) -> None:
    layer, tensors = sampled
    batch = batch_of(tensors, lead)
    rng = np.random.default_rng(5)
    shape, whole = (layer.output_shape(shapes_of(given)) for given in (tensors, batch))
    for _ in range(6):
        item = some_cell(rng, lead)
        alone = {**tensors, "x": batch["x"][item]}
        at = some_cell(rng, shape)
        expected = of_item(layer.explain(alone, at), item)
        assert layer.explain(batch, (*item, *at)) == expected
        cell = some_cell(rng, tensors["x"].shape)
        reached = np.zeros(whole, bool)
        reached[item] = marked(shape, layer.affected("x", cell, shapes_of(tensors)))
        region = layer.affected("x", (*item, *cell), shapes_of(batch))
        np.testing.assert_array_equal(marked(whole, region), reached)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("float32", "float32"), ("float64", "float64"), ("int64", "float64"), ("uint8", "float64")],
)
def test_floats_keep_their_precision_and_whole_numbers_get_the_full(
    sampled: Sampled, given: str, kept: str
) -> None:
    layer, tensors = sampled
    full = {port: np.floor(np.abs(tensor)) for port, tensor in tensors.items()}
    tensors = {port: tensor.astype(given) for port, tensor in full.items()}
    output = layer.forward(tensors)
    assert output.dtype == kept
    np.testing.assert_allclose(output, layer.forward(full), rtol=1e-5, atol=1e-5)
    grads = layer.backward(tensors, np.ones(output.shape, kept))
    assert {port: str(grad.dtype) for port, grad in grads.items()} == dict.fromkeys(grads, kept)


def test_a_gradient_of_whole_numbers_counts_as_floats(sampled: Sampled) -> None:
    layer, tensors = sampled
    grads = layer.backward(tensors, np.ones(layer.forward(tensors).shape, np.int64))
    assert {str(grad.dtype) for grad in grads.values()} == {"float64"}


def test_any_box_of_the_output_can_be_computed_alone(sampled: Sampled) -> None:
    layer, tensors = sampled
    rng = np.random.default_rng(11)
    for lead in ((), (2,)):
        batch = batch_of(tensors, lead)
        output = layer.forward(batch)
        for _ in range(12):
            box = some_box(rng, output.shape)
            close(layer.forward_region(batch, box), output[box])


def test_forward_and_backward_leave_their_tensors_alone(sampled: Sampled) -> None:
    layer, tensors = sampled
    kept = {port: tensor.copy() for port, tensor in tensors.items()}
    grad = np.ones(layer.forward(tensors).shape)
    layer.backward(tensors, grad)
    assert (grad == 1).all()
    for port, tensor in tensors.items():
        np.testing.assert_array_equal(tensor, kept[port])


@pytest.mark.parametrize("kind", layer_kinds())
def test_the_same_lot_gives_the_same_sample_and_past_the_hardest_level_the_hardest(
    kind: str,
) -> None:
    def drawn(level: int) -> Sampled:
        return layer_kinds()[kind].sample(np.random.default_rng(4), level)

    for one, other in ((drawn(2), drawn(2)), (drawn(10**6), drawn(10**9))):
        assert one[0] == other[0]
        for port, tensor in one[1].items():
            np.testing.assert_array_equal(tensor, other[1][port], strict=True)


@pytest.mark.parametrize("kind", ["conv2d", "max_pooling2d", "average_pooling2d", "dense"])
def test_the_loop_of_the_textbook_is_what_forward_gives(kind: str) -> None:
    found = doctest.testmod(import_module(f"cnn_tutor.engine.layers.{kind}"))
    assert found.attempted > 3
    assert found.failed == 0


# --- layers with no more than the contract -------------------------------------------------------


def test_a_port_that_is_missing_takes_the_shape_and_numbers_of_a_sample() -> None:
    assert Scaled().fit({"x": (5, 4, 2)}) == {"scale": (1,)}
    assert Scaled().fit({"x": (5, 4, 2), "scale": (2,)}) == {"scale": (2,)}
    assert Scaled().fresh("scale", (1,), np.random.default_rng(7)).tolist() == [3]
    assert Scaled().fresh("scale", (2,), np.random.default_rng(7)).tolist() == [0, 0]
    assert Unready().fit({"x": (5, 4, 2)}) == {}
    assert Unready().fresh("scale", (), np.random.default_rng(7)) == 0


def test_only_a_dataclass_has_settings() -> None:
    @dataclass(frozen=True)
    class Made(Scaled):
        power: int = 2
        twice: int = field(init=False, default=4)

    assert settings_of(Scaled) == settings_of(Scaled()) == ()
    assert [setting.name for setting in settings_of(Made())] == ["power"]
    names = [setting.name for setting in settings_of(Conv2D)]
    assert names == ["strides", "padding", "dilation_rate", "groups"]


# --- helpers -------------------------------------------------------------------------------------


def close(found: Array, expected: Array) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12, strict=True)


def marked(shape: Shape, region: Region) -> Array:
    mask = np.zeros(shape, bool)
    mask[region] = True
    return mask


def nudged(tensors: dict[str, Array], port: str, index: Index, by: float) -> dict[str, Array]:
    tensor = tensors[port].copy()
    tensor[index] += by
    return {**tensors, port: tensor}


def batch_of(tensors: dict[str, Array], lead: Shape) -> dict[str, Array]:
    x = tensors["x"]
    items = [np.roll(x, n) + n for n in range(int(np.prod(lead)))]
    return {**tensors, "x": np.stack(items).reshape(*lead, *x.shape)}


def chain(explanation: Explanation, tensors: dict[str, Array]) -> dict[str, Array]:
    """Return the gradient of an explained number, by the chain rule over its steps."""
    grads = {port: np.zeros(tensor.shape) for port, tensor in tensors.items()}
    over = [0.0] * (len(explanation.steps) - 1) + [1.0]
    for n, step in reversed(list(enumerate(explanation.steps))):
        slopes = FOLDS[step.fold].slopes([term.value for term in step.terms])
        for term, slope in zip(step.terms, slopes, strict=True):
            for k, cell in enumerate(term.factors):
                others = (*term.factors[:k], *term.factors[k + 1 :])
                share = over[n] * slope * replace(term, factors=others).value
                if cell.port == STEP:
                    over[cell.index[0]] += share
                elif all(
                    0 <= i < m for i, m in zip(cell.index, grads[cell.port].shape, strict=True)
                ):
                    grads[cell.port][cell.index] += share
    return grads


def some_box(rng: np.random.Generator, shape: Shape) -> Region:
    ends = [sorted(rng.choice(n + 1, 2, replace=False)) for n in shape]
    return tuple(slice(int(start), int(stop)) for start, stop in ends)


def some_cell(rng: np.random.Generator, shape: Shape) -> Index:
    return tuple(int(rng.integers(n)) for n in shape)


def of_item(explanation: Explanation, item: Index) -> Explanation:
    """Return what the explanation of an item is in its batch."""

    def cell(old: Cell) -> Cell:
        return replace(old, index=(*item, *old.index)) if old.port == "x" else old

    def term(old: Term) -> Term:
        return replace(old, factors=tuple(map(cell, old.factors)))

    steps = tuple(replace(s, terms=tuple(map(term, s.terms))) for s in explanation.steps)
    return Explanation((*item, *explanation.output), steps)
