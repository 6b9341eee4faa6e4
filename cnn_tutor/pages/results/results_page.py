"""The results: every skill and how it stands, accuracy and time over the days, and the learners."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QWidget

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.pages.results.learner_row import LearnerRow
from cnn_tutor.pages.results.skill_results import SkillResult, ordered, skill_results
from cnn_tutor.pages.results.skill_table import SkillTable
from cnn_tutor.study import words
from cnn_tutor.study.practice.mastery.replay import RUN
from cnn_tutor.widgets.controls.boxes import ChoiceBox
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.scrolling import Squeezed
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style.sizes import measured, px

if TYPE_CHECKING:
    from cnn_tutor.pages.results.results_charts import ResultsCharts
    from cnn_tutor.study.practice.practice import Practice
    from cnn_tutor.study.practice.record.store import Store

_EDGE, _GAP = 24, 14
_WIDEST = 1360
"""Wider than this, rows are hard to follow."""
_ORDERS = ("learning", "due", "weakest")


class ResultsPage(QWidget):
    """Shows how far a learner has come; a skill that is chosen on it is practised.

    It reads what it shows when it is seen, so a page that is hidden costs nothing.
    """

    practise = Signal(str)
    """Emitted with the key of the skill to practise; empty for what is due and what comes next."""
    learner_chosen = Signal(int)
    """Emitted with the id of the learner who practises from now on, perhaps under a new name."""

    def __init__(
        self,
        store: Store,
        practice: Practice,
        parent: QWidget | None = None,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("results_page")
        self._now = now
        self._store, self._practice = store, practice
        self._results: tuple[SkillResult, ...] = ()
        self._begun = False
        self._stale = True
        self._charts: ResultsCharts | None = None
        self._build()
        self.retranslate()

    @property
    def first_part(self) -> QWidget:
        """What the keyboard comes to first: the skills, or the button that begins."""
        return self._table if self._begun else self._begin

    @property
    def parts(self) -> list[tuple[QWidget, QWidget]]:
        return [(self, self.first_part)]

    def show_practice(self, store: Store, practice: Practice) -> None:
        """Show the results of the learner who practises, and the learners of the store."""
        self._store, self._practice = store, practice
        self._message.hide()
        self.refresh()

    def refresh(self) -> None:
        """Show them anew, at once or when the page is seen again."""
        self._stale = True
        if self.isVisible():
            self._catch_up()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Results"))
        self._order_label.setText(self.tr("Order"))
        self._order.setAccessibleName(self.tr("Order of the skills"))
        names = (self.tr("as they are learned"), self.tr("due first"), self.tr("weakest first"))
        for place, name in enumerate(names):
            self._order.setItemText(place, name)
        self._begin.setText(self.tr("Begin practising"))
        self._intro_title.setText(words.say("results.nothing"))
        self._intro.setText(words.say("results.nothing_yet"))
        self.refresh()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title = named(QLabel(), "results_title")
        self._learners = LearnerRow()
        self._learners.learner_chosen.connect(self.learner_chosen)
        self._learners.refused.connect(self._say)
        self._message = named(WrappedLabel(), "refusal")
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.hide()
        self._sum = named(WrappedLabel(), "results_sum")
        self._order_label = QLabel()
        self._order = named(ChoiceBox(), "skill_order")
        self._order.addItems([""] * len(_ORDERS))
        self._order.activated.connect(self._fill)
        self._order_label.setBuddy(self._order)
        self._due = named(QPushButton(), "practise_due")
        self._due.clicked.connect(lambda: self.practise.emit(""))
        self._table = SkillTable()
        self._table.chosen.connect(self.practise)
        self._begin = named(QPushButton(), "begin_practising")
        self._begin.clicked.connect(lambda: self.practise.emit(""))

        top = row(self._title, 1, self._learners, spacing=10)
        self._second = QWidget()
        second = ((self._sum, 1), self._order_label, self._order, self._due)
        row(*second, on=self._second, spacing=10)
        skills = _card("skills_card")
        inside = column(self._table, on=skills, margins=(6, 4, 6, 6))
        # No higher than its rows: what is left over is for the charts.
        inside.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)
        middle = QWidget()
        measured(middle, lambda middle: middle.setMaximumWidth(px(_WIDEST)))
        parts = (top, self._message, self._second, self._introduction(), (skills, 3), 0)
        self._column = column(*parts, on=middle, spacing=_GAP)
        ground = QWidget()
        row(middle, on=ground, margins=(_EDGE, 16, _EDGE, 18))
        column(Squeezed(ground), on=self)

    def _introduction(self) -> QFrame:
        """What stands on the page of a learner who has not begun."""
        self._card = _card("results_intro")
        self._intro_title = named(QLabel(), "results_intro_title")
        self._intro = named(WrappedLabel(), "results_intro_text")
        parts = (self._intro_title, self._intro, row(self._begin, 1, spacing=10))
        column(*parts, on=self._card, margins=(20, 16, 20, 16), spacing=8)
        return self._card

    # --- showing ---------------------------------------------------------------------------------

    def _catch_up(self) -> None:
        self._stale = False
        learner = self._practice.learner
        try:
            answers = self._store.answers(learner.id)
        except Refusal as refusal:
            self._say(words.explain(refusal))
            return
        self._begun = bool(answers)
        self._results = skill_results(self._practice, answers)
        self._learners.show_learners(self._store, learner.id)
        mastered = sum(result.mastered for result in self._results)
        counted = words.say("results.skills", mastered=mastered, count=len(self._results))
        self._sum.setText(f"{counted}<br>{words.say('results.ticks', count=RUN)}")
        anything = any(result.due for result in self._results)
        self._due.setText(
            self.tr("Practise what is due") if anything else self.tr("Practise what is next")
        )
        self._card.setVisible(not self._begun)
        self._second.setVisible(self._begun)
        self._fill()
        self._show_charts()

    def _fill(self) -> None:
        by = _ORDERS[self._order.currentIndex()] if self._begun else _ORDERS[0]
        self._table.show_results(ordered(self._results, by), self._now())

    def _show_charts(self) -> None:
        if self._begun and self._charts is None:
            # Drawing them takes a library that the program starts faster without.
            from cnn_tutor.pages.results.results_charts import ResultsCharts

            self._charts = ResultsCharts()
            self._column.insertWidget(self._column.count() - 1, self._charts, 2)
        if self._charts is not None:
            self._charts.setVisible(self._begun)
            self._charts.show_days(self._practice.days())

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()

    # --- events ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._catch_up()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self.retranslate()


def _card(name: str) -> QFrame:
    card = named(QFrame(), name)
    card.setProperty("results_card", True)
    return card
