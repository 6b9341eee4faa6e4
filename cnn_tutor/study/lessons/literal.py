"""Numbers and words as they stand in a lesson's conditions and answers."""

from __future__ import annotations

import re

import numpy as np

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.layer import Array
from cnn_tutor.project import limits
from cnn_tutor.study import numbers
from cnn_tutor.study.lessons.fault import LessonError

_WORDS = {"yes": True, "true": True, "no": False, "false": False}


def rows(text: str) -> Array | None:
    """Return numbers written in rows, as in ``0 1 / 1 0``; None for what are no numbers.

    Numbers stand apart by spaces or commas, rows by a stroke with spaces around it.
    """
    lines = [re.split(r"[,\s]+", line.strip()) for line in re.split(r"\s/\s", text)]
    try:
        read = [[numbers.parse(word) for word in line] for line in lines]
    except Refusal:
        return None
    if len({len(line) for line in read}) > 1:
        raise LessonError("lesson_rows", text=text.strip()[:40])
    array = np.array(read, np.float64)
    limits.check_numbers(array.flat)
    return array


def setting(text: str, like: object) -> object:
    """Return a setting written as text, as the setting that it takes the place of is.

    A single number stands for both of a pair.

    Raises:
        LessonError: if it can't be read as such.
    """
    text = text.strip()
    if isinstance(like, bool):
        if text not in _WORDS:
            raise LessonError("lesson_switch", text=text[:40])
        return _WORDS[text]
    found = rows(text)
    if found is None:
        return text
    values = [int(n) if n == int(n) else float(n) for n in found.flat]
    by_side = isinstance(like, tuple) and any(isinstance(side, tuple) for side in like)
    if isinstance(like, tuple) and not by_side:
        return tuple(values * 2 if len(values) == 1 else values)
    if by_side or isinstance(like, str):  # padding: alike on all sides, or top bottom left right
        top, bottom, left, right = values if len(values) == 4 else values[:1] * 4
        return ((top, bottom), (left, right))
    return values[0]
