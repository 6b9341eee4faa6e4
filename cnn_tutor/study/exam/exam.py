"""An exam as far as a learner has come with it, and the text that it is kept in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from cnn_tutor.engine.errors import Refusal
from cnn_tutor.project.plain_text import encodable
from cnn_tutor.study.exam import COUNT, MINUTES
from cnn_tutor.study.exam.question import Question, questions
from cnn_tutor.study.exercise import NoExercise

FORMAT = 1
"""Of the text; one of another format is no exam."""

Entries = Mapping[str, str]


class Exam(msgspec.Struct, frozen=True):
    """Questions, and for each what was written by blank and the seconds it was before the learner.

    The clock counts what passes while the exam is open in the program. It stops when the program
    is closed and goes on from there: nobody can be watched who is not at the program, and an exam
    that a crash, or a dead battery, has used up would be no help.

    ``place`` is the question that the learner is at. Times are in UTC; ``finished`` is None as long
    as the exam goes on. ``recorded`` says that the answers are in the record of practice.
    """

    questions: tuple[Question, ...]
    answers: tuple[dict[str, str], ...]
    seconds: tuple[float, ...]
    began: datetime
    minutes: int = MINUTES
    place: int = 0
    finished: datetime | None = None
    recorded: bool = False
    format: int = FORMAT

    @classmethod
    def begin(cls, seed: int, now: datetime, count: int = COUNT, minutes: int = MINUTES) -> Exam:
        """Draw an exam; the same questions for the same seed."""
        drawn = questions(seed, count)
        return cls(drawn, ({},) * len(drawn), (0.0,) * len(drawn), now, minutes)

    @classmethod
    def read(cls, text: str) -> Exam | None:
        """Return the exam of a text; None if it is damaged, or of another version."""
        try:
            found = _decode(text)
            sound = all(question.sound for question in found.questions)
        except (msgspec.MsgspecError, Refusal, NoExercise, UnicodeError, RecursionError):
            return None
        count = len(found.questions)
        whole = count == len(found.answers) == len(found.seconds) and 0 <= found.place < count
        return found if sound and whole and found.format == FORMAT else None

    def text(self) -> str:
        """Return the text from which the exam can be read again."""
        return _encode(self).decode()

    # --- how far it is ---------------------------------------------------------------------------

    @property
    def question(self) -> Question:
        """The question that the learner is at."""
        return self.questions[self.place]

    @property
    def used(self) -> float:
        """Seconds that have been used."""
        return sum(self.seconds)

    @property
    def left(self) -> float:
        """Seconds that are left, not less than 0."""
        return max(60 * self.minutes - self.used, 0.0)

    @property
    def over(self) -> bool:
        """Whether it has been handed in, or its time is up."""
        return self.finished is not None

    def answered(self, place: int) -> bool:
        """Say whether anything was written at a question."""
        return bool(self.answers[place])

    @property
    def done(self) -> int:
        """How many questions have an answer."""
        return sum(map(bool, self.answers))

    # --- the exam after something has happened ---------------------------------------------------

    def with_answer(self, entries: Entries) -> Exam:
        """Return the exam with another answer to the question that the learner is at."""
        written = {name: encodable(text) for name, text in entries.items() if text.strip()}
        place = self.place
        return replace(self, answers=(*self.answers[:place], written, *self.answers[place + 1 :]))

    def after(self, seconds: float) -> Exam:
        """Return the exam after more seconds at the question that the learner is at."""
        place = self.place
        spent = self.seconds[place] + min(seconds, self.left)
        return replace(self, seconds=(*self.seconds[:place], spent, *self.seconds[place + 1 :]))

    def at(self, place: int) -> Exam:
        """Return the exam with the learner at another question."""
        return replace(self, place=place)

    def handed_in(self, now: datetime) -> Exam:
        """Return the exam when it is over; nothing can be answered any more."""
        return self if self.over else replace(self, finished=now)

    def in_record(self) -> Exam:
        """Return the exam when all of its answers are in the record of practice."""
        return replace(self, recorded=True)


_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(Exam).decode
