"""The card over an exercise: its place in the round, what is to be done, how the round goes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from cnn_tutor.pages.practice.drill import Drill
from cnn_tutor.study import words
from cnn_tutor.widgets.announcing import read_out
from cnn_tutor.widgets.controls.layouts import column, named, row
from cnn_tutor.widgets.controls.wrapped_label import WrappedLabel
from cnn_tutor.widgets.style import colours
from cnn_tutor.widgets.style.rich_text import marked
from cnn_tutor.widgets.style.sizes import px

_DOT, _APART = 11, 5


class ExerciseCard(QFrame):
    """Says what is asked; ``answer`` is where it can be written, besides the board."""

    def __init__(self, drill: Drill, answer: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caption_card")
        self._drill = drill
        self._code = named(QLabel(), "exercise_code")
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._code.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._place = named(QLabel(), "exercise_place")
        self._title = named(QLabel(), "exercise_title")
        self._prompt = named(WrappedLabel(), "prompt")
        self._dots = RoundDots(drill)
        head = row(self._place, self._title, 1, self._code, self._dots, spacing=12)
        task = row((self._prompt, 1), answer, spacing=16)
        column(head, task, on=self, margins=(16, 10, 16, 10), spacing=4)
        drill.changed.connect(self.retranslate)

    def retranslate(self) -> None:
        drill, exercise = self._drill, self._drill.exercise
        count = len(drill.round.results)
        self._dots.setVisible(count > 1)
        self._dots.refresh()
        item = drill.item
        code = item.code if item and not item.board else ""  # a board's is too long to be read out
        self._code.setText(code)
        self._code.setToolTip(words.say("drill.code", code=code))
        if exercise is None:
            waits = "round_waits" if drill.unfinished else "no_round"
            key = "round_over" if drill.round.over else waits
            self._place.setVisible(False)
            self._title.setText(
                words.say("drill.round_over_title" if drill.round.over else "drill.no_round_title")
            )
            asked = [result for result in drill.round.results if result is not None]
            right = sum(asked)
            key += "" if asked or not drill.round.over else "_none"
            self._prompt.setText(words.say(f"drill.{key}", right=right, count=len(asked)))
            return
        place = (
            words.say("drill.place", place=drill.round.place + 1, count=count) if count > 1 else ""
        )
        self._place.setText(place)
        self._place.setVisible(bool(place))
        of_board = words.say("drill.of_board")
        self._title.setText(of_board if exercise.board else exercise.source.name)
        said = marked(words.pick(exercise.prompt))
        if drill.worked:
            said = f"{words.say('drill.worked')} {said}"
        elif drill.item is not None and (exercise.filled or (exercise.workings and exercise.at)):
            said = f"{said} {words.say('drill.last_step')}"
        self._prompt.setText(said)

    def read_out(self) -> None:
        """Have a screen reader say what is asked."""
        read_out(self, self._place, self._title, self._prompt)


class RoundDots(QWidget):
    """A dot for each exercise of the round: filled for right at once, crossed for not so."""

    def __init__(self, drill: Drill, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("round_dots")
        self._drill = drill

    def refresh(self) -> None:
        """Show how the round goes now, and say so to who can't see it."""
        results = self._drill.round.results
        right, missed = results.count(True), results.count(False)
        said = words.say(
            "drill.dots", right=right, missed=missed, left=len(results) - right - missed
        )
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(
            len(self._drill.round.results) * (px(_DOT) + px(_APART)) + px(_APART), px(_DOT + 6)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = colours.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n, result in enumerate(self._drill.round.results):
            dot = QRectF(n * (px(_DOT) + px(_APART)) + 1, px(3), px(_DOT), px(_DOT))
            here = n == self._drill.round.place
            ink = theme.written if result else theme.wrong if result is False else theme.dim
            passed = result is None and n < self._drill.round.place
            painter.setPen(QPen(colours.colour(theme.accent if here else ink), 2 if here else 1))
            painter.setBrush(colours.colour(ink) if result else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot)
            if passed:
                painter.setBrush(colours.colour(theme.dim))
                painter.drawEllipse(dot.adjusted(*_inset(4)))
            if result is False:
                inner = dot.adjusted(*_inset(3))
                painter.setPen(QPen(colours.colour(ink), 1.5))
                painter.drawLine(inner.topLeft(), inner.bottomRight())
                painter.drawLine(
                    QPointF(inner.left(), inner.bottom()), QPointF(inner.right(), inner.top())
                )
        painter.end()


def _inset(by: int) -> tuple[int, int, int, int]:
    return px(by), px(by), -px(by), -px(by)
