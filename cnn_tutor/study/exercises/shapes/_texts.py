"""Words that several shapes of exercises have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cnn_tutor.engine.explanation import Index, Shape
from cnn_tutor.engine.layer import Layer
from cnn_tutor.study import naming, words
from cnn_tutor.study.exercise import Text


def cell_text(layer: Layer, shapes: Mapping[str, Shape], port: str, index: Index) -> Text:
    """Return what a cell of a tensor is called inside a sentence: "output[1,0] (CH2)"."""
    return in_a_sentence(naming.cell_name(layer, shapes, port, index))


def cell_name(port: str, index: Index) -> str:
    """Return the name of the blank on a cell: ``output[1,0,0]``."""
    return f"{port}[{','.join(map(str, index))}]"


def in_a_sentence(name: Text) -> Text:
    """Return a name as it is written inside a sentence: with a small letter in English."""
    return {**name, "en": name["en"][:1].lower() + name["en"][1:]}


def joined(joint: Text, parts: Iterable[Text]) -> Text:
    """Return texts in a row with another between them, in both languages."""
    listed = list(parts)
    return {side: joint[side].join(part[side] for part in listed) for side in words.LANGUAGES}


def number_text(value: object) -> Text:
    """Return a number, or the sides of a shape, as it is written in both languages."""
    return words.both(dict.fromkeys(words.LANGUAGES, "{value}"), value=value)
