"""Sets an exercise: its numbers on the board, and its blanks on the sheet of answers."""

from __future__ import annotations

from cnn_tutor.document.document import Document
from cnn_tutor.pages.practice.answer_sheet import AnswerSheet
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.state.shown_layer import Cover
from cnn_tutor.project.project import Project
from cnn_tutor.study.exercise import Exercise


def set_exercise(
    exercise: Exercise | None, document: Document, state: LabState, sheet: AnswerSheet
) -> None:
    """Put an exercise on the board, with nothing written yet; None for none."""
    with state.together():
        sheet.begin(None)
        if exercise is not None:
            state.shown.cover = _cover(exercise)
            document.open(_project(exercise))
            sheet.begin(exercise)
            if exercise.at and exercise.network is None:
                state.playback.stand_at(exercise.at)


def _cover(exercise: Exercise) -> Cover:
    hidden, blank = frozenset(exercise.hidden_ports), frozenset(exercise.blank_ports)
    return Cover(exercise.shown, hidden, blank)


def _project(exercise: Exercise) -> Project:
    others = {port: tensor for port, tensor in exercise.tensors.items() if port != "x"}
    return Project.of(exercise.tensors["x"], exercise.layer, others)
