"""How large everything may be: one limit for each size, wherever it comes from."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Shape
from cnn_tutor.engine.layer import Layer, settings_of

MAX_SIDE = 64
"""Rows or columns of an input."""

MAX_OUTPUT_SIDE = 2 * MAX_SIDE
"""Rows or columns of what a layer puts out, which padding can make larger than the input."""

MAX_KERNEL = 11
"""Rows or columns of a filter."""

MAX_DEPTH = 16
"""Channels or filters."""

MAX_UNITS = 8192
"""Numbers in a vector, and sides of a table of weights. It takes what a whole stack of maps holds,
such as 28×28×10, and is a power of two below what :data:`MAX_NUMBER` allows."""

MAX_SETTING = 16
"""Any number among a layer's settings: strides, dilation, cells of padding on a side. The field of
a setting that may be larger says so with ``metadata={"most": n}``."""

MAX_NODES = 32
"""Layers in one network."""

MAX_CELLS = 2**20
"""Numbers in the output of one layer, and in all tensors of a project together."""

MAX_NUMBER = 1_000_000.0
"""Any cell, without its sign. Sums of the largest products over 11×11×16 or :data:`MAX_UNITS` then
stay below 2⁵³, so that whole numbers are exact throughout."""

MAX_FILE_BYTES = 32 * 2**20
"""A project file. :data:`MAX_CELLS` numbers of the longest kind have room in it."""

MAX_SETTINGS_BYTES = 2**20
"""The file of what the program remembers. A long list of lessons takes some thousands."""

MAX_FILE_LISTS = 4096
"""Lists and tables in a project file, all in all. Layers have some dozens each."""

MAX_NAME, MAX_ORIGIN = 80, 200
"""Letters in the name of a layer, and in what says where a project came from."""

# --- what is typed, pasted and given on the command line ------------------------------------------

MAX_TYPED = 40
"""Letters in a box or a cell that a number is typed into."""

MAX_NUMBER_LETTERS = 1200
"""Letters of one number, wherever it is read. The longest that a computer holds exactly have as
many."""

MAX_PASTED = 2 * MAX_UNITS
"""Cells that are pasted at once: a whole vector, and the weights of a small dense layer."""

MAX_PASTED_LETTERS = MAX_TYPED * MAX_PASTED
"""Letters on the clipboard."""

MIN_WINDOW, MAX_WINDOW = 320, 8192
"""A side of the window or of a picture of it, in pixels."""

MIN_ZOOM, MAX_ZOOM = 60, 300
"""How large everything is drawn, in percent."""

MAX_STEP = 10**9
"""The number of a step that can be asked for; a playback stops at its last one."""

MAX_ARGUMENT = 200
"""Letters of a path, or of what else was given on the command line, repeated in a message."""

MAX_VALUE, MAX_WHERE = 240, 80
"""Letters of a word or a list of words, and of a place in a file, repeated in a sentence."""

# --- lessons -------------------------------------------------------------------------------------

MAX_LESSON_BYTES = 128 * 1024
"""A lesson's file."""

MAX_LESSON_CELLS = 2 * MAX_CELLS
"""Numbers in all tensors of all boards of a lesson together."""

MAX_LESSON_EFFORT = 2**28
"""Numbers that may be looked at to look a lesson over: a second or so. A lesson takes far less."""

MAX_KEPT_CELLS = 8 * MAX_CELLS
"""Numbers that the boards of all steps may hold together; what they share counts once."""

MAX_BOARDS, MAX_STEPS = 40, 100
"""Boards and steps of a lesson."""

MAX_LETTERS = 300
"""A caption or another text of a lesson, in one language."""

MAX_CODE = 200
"""A condition, a change, or what else is written in a lesson to be read by the program."""

MAX_IN_LIST, MAX_REMARKS = 64, 40
"""Conditions, changes and so on of one task or step; and what may be said of one task."""

MAX_BITS = 14_000
"""A whole number of a lesson. Python writes no longer one out, and says so with an error."""

MAX_KEY_PARTS = 16
"""Names in a row that a key is made of. A reader of TOML takes a square of their number."""

MAX_ASKED = 64
"""Cells that one task asks for."""

MAX_WRITTEN = 4096
"""Numbers that one change of a lesson writes."""

MAX_FOLDER = 100
"""Lessons that are opened from one folder, and again at the start."""

MAX_FOLDER_SECONDS = 5.0
"""How long a folder of lessons is read, or those of the last start. Later ones are not opened."""


class LimitError(Refusal):
    """Something larger than the program takes."""


def check_shape(port: str, shape: Shape) -> None:
    """Raise LimitError if a tensor of a port is too large, before any memory is taken for it.

    Four axes are filters, three an image or what lies over it, and fewer are plain numbers.
    """
    if not 1 <= len(shape) <= (3 if port == "x" else 4):
        raise LimitError("rank_limit", value=len(shape))
    if len(shape) < 3:
        _check("units_limit", shape, MAX_UNITS)
        check_cells(shape)
        return
    _check("side_limit", shape[:2], MAX_SIDE if len(shape) == 3 else MAX_KERNEL)
    _check("depth_limit", shape[2:], MAX_DEPTH)


def check_cells(shape: Shape) -> None:
    """Raise LimitError if a tensor has too many numbers."""
    if math.prod(shape) > MAX_CELLS:
        raise LimitError("cells_limit", shape=shape, most=MAX_CELLS)


def check_output(shape: Shape) -> None:
    """Raise LimitError if what a layer puts out is too large, or a number without an axis.

    A vector may be as long as all maps of a network laid out in a row.
    """
    if not shape:
        raise LimitError("scalar_output")
    check_cells(shape)
    if len(shape) > 2:
        _check("side_limit", shape[:2], MAX_OUTPUT_SIDE)
        _check("depth_limit", [math.prod(shape[2:])], MAX_DEPTH)


def _check(reason: str, sizes: Iterable[int], most: int) -> None:
    for size in sizes:
        if not 1 <= size <= most:
            raise LimitError(reason, value=size, most=most)


def check_total(shapes: Iterable[Shape]) -> None:
    """Raise LimitError if tensors have too many numbers together."""
    total = sum(math.prod(shape) for shape in shapes)
    if total > MAX_CELLS:
        raise LimitError("total_limit", value=total, most=MAX_CELLS)


def check_number(value: float) -> None:
    """Raise LimitError if a cell's number is too large or not finite."""
    if not abs(value) <= MAX_NUMBER:
        raise LimitError("number_limit", value=value, most=MAX_NUMBER)


def check_numbers(values: Iterable[float]) -> None:
    """Raise LimitError for the first number that :func:`check_number` would refuse."""
    array = np.asarray(values, dtype=np.float64)
    for value in array[~(np.abs(array) <= MAX_NUMBER)].flat:
        check_number(float(value))


def check_switches(values: Iterable[float]) -> None:
    """Raise LimitError for the first number that is neither 1 nor 0."""
    array = np.asarray(values, dtype=np.float64)
    for value in array[(array != 0) & (array != 1)].flat:
        raise LimitError("not_a_switch", value=float(value))


def check_settings(layer: Layer) -> None:
    """Raise LimitError if a layer's setting is too large."""
    for setting in settings_of(layer):
        most = setting.metadata.get("most", MAX_SETTING)
        for number in _numbers(getattr(layer, setting.name)):
            if number > most:
                raise LimitError("setting_limit", value=number, most=most)


def _numbers(value: object) -> Iterable[float]:
    if isinstance(value, tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, int | float):
        yield value
