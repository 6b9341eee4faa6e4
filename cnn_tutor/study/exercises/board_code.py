"""The code of a board's exercise: all of its numbers and blanks, to be copied and pasted.

It is a word, which has the version of the code, and letters and digits of Crockford's base 32 after
it: a checksum, and the board's project and its blanks as compressed JSON.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from dataclasses import replace

import msgspec
import numpy as np

from cnn_tutor.engine.arrays import Tensors, shapes_of
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import OUTPUT, Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.project import file
from cnn_tutor.project.plain_text import harmless
from cnn_tutor.project.project import Project
from cnn_tutor.study.exercise import Exercise
from cnn_tutor.study.exercises import code
from cnn_tutor.study.exercises.board_exercise import over_board
from cnn_tutor.study.exercises.code import LETTERS, CodeError
from cnn_tutor.study.exercises.generator import generate

LETTERS_LIMIT = 2000
"""Letters of a code. A message, or a line of a course's page, has room for as many."""

_WORD, _VERSION = "CNNT", "1"
_TYPED_LIMIT = 2 * LETTERS_LIMIT
_BYTES_LIMIT = 2**20
"""Bytes of the JSON in a code: more than any code within its limit has."""

_CHECK_BYTES = 4
_RFC_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_OURS = str.maketrans(_RFC_LETTERS, LETTERS)
_TO_RFC = str.maketrans(LETTERS, _RFC_LETTERS)


class _Content(msgspec.Struct, forbid_unknown_fields=True):
    """``project`` has one layer; ``cells`` are counted through the tensor at the ``port``."""

    project: msgspec.Raw
    port: str
    cells: list[int]


def exercise_over(
    layer: Layer, tensors: Tensors, port: str = OUTPUT, cells: Sequence[Index] = ()
) -> Exercise:
    """Return the exercise that :func:`over_board` does, with the code that opens it elsewhere.

    Raises:
        Refusal: if there is none.
    """
    made = over_board(layer, tensors, port, cells)
    others = {name: tensor for name, tensor in tensors.items() if name != "x"}
    project = file.encode(Project.of(tensors["x"], layer, others)).strip()
    shape = _shape(layer, tensors, port)
    flat = [int(np.ravel_multi_index(blank.index, shape)) for blank in made.blanks]
    data = msgspec.json.encode(_Content(msgspec.Raw(project), port, flat))
    return replace(made, board=f"{_WORD}{_VERSION}{_written(zlib.compress(data, 9))}")


def shareable(exercise: Exercise) -> str:
    """Return the code of a board's exercise.

    Raises:
        CodeError: if that is too long to be handed on.
    """
    if len(exercise.board) > LETTERS_LIMIT:
        raise CodeError("board_code_long", count=len(exercise.board), most=LETTERS_LIMIT)
    return exercise.board


def is_board_code(text: str) -> bool:
    """Say whether a text has the form of a board's code, right or mistyped."""
    letters = code.plain(text, _TYPED_LIMIT)
    return letters.startswith(_WORD) and len(letters) > code.LENGTH


def is_code(text: str) -> bool:
    """Say whether a text has the form of the code of any exercise."""
    return is_board_code(text) or code.is_code(text)


def exercise_of(text: str) -> Exercise:
    """Return the exercise that a code opens, one of a board or another.

    Raises:
        CodeError: if it opens none here.
        NoExercise: if its shape can't be set over its kind any more.
    """
    return board_exercise(text) if is_board_code(text) else generate(*code.decode(text))


def board_exercise(text: str) -> Exercise:
    """Return the exercise of a board's code, however it was typed.

    Raises:
        CodeError: if it opens none here.
    """
    letters, said = code.plain(text, len(text)), harmless(text.strip(), 30)
    if not letters.startswith(f"{_WORD}{_VERSION}"):
        raise CodeError("code_newer", text=said)
    content = _unpacked(letters.removeprefix(f"{_WORD}{_VERSION}"), said)
    try:
        project = file.decode(bytes(content.project))
        (node,) = project.network.nodes
        tensors = {**node.tensors, "x": project.x}
        shape = _shape(node.layer, tensors, content.port)
        cells = [tuple(int(n) for n in np.unravel_index(at, shape)) for at in content.cells]
        if not cells or len(set(cells)) < len(cells):
            raise CodeError("code_unknown", text=said)
        made = over_board(node.layer, tensors, content.port, cells)
        # What is packed once more need not have the same letters everywhere.
        return replace(made, board=letters)
    except (LookupError, ValueError, Refusal) as error:  # made by hand, or of a kind to come
        raise CodeError("code_unknown", text=said) from error


def _written(packed: bytes) -> str:
    """Return bytes in letters, their checksum first."""
    checked = zlib.crc32(packed).to_bytes(_CHECK_BYTES, "big") + packed
    return base64.b32encode(checked).decode().rstrip("=").translate(_TO_OURS)


def _unpacked(letters: str, said: str) -> _Content:
    try:
        padded = letters.translate(_TO_RFC) + "=" * (-len(letters) % 8)
        packed = base64.b32decode(padded)[_CHECK_BYTES:]
        if _written(packed) == letters:
            data = zlib.decompressobj().decompress(packed, _BYTES_LIMIT)
            return msgspec.json.decode(data, type=_Content)
    except (ValueError, zlib.error, msgspec.MsgspecError):
        pass
    raise CodeError("code_mistyped", text=said)


def _shape(layer: Layer, tensors: Tensors, port: str) -> Shape:
    return layer.output_shape(shapes_of(tensors)) if port == OUTPUT else tensors[port].shape
