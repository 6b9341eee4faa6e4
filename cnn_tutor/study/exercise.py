"""One exercise: its numbers, what is to be filled in, and the shape that asks for it."""

from __future__ import annotations

import tomllib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, ClassVar

from numpy.random import Generator

from cnn_tutor.bundled import bundled
from cnn_tutor.engine.arrays import Tensors
from cnn_tutor.engine.explanation import OUTPUT, Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.network import Network
from cnn_tutor.study import numbers as readings
from cnn_tutor.study import words

VERSION = 2
"""Of the generators: the same shape, kind, level and seed give the same exercise under it."""

Text = Mapping[str, str]
"""The same in Japanese and in English: ``{"ja": ..., "en": ...}``."""

PRODUCTS, STEPS = "products", "steps"
"""Ports of blanks that are no tensors of the layer.

A blank of ``products`` is the value of one term, its index ``(step, term)``; one of ``steps`` is
the result of a step, its index ``(step,)``; both of the explanation of the output at ``at``.
"""


class NoExercise(ValueError):
    """There is no exercise of that shape over that kind of layer."""


@dataclass(frozen=True)
class Blank:
    """A place that the learner is to fill in, and what belongs there.

    ``port`` and ``index`` say where it stands on the board: a cell of one of the layer's tensors,
    of its ``output``, a product or the result of a step. Without a port it stands in a line
    beside the board, under its ``label``. A ``mark`` is set (1) or left out (0) rather than
    written.
    """

    name: str
    answer: float
    port: str = ""
    index: Index = ()
    mark: bool = False
    label: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """A layer of a chain that is drawn, and what leaves it.

    ``details`` are its settings, a line each. ``shape`` is that of its output, empty where it is
    asked for. ``blanks`` are the names of those that stand at its output, after a ``caption`` if
    there is any; without one they are the sides of the shape.
    """

    name: Text
    details: tuple[Text, ...] = ()
    shape: Shape = ()
    blanks: tuple[str, ...] = ()
    caption: Text = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What one mistake makes of an exercise: the numbers that it leads to, by their blanks.

    One mistake may have several outcomes, such as the eight windows that lie one off; each is
    what a learner would write who makes it in one ``way`` throughout. Only blanks in which the
    number is not the answer are in it. ``together`` says that the learner shows the mistake only
    by all of its entries at once, as with marks. ``values`` are for the sentence that explains
    it, by language or the same for both; ``lit`` are the cells that it is about, by port, and
    ``works`` is how the numbers of some blanks come about. One that is ``aside`` leads to the
    number of a better known mistake by its very nature, as a window does that is moved
    diagonally: an exercise need not tell the two apart.
    """

    mistake: str
    entries: Mapping[str, float]
    way: str = ""
    together: bool = False
    aside: bool = False
    values: Mapping[str, object] = field(default_factory=dict)
    lit: Mapping[str, tuple[Index, ...]] = field(default_factory=dict)
    works: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Exercise:
    """Numbers to compute with, and blanks to fill in; always the same for the same four facts.

    ``shape`` is what is asked, such as ``"one_output_cell"``, of which ``kind`` of layer, how
    hard (``level``, from 0) and with which numbers (``seed``). ``at`` is the output cell it is
    about, empty for none. ``rule`` is the second hint. ``shown`` are tensors that the board shows
    in place of the real ones, by port, such as an output with a wrong cell in it; ``given`` the
    cells that the prompt points at, each with its port. ``network`` is there where more than one
    layer is asked about; ``layer`` is then one of it, and ``chain`` how it is drawn, from the
    input on. Of the ``hidden_ports`` the board shows
    nothing, as their size is asked for; of ``blank_ports`` it shows no numbers. ``filled`` are
    blanks that are filled in already. ``worked`` says how it is worked out, a line a step, where
    the explanation of ``at`` does not. ``workings`` says that the products are shown, so that only
    the last step is left; ``evidence`` that the main mistakes lead to different numbers. Of one
    over a teacher's board, ``board`` is the code, and there are no facts that make it.
    """

    layer: Layer
    tensors: Tensors
    prompt: Text
    blanks: tuple[Blank, ...]
    rule: Text
    source: ExerciseShape
    at: Index = ()
    shown: Tensors = field(default_factory=dict)
    given: tuple[tuple[str, Index], ...] = ()
    filled: tuple[Blank, ...] = ()
    network: Network | None = None
    chain: tuple[Link, ...] = ()
    hidden_ports: tuple[str, ...] = ()
    blank_ports: tuple[str, ...] = ()
    worked: Text = field(default_factory=dict)
    workings: bool = False
    evidence: bool = True
    kind: str = ""
    level: int = 0
    seed: int = 0
    version: int = VERSION
    board: str = ""

    @property
    def shape(self) -> str:
        """The key of the exercise's shape."""
        return self.source.key

    @property
    def facts(self) -> tuple[str, str, int, int]:
        """The shape, the kind, the level and the seed, by which it can be made again."""
        return self.shape, self.kind, self.level, self.seed

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What the main mistakes lead to, and those that are rarer; none of the slips."""
        return (*self.source.outcomes(self), *self.source.rarer(self))

    @cached_property
    def slips(self) -> tuple[Outcome, ...]:
        """What mere slips lead to: a term left out, a sign lost."""
        return tuple(self.source.slips(self))

    def blank(self, name: str) -> Blank:
        """Return the blank of that name; raises KeyError if there is none."""
        for blank in self.blanks:
            if blank.name == name:
                return blank
        raise KeyError(name)

    def differing(self, wrong: Mapping[str, float]) -> dict[str, float]:
        """Return the numbers that differ from the answers of their blanks.

        Names of no blank are left out. Where a mistake changes nothing at all, so that it can't be
        told from a right answer, all of its numbers stay: that is how an exercise is seen to hide
        it.
        """
        there = {b.name: b.answer for b in self.blanks if b.name in wrong}
        found = {n: wrong[n] for n, answer in there.items() if not readings.agree(wrong[n], answer)}
        return found or {name: wrong[name] for name in there}

    def accepts(self, numbers: Mapping[str, float]) -> bool:
        """Say whether numbers for all blanks are right, though they may not be the answer."""
        return self.source.accepts(self, numbers)

    def faded(self) -> Exercise:
        """Return the exercise with only its last step left to do.

        Marks are no steps one after the other: of them all are left.
        """
        if any(blank.mark for blank in self.blanks):
            return replace(self, evidence=False)
        *filled, last = self.blanks
        at = self.at or (last.index if last.port == OUTPUT else ())
        rest = tuple(filled)
        return replace(self, blanks=(last,), filled=rest, at=at, workings=bool(at), evidence=False)


class ExerciseShape(ABC):
    """Something that can be asked of a layer: one output cell, the output's size, a filter.

    What it says to the learner is in ``resources/exercises/<key>.toml``, Japanese and English
    side by side: ``name``, ``prompt`` and ``rule``, and more where it has more to say.
    """

    key: ClassVar[str]
    """The shape's name, which is also that of its module."""

    @abstractmethod
    def fits(self, kind: type[Layer]) -> bool:
        """Say whether a kind of layer has what it needs; no kind is asked for by name."""

    @abstractmethod
    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        """Set the exercise over a layer and its numbers; None if it can't be set over these.

        ``rng`` picks what there is to pick, such as the cell that is asked for.
        """

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through what each mistake but slips leads to; nothing where none is known."""
        return ()

    def rarer(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through more of them, none main: numbers are drawn and kept apart without these."""
        return ()

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        """Make up a layer and its numbers, and set the exercise over them."""
        layer, tensors = kind.sample(rng, level)
        return self.over(layer, tensors, level, rng)

    def slips(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through what slips lead to; a shape without any leaves this as it is."""
        return ()

    def tells(self, exercise: Exercise) -> bool:
        """Say whether a right answer shows that the learner can do it.

        It does not where it is easily met by chance, or by who makes a mistake that happens not
        to show in these numbers; such an exercise is for practice only.
        """
        return True

    def accepts(self, exercise: Exercise, numbers: Mapping[str, float]) -> bool:
        """Say whether other numbers than the answers are right too, as a filter may be."""
        return False

    @property
    def name(self) -> str:
        """What the shape is called, in the language that is on."""
        return words.pick(self.said()["name"])

    def said(self) -> Mapping[str, Any]:
        """Return everything that its file says."""
        return _said(self.key)

    def text(self, entry: str, **values: object) -> Text:
        """Return an entry of its file in both languages, with these values in it.

        A value that is itself a text in both languages is put in each in its own.
        """
        return words.both(self.said()[entry], **values)


@cache
def _said(key: str) -> dict[str, Any]:
    return tomllib.loads(bundled("exercises", f"{key}.toml").read_text("utf-8"))
