"""The page of the exam by itself, with a record in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cnn_tutor.pages.exam import exam_run
from cnn_tutor.pages.exam.exam_page import ExamPage
from cnn_tutor.study.exam import COUNT
from cnn_tutor.study.exam.exam import Exam
from cnn_tutor.study.exam.question import Question, questions
from cnn_tutor.study.exam.sitting import Sitting
from cnn_tutor.study.exercise import Blank
from cnn_tutor.study.practice.practice import Practice
from cnn_tutor.study.practice.record.notes import Notes
from cnn_tutor.study.practice.record.store import Store
from tests.helpers.typist import Typist, settle
from tests.helpers.widgets import LEFT, in_window


@dataclass
class Monotonic:
    """A clock that goes on when it is told to."""

    seconds: float = 100.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Candidate(Typist):
    """Somebody at the page, with keys and mouse."""

    store: Store
    page: ExamPage
    clock: Monotonic
    failed: list[str] = field(default_factory=list)

    @property
    def exam(self) -> Exam:
        assert self.page.run.exam is not None
        return self.page.run.exam

    @property
    def question(self) -> Question:
        return self.exam.question

    @property
    def kept(self) -> Exam:
        """What is on the disk now."""
        found = Exam.read(Notes(self.store, 1, "exam")["now"])
        assert found is not None
        return found

    def part(self, name: str) -> QWidget:
        found = self.page.findChild(QWidget, name)
        assert found is not None, name
        return found

    def click(self, name: str) -> None:
        part = self.part(name)
        assert part.isVisible(), name
        assert part.isEnabled(), name
        QTest.mouseClick(part, LEFT)
        settle()

    def said(self, name: str) -> str:
        label = self.part(name)
        assert isinstance(label, QLabel)
        return label.text()

    def begin(self) -> None:
        self.click("begin_exam")

    def go_to(self, place: int) -> Question:
        """Go to a question, counted from 0, by its button."""
        self.click(f"question[{place + 1}]")
        return self.exam.questions[place]

    def find(self, wanted: str) -> int:
        """Return the place of a question: of a choice, marks, boxes, or one cell of the board."""
        return next(n for n, one in enumerate(self.exam.questions) if _sort(one) == wanted)

    def pass_time(self, seconds: float) -> None:
        self.clock.seconds += seconds
        self.page.run.tick()
        settle()

    @property
    def blanks(self) -> tuple[Blank, ...]:
        return self.page.sheet.blanks

    def sheet_text(self, name: str) -> str:
        """Return what stands in a blank."""
        return self.page.sheet.text(name)

    def fill(self, entries: Mapping[str, str]) -> None:
        """Write into the sheet without keys, where it is not the writing that is tested."""
        for name, text in entries.items():
            self.page.sheet.enter(name, text)
        settle()

    def hand_in(self) -> None:
        self.click("hand_in")
        box = QApplication.activeModalWidget()
        assert box is not None
        yes = box.findChild(QWidget, "hand_in_yes")
        assert yes is not None
        QTest.mouseClick(yes, LEFT)
        settle()
        self.page.window().activateWindow()  # no window system does it here
        settle()


def _sort(question: Question) -> str:
    first, *more = question.exercise.blanks
    if question.choices:
        return "choice" if first.port else "choice beside"
    if first.mark:
        return "marks"
    if first.port == "output" and not more:
        return "cell"
    return "line" if not first.port and question.exercise.network is None else ""


SEED = next(
    seed
    for seed in range(100)
    if {_sort(question) for question in questions(seed, COUNT)}
    >= {"choice", "marks", "cell", "line"}
)
"""Of the exam: choices, marks, boxes beside the board and cells on it are among its questions."""


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as store:
        store.add_learner("Aoi")
        yield store


def sit_down(qtbot: QtBot, store: Store) -> Candidate:
    learner = store.learners()[0]
    sitting = Sitting(Notes(store, learner.id, "exam"), Practice(store, learner))
    page = ExamPage(sitting)
    clock = Monotonic()
    page.run._clock = clock
    page.refresh()
    in_window(qtbot, page, size=(1040, 680))
    candidate = Candidate(store, page, clock)
    page.failed.connect(candidate.failed.append)
    settle()
    return candidate


@pytest.fixture
def candidate(qtbot: QtBot, store: Store, monkeypatch: pytest.MonkeyPatch) -> Candidate:
    """Somebody before an exam."""
    monkeypatch.setattr(exam_run.secrets, "randbelow", lambda below: SEED)
    return sit_down(qtbot, store)
