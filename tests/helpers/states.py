"""The state of a page by itself, as the page of a board has it."""

from __future__ import annotations

from cnn_tutor.document.document import Document
from cnn_tutor.pages.lesson.questions import Questions
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.state.shown_layer import ShownLayer


def lab_state(document: Document) -> LabState:
    """Return a state of a document, which belongs to it."""
    shown = ShownLayer(document)
    return LabState(document, shown, Questions(document, shown, document), parent=document)
