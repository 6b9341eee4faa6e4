"""What mistakes are made about, and one way of making one: the numbers, and how they are told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from cnn_tutor.engine.arrays import Array, Tensors, shapes_of
from cnn_tutor.engine.explanation import STEP, Cell, Explanation, Index, Shape, Step, Term
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.region import has
from cnn_tutor.engine.window import Window
from cnn_tutor.study import formula, numbers, words

_TERMS_LIMIT = 10
"""Terms that are written out in a sentence; of more the learner would read none."""

Lit = Mapping[str, tuple[Index, ...]]
Values = Mapping[str, object]


@dataclass(frozen=True, eq=False)
class Case:
    """Some output cells of a layer over its numbers: what a learner is asked to compute.

    What is looked at more than once is computed once: the whole output, the explanation of each
    asked cell and the products in it.
    """

    layer: Layer
    tensors: Tensors
    cells: tuple[Index, ...] = ()

    def about(self, *cells: Index) -> Case:
        """Return the same with other cells that are asked for."""
        return Case(self.layer, self.tensors, cells)

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """The shape of each tensor by its port."""
        return shapes_of(self.tensors)

    @cached_property
    def output(self) -> Array:
        """The whole output, as it should be."""
        return np.asarray(self.layer.forward(self.tensors))

    @cached_property
    def right(self) -> Array:
        """The right number of each asked cell."""
        if self.single:  # which is there anyway, or is soon
            return np.array([self.explanations[0].value])
        return self.picked(self.output)

    @cached_property
    def explanations(self) -> tuple[Explanation, ...]:
        """The way to the right number of each asked cell."""
        return tuple(self.layer.explain(self.tensors, at) for at in self.cells)

    @cached_property
    def products(self) -> Products | None:
        """The inputs and weights that make the asked cells; None if these are no sums of them."""
        return Products.of(self.explanations, type(self.layer).weights)

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """The windows over rows and columns, where the output has a row and column for each."""
        windows = self.layer.windows(self.shapes)
        fits = len(windows) == 2 and len(self.layer.output_shape(self.shapes)) >= 3
        return windows if fits else ()

    @cached_property
    def read(self) -> Lit:
        """The input cells that the one asked cell reads, as far as they exist; none of several."""
        if not self.single:
            return {}
        shape = self.shapes["x"]
        cells = self.explanations[0].cells("x")
        return {"x": tuple(cell.index for cell in cells if has(cell.index, shape))}

    @cached_property
    def weighing(self) -> Lit:
        """The weights of the one asked cell, if it is a sum of products; none of several."""
        products = self.products
        if products is None or not self.single:
            return {}
        return {products.port: tuple(tuple(at) for at in products.places[0].tolist())}

    @property
    def single(self) -> bool:
        """Whether one cell alone is asked for, so that a sentence can be about its numbers."""
        return len(self.cells) == 1

    def picked(self, output: Array) -> Array:
        """Return the numbers that stand in some output at the asked cells."""
        return np.array([output[at] for at in self.cells])

    def forward(self, layer: Layer | None = None, *, changed: Tensors) -> Array:
        """Return the asked cells with numbers changed, by port, and maybe by another layer."""
        return self.picked((layer or self.layer).forward({**self.tensors, **changed}))


@dataclass(frozen=True, eq=False)
class Products:
    """Some output numbers as sums of products: a row for each number, a column for each product.

    ``inputs`` (n, t) are P of the padded input, ``weights`` (n, t) what stands on them, ``bias``
    (n,) what is added to the sum, 0 for none. ``channels`` (t,) counts the channels that are read
    from 0, and ``maps`` (n, C) are their own numbers in the input, others for each group of
    filters. ``port`` is that of the weights and ``places`` (n, t, rank) are their cells.
    """

    inputs: Array
    weights: Array
    bias: Array
    channels: Array
    maps: Array
    port: str
    places: Array

    @staticmethod
    def of(explanations: Sequence[Explanation], trained: Collection[str]) -> Products | None:
        """Return the products of some outputs; None unless all are such sums, of one length.

        ``trained`` are the ports that hold weights.
        """
        read: list[list[tuple[Cell, Cell]]] = []
        bias: list[float] = []
        for explanation in explanations:
            found = _read(explanation, trained)
            if found is None or (read and len(found[0]) != len(read[0])):
                return None
            read.append(found[0])
            bias.append(found[1])
        if not read or not read[0]:
            return None
        numbers = np.array([[[x.value, w.value] for x, w in row] for row in read])
        first = read[0]
        maps = np.array([[x.index[-1] if len(x.index) > 2 else 0 for x, _ in row] for row in read])
        order = {place: n for n, place in enumerate(dict.fromkeys(maps[0].tolist()))}
        channels = [order[place] for place in maps[0].tolist()]
        return Products(
            numbers[..., 0],
            numbers[..., 1],
            np.array(bias),
            np.array(channels),
            maps[:, [channels.index(n) for n in order.values()]],
            first[0][1].port,
            np.array([[w.index for _, w in row] for row in read]),
        )

    @cached_property
    def values(self) -> Array:
        """The products, t: (n, t)."""
        return self.inputs * self.weights

    @cached_property
    def sums(self) -> Array:
        """What each output is without its bias, A: (n,)."""
        sums: Array = self.values.sum(1)
        return sums

    @property
    def count(self) -> int:
        """How many products an output is made of, k²C."""
        return int(self.values.shape[1])

    @cached_property
    def depth(self) -> int:
        """How many channels are read, C; 1 where they do not all have as many products."""
        counts = np.bincount(self.channels)
        return len(counts) if len(set(counts.tolist())) == 1 else 1

    @property
    def taps(self) -> int:
        """How many products a channel has, k²."""
        return self.count // self.depth

    def laid(self, weights: Array) -> Array:
        """Return what the outputs are with other weights in place of those there are: (n,)."""
        there = weights[tuple(np.moveaxis(self.places, -1, 0))]
        laid: Array = (self.inputs * there).sum(1) + self.bias
        return laid

    def by_channel(self, values: Array) -> Array:
        """Return a number for each product, (n, t), as (n, C, k²)."""
        order = np.argsort(self.channels, kind="stable")
        return values[:, order].reshape(len(values), self.depth, self.taps)


def retold(
    explanation: Explanation,
    product: Callable[[Cell, Cell], Term] = lambda x, w: Term((x, w)),
    added: Callable[[Cell], Term | None] = lambda b: Term((b,)),
) -> Explanation:
    """Return the way to a number as it is with other products, or with another bias."""
    steps: list[Step] = []
    for step in explanation.steps:
        terms: list[Term] = []
        for term in step.terms:
            if len(term.factors) == 2:
                terms.append(product(*term.factors))
            elif term.factors[0].port == STEP:
                (cell,) = term.factors
                terms.append(Term((Cell(STEP, cell.index, steps[cell.index[0]].value),)))
            elif (bias := added(term.factors[0])) is not None:
                terms.append(bias)
        steps.append(Step(step.name, step.fold, tuple(terms)))
    return Explanation(explanation.output, tuple(steps))


def _read(
    explanation: Explanation, trained: Collection[str]
) -> tuple[list[tuple[Cell, Cell]], float] | None:
    """Return the input and the weight of each product, and the bias; None if it isn't just that."""
    pairs: list[tuple[Cell, Cell]] = []
    bias, summed, last = 0.0, 0, len(explanation.steps) - 1
    for n, step in enumerate(explanation.steps):
        for term in step.terms:
            ports = [cell.port for cell in term.factors]
            if step.fold != "sum" or term.scale != 1:
                return None
            if len(ports) == 2 and ports[0] == "x" and ports[1] in trained:
                pairs.append((term.factors[0], term.factors[1]))
            elif n == last and ports == [STEP]:
                summed += 1
            elif n == last and len(ports) == 1 and ports[0] in trained:
                bias += term.factors[0].value
            else:
                return None
    return (pairs, bias) if summed == last else None


def _unexplained(place: int) -> Explanation | None:
    return None


@dataclass(frozen=True, eq=False)
class Way:
    """One way of making a mistake throughout: the number that it gives in each asked cell.

    ``how`` tells it from others of the same mistake, such as its direction.
    ``numbers`` has one for each, not a number where the way does not exist there. ``explain``
    tells how the number of one asked cell, by its place among them, comes about; ``worked`` says
    that this is worth showing. ``aside``, ``values`` and ``lit`` are as in an outcome; a way of
    which nothing is ``lit`` is about the numbers that are read.
    """

    mistake: str
    numbers: Array
    how: str = ""
    explain: Callable[[int], Explanation | None] = _unexplained
    worked: bool = False
    aside: bool = False
    values: Values = field(default_factory=dict)
    lit: Lit = field(default_factory=dict)


class Told(Mapping[str, object]):
    """The values of the sentence about a way, which are not made up before they are asked for.

    ``work`` is how the way gets to its number, in brackets and in both languages; it is empty
    where that would be too long, or where several cells are asked for.
    """

    def __init__(self, way: Way, single: bool) -> None:
        self._way, self._single = way, single

    def __getitem__(self, key: str) -> object:
        return self._work if key == "work" else self._way.values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(("work", *self._way.values))

    def __len__(self) -> int:
        return 1 + len(self._way.values)

    @cached_property
    def _work(self) -> Mapping[str, str]:
        told = self._way.explain(0) if self._single and self._way.worked else None
        if told is None or len(told.steps[-1].terms) > _TERMS_LIMIT:
            return dict.fromkeys(words.LANGUAGES, "")
        plain = replace(told, steps=(*told.steps[:-1], _without_bias_of_zero(told.steps[-1])))
        *line, _ = formula.lines(plain)[-1]
        return in_brackets("".join(token.text for token in line) + numbers.brief(told.value))


def in_brackets(work: str) -> Mapping[str, str]:
    """Return how a number comes about as it is put into a sentence."""
    return {"ja": f"（{work}）", "en": f" ({work})"}


def _without_bias_of_zero(step: Step) -> Step:
    """Return a step without a bias that adds nothing: the learner sees none."""
    *terms, last = step.terms
    cell = last.factors[0] if len(last.factors) == 1 else None
    bias = cell is not None and cell.port not in ("x", STEP) and len(cell.index) == 1
    return replace(step, terms=tuple(terms)) if terms and bias and not last.value else step
