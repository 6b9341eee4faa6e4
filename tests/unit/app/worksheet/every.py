"""Exercises of every shape about every kind of layer."""

from __future__ import annotations

from cnn_tutor.study.exercises import Exercise, generate, kinds, shapes


def every(*levels: int) -> list[Exercise]:
    return [
        generate(shape, kind, level, 4)
        for shape in shapes()
        for kind in kinds(shape)
        for level in levels
    ]
