"""How the chain of an exercise is drawn: what is known on its arrows, and fields for the rest."""

from __future__ import annotations

from cnn_tutor.study import words
from cnn_tutor.study.exercise import Exercise, Link
from cnn_tutor.widgets.charts.chain_drawing import Stop


def start(exercise: Exercise) -> str:
    """Return the shape that goes into the chain of an exercise; nothing where it has none."""
    network = exercise.network
    return _sides(network.input_shape) if network is not None and exercise.chain else ""


def asked(exercise: Exercise) -> tuple[str, ...]:
    """Return the names of the blanks that stand in the chain, in their order."""
    links = (link for link in exercise.chain if not _told(exercise, link))
    return tuple(name for link in links for name in link.blanks)


def told(exercise: Exercise) -> frozenset[str]:
    """Return the names of the blanks that are filled in, and stand on the arrows as a shape."""
    links = (link for link in exercise.chain if _told(exercise, link))
    return frozenset(name for link in links for name in link.blanks)


def stops(exercise: Exercise) -> list[Stop]:
    """Return the layers of an exercise's chain, in the language that is on."""
    return [_stop(exercise, link) for link in exercise.chain]


def spoken(exercise: Exercise) -> str:
    """Return the chain in one line, for who can't see it."""
    parts = (", ".join((one.name, *one.details, one.known)).strip(", ") for one in stops(exercise))
    return " → ".join((start(exercise), *parts))


def settings(exercise: Exercise) -> dict[str, str]:
    """Return the settings of the layer that each blank of the chain is about, in one line."""
    return {
        name: ", ".join(map(words.pick, link.details))
        for link in exercise.chain
        for name in link.blanks
    }


def _stop(exercise: Exercise, link: Link) -> Stop:
    details = tuple(map(words.pick, link.details))
    known, fields = _sides(link.shape), len(link.blanks)
    if _told(exercise, link):
        known, fields = _sides(tuple(_filled(exercise)[name] for name in link.blanks)), 0
    caption = words.pick(link.caption) if link.caption else ""
    return Stop(words.pick(link.name), details, known, fields, caption)


def _told(exercise: Exercise, link: Link) -> bool:
    """Say whether the whole shape is filled in from the beginning."""
    return not link.caption and set(link.blanks) <= set(_filled(exercise))


def _filled(exercise: Exercise) -> dict[str, int]:
    return {blank.name: round(blank.answer) for blank in exercise.filled}


def _sides(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))
