"""The practice page by itself, with a record in memory, and how tests work it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.document.document import Document
from cnn_tutor.engine.errors import Refusal
from cnn_tutor.engine.explanation import Index
from cnn_tutor.pages.practice.answer_sheet import AnswerSheet
from cnn_tutor.pages.practice.drill import Drill
from cnn_tutor.pages.practice.practice_page import PracticePage
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.state.shown_layer import ShownLayer
from cnn_tutor.study import numbers
from cnn_tutor.study.boards.presets import presets
from cnn_tutor.study.exercise import Blank, Exercise, Outcome
from cnn_tutor.study.exercises.generator import generate, kinds, shapes
from cnn_tutor.study.grading.grading import grade
from cnn_tutor.study.practice.mastery.skills import skill_of
from cnn_tutor.study.practice.mastery.standing import ALL
from cnn_tutor.study.practice.plan import Item
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.answer import Answer
from cnn_tutor.study.practice.record.store import Store
from tests.helpers.lesson_window import settle
from tests.helpers.typist import Typist
from tests.unit.study.practice.given import Clock

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton

_FIRST = ("conv2d", "max_pooling2d", "flatten", "dropout")


def usual_kind(shape: str) -> str:
    """Return the kind of layer over which a shape of exercise is set most often."""
    return next((kind for kind in _FIRST if kind in kinds(shape)), kinds(shape)[0])


EXERCISES = {shape: usual_kind(shape) for shape in shapes()}
"""Every shape of exercise, each with one kind of layer that it can be set over."""

GRID = ("whole_output", "conv2d", 2, 3)
"""Four facts of an exercise with several blanks on the board."""

LINE = ("output_size", "conv2d", 3, 1)
"""The same with several boxes beside it."""

MARKS = ("receptive_field", "conv2d", 1, 1)
"""The same with cells to mark."""


def item(facts: tuple[str, str, int, int], stage: int = ALL) -> Item:
    """Return the item of a round that asks one exercise."""
    shape, kind, level, seed = facts
    return Item(skill_of(shape, kind, level), shape, kind, level, seed, stage, mixed=False)


def right(exercise: Exercise) -> dict[str, str]:
    """Return what is to be written into every blank."""
    return {blank.name: _text(blank, blank.answer) for blank in exercise.blanks}


def wrong(exercise: Exercise) -> dict[str, str]:
    """Return numbers, or marks, that are all wrong and that no known mistake leads to."""
    return {
        blank.name: _text(blank, 1.0 - blank.answer if blank.mark else blank.answer + 1234)
        for blank in exercise.blanks
    }


def mistaken(exercise: Exercise, outcome: Outcome) -> dict[str, str]:
    """Return what is written by who makes one mistake and does everything else right."""
    return {
        blank.name: _text(blank, outcome.entries.get(blank.name, blank.answer))
        for blank in exercise.blanks
    }


def outcome_of(exercise: Exercise, mistake: str) -> Outcome:
    """Return the first way of making a mistake that shows."""
    return next(o for o in exercise.outcomes if o.mistake == mistake and o.entries)


def _text(blank: Blank, number: float) -> str:
    if blank.mark:
        return "1" if number else ""
    # Nobody writes more than two decimals, and they are enough.
    return numbers.exact(number) if float(number).is_integer() else f"{number:.2f}"


class Told(Practice):
    """A practice whose rounds are told beforehand."""

    items: tuple[Item, ...] = ()

    def round(self, *chosen: str) -> tuple[Item, ...]:
        return self.items or super().round(*chosen)

    def adjusted(self, item: Item) -> Item:
        return item if self.items else super().adjusted(item)


class Refusing(Told):
    """A practice that can keep nothing, as long as ``why`` says so."""

    why: Refusal | None = None

    def keep(self, answer: Answer) -> None:
        if self.why is not None:
            raise self.why
        super().keep(answer)


def practice(kind: Callable[..., Told] = Told, *items: Item) -> Told:
    """Return a practice in memory, the seeds of which are counted up."""
    clock, seeds = Clock(), iter(range(10**6))
    store = Store.open(":memory:", clock)
    made = kind(store, store.add_learner("Aoi"), clock, lambda: next(seeds))
    made.items = items
    return made


def answers(given: Practice) -> tuple[Answer, ...]:
    """Return what has been recorded of a practice."""
    return given._store.answers(given.learner.id)


class Table:
    """A drill without a window: its document, its sheet and what it says."""

    def __init__(
        self, facts: tuple[str, str, int, int] | None = GRID, given: Told | None = None
    ) -> None:
        self.document = Document(next(iter(presets().values())).project())
        self.shown = ShownLayer(self.document, locked=True)
        self.sheet = AnswerSheet(self.document, self.shown, self.document)
        state = LabState(self.document, self.shown, self.sheet, parent=self.document)
        self.given = given or practice()
        self.drill = Drill(self.document, state, self.sheet, self.given)
        if facts is not None:
            self.drill.set_one(*facts)

    @property
    def exercise(self) -> Exercise:
        assert self.sheet.exercise is not None
        return self.sheet.exercise

    @property
    def names(self) -> list[str]:
        return [blank.name for blank in self.exercise.blanks]

    @property
    def kept(self) -> tuple[Answer, ...]:
        """What has been recorded, the oldest first."""
        return answers(self.given)

    def judge(self) -> None:
        found = grade(self.exercise, self.sheet.entries)
        self.sheet.judge(found.cells, found.right)

    def enter(self, entries: Mapping[str, str]) -> None:
        for name, text in entries.items():
            self.sheet.enter(name, text)

    def answer(self, entries: Mapping[str, str]) -> None:
        """Write and have it checked."""
        self.enter(entries)
        self.drill.check()


@dataclass
class PracticeDriver(Typist):
    """The practice page in a window, worked with keys and mouse."""

    qtbot: QtBot
    page: PracticePage
    practice: Told

    @property
    def sheet(self) -> AnswerSheet:
        return self.page.sheet

    @property
    def drill(self) -> Drill:
        return self.page.drill

    @property
    def exercise(self) -> Exercise:
        assert self.drill.exercise is not None
        return self.drill.exercise

    def set_one(self, facts: tuple[str, str, int, int]) -> Exercise:
        """Set an exercise, with the keyboard where its answer is written."""
        self.drill.set_one(*facts)
        settle()
        return self.exercise

    def box(self, name: str) -> QLineEdit:
        found = self.page.findChild(QLineEdit, name)
        assert found is not None, name
        return found

    def click(self, name: str) -> None:
        button = self.page.findChild(QWidget, name)
        assert button is not None, name
        assert button.isVisible(), name
        assert button.isEnabled(), name
        QTest.mouseClick(button, LEFT)
        settle()

    def fill(self, entries: Mapping[str, str]) -> None:
        """Write into the sheet without keys, where it is not the writing that is tested."""
        for name, text in entries.items():
            self.sheet.enter(name, text)
        settle()


def practice_page(qtbot: QtBot, given: Told | None = None) -> PracticeDriver:
    """Show the practice page in a window of its own."""
    given = given or practice()
    page = PracticePage(given)
    qtbot.addWidget(page)
    page.resize(1060, 640)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return PracticeDriver(qtbot, page, given)


def cells(exercise: Exercise) -> list[Index]:
    """Return where the blanks of an exercise stand."""
    return [blank.index for blank in exercise.blanks]


def telling(shape: str, kind: str, level: int = 2) -> Exercise:
    """Return an exercise with answers that stand nowhere else, as far as there is one.

    Those are no small numbers and none of those that are given, so that seeing one means that it
    was given away.
    """
    first = generate(shape, kind, level, 0)
    tries = (first, *(generate(shape, kind, level, seed) for seed in range(1, 12)))
    return max(
        tries, key=lambda made: (made.blanks[-1].name in (own := distinctive(made)), len(own))
    )


def distinctive(exercise: Exercise) -> dict[str, float]:
    """Return the answers that stand nowhere else, by the names of their blanks."""
    given = {0.0, 1.0, 2.0}
    for port, tensor in exercise.tensors.items():
        hidden = {blank.index for blank in exercise.blanks if blank.port == port}
        given |= {float(v) for at, v in np.ndenumerate(tensor) if at not in hidden}
        given |= set(map(float, tensor.shape)) | {float(tensor.size)}
    said = [exercise.prompt, *(blank.label for blank in exercise.blanks)]
    given |= {n for text in said for side in text.values() for n in said_numbers(side)}
    asked = {b.name: b.answer for b in exercise.blanks if not b.mark}
    return {
        name: answer
        for name, answer in asked.items()
        if not any(numbers.agree(answer, other) for other in given)
    }


def said_numbers(text: str) -> Iterator[float]:
    """Go through the numbers that stand in a text."""
    plain = re.sub(r"<[^>]*>", " ", text).replace(numbers.MINUS, "-")
    for found in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", plain):
        yield float(found)


def with_stage(facts: tuple[str, str, int, int], stage: int) -> Item:
    """Return an item with help."""
    return replace(item(facts), stage=stage)
