"""The programs that layers and networks show: running one prints the numbers on the board."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pytest

from cnn_tutor.engine import program, registry
from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import ShapeError
from cnn_tutor.engine.explanation import Cell, Explanation, Step, Term
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.network import Evaluation, Network, Node
from cnn_tutor.engine.part import Module, Part
from cnn_tutor.engine.registry import layer_kinds
from tests.unit.engine.programs import NEEDED, assert_prints, exactness, run_elsewhere, run_here

Board = tuple[Layer, dict[str, Array]]
Nodes = list[tuple[str, Layer, dict[str, Array]]]

KINDS = {
    kind: made for kind, made in layer_kinds().items() if made.__module__.startswith("cnn_tutor.")
}
FRAMEWORKS = ("Keras", "PyTorch", "NumPy")


@dataclass(frozen=True)
class Toy(Layer):
    """A kind with nothing but what the contract asks for."""

    kind: ClassVar[str] = "toy"
    inputs: ClassVar[tuple[str, ...]] = ("x", "class")

    power: float = 1.0
    word: str = "plain"

    def output_shape(self, shapes):
        return shapes["x"]

    def forward(self, tensors):
        return tensors["x"] * self.power + tensors["class"]

    def explain(self, tensors, at):
        return Explanation(at, (Step("toy", "sum", (Term((Cell("x", at, 1.0),)),)),))

    def backward(self, tensors, grad):
        return {"x": grad * self.power, "class": np.sum(grad)}

    def affected(self, port, at, shapes):
        return tuple(slice(0, n) for n in shapes["x"])

    @classmethod
    def sample(cls, rng, level):
        return cls(), {"x": rng.random((2, 3, 1)), "class": np.array(3.0)}


def made(kind: str, **settings: Any) -> Layer:
    return KINDS[kind](**settings)


def drawn(*shape: int) -> Array:
    """Return numbers that a float32 can't hold: a program that rounds to it is found out."""
    return np.random.default_rng(sum(shape)).integers(-20, 21, shape) / 7


CONVOLUTIONS = [
    ((3, 3), (1, 1), (1, 1), 1),
    ((3, 3), (1, 1), (1, 1), 2),
    ((2, 3), (2, 2), (1, 1), 1),
    ((1, 1), (3, 2), (1, 1), 1),
    ((2, 3), (1, 1), (2, 1), 2),
    ((2, 2), (2, 1), (1, 3), 1),
    ((3, 2), (2, 3), (2, 2), 2),
]
"""Filter, strides, dilation and groups: all that programs tell apart, each over every padding."""


def boards() -> Iterator[Board]:
    """Every kind at every level, and by hand what the levels may leave out."""
    for kind in KINDS.values():
        for level in range(7):
            yield kind.sample(np.random.default_rng(level), level)
    image, row = drawn(6, 5, 3), drawn(7)
    for kind in ("max_pooling2d", "average_pooling2d"):
        for padding in ("valid", "same", ((1, 1), (1, 1)), ((1, 0), (0, 2)), ((0, 2), (0, 0))):
            for size, strides in [((3, 3), (3, 3)), ((3, 4), (1, 2)), ((4, 3), (3, 1))]:
                layer = made(kind, pool_size=size, strides=strides, padding=padding)
                yield layer, {"x": image - 3}
    for x in (image, row):
        kernel, bias = drawn(x.shape[-1], 4), drawn(4)
        yield made("dense"), {"x": x, "kernel": kernel, "bias": bias}
        yield made("dense"), {"x": x, "kernel": kernel}
        for kind in ("flatten", "relu", "sigmoid", "tanh", "softmax"):
            yield made(kind), {"x": x}
        mask = (np.arange(x.size).reshape(x.shape) % 3 > 0).astype(np.float64)
        for training in (True, False):
            for rate in (0.0, 0.25, 0.3):
                yield made("dropout", rate=rate, training=training), {"x": x, "mask": mask}
    for number, (size, strides, dilation, groups) in enumerate(CONVOLUTIONS):
        own = {"kernel": drawn(*size, 2, 2 * groups)}
        if number % 2:
            own["bias"] = drawn(2 * groups)
        for padding in ("valid", "same", ((1, 1), (2, 2)), ((1, 0), (0, 2)), ((0, 0), (3, 0))):
            layer = made(
                "conv2d", strides=strides, padding=padding, dilation_rate=dilation, groups=groups
            )
            yield layer, {"x": drawn(7, 6, 2 * groups), **own}
    hard = np.array([[0.1, -1e-07, 1234.7], [1e6, -0.0, 1 / 3], [5e-324, 2.5, -700000.3]])
    for kernel in (np.array([[[[1.0]]]]), np.array([[[[0.1]], [[-0.7]]]])):
        yield made("conv2d"), {"x": hard[..., None], "kernel": kernel, "bias": np.array([0.3])}
    yield made("relu"), {"x": drawn(30, 20, 2)}  # more than NumPy prints if it isn't asked to
    yield made("relu"), {"x": drawn(1200)}


BOARDS = list(boards())


def row(x: Array, *layers: Layer, bare: bool = False) -> tuple[Array, Nodes]:
    """Put layers in a row; where they are ``bare`` they have no biases."""
    network = Network(x.shape, ())
    for number, layer in enumerate(layers):
        shapes = {"x": network.shape(network.last)}
        if layer.kind == "conv2d":
            shapes["kernel"] = (3, 2, 1, 3)
        own = {port: drawn(*shape) / 4 for port, shape in layer.fit(shapes).items()}
        if layer.switches:
            own = {"mask": (np.arange(own["mask"].size) % 3 > 0).reshape(own["mask"].shape) * 1.0}
        if bare:
            own.pop("bias", None)
        network = Network(x.shape, (*network.nodes, Node(f"{layer.kind}_{number}", layer, own)))
    return x, [(node.name, node.layer, dict(node.tensors)) for node in network.nodes]


def networks() -> dict[str, tuple[Array, Nodes]]:
    return {
        "convolutions": row(
            drawn(7, 6, 2),
            made("conv2d", padding=((1, 0), (0, 2))),
            made("relu"),
            made("conv2d", strides=(2, 2), dilation_rate=(1, 2), padding="same"),
            made("conv2d", strides=(1, 2), dilation_rate=(1, 1)),
        ),
        "classifier": row(
            drawn(8, 6, 1),
            made("conv2d", padding="same"),
            made("max_pooling2d", pool_size=(2, 2), strides=(2, 2)),
            made("flatten"),
            made("dense"),
            made("dropout", rate=0.25, training=True),
            made("dense"),
            made("softmax"),
        ),
        "pools": row(
            drawn(7, 7, 2),
            *(
                made(kind, pool_size=(2, 3), strides=(1, 1), padding=padding)
                for padding in ("same", ((1, 0), (0, 1)))
                for kind in ("average_pooling2d", "max_pooling2d")
            ),
            made("dense"),
            made("dropout", rate=0.5, training=True),
            made("global_average_pooling2d"),
            made("dense"),
            made("tanh"),
            bare=True,
        ),
        "brightest": row(
            drawn(5, 4, 3),
            made("global_max_pooling2d"),
            made("dense"),
            made("dropout", rate=0.5, training=False),
            made("sigmoid"),
        ),
        "one": row(drawn(4), made("relu")),
    }


@pytest.fixture(scope="module", params=networks())
def network(request: pytest.FixtureRequest) -> tuple[Array, Nodes]:
    return networks()[request.param]


def output(x: Array, nodes: Nodes) -> Array:
    return Evaluation(Network(x.shape, tuple(nodes)), x).value(nodes[-1][0])


@pytest.mark.parametrize("kind", KINDS)
def test_the_numpy_program_of_every_kind_prints_the_board(kind: str) -> None:
    for layer, tensors in BOARDS:
        if layer.kind == kind:
            programs = program.of_layer(layer, tensors)
            assert tuple(programs) == FRAMEWORKS, layer
            code = programs["NumPy"]
            assert_prints(run_here(code), layer.forward(tensors), code)


@pytest.mark.parametrize("framework", ["Keras", "PyTorch"])
def test_the_programs_of_every_kind_print_the_board(framework: str) -> None:
    programs = [program.of_layer(layer, tensors)[framework] for layer, tensors in BOARDS]
    for (layer, tensors), code, text in zip(
        BOARDS, programs, run_elsewhere(framework, programs), strict=True
    ):
        assert_prints(text, layer.forward(tensors), code, exactness(framework))


@pytest.mark.parametrize("framework", ["Keras", "PyTorch"])
def test_the_programs_of_networks_print_the_last_output(framework: str) -> None:
    several = list(networks().values())
    programs = [program.of_network(x, nodes)[framework] for x, nodes in several]
    for (x, nodes), code, text in zip(
        several, programs, run_elsewhere(framework, programs), strict=True
    ):
        assert_prints(text, output(x, nodes), code, exactness(framework))


def test_every_program_is_python(network: tuple[Array, Nodes]) -> None:
    programs = dict(program.of_network(*network))
    assert tuple(programs) == ("Keras", "PyTorch")
    for layer, tensors in BOARDS:
        programs |= {
            f"{layer} {name}": code for name, code in program.of_layer(layer, tensors).items()
        }
    for name, code in programs.items():
        compile(code, name, "exec")
        assert code.endswith(")\n"), name
        assert not any(line != line.rstrip() for line in code.splitlines()), name


def test_names_that_cannot_be_variables_are_numbered(network: tuple[Array, Nodes]) -> None:
    x, nodes = network
    odd = [(f"{n}層 ²", layer, tensors) for n, (_, layer, tensors) in enumerate(nodes)]
    for framework, code in program.of_network(x, odd).items():
        compile(code, framework, "exec")
        assert "層" not in code


def test_a_network_of_no_layers_and_one_that_does_not_fit() -> None:
    assert program.of_network(drawn(3), []) == {}
    assert program.of_network(drawn(3, 2), [("relu", made("relu"), {})]) == {}
    assert set(program.of_layer(made("relu"), {"x": drawn(3, 2)})) == {"Python"}
    with pytest.raises(ShapeError):
        program.of_network(drawn(3), [("dense", made("dense"), {"kernel": drawn(4, 2)})])


def test_a_network_is_shown_where_every_layer_has_a_part() -> None:
    class Half(Toy):
        def parts(self, tensors: Mapping[str, Array], name: str) -> dict[str, Part]:
            return {"Keras": Part((Module("keras.layers.ReLU()"),))}

    x, own = drawn(2, 3, 1), {"class": np.array(0.0)}
    relu = ("relu", made("relu"), {})
    assert set(program.of_network(x, [relu, ("half", Half(), own)])) == {"Keras"}
    assert program.of_network(x, [relu, ("toy", Toy(), own)]) == {}
    assert set(program.of_layer(Half(), {"x": x, **own})) == {"Keras"}


@pytest.mark.parametrize("layer", [Toy(), Toy(power=2.5, word='"a\\b"')])
def test_a_kind_that_knows_no_framework_is_shown_as_a_call_of_itself(layer: Toy) -> None:
    assert set(NEEDED) >= {"Python"}
    _, tensors = Toy.sample(np.random.default_rng(0), 0)
    programs = program.of_layer(layer, tensors)
    assert set(programs) == {"Python"}
    text = run_here(programs["Python"])
    np.testing.assert_allclose(
        np.array(text.replace("[", " ").replace("]", " ").split(), float),
        layer.forward(tensors).ravel(),
        atol=1e-8,
    )


def test_a_kind_made_inside_a_function_is_found_by_its_tag() -> None:
    @dataclass(frozen=True)
    class Guest(Toy):
        kind: ClassVar[str] = "guest"

    registry.register(Guest)
    try:
        _, tensors = Guest.sample(np.random.default_rng(0), 0)
        text = run_here(program.of_layer(Guest(3.0), tensors)["Python"])
    finally:
        registry.unregister("guest")
    assert text.strip() == str(Guest(3.0).forward(tensors))


def test_the_program_finds_a_kind_wherever_its_module_is(tmp_path, monkeypatch) -> None:
    source = (
        "from tests.unit.engine.test_program import Toy\n"
        "class Plugin:\n    class Inner(Toy):\n        pass\n"
    )
    (tmp_path / "a_plugin_of_layers.py").write_text(source)
    monkeypatch.syspath_prepend(str(tmp_path))
    inner = importlib.import_module("a_plugin_of_layers").Plugin.Inner
    _, tensors = inner.sample(np.random.default_rng(0), 0)
    code = program.of_layer(inner(2.0), tensors)["Python"]
    monkeypatch.delitem(sys.modules, "a_plugin_of_layers")
    assert "from a_plugin_of_layers import Plugin" in code
    assert run_here(code).strip() == str(inner(2.0).forward(tensors))


def test_only_the_program_that_is_looked_at_is_put_into_words(monkeypatch) -> None:
    layer, tensors = registry.layer_kinds()["conv2d"].sample(np.random.default_rng(0), 3)
    written: list[str] = []
    write = program.array_source
    monkeypatch.setattr(
        program, "array_source", lambda *given: written.append(given[0]) or write(*given)
    )
    programs = program.of_layer(layer, tensors)
    assert list(programs) == ["Keras", "PyTorch", "NumPy"]
    assert written == []
    assert "import keras" in programs["Keras"]
    assert sorted(written) == sorted(set(written))
