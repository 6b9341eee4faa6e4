"""Units switched off at random while a network learns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import ClassVar, Self

import numpy as np

from cnn_tutor.engine import region as regions
from cnn_tutor.engine.arrays import Array, as_floats, shapes_of
from cnn_tutor.engine.errors import SettingError, ShapeError
from cnn_tutor.engine.explanation import Cell, Explanation, Index, Shape, Step, Term
from cnn_tutor.engine.layer import Layer, gradient_of
from cnn_tutor.engine.part import Module, Part, number, variable
from cnn_tutor.engine.region import Grid, Region

_RATE_LIMIT = 0.99
"""The largest rate, which makes a hundredfold of what is kept. Nearer to 1, a few layers in a row
would give more than a float can hold."""

_SEED_LIMIT = 9999
"""The largest seed."""


@dataclass(frozen=True)
class Dropout(Layer):
    """Random numbers of ``x`` are dropped while the network learns; the others grow to make up.

    Shapes: ``x`` (..., and those of ``mask``), ``mask`` that of one item of ``x``, output that
    of ``x``. A 1 in the mask keeps, a 0 drops; what is kept is multiplied by 1 / (1 − rate). With
    ``training`` off, as in a network at work, ``x`` goes through as it is and no mask is needed.

    ``rate`` and the scaling are those of Keras' ``Dropout``
    (https://keras.io/api/layers/regularization_layers/dropout/). Which cells are dropped is in
    the mask; a new one is drawn from ``seed``.

    Raises:
        SettingError: unless 0 ≤ rate ≤ 0.99 and 0 ≤ seed ≤ 9999.
    """

    kind: ClassVar[str] = "dropout"
    inputs: ClassVar[tuple[str, ...]] = ("x", "mask")
    switches: ClassVar[tuple[str, ...]] = ("mask",)
    drawn: ClassVar[Mapping[str, tuple[str, ...]]] = MappingProxyType({"mask": ("rate", "seed")})

    rate: float = field(default=0.5, metadata={"share": True})
    training: bool = True
    seed: int = field(default=0, metadata={"most": _SEED_LIMIT})

    def __post_init__(self) -> None:
        rate, seed = self.rate, self.seed
        numeric = isinstance(rate, int | float | np.number) and not isinstance(rate, bool)
        if not numeric or not 0 <= rate <= _RATE_LIMIT:
            raise SettingError("rate_range", value=rate)
        whole = isinstance(seed, int | np.integer) and not isinstance(seed, bool)
        if not whole or not 0 <= seed <= _SEED_LIMIT:
            raise SettingError("seed_range", value=seed, most=_SEED_LIMIT)
        object.__setattr__(self, "rate", float(rate))
        object.__setattr__(self, "training", bool(self.training))
        object.__setattr__(self, "seed", int(seed))

    @property
    def scale(self) -> float:
        """What a kept number is multiplied by, so that the sum stays about the same."""
        return 1.0 / (1.0 - self.rate) if self.training else 1.0

    def output_shape(self, shapes: Mapping[str, Shape]) -> Shape:
        """Return the shape of ``x``, whose last axes must be the mask's."""
        x = shapes["x"]
        mask = shapes["mask"] if self.training else shapes.get("mask", x)
        if len(mask) > len(x) or x[len(x) - len(mask) :] != mask:
            raise ShapeError("mask_shape", mask=mask, shape=x)
        return x

    def forward(self, tensors: Mapping[str, Array]) -> Array:
        """Compute x · mask / (1 − rate), or copy ``x`` if the network is not learning."""
        self.output_shape(shapes_of(tensors))
        x = as_floats(tensors["x"])
        # Multiplied as TensorFlow does it, so that the last digit is the same.
        return x * (as_floats(tensors["mask"]) * self.scale) if self.training else x.copy()

    def explain(self, tensors: Mapping[str, Array], at: Index) -> Explanation:
        """Say what one number is: a product of the input, its switch and the scale."""
        regions.check_index(at, self.output_shape(shapes_of(tensors)))
        x = Cell("x", at, float(tensors["x"][at]))
        if not self.training:
            return Explanation(at, (Step("copy", "sum", (Term((x,)),)),))
        switch = at[len(at) - tensors["mask"].ndim :]
        mask = Cell("mask", switch, float(tensors["mask"][switch]))
        return Explanation(at, (Step("products", "sum", (Term((x, mask), self.scale),)),))

    def backward(self, tensors: Mapping[str, Array], grad: Array) -> dict[str, Array]:
        """Return the gradients of ``x`` and ``mask``; what is dropped learns nothing."""
        x, grad = as_floats(tensors["x"]), gradient_of(self.output_shape(shapes_of(tensors)), grad)
        if not self.training:
            masks = {"mask": np.zeros_like(as_floats(tensors["mask"]))} if "mask" in tensors else {}
            return {"x": grad.astype(x.dtype), **masks}
        mask = as_floats(tensors["mask"])
        outer = tuple(range(x.ndim - mask.ndim))
        return {
            "x": (grad * (mask * self.scale)).astype(x.dtype),
            "mask": (grad * x * self.scale).sum(outer).astype(mask.dtype),
        }

    def affected(self, port: str, at: Index, shapes: Mapping[str, Shape]) -> Region:
        """Return the output at the cell's own place; a switch is one for every item."""
        return self.reached(port, regions.cell(at), shapes)

    def forward_region(self, tensors: Mapping[str, Array], region: Region) -> Array:
        part = {"x": tensors["x"][region]}
        if "mask" in tensors:
            part["mask"] = tensors["mask"][region[len(region) - tensors["mask"].ndim :]]
        return self.forward(part)

    def reached(self, port: str, region: Region, shapes: Mapping[str, Shape]) -> Region:
        """Return the same box of the output; nothing if the mask is not in use."""
        shape = self.output_shape(shapes)
        if port == "x":
            return region
        if not self.training:
            return (slice(0, 0),) * len(shape)
        return (*regions.whole(shape[: len(shape) - len(region)]), *region)

    def read(self, cells: Grid, shapes: Mapping[str, Shape]) -> Iterator[Grid]:
        yield cells

    def fit(self, shapes: Mapping[str, Shape]) -> dict[str, Shape]:
        """Return a mask with a switch for every number of ``x``."""
        return {"mask": shapes["x"]}

    def fresh(self, port: str, shape: Shape, rng: np.random.Generator) -> Array:
        """Return a mask drawn from ``seed``; a higher rate drops the same cells and more."""
        # The same draw for every rate, so that turning it up never brings a dropped cell back.
        return (np.random.default_rng(self.seed).random(shape) >= self.rate).astype(np.float64)

    def beside(self) -> Mapping[str, Layer]:
        """Return the layer in its other mode: learning, or at work."""
        other = replace(self, training=not self.training)
        return {"training" if other.training else "inference": other}

    def facts(self, tensors: Mapping[str, Array]) -> Mapping[str, Mapping[str, float]]:
        """Return what share the mask really drops, in percent, and what the rest grows by."""
        if not self.training:
            return {}
        mask = tensors["mask"]
        count, of = int(np.count_nonzero(mask == 0)), int(mask.size)
        return {
            "dropped": {"count": count, "of": of, "share": round(100 * count / of, 2)},
            "scaled": {"rate": self.rate, "scale": self.scale},
        }

    def parts(self, tensors: Mapping[str, Array], name: str) -> Mapping[str, Part]:
        share = number(self.rate)
        if not self.training:
            why = "Drops only in training."
            return {
                "Keras": Part((Module(f"keras.layers.Dropout({share})", why=why),)),
                "PyTorch": Part((Module(f"nn.Dropout({share}).eval()", why=why),)),
                "NumPy": Part(body="y = x  # drops only in training"),
            }
        mask = variable("mask", name)
        arrays = {mask: np.broadcast_to(tensors["mask"], tensors["x"].shape)}
        channels_first = ".permute(2, 0, 1)" if tensors["x"].ndim == 3 else ""
        why = "{} draws a mask of its own;\nthis one is the mask on the board."
        keras = f"lambda x: x * keras.ops.array({mask})\n    / (1 - {share})"
        pytorch = f"lambda x: x * torch.tensor({mask}){channels_first}\n    / (1 - {share})"
        return {
            "Keras": Part(
                (
                    Module(
                        f"keras.layers.Lambda(\n    {keras})",
                        why=why.format(f"keras.layers.Dropout({share})"),
                    ),
                ),
                arrays,
            ),
            "PyTorch": Part(
                (Module(f"Lambda(\n    {pytorch})", why=why.format(f"nn.Dropout({share})")),),
                arrays,
            ),
            "NumPy": Part(arrays=arrays, body=f"y = x * {mask} / (1 - {share})"),
        }

    @classmethod
    def sample(cls, rng: np.random.Generator, level: int) -> tuple[Self, dict[str, Array]]:
        """Make up an exercise: from four numbers to maps, with various rates."""
        level = max(0, min(level, 5))
        shape = ((4,), (6,), (8,), (3, 3, 1), (4, 4, 1), (3, 4, 2))[level]
        layer = cls(
            # None of a half: dividing by the rate would then be right by chance.
            rate=(0.75, 0.8, 0.2, 0.2, 0.75, 0.6)[level],
            training=level != 3 or bool(rng.integers(2)),
            seed=int(rng.integers(10)),
        )
        x = rng.integers(-9 if level > 1 else 0, 10, shape).astype(np.float64)
        return layer, {"x": x, "mask": layer.fresh("mask", shape, rng)}
