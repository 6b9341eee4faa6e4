"""Writes a layer or a whole network as a program that prints the numbers on the board.

Each layer hands in a :class:`~cnn_tutor.engine.part.Part` for every framework that it can be
written in; what is around the parts (imports, the input, how it is run and printed) is here, once.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from textwrap import indent
from types import MappingProxyType

import numpy as np

from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer, settings_of
from cnn_tutor.engine.part import Name, Part, array_source, call

_PRINTED_WHOLE = 1000
"""Larger arrays than this are printed with an ellipsis by NumPy, unless it is told otherwise."""

_LAMBDA = """\
class Lambda(nn.Module):  # a function as a layer
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)"""
"""What Keras has ready-made and PyTorch hasn't: it is in every program whose parts use it."""

_FLOAT64 = """\
# float64, as on the board. On PyTorch and JAX,
# Keras keeps to float32 in some layers.
keras.config.set_dtype_policy("float64")"""
"""Only on TensorFlow do all layers keep it, as of Keras 3.15: there Dense is one that doesn't."""


def of_layer(layer: Layer, tensors: Mapping[str, Array]) -> Mapping[str, str]:
    """Return programs that print one layer's output, by framework.

    A kind that knows no framework is shown as a call of itself.
    """
    tensors = {port: as_floats(tensor) for port, tensor in tensors.items()}
    output = layer.output_shape(shapes_of(tensors))
    one_item = {tensors["x"].ndim, len(output)} <= {1, 3}
    parts = layer.parts(tensors, "") if one_item else {}
    chains = {framework: [parts[framework]] for framework in _WRITERS if framework in parts}
    programs = Programs(tensors["x"], output, chains, "layer")
    return programs or {"Python": _python(layer, tensors, output)}


def of_network(
    x: Array, nodes: Sequence[tuple[str, Layer, Mapping[str, Array]]]
) -> Mapping[str, str]:
    """Return the programs of layers in a row, by framework; none that a layer has no part for.

    ``x`` has shape (H, W, C) or (n,); a node is its name, its layer and every tensor but ``x``.
    Each program prints the last layer's output, an image map by map.

    Raises:
        ShapeError: if a layer does not fit what it gets.
    """
    x = as_floats(x)
    shapes: list[Shape] = [x.shape]
    parts: list[Mapping[str, Part]] = []
    for name, (_, layer, own) in zip(_suffixes([n for n, _, _ in nodes]), nodes, strict=True):
        # Of what a layer reads only the shape is told: its numbers come from the one before.
        tensors = {port: as_floats(tensor) for port, tensor in own.items() if port != "x"}
        tensors["x"] = np.broadcast_to(np.float64(0), shapes[-1])
        shapes.append(layer.output_shape(shapes_of(tensors)))
        if not {len(shapes[-2]), len(shapes[-1])} <= {1, 3}:
            return {}
        parts.append(layer.parts(tensors, name))
    if not parts:
        return {}
    chains = {
        framework: [part[framework] for part in parts]
        for framework in ("Keras", "PyTorch")
        if all(framework in part for part in parts)
    }
    return Programs(x, shapes[-1], chains, "model")


def _suffixes(names: Sequence[str]) -> list[str]:
    """Return the names of the nodes, or numbers where one can't be part of a variable's name."""
    plain = all(re.fullmatch(r"\w+", name, re.ASCII) for name in names)
    return list(names) if plain else [str(number) for number in range(1, len(names) + 1)]


class Programs(Mapping[str, str]):
    """Programs by their framework; one is put into words when it is asked for.

    A large layer has a million numbers. Every array is put into words only once.
    """

    def __init__(
        self, x: Array, output: Shape, chains: Mapping[str, Sequence[Part]], name: str
    ) -> None:
        self._x, self._output, self._chains, self._name = x, output, chains, name
        self._written: dict[tuple[str, int], str] = {}

    def __getitem__(self, framework: str) -> str:
        parts = self._chains[framework]
        lines = [self._listed("x", self._x)]
        for part in parts:
            lines += [self._listed(variable, array) for variable, array in part.arrays.items()]
            lines += part.prepare
        write = _WRITERS[framework]
        return write(self._x.ndim, self._output, parts, self._name, "\n".join(lines))

    def __iter__(self) -> Iterator[str]:
        return iter(self._chains)

    def __len__(self) -> int:
        return len(self._chains)

    def _listed(self, variable: str, array: Array) -> str:
        key = (variable, id(array))
        if key not in self._written:
            self._written[key] = array_source(variable, as_floats(array))
        return self._written[key]


def _keras(rank: int, output: Shape, parts: Sequence[Part], name: str, arrays: str) -> str:
    made, fill = _chain(parts, name, "keras.Sequential([", "])", f"{name}.layers")
    run = [f"{name}.build(x[None].shape)", *fill] if fill or name == "model" else []
    if name == "model":
        run.append("# model.summary() lists its layers and counts its parameters.")
    run.append(f"y = keras.ops.convert_to_numpy({name}(x[None]))[0]")
    return _join(
        "import keras\nimport numpy as np",
        _FLOAT64,
        *_defines(parts),
        made,
        arrays,
        "\n".join([*run, *_print(output, _maps(output))]),
    )


def _pytorch(rank: int, output: Shape, parts: Sequence[Part], name: str, arrays: str) -> str:
    made, fill = _chain(parts, name, "nn.Sequential(", ")", name)
    item, order = ("image", ".permute(2, 0, 1)") if rank == 3 else ("vector", "")
    run = [*fill, f"y = {name}({item}[None])[0]"]
    return _join(
        "import numpy as np\nimport torch\nfrom torch import nn",
        "torch.set_default_dtype(torch.float64)",
        _LAMBDA if any(m.made.startswith("Lambda(") for p in parts for m in p.modules) else "",
        *_defines(parts),
        made,
        arrays,
        "\n".join(
            [
                f"{item} = torch.tensor(x){order}",
                "with torch.no_grad():",
                *(indent(line, "    ") for line in run),
                *_print(output, "y.numpy()"),
            ]
        ),
    )


def _numpy(rank: int, output: Shape, parts: Sequence[Part], name: str, arrays: str) -> str:
    return _join(
        "import numpy as np",
        *_defines(parts),
        arrays,
        "\n".join([*(part.body for part in parts), *_print(output, _maps(output))]),
    )


def _python(layer: Layer, tensors: Mapping[str, Array], output: Shape) -> str:
    """Write a call of the layer itself: what is left for a kind that knows no framework."""
    kind = type(layer)
    first = kind.__qualname__.partition(".")[0]
    made = kind.__qualname__
    found = f"from {kind.__module__} import {first}"
    if "<locals>" in made:  # no import reaches into a function
        made = kind.__name__
        found = (
            "from cnn_tutor.engine.registry import layer_kinds\n\n"
            f'{made} = layer_kinds()["{kind.kind}"]'
        )
    values = {setting.name: getattr(layer, setting.name) for setting in settings_of(layer)}
    settings = {name: Name(repr(value)) for name, value in values.items()}
    taken = {"np", "layer", "layer_kinds", first, made}
    names = {
        port: port
        if port.isidentifier() and not keyword.iskeyword(port) and port not in taken
        else f"tensor_{number}"
        for number, port in enumerate(tensors)
    }
    given = ", ".join(f'"{port}": {name}' for port, name in names.items())
    written = {port: array_source(names[port], tensor) for port, tensor in tensors.items()}
    return _join(
        f"import numpy as np\n\n{found}",
        f"layer = {call(made, **settings)}",
        "\n".join(written[port] if tensors[port].ndim else f"{written[port]}[0]" for port in names),
        "\n".join(_print(output, f"layer.forward({{{given}}})")),
    )


def _chain(
    parts: Sequence[Part], name: str, opening: str, closing: str, items: str
) -> tuple[str, list[str]]:
    modules = [module for part in parts for module in part.modules]
    if name == "layer" and len(modules) == 1:
        (module,) = modules
        made = f"{_comment(module.why)}{name} = {module.made}"
        return made, [name + line for line in module.fill]
    inside = "".join(indent(f"{_comment(m.why)}{m.made},\n", "    ") for m in modules)
    fill = [f"{items}[{n}]{line}" for n, module in enumerate(modules) for line in module.fill]
    return f"{name} = {opening}\n{inside}{closing}", fill


def _comment(why: str) -> str:
    return "".join(f"# {line}\n" for line in why.splitlines())


def _defines(parts: Sequence[Part]) -> list[str]:
    return list(dict.fromkeys(define for part in parts for define in part.defines))


def _print(output: Shape, shown: str) -> list[str]:
    whole = ["np.set_printoptions(threshold=10**7)"] if np.prod(output) > _PRINTED_WHOLE else []
    return [*whole, f"print({shown})"]


def _maps(output: Shape) -> str:
    return "np.moveaxis(y, -1, 0)" if len(output) == 3 else "y"


def _join(*sections: str) -> str:
    return "\n\n".join(section for section in sections if section) + "\n"


_Writer = Callable[[int, Shape, Sequence[Part], str, str], str]

_WRITERS: Mapping[str, _Writer] = MappingProxyType(
    {"Keras": _keras, "PyTorch": _pytorch, "NumPy": _numpy}
)
"""Each framework in the order in which it is offered."""
