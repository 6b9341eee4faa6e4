"""Says to a screen reader which output is looked at: its number, its window, its sum so far."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cnn_tutor.document.document import Change
from cnn_tutor.engine.explanation import OUTPUT, Index
from cnn_tutor.engine.window import Window
from cnn_tutor.pages.state.highlight import Highlight
from cnn_tutor.pages.state.lab_state import LabState, Snapshot
from cnn_tutor.study import formula, naming, words
from cnn_tutor.widgets.announcing import ANNOUNCER, announce

PLACE = "place"
"""The topic of what is said."""


class SpokenPlace(QObject):
    """Follows the state of a ``page``: says where playback comes to, and what an edit makes of it.

    While it plays, only the place where it stops is said.
    """

    def __init__(self, state: LabState, page: QWidget) -> None:
        super().__init__(page)
        self._state, self._page = state, page
        self._known: tuple[Index, float] | None = None
        state.updated.connect(self._on_updated)
        state.playback.playing_changed.connect(self._on_playing_changed)

    def _on_updated(self, old: Snapshot, new: Snapshot, change: Change | None) -> None:
        if not ANNOUNCER.wanted:
            return
        known = (self._state.playback.at, self._state.pinned.explanation.value)
        self._known, before = known, self._known
        playing = self._state.playback.playing
        if old.work != new.work or (old.place != new.place and not playing):
            self._say(with_window=True)
        elif change is not None and known != before:
            self._say(with_window=False)

    def _on_playing_changed(self, playing: bool) -> None:
        if not playing:
            self._say(with_window=True)

    def _say(self, with_window: bool) -> None:
        if self._state.hidden.highlights:
            announce(self._page, spoken_place(self._state, with_window), topic=PLACE)


def spoken_place(state: LabState, with_window: bool) -> str:
    """Return what is said of the output at which the playback stands.

    Of a number that is asked for only where it is read; of one that is being added up, the last
    term and the sum so far.
    """
    shown, pinned, at = state.shown, state.pinned, state.playback.at
    shapes = shown.shapes
    cell = words.pick(naming.cell_name(shown.layer, shapes, OUTPUT, at))
    if state.hidden.hides(at):
        said = [words.say("layers.spoken_asked", cell=cell)]
    elif not pinned.complete:
        return _term(pinned, cell)
    else:
        said = [words.say("layers.spoken_cell", cell=cell, value=pinned.explanation.value)]
    if with_window:
        said.append(spoken_window(shown.windows, at))
    return "\n".join(filter(None, said))


def spoken_window(windows: Sequence[Window], at: Index) -> str:
    """Return which rows and columns of the input an output reads; nothing where no window moves."""
    if len(windows) != 2:
        return ""
    rows, columns = (window.reads(i) for window, i in zip(windows, at[:2], strict=True))
    ends = {"top": rows[0], "bottom": rows[-1], "left": columns[0], "right": columns[-1]}
    return words.say("layers.spoken_window", **ends)


def _term(pinned: Highlight, cell: str) -> str:
    """What is said of the term that was added last."""
    steps = pinned.explanation.steps
    left = pinned.shown
    for step in steps:
        if left <= len(step.terms):
            break
        left -= len(step.terms)
    last = "".join(token.text for token in formula.term_tokens(step.terms[left - 1], "×"))
    place = {"place": pinned.shown, "count": sum(len(step.terms) for step in steps)}
    return words.say("layers.spoken_term", cell=cell, **place, term=last, value=step.partial(left))
