"""The card under an exercise: what is right, which mistake was made, hints, how to go on."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from cnn_tutor.engine.arrays import shapes_of
from cnn_tutor.engine.explanation import OUTPUT
from cnn_tutor.pages.practice.drill import Drill
from cnn_tutor.pages.state.spoken_place import spoken_window
from cnn_tutor.study import formula, numbers, words
from cnn_tutor.study.exercise import PRODUCTS, STEPS, Blank, Exercise
from cnn_tutor.study.grading.feedback import about_all, about_cell
from cnn_tutor.study.grading.grading import Grade
from cnn_tutor.study.grading.sheet import NOT_A_NUMBER, RIGHT, WRONG
from cnn_tutor.study.naming import blank_name
from cnn_tutor.study.practice.mastery.standing import LAST_STEP
from cnn_tutor.widgets.announcing import announce, spoken
from cnn_tutor.widgets.controls.layouts import column, named
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import line_html, lines_html, marked

_LINES = 3
"""Lines for which a card has room that is as high for any text."""

_TOLD_LIMIT = 2
"""Wrong cells that are spoken of at a time: one mistake after the other is enough to mend."""


class FeedbackCard(QFrame):
    """Says what the tutor has to say about what was written; ``feedback`` is its label."""

    def __init__(self, drill: Drill, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("feedback_card")
        self._drill = drill
        self._text = named(WrappedLabel(), "feedback")
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._text.installEventFilter(self)
        area = named(QScrollArea(), "feedback_area")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(self._text)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area, self._lasting = area, False
        column(area, on=self, margins=(14, 5, 4, 5))
        drill.changed.connect(self.retranslate)
        drill.sheet.changed.connect(self._follow)

    def keep_height(self, kept: bool) -> None:
        """Be as high for any text, which scrolls if it is longer; or else as high as the text."""
        self._lasting = kept
        self._take_height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.FontChange):
            self._take_height()
        return super().eventFilter(watched, event)

    def _take_height(self) -> None:
        lines = _LINES * self._text.fontMetrics().lineSpacing()
        high = lines if self._lasting else self._text.minimumHeight()
        if high != self._area.minimumHeight() or high != self._area.maximumHeight():
            self._area.setFixedHeight(high)
        longer = self._text.minimumHeight() > high
        # With the keyboard one comes to what is to be scrolled.
        policy = Qt.FocusPolicy.TabFocus if longer else Qt.FocusPolicy.NoFocus
        self._area.setFocusPolicy(policy)

    def retranslate(self) -> None:
        tone, text = self._said()
        self._text.setText(text)
        self._area.setAccessibleName(self.tr("Feedback"))
        self._take_height()
        self._area.verticalScrollBar().setValue(0)
        self.setVisible(self._drill.exercise is not None)
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().polish(self)

    def read_out(self) -> None:
        """Have a screen reader say what stands in it, and of coloured cells which they are."""
        parts, exercise = [self._text.text()], self._drill.exercise
        if exercise is not None and exercise.at and self._drill.told_hint == 1:
            windows = exercise.layer.windows(shapes_of(exercise.tensors))
            parts.append(spoken_window(windows, exercise.at))
        announce(self, "\n".join(map(spoken, parts)), topic="feedback")

    # --- inside ----------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Take back what was said of an answer that is another one now."""
        if self._drill.grade is not None and self.property("tone") == "wrong":
            self.retranslate()

    def _said(self) -> tuple[str, str]:
        """Return the tone, by which the card is coloured, and the words."""
        drill, exercise = self._drill, self._drill.exercise
        if exercise is None:
            return "", ""
        if drill.shown_how:
            playable = "" if exercise.at else "_plain"
            key = f"{'look' if drill.worked else 'solution'}{playable}"
            return "hint", f"{marked(words.say(f'drill.{key}'))}<br>{worked(exercise)}"
        if drill.told_hint:
            return "hint", self._hinted(exercise)
        if drill.grade is None or self._taken_back(drill.grade):
            keys = words.say(self._keys(exercise))
            if drill.item is not None and drill.item.stage == LAST_STEP and not exercise.at:
                keys = f"{marked(words.pick(exercise.rule))}<br>{keys}"
            return "", keys
        return self._judged(exercise, drill.grade)

    def _taken_back(self, grade: Grade) -> bool:
        """Say whether all that was wrong is other now, or has been undone."""
        now = self._drill.sheet.entries
        wrong = [name for name, state in grade.cells.items() if state == WRONG and now[name]]
        stands = any(now[name] == self._drill.checked.get(name) for name in wrong)
        return WRONG in grade.cells.values() and not stands

    def _keys(self, exercise: Exercise) -> str:
        if any(blank.mark for blank in exercise.blanks):
            return "drill.keys_marks"
        return "drill.keys_line" if self._drill.sheet.beside else "drill.keys"

    def _judged(self, exercise: Exercise, grade: Grade) -> tuple[str, str]:
        theme = colours.current()
        summary = self._summary(exercise, grade)
        if not any(self._drill.checked.values()):
            return "", words.say("drill.nothing_yet")
        if grade.right:
            ink = theme.written_text
            more = words.say("drill.with_hints") if self._drill.hints else ""
            return "right", f"<b style='color:{ink}'>✓ {summary}</b> {more}"
        lines = [html.escape(text) for text in self._remarks(exercise, grade)]
        wrong = WRONG in grade.cells.values()
        ink = theme.wrong_text if wrong else theme.text
        head = f"<b style='color:{ink}'>{'✗ ' if wrong else ''}{html.escape(summary)}</b>"
        return "wrong" if wrong else "", "<br>".join([head, *map(marked_html, lines)])

    def _summary(self, exercise: Exercise, grade: Grade) -> str:
        blank = exercise.blanks[0]
        # Where no mistake is named, what is said of the cell begins with the same words.
        known = bool(grade.mistakes) and grade.cells[blank.name] == WRONG
        if len(exercise.blanks) > 1 or blank.mark or not known:
            return words.pick(about_all(grade))
        name = words.pick(blank_name(exercise, blank))
        written = numbers.parse(self._drill.checked[blank.name])
        return words.say("drill.not_it", cell=name, written=written)

    def _remarks(self, exercise: Exercise, grade: Grade) -> list[str]:
        """What is said of wrong cells, a mistake that explains several of them only once.

        What is known comes first; where no mistake is, it is said of a single cell.
        """
        known: list[str] = []
        unknown: list[str] = []
        spoken: set[str] = set()
        for name, state in grade.cells.items():
            if state not in (WRONG, NOT_A_NUMBER) or name in spoken:
                continue
            if exercise.blank(name).mark and not grade.mistakes:
                return [self._about_marks(exercise, grade)]
            best = next((m for m in grade.mistakes if name in m.cells), None)
            text = words.pick(about_cell(exercise, grade, self._drill.checked, name))
            if state == WRONG and best is None:
                unknown.append(text)
                continue
            spoken |= set(best.cells) if best is not None and state == WRONG else {name}
            if text not in known:
                known.append(text)
        return [*known, *unknown[:1]][:_TOLD_LIMIT]

    def _about_marks(self, exercise: Exercise, grade: Grade) -> str:
        """Say how to go on where marks are wrong; how many are missing, if that is all."""
        wrong = [exercise.blank(name) for name, state in grade.cells.items() if state == WRONG]
        if all(blank.mark and blank.answer for blank in wrong):
            return words.say("drill.marks_missing", count=len(wrong))
        return words.say("drill.marks")

    def _hinted(self, exercise: Exercise) -> str:
        tier = self._drill.told_hint
        head = f"<b>{words.say('drill.hint', tier=tier)}</b>"
        if tier == 1:
            marks = [blank for blank in exercise.blanks if blank.mark]
            count = sum(1 for blank in marks if blank.answer)
            if not exercise.at and not exercise.shown and self._drill.sheet.beside:
                return f"{head} {self._first_step(exercise)}"
            key = "hint_read" if exercise.at else "hint_given"
            key = "hint_marks" if marks else "hint_shown" if exercise.shown else key
            return f"{head} {words.say(f'drill.{key}', count=count)}"
        if tier == 2:
            return f"{head} {marked(words.pick(exercise.rule))}"
        return f"{head} {worked(exercise, self._open(exercise))}"

    def _first_step(self, exercise: Exercise) -> str:
        """What to begin with, where no cells of the board are added up."""
        if len(exercise.blanks) < 2:
            return marked(words.pick(exercise.rule))
        name = words.pick(blank_name(exercise, self._open(exercise)))
        return html.escape(words.say("drill.hint_first", name=name))

    def _open(self, exercise: Exercise) -> Blank:
        """Return the blank that is worked out: the first one that is not right yet."""
        sheet = self._drill.sheet
        wanted = (b for b in exercise.blanks if sheet.state(b.name) != RIGHT)
        needed = (b for b in wanted if not b.mark or b.answer)
        return next(needed, exercise.blanks[-1])


def marked_html(text: str) -> str:
    """Return a line that is HTML already, its **important words** bold."""
    return marked(html.unescape(text))


def worked(exercise: Exercise, blank: Blank | None = None) -> str:
    """Return how one blank is worked out, or the whole exercise in a few lines, as HTML."""
    if exercise.worked:
        return marked(words.pick(exercise.worked)).replace("\n", "<br>")
    at = blank.index if blank is not None and blank.port == OUTPUT else exercise.at
    marks = [b for b in exercise.blanks if b.mark]
    wrong = [b.index for b in marks if b.port == OUTPUT and b.answer]
    if exercise.shown and len(wrong) == 1:
        return lines_html(formula.lines(exercise.layer.explain(exercise.tensors, wrong[0])))
    if at and not exercise.shown and not marks:
        explanation = exercise.layer.explain(exercise.tensors, at)
        if blank is not None and blank.port == PRODUCTS:
            step, term = blank.index
            tokens = formula.term_tokens(explanation.steps[step].terms[term], "×")
            return f"{line_html(tuple(tokens))} = {numbers.show(blank.answer)}"
        if blank is not None and blank.port == STEPS:
            return line_html(formula.lines(explanation)[blank.index[0]])
        if blank is None or blank.port == OUTPUT:
            return lines_html(formula.lines(explanation))
    shown = [blank] if blank is not None else [b for b in exercise.blanks if not b.mark or b.answer]
    parts = []
    for one in shown:
        name = words.pick(blank_name(exercise, one))
        parts.append(name if one.mark else f"{name} = {numbers.show(one.answer)}")
    return html.escape(QLocale(words.language()).createSeparatedList(parts))
