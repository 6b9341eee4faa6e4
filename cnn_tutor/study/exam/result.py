"""What came of an exam: question by question, by skill, and for the record of practice."""

from __future__ import annotations

from dataclasses import dataclass

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.study.exam.exam import Exam
from cnn_tutor.study.grading.grading import Grade, grade
from cnn_tutor.study.grading.sheet import WRONG
from cnn_tutor.study.practice.mastery.skills import skills
from cnn_tutor.study.practice.practice import Practice


@dataclass(frozen=True)
class Result:
    """How every question went, with what is known of the learner now.

    A question is right where all of its blanks are; one without an answer is not.
    """

    exam: Exam
    grades: tuple[Grade, ...]

    @property
    def right(self) -> int:
        """How many questions are right."""
        return sum(judged.right for judged in self.grades)

    @property
    def by_skill(self) -> dict[str, tuple[int, int]]:
        """Questions that are right, and how many there were, by skill in learning order."""
        found: dict[str, list[bool]] = {key: [] for key in skills()}
        for question, judged in zip(self.exam.questions, self.grades, strict=True):
            found.setdefault(question.skill, []).append(judged.right)
        return {key: (sum(went), len(went)) for key, went in found.items() if went}


def result(exam: Exam, practice: Practice) -> Result:
    """Grade an exam; the learner's other answers help to tell what a wrong one looks like."""
    return Result(exam, tuple(_judged(exam, n, practice) for n in range(len(exam.questions))))


def record(exam: Exam, practice: Practice) -> None:
    """Keep the answers in the record of practice, as first ones among other skills.

    Those that are in it already, as when the program was ended half way, are left out; so are
    questions that were left, or half filled in without a mistake, which are not wrong. A right
    number among a few choices is met by chance too often to count for mastery; a wrong one counts.

    Raises:
        StoreError: if any can't be kept now; they wait, see ``Practice.keep_waiting``.
    """
    refusal: Refusal | None = None
    for place, question in enumerate(exam.questions):
        entries = exam.answers[place]
        if not entries or practice.has_met(question.code):
            continue
        judged = _judged(exam, place, practice)
        if judged.right or WRONG in judged.cells.values():
            seconds, counts = exam.seconds[place], not question.choices
            try:
                practice.record(question.item, judged, entries, seconds=seconds, evidence=counts)
            except Refusal as error:
                refusal = error
    if refusal is not None:
        raise refusal


def _judged(exam: Exam, place: int, practice: Practice) -> Grade:
    question = exam.questions[place]
    return grade(question.exercise, exam.answers[place], practice.history(question.item))
