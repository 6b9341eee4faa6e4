"""How large an output is: worked out in steps, so that each way of going wrong shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from cnn_tutor.engine.arrays import Tensors
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.engine.layer import Layer
from cnn_tutor.engine.window import Pair, Window
from cnn_tutor.study import naming, words
from cnn_tutor.study.exercise import Blank, Exercise, ExerciseShape, Outcome, Text
from cnn_tutor.study.exercises import levers
from cnn_tutor.study.exercises.levers import Range, Wanted
from cnn_tutor.study.mistakes import size as mistakes
from cnn_tutor.study.mistakes.catalogue import catalogue

_DRAWS = 8
"""Settings that are drawn; the one that hides the fewest mistakes is taken."""


_LEVELS = (
    Range((4, 9), (2, 4), (1, 1), (0, 0)),
    Range((5, 10), (2, 4), (2, 3), (0, 0)),
    Range((4, 9), (2, 5), (1, 1), (1, 2)),
    Range((5, 11), (2, 5), (2, 3), (1, 2)),
    Range((5, 12), (2, 5), (2, 3), (0, 2), square=False, channels=3),
    Range((6, 12), (2, 4), (2, 4), (0, 2), square=False, lopsided=True, dilation=2),
)


class OutputSize(ExerciseShape):
    """The size of an output, from its steps: padded length, room to move, strides, places."""

    key: ClassVar[str] = "output_size"

    def fits(self, kind: type[Layer]) -> bool:
        """Say whether windows slide over the rows and columns."""
        return levers.offers(kind, lambda layer, tensors: bool(levers.windows_of(layer, tensors)))

    def make(self, kind: type[Layer], level: int, rng: Generator) -> Exercise | None:
        """Draw a window and an input that keep the mistakes apart as well as they can."""
        asked = _LEVELS[level]
        drawn = [_drawn(asked, rng) for _ in range(_DRAWS)]
        best = min(drawn, key=_hidden)
        found = levers.made(kind, 0, best, rng) or levers.made(kind, 0, _plain(best), rng)
        layer, tensors = found or kind.sample(rng, level)
        return self.over(layer, tensors, level, rng)

    def over(self, layer: Layer, tensors: Tensors, level: int, rng: Generator) -> Exercise | None:
        """Ask for the steps along the rows, and for the columns too where they differ."""
        windows = levers.windows_of(layer, tensors)
        if not windows:
            return None
        axes = _asked(windows)
        sides = [self.text(("height", "width")[axis]) for axis in axes]
        first = windows[axes[0]]
        steps = mistakes.right(first)
        blanks = [
            Blank("padded", steps.padded, label=self._padded(first)),
            Blank("room", steps.room, label=self._room(first)),
            Blank("strides", steps.strides, label=self._label("strides")),
            Blank("size", steps.size, label=self._label("size", side=sides[0])),
        ]
        for axis, side in zip(axes[1:], sides[1:], strict=True):
            size = mistakes.right(windows[axis]).size
            blanks.append(Blank("other_size", size, label=self._label("size", side=side)))
        several = dict(zip(("side", "other"), sides, strict=False))
        window = self.text("filter" if _own_size(layer, windows, tensors) else "window")
        prompt = self.text(
            "prompt",
            x=np.shape(tensors["x"]),
            k=tuple(window.size for window in windows),
            window=window,
            moves=naming.moves(layer, windows),
            asked=self.text("two" if len(axes) > 1 else "one", window=window, **several),
        )
        worked = self._worked([windows[axis] for axis in axes], sides)
        return Exercise(
            layer,
            tensors,
            prompt,
            tuple(blanks),
            self.text("rule"),
            self,
            hidden_ports=(OUTPUT,),
            worked=worked,
        )

    def outcomes(self, exercise: Exercise) -> Iterable[Outcome]:
        """Go through the sizes that mistakes lead to, and the steps on the way there."""
        windows = levers.windows_of(exercise.layer, exercise.tensors)
        return mistakes.outcomes(exercise, [windows[axis] for axis in _asked(windows)])

    def _label(self, entry: str, **values: object) -> Text:
        return words.both(self.said()["labels"][entry], **values)

    def _worked(self, windows: Sequence[Window], sides: Sequence[Text]) -> Text:
        worked: Text = {}
        for window, side in zip(windows, sides, strict=True):
            values = {**mistakes.values(window), **mistakes.right(window).numbers, "side": side}
            if worked:
                worked = self.text("worked_other", **values, worked=worked)
            else:
                worked = self.text("worked", **values)
        return worked

    def _padded(self, window: Window) -> Text:
        before, after = window.pads
        if before == after:
            return self._label("padded")
        return self._label("padded_by_side", before=before, after=after)

    def _room(self, window: Window) -> Text:
        if window.dilation > 1:
            return self._label("room_spread", rate=window.dilation)
        before, after = window.pads
        return self._label("room" if before == after else "room_by_side")


def _drawn(asked: Range, rng: Generator) -> Wanted:
    sizes, (first, second), most = asked.window(rng)
    pads = ((first, first), (second, second))
    if asked.lopsided:
        ends = rng.integers(0, most + 1, 2)
        pads = ((first, int(ends[0])), (second, int(ends[1])))
    rate = int(rng.integers(1, asked.dilation + 1))
    return Wanted(
        lengths=asked.pair(asked.lengths, rng),
        channels=asked.channels,
        sizes=sizes,
        strides=asked.pair(asked.strides, rng),
        dilation=(rate, rate),
        pads=pads,
    )


def _plain(wanted: Wanted) -> Wanted:
    return replace(wanted, dilation=None)


def _hidden(wanted: Wanted) -> int:
    """Count the final sizes of a drawn window that are right or those of two mistakes."""
    windows = list(_windows(wanted))
    if len(windows) < 2:
        return 99
    true = tuple(mistakes.right(window).size for window in windows)
    known = catalogue()
    ends = [
        tuple(step.size for step in steps)
        for mistake, _, steps in mistakes.ways(windows)
        if known[mistake].main
    ]
    return ends.count(true) * 2 + len(ends) - len(set(ends))


def _windows(wanted: Wanted) -> Iterator[Window]:
    """Go through the drawn windows that have a place even where the padding is forgotten."""
    ones: Pair = (1, 1)
    pads = wanted.pads if isinstance(wanted.pads, tuple) else ((0, 0), (0, 0))
    axes = zip(
        wanted.lengths or ones,
        wanted.sizes or ones,
        wanted.strides or ones,
        wanted.dilation or ones,
        pads,
        strict=True,
    )
    for n, k, s, d, pad in axes:
        if n >= d * (k - 1) + 1:
            yield Window(n, k, s, d, pad)


def _asked(windows: tuple[Window, ...]) -> tuple[int, ...]:
    """Return the axes that are asked about: one where the other is the same, or a single cell."""
    rows, columns = windows
    if rows == columns or columns.padded == 1:
        return (0,)
    return (1,) if rows.padded == 1 else (0, 1)


def _own_size(layer: Layer, windows: tuple[Window, ...], tensors: Tensors) -> bool:
    size = tuple(window.size for window in windows)
    return any(
        np.shape(tensors[port])[:2] == size for port in type(layer).weights if port in tensors
    )
