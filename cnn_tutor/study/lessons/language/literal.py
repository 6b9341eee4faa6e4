"""Numbers and words as they stand in a lesson's conditions and answers."""

from __future__ import annotations

import re

import numpy as np

from cnn_tutor.engine.arrays import Array
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project import limits
from cnn_tutor.study import numbers
from cnn_tutor.study.lessons.language.fault import LessonError

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


def switch(text: str) -> bool:
    """Return what yes or no, or true or false, stands for; raises LessonError for what is none."""
    if text.strip() not in _WORDS:
        raise LessonError("lesson_switch", text=text.strip()[:40])
    return _WORDS[text.strip()]


def setting(text: str, like: object) -> object:
    """Return a setting written as text, as the setting that it takes the place of is.

    A single number stands for both of a pair, and of padding for all four sides.

    Raises:
        LessonError: if it can't be read as such.
    """
    text = text.strip()
    if isinstance(like, bool):
        return switch(text)
    found = rows(text)
    if found is None:
        return text
    values = [int(n) if n == int(n) else float(n) for n in found.flat]
    by_side = isinstance(like, tuple) and any(isinstance(side, tuple) for side in like)
    if isinstance(like, tuple) and not by_side:
        return tuple(values * 2 if len(values) == 1 else values)
    if by_side or isinstance(like, str):  # padding: alike on all sides, or top bottom left right
        if len(values) not in (1, 4):
            raise LessonError("lesson_count", expected=4, found=len(values))
        top, bottom, left, right = values * 4 if len(values) == 1 else values
        return ((top, bottom), (left, right))
    if len(values) > 1:
        raise LessonError("lesson_count", expected=1, found=len(values))
    return values[0]
