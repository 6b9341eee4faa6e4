"""What a round came to: each exercise, how it went, and which mistake was made in it."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from cnn_tutor.pages.practice.drill import Drill
from cnn_tutor.study import words
from cnn_tutor.study.exercises.generator import shapes
from cnn_tutor.study.mistakes.catalogue import catalogue
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.mastery.standing import WORKED
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.sizes import measured, px

_WIDEST = 760


class RoundSummary(QWidget):
    """Stands in the place of the board when a round is over, or waits to be gone on with."""

    def __init__(self, drill: Drill, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drill = drill
        self._text = named(WrappedLabel(), "round_summary")
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._card = named(QFrame(), "summary_card")
        measured(self._card, lambda card: card.setMaximumWidth(px(_WIDEST)))
        column(self._text, on=self._card, margins=(20, 14, 20, 14))
        column(1, row(self._card), 2, on=self)
        drill.changed.connect(self.retranslate)

    def retranslate(self) -> None:
        past = self._drill.round if self._drill.round.over else self._drill.unfinished
        self._card.setVisible(past is not None)
        if past is None:
            return
        rows, spoken = [], []
        for n, (item, result) in enumerate(zip(past.items, past.results, strict=True)):
            untried = "seen" if item.stage == WORKED else "again" if n in past.known else "skipped"
            untried = untried if n < past.place else "to_come"
            went = {True: "right", False: "wrong", None: untried}[result]
            done = words.say(f"drill.went_{went}")
            found = past.mistakes.get(n)
            made = words.pick(catalogue()[found].name) if found else ""
            name = words.pick(skills()[item.skill].name)
            cells = (str(n + 1), name, shapes()[item.shape].name, done, made)
            spoken.append(" ".join(filter(None, cells)))
            rows.append(_row(cells, result))
        self._text.setText(f"<table width='100%' cellspacing='0'>{''.join(rows)}</table>")
        self._text.setAccessibleName("\n".join(spoken))


def _row(cells: tuple[str, ...], result: bool | None) -> str:
    theme = colours.current()
    ink = {True: theme.written_text, False: theme.wrong_text, None: theme.dim}[result]
    place, skill, shape, done, made = map(html.escape, cells)
    style = "style='padding: 5px 14px 5px 0; white-space: nowrap'"
    return (
        f"<tr><td {style}><span style='color:{theme.dim}'>{place}</span></td>"
        f"<td {style}><b>{skill}</b></td><td {style}>{shape}</td>"
        f"<td {style}><span style='color:{ink}'>{done}</span></td>"
        f"<td width='100%' style='padding: 5px 0'>"
        f"<span style='color:{theme.dim}'>{made}</span></td></tr>"
    )
