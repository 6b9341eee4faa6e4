from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cnn_tutor.pages.views.boxes import Box
from cnn_tutor.pages.views.cells.signs import Signs, within


def test_signs_that_are_not_needed_wait_for_the_next_arrangement(qtbot) -> None:
    board = QWidget()
    qtbot.addWidget(board)
    signs = Signs(board)
    for texts in ("∗+=", "→", "∗="):
        signs.start_over()
        for n, text in enumerate(texts):
            signs.put(text, Box(40 * n, 10, 30, 60))
        signs.hide_unused()
        shown = [label for label in signs.labels if not label.isHidden()]
        assert [label.text() for label in shown] == [*texts]
        assert [label.x() for label in shown] == [40 * n for n in range(len(texts))]
    assert len(signs.labels) == 3


def test_a_grid_fills_no_more_of_a_box_than_it_needs() -> None:
    assert within(Box(5, 6, 100, 90), (2, 3), (20, 20)) == Box(5, 6, 60, 40)
    assert within(Box(5, 6, 50, 30), (2, 3), (20, 20)) == Box(5, 6, 50, 30)
