"""Softmax on its board: a row of bars for each score, from the score to its share."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cnn_tutor.app.style import language
from cnn_tutor.engine.layers.softmax import Softmax
from cnn_tutor.pages.views.cells.bars_part import BarsPart
from cnn_tutor.project.project import Project
from cnn_tutor.widgets.overlays.connectors import Connectors
from tests.helpers.boards import by_terms, names, numbers_of
from tests.helpers.lesson_window import answer, settle

BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def bars(lab) -> BarsPart:
    return lab.part("bars")


def scores(lab) -> list[float]:
    return [row[0] for row in numbers_of(lab, "x")]


def test_every_score_has_its_power_and_its_share(drive) -> None:
    lab = drive("softmax")
    powers = [math.exp(score) for score in scores(lab)]
    for place, row in enumerate(bars(lab).rows):
        assert row.score == scores(lab)[place]
        assert row.stage == pytest.approx(powers[place])
        assert row.share == pytest.approx(powers[place] / sum(powers))
    assert names(lab, "products") == []
    assert lab.lab.findChild(Connectors).lines == ()
    assert bars(lab)._feet == ("", "sum ≈ 31.56", "sum = 1")


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1120, 640)])
def test_each_row_stands_beside_its_cells(drive, size) -> None:
    lab = drive("softmax")
    lab.lab.window().resize(*size)
    lab.leave()
    part, board = bars(lab), lab.lab.board
    assert board.rect().contains(part.geometry())
    for name in ("x", "output"):
        grid = lab.grid(name)
        assert not grid.geometry().intersects(part.geometry())
        for row in range(5):
            cell = grid.cell_rect(row, 0).translated(grid.pos())
            box = part._row_box(row).translated(part.pos())
            assert abs(cell.center().y() - box.center().y()) <= 1


def test_a_score_that_is_dragged_changes_every_share_and_is_undone_in_one_step(drive) -> None:
    lab = drive("softmax")
    before, part = scores(lab), bars(lab)
    start = part.handle(1).toPoint()
    QTest.mousePress(part, BUTTON, NONE, start)
    for x in (5, 12, 20):
        QTest.mouseMove(part, start + QPoint(x, 0))
    QTest.mouseRelease(part, BUTTON, NONE, start + QPoint(20, 0))
    after = scores(lab)
    assert after[1] > before[1]
    assert after[:1] + after[2:] == before[:1] + before[2:]
    assert part.rows[1].score == after[1]
    powers = np.exp(after)
    assert [row.share for row in part.rows] == pytest.approx((powers / powers.sum()).tolist())
    lab.document.undo_stack.undo()
    assert scores(lab) == before


def test_the_keyboard_comes_to_the_bars_between_the_grids(drive) -> None:
    lab = drive("softmax")
    lab.click("output", 2, 0)
    lab.grid("x").setFocus()
    found, widget = [], lab.grid("x")
    for _ in range(2):
        widget = widget.nextInFocusChain()
        while not (widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus):
            widget = widget.nextInFocusChain()
        found.append(widget)
    assert found == [bars(lab), lab.grid("output")]
    bars(lab).setFocus()
    QTest.keyClick(bars(lab), Qt.Key.Key_Right)
    assert scores(lab)[2] == 0.1
    QTest.keyClick(bars(lab), Qt.Key.Key_Down)
    assert lab.lab.playback.at == (3,)


def test_pointing_at_a_row_highlights_its_output_and_a_click_pins_it(drive) -> None:
    lab = drive("softmax")
    lab.click("output", 0, 0)
    part = bars(lab)
    at = part._row_box(3).center().toPoint() + QPoint(100, 0)
    QTest.mouseMove(part, at)
    assert lab.lab.state.highlight.at == (3,)
    QTest.mouseClick(part, BUTTON, NONE, at)
    lab.leave()
    assert lab.lab.playback.at == (3,)


def test_term_by_term_the_powers_come_one_by_one_and_the_share_last(drive) -> None:
    lab = drive("softmax")
    by_terms(lab)
    seen = []
    for _ in range(12):
        row = bars(lab).rows[0]
        seen.append((row.stage is not None, row.share is not None))
        lab.press("step_forward")
    assert seen[0] == (True, False)
    assert (True, True) in seen
    assert seen == sorted(seen)
    assert bars(lab).rows[4].share is None


def test_what_is_asked_for_has_no_bar(window) -> None:
    window.open_chapter("lesson_activation")
    steps = window.guide.lesson.steps
    window.guide.go_to([step.key for step in steps].index("softmax"))
    settle()
    assert window.lab.questions.asked == ((0,),)
    part = window.findChild(BarsPart, "bars")
    assert (part.rows[0].stage, part.rows[0].share) == (None, None)
    assert part._feet == ("", "", "")
    answer(window, 0, 0, "1/4")
    settle()
    assert part.rows[0].share == 0.25
    assert part.rows[1].share is None  # it is not reached yet


def test_it_says_its_row_and_its_words_in_both_languages(drive) -> None:
    lab = drive(Project.of(np.zeros(4), Softmax(), {}))
    lab.click("output", 1, 0)
    assert bars(lab).accessibleName() == "Softmax"
    assert bars(lab).accessibleDescription() == "0 → 1 → 0.25"
    assert bars(lab)._feet == ("", "sum = 4", "sum = 1")
    language.apply("ja")
    assert bars(lab)._feet == ("", "合計 = 4", "合計 = 1")


def test_scores_that_do_not_stand_under_each_other_are_written_at_their_bars(drive) -> None:
    lab = drive(Project.of(np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]), Softmax(), {}))
    lab.click("output", 1, 2)
    assert bars(lab)._labelled
    assert [row.share for row in bars(lab).rows] == pytest.approx([1 / 3] * 3)
    lab.click("output", 0, 2)
    assert [row.score for row in bars(lab).rows] == [1, 2, 3]


def test_large_scores_are_first_made_smaller_and_have_their_bars(drive) -> None:
    lab = drive(Project.of(np.array([800.0, 799.0]), Softmax(), {}))
    lab.click("output", 0, 0)
    assert [row.stage for row in bars(lab).rows] == pytest.approx([1, math.exp(-1)])
    assert lab.part("formula").toPlainText().startswith("max(800, 799) = 800")
