"""What figures are made of: what a page shows at this moment."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize

from cnn_tutor.document.document import Document
from cnn_tutor.pages.state.lab_state import LabState
from cnn_tutor.pages.views.view import View
from cnn_tutor.study.boards.views import VIEWS

FORMULA = "formula"
"""The subject that is no view: the formula of the cell that is looked at."""

SUBJECTS = (*VIEWS, FORMULA)
"""What a figure can show."""


ROOM = QSize(960, 640)
"""The size in which a view is usually laid out, in pixels."""


@dataclass(frozen=True, eq=False)
class Source:
    """A page's document and state, the view that is on, and what is said of the board.

    ``room`` is the size in pixels in which a view is laid out, unless it takes more.
    """

    document: Document
    state: LabState
    view: View
    shaded: bool = False
    title: str = ""
    caption: str = ""
    room: QSize = ROOM

    @property
    def subjects(self) -> tuple[str, ...]:
        """What there is to show; no formula of a number that is asked for."""
        hidden = self.state.pinned.hidden
        return (*self.state.now.offered, *(() if hidden else (FORMULA,)))
