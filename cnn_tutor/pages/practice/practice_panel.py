"""The panel beside an exercise: today's answers, what is mastered, and the usual mistakes."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from cnn_tutor.pages.panels.side_panel import SidePanel
from cnn_tutor.pages.practice.skill_list import SIDE, SkillList
from cnn_tutor.pages.results import skill_results
from cnn_tutor.pages.results.skill_results import SkillResult
from cnn_tutor.study import words
from cnn_tutor.widgets.controls.layouts import Part, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style import colours

if TYPE_CHECKING:
    from cnn_tutor.study.practice.practice import Practice

_COUNTS = 40


class PracticePanel(SidePanel):
    """Says how far the learner has come; a skill that is chosen in it is practised by itself."""

    chosen = Signal(str)
    """Emitted when the learner wants to practise a skill, with its key."""

    def __init__(self, practice: Practice, parent: QWidget | None = None) -> None:
        super().__init__("practice_panel", 14 - SIDE, parent)
        self._practice = practice
        self._today_title, self._today = self._heading(self.folding), self._card("today")
        self._skill = ""
        self._skills_title, self._step = self._heading(), self._card("skill_step")
        self._skills = SkillList()
        self.column.addWidget(self._skills)
        self._mistakes_title, self._mistakes = self._heading(), self._card("usual_mistakes")
        self.column.addStretch(1)
        self._skills.chosen.connect(self.chosen)
        self._skills.passed.connect(self._follow)
        self.retranslate()

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first: the skills."""
        return self._skills

    def show_practice(self, practice: Practice) -> None:
        """Show how far a learner has come."""
        self._practice = practice
        self.refresh()

    def show_skill(self, key: str) -> None:
        """Say what is next to be done for the skill that is practised now; empty for none."""
        self._skill = key
        self.refresh()

    def refresh(self) -> None:
        """Show it anew, after an answer."""
        today = self._practice.today()
        went, lines = today.went, []
        if went.asked:
            lines.append(words.say("results.exercises", right=went.at_once, count=went.asked))
        if went.of:
            lines.append(words.say("results.cells", right=went.right, of=went.of))
        lines += [
            *(() if went else (words.say("results.no_cells"),)),
            words.say("results.reviews", left=today.left)
            if today.left
            else words.say("results.no_reviews"),
        ]
        if today.days:
            lines.append(words.say("results.days", days=today.days))
        self._today.setText("<br>".join(map(html.escape, lines)))
        self._today.setAccessibleName("\n".join(lines))
        results = skill_results.skill_results(self._practice)
        self._skills.fill(results)
        self._show_step(results)
        self._show_mistakes()

    def retranslate(self) -> None:
        self._today_title.setText(self.tr("Today"))
        self._skills_title.setText(self.tr("Mastery"))
        self._skills.setAccessibleName(self.tr("Skills"))
        self._mistakes_title.setText(self.tr("Usual mistakes"))
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self.retranslate()

    def restyle(self) -> None:
        self.refresh()

    # --- inside ----------------------------------------------------------------------------------

    def _heading(self, *beside: QWidget) -> QLabel:
        label = QLabel()
        label.setProperty("heading", True)
        label.setIndent(0)
        self._inset((label, 1), *beside)
        return label

    def _card(self, name: str) -> WrappedLabel:
        label = named(WrappedLabel(), name)
        label.setProperty("card", True)
        label.setTextFormat(Qt.TextFormat.RichText)
        self._inset(label)
        return label

    def _inset(self, *parts: Part) -> None:
        """Put parts into a row of the column, as far from its edges as the names of the skills."""
        self.column.addLayout(row(*parts, margins=(SIDE, 0, SIDE, 0)))

    def _show_step(self, results: Sequence[SkillResult]) -> None:
        own = next((result for result in results if result.key == self._skill), None)
        self._step.setVisible(own is not None)
        if own is not None:
            self._step.setText(f"<b>{html.escape(own.name)}</b><br>{html.escape(own.step)}")
            self._step.setAccessibleName(f"{own.name}\n{own.step}")

    def _show_mistakes(self) -> None:
        found = skill_results.named(self._practice.usual_mistakes())
        if not found:
            text = words.say("results.no_mistakes")
            ink = colours.current().dim
            self._mistakes.setText(f"<span style='color:{ink}'>{html.escape(text)}</span>")
            self._mistakes.setAccessibleName(text)
            return
        rows = [
            f"<tr><td style='padding: 2px 8px 2px 0'>{html.escape(name)}</td>"
            f"<td width='{_COUNTS}' align='right' style='padding: 2px 0; white-space: nowrap'>"
            f"{words.say('results.times', count=count)}</td></tr>"
            for name, count in found.items()
        ]
        self._mistakes.setText(f"<table width='100%' cellspacing='0'>{''.join(rows)}</table>")
        spoken = [words.say("results.mistake", name=n, count=c) for n, c in found.items()]
        self._mistakes.setAccessibleName("\n".join(spoken))

    def _follow(self, line: QRect) -> None:
        top = self._skills.mapTo(self.page, line.topLeft())
        self.ensureVisible(top.x(), top.y() + line.height() // 2, 0, line.height())
