"""An exercise over the numbers of a board: the cells that a teacher leaves blank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cnn_tutor.engine.arrays import Tensors
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.engine.layer import Layer
from cnn_tutor.project import limits
from cnn_tutor.study import words
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises.generator import shapes
from cnn_tutor.study.exercises.shapes import _cells, _unknowns
from cnn_tutor.study.exercises.shapes._texts import in_a_sentence
from cnn_tutor.study.exercises.shapes.dropout_mask import DropoutMask
from cnn_tutor.study.mistakes.case import Case

_SOUGHT_LIMIT = 1024
"""Numbers of a tensor in which some are sought: what each does to each output is looked at."""


def over_board(
    layer: Layer, tensors: Tensors, port: str = OUTPUT, cells: Sequence[Index] = ()
) -> Exercise:
    """Return the exercise to find some cells of a port, or all of them if none are given.

    It is graded as other exercises are that ask for the same. As nobody has looked whether its
    numbers tell mistakes apart, a right answer is practice and no evidence.

    Raises:
        Refusal: if too many cells are asked for, or the output does not tell what they are.
    """
    given = Case(layer, tensors)
    whole = given.output if port == OUTPUT else tensors[port]
    if not cells or port in type(layer).switches:  # a mask is asked for as a whole
        cells = list(np.ndindex(whole.shape))
    if len(cells) > limits.MAX_ASKED:
        raise Refusal("board_asked", count=len(cells), most=limits.MAX_ASKED)
    if port != OUTPUT and whole.size > _SOUGHT_LIMIT:
        raise Refusal("board_sought", count=whole.size, most=_SOUGHT_LIMIT)
    made = _output(given, cells) if port == OUTPUT else _sought(given, port, cells)
    if made is None:
        raise Refusal("board_not_told")
    return replace(made, kind=layer.kind, evidence=False)


def _output(given: Case, cells: Sequence[Index]) -> Exercise:
    entry = "prompt" if len(cells) == given.output.size else "prompt_some"
    blanks = [_cells.blank(OUTPUT, at, given.output[at]) for at in cells]
    return _cells.ask(shapes()["whole_output"], given, entry, cells[0], blanks)


def _sought(given: Case, port: str, cells: Sequence[Index]) -> Exercise | None:
    """Return the exercise to find what leads to the output; None if that can't be found."""
    layer, tensors = given.layer, given.tensors
    if port in type(layer).switches:
        return DropoutMask().ask(given, (port, cells), 0)
    if not _unknowns.linear(layer, tensors, port):
        return None
    flat = [int(np.ravel_multi_index(at, tensors[port].shape)) for at in cells]
    if not _unknowns.effects(layer, tensors, port)[:, flat].any(axis=0).all():
        return None
    if port == "x":
        return _unknowns.ask(shapes()["missing_inputs"], layer, tensors, port, flat)
    name = in_a_sentence(words.port_sides(layer.kind, port))
    return _unknowns.ask(shapes()["find_filter"], layer, tensors, port, flat, port=name)
